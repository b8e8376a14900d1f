"""Time several ways of doing the same thing against one another.

Invariant: all are timed in alternating batches of one run, so that a busy machine or a changing
clock meets every one of them; the time is that of the thread, without what others take in between;
and the fastest batch of each counts, because noise only ever adds.
"""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import thread_time_ns
from typing import TypeAlias

Batch: TypeAlias = Callable[[int], object]
"""A function that does its work so many times, in a loop of its own."""

ROUNDS = 400
SHORTEST_BATCH = 2_000_000
_TRIALS = 5


def fastest(batches: Sequence[Batch], rounds: int = ROUNDS) -> list[float]:
    """Return for each of `batches` the nanoseconds that its work takes once.

    Parameters
    ----------
    batches : sequence of Batch
        What to compare; each round has one batch of each, and begins with another one.
    rounds : int, optional
        Number of rounds.
    """
    best = [float("inf")] * len(batches)
    with undisturbed():
        counts = [count_for(batch) for batch in batches]
        for first in range(rounds):
            for step in range(len(batches)):
                turn = (first + step) % len(batches)
                elapsed = time_batch(batches[turn], counts[turn]) / counts[turn]
                best[turn] = min(best[turn], elapsed)
    return best


def count_for(batch: Batch, shortest: int = SHORTEST_BATCH) -> int:
    """Return how often `batch` must work to take `shortest` nanoseconds.

    The fastest of several batches has to take as long: one that another process held up does not
    make a count that is too small, at which the start of a batch would show.
    """
    count = 1
    while min(time_batch(batch, count) for _ in range(_TRIALS)) < shortest:
        count *= 2
    return count


def time_batch(batch: Batch, count: int) -> int:
    """Return the nanoseconds that `batch` takes to work `count` times."""
    start = thread_time_ns()
    batch(count)
    return thread_time_ns() - start


@contextmanager
def undisturbed() -> Iterator[None]:
    """Keep the garbage collector out."""
    was_enabled = gc.isenabled()
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()
