"""`dimsegen generate`: write the package, or say how it differs from what the schemas give."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from .. import writer
from ..model.schema import Schema
from ..render import BANNER, RenderError, render_package
from . import DONE, DRIFT, CommandError, load


def run(options: argparse.Namespace) -> int:
    """Render everything in memory, then write or compare."""
    started = time.perf_counter()
    name: str = options.package
    if not name.isidentifier():
        raise CommandError(f"--package {name}: not an import name: use letters, digits and _")
    schema = load(options.schemas)
    try:
        files = render_package(schema, options.templates)
    except RenderError as error:
        raise CommandError(f"{error}\nnothing was written") from error
    folder: Path = options.output / name
    try:
        drift = writer.find_drift(files, folder, BANNER)
        if options.check:
            return _compare(drift, folder)
        writer.write(drift, folder)
    except OSError as error:
        raise CommandError(f"{error.filename or folder}: {error.strerror}") from error
    print(_summary(schema, drift, time.perf_counter() - started))
    return DONE


def _compare(drift: writer.Drift, folder: Path) -> int:
    sys.stdout.writelines(writer.unified_diff(drift, folder, folder.as_posix()))
    if not drift:
        print(f"{folder.as_posix()}: {drift.same} files are what the schemas give")
        return DONE
    count = len(drift.changed) + len(drift.orphans)
    print(f"{folder.as_posix()}: {count} files differ: run dimsegen generate", file=sys.stderr)
    return DRIFT


def _summary(schema: Schema, drift: writer.Drift, seconds: float) -> str:
    cells = sum(len(row.cells) for service in schema.services for row in service.rows)
    total = drift.same + len(drift.changed)
    removed = f", {len(drift.orphans)} removed" if drift.orphans else ""
    return (
        f"{len(schema.services)} services, {cells} cells → {total} files, "
        f"{len(drift.changed)} written, {drift.same} unchanged{removed} ({seconds:.1f} s)"
    )
