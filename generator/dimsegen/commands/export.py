"""`dimsegen export`: write all tables as one JSON document, which reads back into the same ones."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from ..command_line.loading import load
from ..command_line.options import CHECK, SCHEMAS, Command, Option
from ..command_line.outcome import DONE, CommandError
from ..families import Family, families
from ..table.notation import counted

if TYPE_CHECKING:
    from ..writer import Drift

COMMAND = Command(
    "Write all tables as one JSON document, for other languages. It says its format and "
    "version first; its JSON Schema is schemas/json-schema/export.json, which "
    "dimsegen json-schema writes. The same schemas always give the same bytes.",
    ("dimsegen export -o ps3.7.json",),
    (
        Option(
            "-o",
            "--output",
            type=Path,
            metavar="FILE",
            help="file to write (default: standard output)",
        ),
        Option("--part", metavar="PART", help="part of the standard (default: PS3.7)"),
        *SCHEMAS,
        CHECK,
    ),
)


def run(options: argparse.Namespace) -> int:
    """Write the document, or say how it differs from the file."""
    from ..command_line.write_or_check import write_or_check
    from ..export.read import read
    from ..export.write import written

    file: Path | None = options.output
    if options.check and file is None:
        raise CommandError("--check: no file: name the one to look at with -o FILE")
    family = _family(options.part)
    form = family.step("interchange").FORM
    schema = load(options, family)
    text = written(schema, form)
    if read(text, form) != schema:
        raise CommandError(
            "the document does not read back into these tables, and was not written: "
            "this is a defect of dimsegen: please report it"
        )
    if file is None:
        sys.stdout.write(text)
        return DONE
    content = text.encode()
    tables = ", ".join(counted(*each) for each in family.step("package").contents(schema))

    def told(drift: Drift) -> str:
        state = "written" if drift.changed else "unchanged"
        return f"{file.as_posix()}: {tables}, {len(content)} bytes, {state}"

    remedy = _remedy(file, options.part)
    return write_or_check(
        {file.name: content}, file.parent, told, remedy=remedy, check=options.check
    )


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
