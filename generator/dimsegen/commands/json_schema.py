"""`dimsegen json-schema`: write the JSON Schemas by which editors check the YAML files."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import Any

from ..families import families
from ..reading.editor_schema import json_schema
from . import DONE, counted, output

# The files are JSON: none of them is an orphan by its first line.
_NO_BANNER = "\0"


def run(options: argparse.Namespace) -> int:
    """Write one JSON Schema for each kind of file, or say how they differ."""
    files = {
        (Path(family.folder) / f"{kind}.json").as_posix(): _written(json_schema(shape))
        for family in families()
        for kind, shape in family.step("documents").DOCUMENTS.items()
    }
    if options.check:
        return output.check(files, options.output, _NO_BANNER, "dimsegen json-schema")
    drift = output.write(files, options.output, _NO_BANNER)
    schemas = counted(len(files), "JSON Schema")
    print(f"{schemas}, {len(drift.changed)} written, {drift.same} unchanged")
    return DONE


def _written(schema: dict[str, Any]) -> bytes:
    return f"{json.dumps(schema, indent=2)}\n".encode()
