"""What `dimsegen generate` takes, as a user meets it: a process of its own, start to end.

Invariant: the limit is absolute, so what is held against it is CPU time, which leaves out the
waiting on a busy machine. The clock on the wall is shown too; on an idle machine they agree.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter_ns

from .interpreter import run_fresh
from .result import Measure, Result, Unit

ROUNDS = 7
LIMIT = 1.5e9
SCHEMAS = Path(__file__).parent.parent / "schemas"
_CODE = """
import sys, time
from dimsegen.cli import main
code = main()
print(time.process_time_ns())
sys.exit(code)
"""


def measure_generate() -> Iterator[Result]:
    """Generate the package into an empty folder, and again where all is right."""
    first, again = [], []
    for _ in range(ROUNDS):
        with TemporaryDirectory() as folder:
            first.append(generate_once(Path(folder)))
            again.append(generate_once(Path(folder)))
    for name, times in (("into an empty folder", first), ("nothing to write", again)):
        processor, wall = (min(side) for side in zip(*times, strict=True))
        yield _result(f"generate: {name}", processor, LIMIT)
        yield _result(f"generate: {name}, wall", wall)


def generate_once(output: Path) -> tuple[int, int]:
    """Generate the package in `output`, and return the nanoseconds: CPU time, time on the wall."""
    start = perf_counter_ns()
    printed = run_fresh(_CODE, "generate", "--schemas", str(SCHEMAS), "--output", str(output))
    wall = perf_counter_ns() - start
    return int(printed.split()[-1]), wall


def _result(name: str, nanoseconds: float, limit: float | None = None) -> Result:
    return Result(name, nanoseconds, None, Unit.NANOSECONDS, Measure.OURS, limit)
