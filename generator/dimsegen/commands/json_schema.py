"""`dimsegen json-schema`: write the JSON Schemas of the YAML files and of what `export` writes."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from ..export.schema import json_schema as schema_of_export
from ..families import families
from ..reading.editor_schema import json_schema
from . import DONE, counted, output

# Where those are for a folder that extends the standard: what it need not say is not required.
EXTENDING = "extending"

# The files are JSON: none of them is an orphan by its first line.
_NO_BANNER = "\0"


def run(options: argparse.Namespace) -> int:
    """Write one JSON Schema for each kind of document, or say how they differ."""
    files = {
        (Path(family.folder) / f"{kind}.json").as_posix(): _written(json_schema(shape))
        for family in families()
        for kind, shape in family.step("documents").DOCUMENTS.items()
    }
    files |= {
        (Path(family.folder) / EXTENDING / f"{kind}.json").as_posix(): _written(json_schema(shape))
        for family in families()
        if family.is_laid_over
        for kind, shape in family.step("documents").EXTENDING.items()
        if shape is not family.step("documents").DOCUMENTS[kind]
    }
    files |= {
        (Path(family.folder) / "export.json").as_posix(): _written(schema_of_export(form))
        for family in families()
        if family.has("interchange")
        for form in [family.step("interchange").FORM]
    }
    if options.check:
        return output.check(files, options.output, _NO_BANNER, "dimsegen json-schema")
    drift = output.write(files, options.output, _NO_BANNER)
    number = counted(len(files), "JSON Schema")
    print(f"{number}, {len(drift.changed)} written, {drift.same} unchanged")
    return DONE


def _written(schema: dict[str, Any]) -> bytes:
    return f"{json.dumps(schema, indent=2)}\n".encode()
