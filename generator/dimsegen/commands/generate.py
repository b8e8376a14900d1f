"""`dimsegen generate`: write the package, or say how it differs from what the schemas give."""

from __future__ import annotations

import argparse
import keyword
import sys
import time
from pathlib import Path

from ..dimse.model import Schema
from ..render import BANNER, RenderError, render_package, render_upper_layer
from ..writer import Drift
from . import DONE, CommandError, counted, load, load_upper, output


def run(options: argparse.Namespace) -> int:
    """Render everything in memory, then write or compare."""
    started = time.perf_counter()
    name: str = options.package
    if not name.isidentifier() or keyword.iskeyword(name):
        raise CommandError(f"--package {name}: not an import name: use letters, digits and _")
    schema, layer = load(options.schemas), load_upper(options.schemas)
    try:
        files = render_package(schema, options.templates)
        files |= render_upper_layer(layer, options.templates) if layer else {}
    except RenderError as error:
        raise CommandError(f"{error}\nnothing was written") from error
    folder: Path = options.output / name
    if options.check:
        return output.check(files, folder, BANNER, "dimsegen generate")
    drift = output.write(files, folder, BANNER)
    print(_summary(schema, drift, time.perf_counter() - started))
    return DONE


def _summary(schema: Schema, drift: Drift, seconds: float) -> str:
    cells = sum(len(row.cells) for service in schema.services for row in service.rows)
    total = drift.same + len(drift.changed)
    removed = f", {len(drift.orphans)} removed" if drift.orphans else ""
    return (
        f"{counted(len(schema.services), 'service')}, {counted(cells, 'cell')} {_arrow()} "
        f"{counted(total, 'file')}, {len(drift.changed)} written, {drift.same} unchanged"
        f"{removed} ({seconds:.1f} s)"
    )


def _arrow() -> str:
    """Return an arrow that the terminal knows."""
    try:
        "→".encode(sys.stdout.encoding or "utf-8")
    except UnicodeEncodeError:
        return "->"
    return "→"
