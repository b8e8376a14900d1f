"""C-ECHO over associations of pynetdicom, with its own classes and codec and with ours.

Invariant: every run is a fresh interpreter, the sides take turns, and the median of each counts:
threads that meet one another make a run slower or faster, so that the best is a matter of luck.
A run in which pynetdicom lost a response, which it does now and then with its own classes too, is
done again.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from .echo import LOST
from .result import Measure, Result, Unit

ROUNDS = 5
OURS, THEIRS = "codec", "stock"
_TRIES = 20


@dataclass(frozen=True)
class Exchange:
    """Nanoseconds a C-ECHO."""

    processor: float
    wall: float
    parts: dict[str, float]


def measure_associations(rounds: int = ROUNDS) -> Iterator[Result]:
    """Exchange over one and over four associations; then say what the CPU time is made of."""
    for associations, rate in ((1, None), (4, 1.4)):
        ours, theirs = typical(associations, rounds)
        name = f"echo: {associations} association{'s' if associations > 1 else ''}"
        yield Result(
            f"{name}, CPU", ours.processor, theirs.processor, Unit.NANOSECONDS, Measure.SHARE, 0.5
        )
        yield Result(
            f"{name}, rate", 1e9 / ours.wall, 1e9 / theirs.wall, Unit.PER_SECOND, Measure.GAIN, rate
        )
    yield from _profile(rounds)


def _profile(rounds: int) -> Iterator[Result]:
    """Yield what sending, receiving and all the rest take: theirs is before, ours after."""
    ours, theirs = typical(4, rounds, "--parts")
    for part in theirs.parts:
        yield _part(part, ours.parts[part], theirs.parts[part])
    rest = (side.processor - sum(side.parts.values()) for side in (ours, theirs))
    yield _part("everything else", *rest)


def _part(name: str, ours: float, theirs: float) -> Result:
    return Result(f"echo: CPU of {name}", ours, theirs, Unit.NANOSECONDS, Measure.SHARE)


def typical(associations: int, rounds: int, *options: str) -> tuple[Exchange, Exchange]:
    """Return the median of several exchanges of each side, ours first."""
    runs = [
        [exchange(mode, associations, *options) for mode in (OURS, THEIRS)] for _ in range(rounds)
    ]
    ours, theirs = (_median_of(side) for side in zip(*runs, strict=True))
    return ours, theirs


def _median_of(runs: tuple[Exchange, ...]) -> Exchange:
    middle = sorted(runs, key=lambda run: run.processor)[len(runs) // 2]
    return Exchange(middle.processor, median(run.wall for run in runs), middle.parts)


def exchange(mode: str, associations: int, *options: str) -> Exchange:
    """Return what an exchange in a fresh interpreter takes."""
    command = [sys.executable, "-m", "benchmarks.echo", mode, str(associations), *options]
    for _ in range(_TRIES):
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode != LOST:
            done.check_returncode()
            return Exchange(**json.loads(done.stdout))
    raise RuntimeError(f"{' '.join(command)}: a response was lost {_TRIES} times")
