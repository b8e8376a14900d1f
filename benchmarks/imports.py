"""What `import dimse_primitives` adds to a program that has pydicom.uid already.

Invariant: every import is the first of a fresh interpreter, with .pyc files written by a run that
does not count. The limit is absolute, so the clock is CPU time: on an idle machine it is what the
clock on the wall says, on a busy one it leaves out the waiting.
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
from time import process_time_ns
start = process_time_ns()
import {module}
print(process_time_ns() - start)
"""


def measure_import() -> Iterator[Result]:
    """Import both packages in turn."""
    ours, theirs = "dimse_primitives", "pynetdicom.dimse_primitives"
    for module in (ours, theirs):
        import_once(module)  # writes the .pyc files
    pairs = [(import_once(ours), import_once(theirs)) for _ in range(ROUNDS)]
    middle, their_middle = (median(side) for side in zip(*pairs, strict=True))
    name = "import: after pydicom.uid"
    yield Result(name, middle, their_middle, Unit.NANOSECONDS, Measure.OURS, LIMIT)


def import_once(module: str) -> int:
    """Return the nanoseconds of CPU time that a fresh interpreter takes to import `module`."""
    return int(run_fresh(_CODE.format(module=module)))
