"""What `dimsegen generate` takes, as a user meets it: a process of its own, start to end.

Invariant: the clock is that on the wall, and the fastest run counts, because noise only ever adds.
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
_CODE = "import sys; from dimsegen.cli import main; sys.exit(main())"


def measure_generate() -> Iterator[Result]:
    """Generate the package into an empty folder, and again where all is right."""
    pairs = []
    for _ in range(ROUNDS):
        with TemporaryDirectory() as folder:
            pairs.append((generate_once(Path(folder)), generate_once(Path(folder))))
    first, second = (min(side) for side in zip(*pairs, strict=True))
    yield _result("generate: into an empty folder", first)
    yield _result("generate: nothing to write", second)


def generate_once(output: Path) -> int:
    """Return the nanoseconds that a process takes to generate the package in `output`."""
    start = perf_counter_ns()
    run_fresh(_CODE, "generate", "--schemas", str(SCHEMAS), "--output", str(output))
    return perf_counter_ns() - start


def _result(name: str, nanoseconds: float) -> Result:
    return Result(name, nanoseconds, None, Unit.NANOSECONDS, Measure.OURS, LIMIT)
