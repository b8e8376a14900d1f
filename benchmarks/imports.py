"""What `import dimse_primitives` adds to a program that has pydicom.uid already.

Invariant: every import is the first of a fresh interpreter, with .pyc files written by a run that
does not count. The limit is absolute, so what is held against it is CPU time, which leaves out the
waiting on a busy machine. The clock on the wall is shown too; on an idle machine they agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from statistics import median

from .interpreter import run_fresh
from .result import Measure, Result, Unit

ROUNDS = 21
LIMIT = 15e6
_CODE = """
import pydicom.uid
from time import perf_counter_ns, process_time_ns
wall, processor = perf_counter_ns(), process_time_ns()
import {module}
print(process_time_ns() - processor, perf_counter_ns() - wall)
"""


def measure_import() -> Iterator[Result]:
    """Import both packages in turn."""
    ours, theirs = "dimse_primitives", "pynetdicom.dimse_primitives"
    for module in (ours, theirs):
        import_once(module)  # writes the .pyc files
    pairs = [(import_once(ours), import_once(theirs)) for _ in range(ROUNDS)]
    cases = (("import: after pydicom.uid", LIMIT), ("import: after pydicom.uid, wall", None))
    for clock, (name, limit) in enumerate(cases):
        middle, their_middle = (
            median(times[clock] for times in side) for side in zip(*pairs, strict=True)
        )
        yield Result(name, middle, their_middle, Unit.NANOSECONDS, Measure.OURS, limit)


def import_once(module: str) -> tuple[int, int]:
    """Import `module` in a fresh interpreter, and return the nanoseconds: CPU time, on the wall."""
    processor, wall = map(int, run_fresh(_CODE.format(module=module)).split())
    return processor, wall
