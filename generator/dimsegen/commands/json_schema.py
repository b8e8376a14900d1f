"""`dimsegen json-schema`: write the JSON Schemas of the YAML files and of what `export` writes."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..command_line.options import CHECK, Command, output_folder
from ..families import families

# Where those are for a folder that extends the standard: what it need not say is not required.
EXTENDING = "extending"

COMMAND = Command(
    "Write the JSON Schemas of the YAML files, for editors, and that of what export writes.",
    ("dimsegen json-schema",),
    (output_folder("schemas/json-schema"), CHECK),
)


def run(options: argparse.Namespace) -> int:
    """Write one JSON Schema for each kind of document, or say how they differ."""
    from ..command_line.write_or_check import write_or_check, written

    files = {
        path.as_posix(): f"{json.dumps(schema, indent=2)}\n".encode() for path, schema in _schemas()
    }
    return write_or_check(
        files,
        options.output,
        lambda drift: written(drift, "JSON Schema"),
        remedy="dimsegen json-schema",
        check=options.check,
    )


def _schemas() -> Iterator[tuple[Path, Any]]:
    """Yield the path and the content of each."""
    from ..export.schema import json_schema as schema_of_export
    from ..reading.editor_schema import json_schema

    for family in (each for each in families() if each.has("documents")):
        folder = Path(family.folder)
        step = family.step("documents")
        for kind, shape in step.DOCUMENTS.items():
            yield folder / f"{kind}.json", json_schema(shape)
            if family.is_laid_over and step.EXTENDING[kind] is not shape:
                yield folder / EXTENDING / f"{kind}.json", json_schema(step.EXTENDING[kind])
        if family.has("interchange"):
            form = family.step("interchange").FORM
            yield folder / "export.json", schema_of_export(form)
