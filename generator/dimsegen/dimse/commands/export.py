"""`dimsegen export`: write all tables as one JSON document, which reads back into the same ones."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ...commands import DONE, CommandError, counted, output
from ..interchange import export, read_export
from . import load

# Nothing beside the document is ours.
_NO_BANNER = "\0"


def run(options: argparse.Namespace) -> int:
    """Write the document, or say how it differs from the file."""
    file: Path | None = options.output
    if options.check and file is None:
        raise CommandError("--check: no file: name the one to look at with -o FILE")
    schema = load(options.schemas)
    text = export(schema)
    if read_export(text) != schema:
        raise CommandError(
            "the document does not read back into these tables, and was not written: "
            "this is a defect of dimsegen: please report it"
        )
    if file is None:
        sys.stdout.write(text)
        return DONE
    files = {file.name: text.encode()}
    if options.check:
        return output.check(files, file.parent, _NO_BANNER, f"dimsegen export -o {file.as_posix()}")
    drift = output.write(files, file.parent, _NO_BANNER)
    state = "written" if drift.changed else "unchanged"
    services = counted(len(schema.services), "service")
    print(f"{file.as_posix()}: {services}, {len(text.encode())} bytes, {state}")
    return DONE
