"""`dimsegen generate`: write the package, or say how it differs from what the schemas give."""

from __future__ import annotations

import argparse
import keyword
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from ..families import families_in
from ..render import BANNER, RenderError
from ..writer import Drift
from . import DONE, CommandError, counted, load, output
from .overriding import overrides_in_words


def run(options: argparse.Namespace) -> int:
    """Render everything in memory, then write or compare."""
    started = time.perf_counter()
    name: str = options.package
    if not name.isidentifier() or keyword.iskeyword(name):
        raise CommandError(f"--package {name}: not an import name: use letters, digits and _")
    extends: bool = options.extends
    schemas = {
        each: load(each, options.schemas, extends=extends)
        for each in families_in(options.schemas, "package", extends=extends)
    }
    files: dict[str, bytes] = {}
    contents: list[tuple[int, str]] = []
    try:
        for family, schema in schemas.items():
            package = family.step("package")
            files |= package.render_package(schema, options.templates)
            contents += package.contents(schema)
    except RenderError as error:
        raise CommandError(f"{error}\nnothing was written") from error
    folder: Path = options.output / name
    if options.check:
        return output.check(files, folder, BANNER, "dimsegen generate")
    drift = output.write(files, folder, BANNER)
    print(_summary(contents, drift, time.perf_counter() - started))
    for line in overrides_in_words(schemas, options.schemas, extends=extends):
        print(line)
    return DONE


def _summary(contents: Iterable[tuple[int, str]], drift: Drift, seconds: float) -> str:
    tables = ", ".join(counted(number, noun) for number, noun in contents)
    total = drift.same + len(drift.changed)
    removed = f", {len(drift.orphans)} removed" if drift.orphans else ""
    return (
        f"{tables} {_arrow()} {counted(total, 'file')}, {len(drift.changed)} written, "
        f"{drift.same} unchanged{removed} ({seconds:.1f} s)"
    )


def _arrow() -> str:
    """Return an arrow that the terminal knows."""
    try:
        "→".encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return "->"
    return "→"
