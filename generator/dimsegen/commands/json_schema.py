"""`dimsegen json-schema`: write the JSON Schemas by which editors check the YAML files."""

from __future__ import annotations

import argparse
import json

from ..dimse.documents import DOCUMENTS
from ..reading.editor_schema import json_schema
from ..upper_layer.build import FOLDER
from ..upper_layer.shapes import DOCUMENTS as UPPER_LAYER
from . import DONE, counted, output

# The files are JSON: none of them is an orphan by its first line.
_NO_BANNER = "\0"


def run(options: argparse.Namespace) -> int:
    """Write one JSON Schema for each kind of file, or say how they differ."""
    shapes = {**DOCUMENTS, **{f"{FOLDER}/{kind}": shape for kind, shape in UPPER_LAYER.items()}}
    files = {
        f"{kind}.json": f"{json.dumps(json_schema(shape), indent=2)}\n".encode()
        for kind, shape in shapes.items()
    }
    if options.check:
        return output.check(files, options.output, _NO_BANNER, "dimsegen json-schema")
    drift = output.write(files, options.output, _NO_BANNER)
    schemas = counted(len(files), "JSON Schema")
    print(f"{schemas}, {len(drift.changed)} written, {drift.same} unchanged")
    return DONE
