"""What `dimsegen diff` takes, as a reviewer meets it: a process of its own, start to end.

Invariant: the limits are absolute, so what is held against them is CPU time, which leaves out the
waiting on a busy machine. The clock on the wall is shown too; on an idle machine they agree.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter_ns

from .interpreter import run_fresh
from .result import Measure, Result, Unit

ROUNDS = 5
DIFF_LIMIT = 1e9
EXHAUSTIVE_LIMIT = 5e9
SCHEMAS = Path(__file__).parent.parent / "schemas"
# The first optional cell of a service: to make it mandatory breaks senders.
CHANGED = "n_get.yaml"
_CELL = re.compile(r"(\{request: )U")
_CODE = """
import sys, time
from dimsegen.cli import main
code = main()
print(time.process_time_ns())
# 1 is that there is a finding, as there ought to be.
sys.exit(code == 2)
"""


def measure_diff() -> Iterator[Result]:
    """Compare the schemas with themselves, with one changed cell, and verify that exhaustively."""
    with TemporaryDirectory() as folder:
        changed = _changed(Path(folder) / "schemas")
        cases = (
            ("nothing changed", SCHEMAS, (), DIFF_LIMIT),
            ("a cell, counterexample", changed, (), DIFF_LIMIT),
            ("a cell, exhaustive", changed, ("--verify", "exhaustive"), EXHAUSTIVE_LIMIT),
        )
        for name, new, options, limit in cases:
            times = [diff_once(new, *options) for _ in range(ROUNDS)]
            processor, wall = (min(side) for side in zip(*times, strict=True))
            yield _result(f"diff: {name}", processor, limit)
            yield _result(f"diff: {name}, wall", wall)


def diff_once(new: Path, *options: str) -> tuple[int, int]:
    """Compare the schemas with `new`; return the nanoseconds: CPU time, time on the wall."""
    start = perf_counter_ns()
    printed = run_fresh(_CODE, "diff", str(SCHEMAS), str(new), *options)
    wall = perf_counter_ns() - start
    return int(printed.split()[-1]), wall


def _changed(folder: Path) -> Path:
    shutil.copytree(SCHEMAS, folder)
    file = folder / "services" / CHANGED
    text, number = _CELL.subn(r"\1M", file.read_text(encoding="utf-8"), count=1)
    if not number:
        raise ValueError(f"{CHANGED}: no optional cell to change")
    file.write_text(text, encoding="utf-8")
    return folder


def _result(name: str, nanoseconds: float, limit: float | None = None) -> Result:
    return Result(name, nanoseconds, None, Unit.NANOSECONDS, Measure.OURS, limit)
