"""Exchanges with asyncio against the same over pynetdicom's associations, in turn.

Invariant: every run is a fresh interpreter with both ends in it. Of CPU time the median counts; of
time on the wall the fastest run of each, because another process only ever adds.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from statistics import median

from .aio_exchange import IDLE
from .associations import exchange
from .result import Measure, Result, Unit

ROUNDS = 5
_MIB = 1 << 20


def measure_aio(rounds: int = ROUNDS) -> Iterator[Result]:
    """Exchange C-ECHO and small C-STORE over one association; then hold many idle ones."""
    for what, options in (("echo", ()), ("store", ("--number=40",))):
        runs = [(_ours(what), exchange(what, "stock", *options)) for _ in range(rounds)]
        processor = (
            median(ours["processor"] for ours, _ in runs),
            median(theirs.processor for _, theirs in runs),
        )
        wall = min(ours["wall"] for ours, _ in runs), min(their.wall for _, their in runs)
        name = f"asyncio: {what}"
        yield Result(f"{name}, CPU", *processor, Unit.NANOSECONDS, Measure.SHARE, 0.1)
        rates = 1e9 / wall[0], 1e9 / wall[1]
        yield Result(f"{name}, rate", *rates, Unit.PER_SECOND, Measure.GAIN, 20)
    # Both ends are in the process: each association counts twice.
    taken = _ours("idle")["bytes"] / 2
    name = f"asyncio: {IDLE} idle associations"
    yield Result(name, taken, None, Unit.BYTES, Measure.OURS, 50 * _MIB)


def _ours(what: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.aio_exchange", what]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found
