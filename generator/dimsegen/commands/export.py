"""`dimsegen export`: write all tables as one JSON document, which reads back into the same ones."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from ..export.read import read
from ..export.write import written
from ..families import Family, families
from . import DONE, CommandError, counted, load, output

# Nothing beside the document is ours.
_NO_BANNER = "\0"


def run(options: argparse.Namespace) -> int:
    """Write the document, or say how it differs from the file."""
    file: Path | None = options.output
    if options.check and file is None:
        raise CommandError("--check: no file: name the one to look at with -o FILE")
    family = _family(options.part)
    form = family.step("interchange").FORM
    schema = load(family, options.schemas, extends=options.extends)
    text = written(schema, form)
    if read(text, form) != schema:
        raise CommandError(
            "the document does not read back into these tables, and was not written: "
            "this is a defect of dimsegen: please report it"
        )
    if file is None:
        sys.stdout.write(text)
        return DONE
    files = {file.name: text.encode()}
    if options.check:
        return output.check(files, file.parent, _NO_BANNER, _remedy(file, options.part))
    drift = output.write(files, file.parent, _NO_BANNER)
    state = "written" if drift.changed else "unchanged"
    tables = ", ".join(counted(*each) for each in family.step("package").contents(schema))
    print(f"{file.as_posix()}: {tables}, {len(text.encode())} bytes, {state}")
    return DONE


def _family(part: str | None) -> Family:
    """Return the family of a part of the standard; the first one by default."""
    able = [each for each in families() if each.has("interchange")]
    parts = {each.part.lower(): each for each in able}
    if part is None:
        return able[0]
    if part.lower() not in parts:
        known = ", ".join(each.part for each in able)
        raise CommandError(f"--part {part}: no tables of that part are exported: use {known}")
    return parts[part.lower()]


def _remedy(file: Path, part: str | None) -> str:
    return f"dimsegen export {f'--part {part} ' if part else ''}-o {file.as_posix()}"
