"""`dimsegen json-schema`: write the JSON Schemas by which editors check the YAML files."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from .. import writer
from ..loader.documents import DOCUMENTS
from ..loader.json_schema import json_schema
from . import DONE, DRIFT, CommandError


def run(options: argparse.Namespace) -> int:
    """Write one JSON Schema for each kind of file, or say how they differ."""
    files = {
        f"{kind}.json": f"{json.dumps(json_schema(shape), indent=2)}\n".encode()
        for kind, shape in DOCUMENTS.items()
    }
    folder: Path = options.output
    try:
        drift = writer.find_drift(files, folder, banner="\0")
        if options.check:
            sys.stdout.writelines(writer.unified_diff(drift, folder, folder.as_posix()))
            return DRIFT if drift else DONE
        writer.write(drift, folder)
    except OSError as error:
        raise CommandError(f"{error.filename or folder}: {error.strerror}") from error
    print(f"{len(files)} JSON Schemas, {len(drift.changed)} written, {drift.same} unchanged")
    return DONE
