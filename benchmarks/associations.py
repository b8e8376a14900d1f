"""Exchanges over associations of pynetdicom, with its own classes and codec and with ours.

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

from .exchange import LOST
from .result import Measure, Result, Unit

ROUNDS = 5
OURS, THEIRS = "codec", "stock"
_TRIES = 20


@dataclass(frozen=True)
class Exchange:
    """Nanoseconds an exchange."""

    processor: float
    wall: float
    parts: dict[str, float]


def measure_associations(rounds: int = ROUNDS) -> Iterator[Result]:
    """Exchange over one and over four associations; then say what the CPU time is made of."""
    for number in (1, 4):
        name = f"echo: {number} association{'s' if number > 1 else ''}"
        yield from _compare(name, 1.4, rounds, "echo", f"--associations={number}")
    yield from _profile(rounds)


def measure_stores(rounds: int = ROUNDS) -> Iterator[Result]:
    """Send small instances over one association, one after another."""
    yield from _compare("store: 8 KiB", 10, rounds, "store", "--number=40")


def measure_idle(rounds: int = ROUNDS) -> Iterator[Result]:
    """Have four associations and do nothing with them."""
    ours, theirs = typical("idle", rounds, "--associations=4", "--number=4")
    # Each of them waits for one second, all at once.
    sides = 4 * ours.processor, 4 * theirs.processor
    name = "idle: 4 associations, CPU a second"
    yield Result(name, *sides, Unit.NANOSECONDS, Measure.SHARE, 0.5)


def measure_pipelined(rounds: int = ROUNDS) -> Iterator[Result]:
    """Send requests without waiting for the responses, also over TLS."""
    runs = [{mode: _pipelined(mode) for mode in (OURS, THEIRS)} for _ in range(rounds)]
    for key, shown in (("plain", "TCP"), ("tls", "TLS")):
        ours, theirs = (1e9 / median(run[mode][key] for run in runs) for mode in (OURS, THEIRS))
        name = f"pipelined: C-ECHO over {shown}, rate"
        yield Result(name, ours, theirs, Unit.PER_SECOND, Measure.GAIN, 1.0)


def _pipelined(mode: str) -> dict[str, float]:
    command = [sys.executable, "-m", "benchmarks.pipelined", mode]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _compare(name: str, rate: float, rounds: int, what: str, *options: str) -> Iterator[Result]:
    ours, theirs = typical(what, rounds, *options)
    processor = ours.processor, theirs.processor
    yield Result(f"{name}, CPU", *processor, Unit.NANOSECONDS, Measure.SHARE, 0.5)
    rates = 1e9 / ours.wall, 1e9 / theirs.wall
    yield Result(f"{name}, rate", *rates, Unit.PER_SECOND, Measure.GAIN, rate)


def _profile(rounds: int) -> Iterator[Result]:
    """Yield what sending, receiving and all the rest take: theirs is before, ours after."""
    ours, theirs = typical("echo", rounds, "--associations=4", "--parts")
    for part in theirs.parts:
        yield _part(part, ours.parts[part], theirs.parts[part])
    rest = (side.processor - sum(side.parts.values()) for side in (ours, theirs))
    yield _part("everything else", *rest)


def _part(name: str, ours: float, theirs: float) -> Result:
    return Result(f"echo: CPU of {name}", ours, theirs, Unit.NANOSECONDS, Measure.SHARE)


def typical(what: str, rounds: int, *options: str) -> tuple[Exchange, Exchange]:
    """Return the median of several exchanges of each side, ours first."""
    runs = [[exchange(what, mode, *options) for mode in (OURS, THEIRS)] for _ in range(rounds)]
    ours, theirs = (_median_of(side) for side in zip(*runs, strict=True))
    return ours, theirs


def _median_of(runs: tuple[Exchange, ...]) -> Exchange:
    middle = sorted(runs, key=lambda run: run.processor)[len(runs) // 2]
    return Exchange(middle.processor, median(run.wall for run in runs), middle.parts)


def exchange(what: str, mode: str, *options: str) -> Exchange:
    """Return what an exchange in a fresh interpreter takes."""
    command = [sys.executable, "-m", "benchmarks.exchange", what, mode, *options]
    for _ in range(_TRIES):
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)
        if done.returncode != LOST:
            done.check_returncode()
            return Exchange(**json.loads(done.stdout))
    raise RuntimeError(f"{' '.join(command)}: a response was lost {_TRIES} times")
