"""`dimsegen generate`: write the package, or say how it differs from what the schemas give."""

from __future__ import annotations

import argparse
import keyword
import sys
import time
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..command_line.loading import loaded
from ..command_line.options import CHECK, SCHEMAS, TEMPLATES, Command, output_folder, package
from ..command_line.outcome import CommandError
from ..command_line.overriding import overrides_in_words
from ..table.notation import counted

if TYPE_CHECKING:
    from ..writer import Drift

COMMAND = Command(
    "Write the package from the schemas: the classes, their rules, the codec, the "
    "documentation. Only files that change are written; what is not made of the schemas any "
    "more is removed.",
    (
        "dimsegen generate",
        "dimsegen generate --check",
        "dimsegen generate --schemas mine --extends standard --package mine",
    ),
    (
        *SCHEMAS,
        TEMPLATES,
        output_folder("generated", "folder to put the package in"),
        package(),
        CHECK,
    ),
)


def run(options: argparse.Namespace) -> int:
    """Render everything in memory, then write or compare."""
    from ..command_line.write_or_check import write_or_check
    from ..render import BANNER, RenderError

    started = time.perf_counter()
    name: str = options.package
    if not name.isidentifier() or keyword.iskeyword(name):
        raise CommandError(f"--package {name}: not an import name: use letters, digits and _")
    schemas = dict(loaded(options, "package"))
    files: dict[str, bytes] = {}
    contents: list[tuple[int, str]] = []
    try:
        for family, schema in schemas.items():
            step = family.step("package")
            files |= step.render_package(schema, options.templates)
            contents += step.contents(schema)
    except RenderError as error:
        raise CommandError(f"{error}\nnothing was written") from error

    def told(drift: Drift) -> str:
        summary = _summary(contents, drift, time.perf_counter() - started)
        replaced = overrides_in_words(schemas, options.schemas, extends=options.extends)
        return "\n".join([summary, *replaced])

    folder = options.output / name
    return write_or_check(
        files, folder, told, remedy="dimsegen generate", check=options.check, banner=BANNER
    )


def _summary(contents: Iterable[tuple[int, str]], drift: Drift, seconds: float) -> str:
    from ..command_line.write_or_check import written

    tables = ", ".join(counted(number, noun) for number, noun in contents)
    removed = f", {len(drift.orphans)} removed" if drift.orphans else ""
    return f"{tables} {_arrow()} {written(drift, 'file')}{removed} ({seconds:.1f} s)"


def _arrow() -> str:
    """Return an arrow that the terminal knows."""
    try:
        "→".encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return "->"
    return "→"
