"""Find an example: of what is tried, the first that shows one thing and least else.

Whoever wants a message that breaks a rule, that tells two versions apart or that is irregular asks
here. What is tried, in which order, and what says something of it, is the asker's to know.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
S = TypeVar("S")


@dataclass(frozen=True)
class Shown(Generic[T, S]):
    """What was tried, and what was said of it.

    Attributes
    ----------
    said : tuple
        All that was said, something that is meant among it.
    others : int
        How much of that is about something else.
    """

    tried: T
    said: tuple[S, ...]
    others: int


def least(
    tries: Iterable[T], judge: Callable[[T], Sequence[S]], is_meant: Callable[[S], bool]
) -> Shown[T, S] | None:
    """Return the first of `tries` that shows what is meant and nothing else.

    If there is none, the first of those that show least else; None if none shows what is meant.

    Parameters
    ----------
    tries : iterable
        What to try; no more of it is taken than is needed.
    judge : callable
        Says all that there is to say of one of them.
    is_meant : callable
        Whether something that was said is what shall be shown.
    """
    best: Shown[T, S] | None = None
    for each in tries:
        said = tuple(judge(each))
        others = sum(not is_meant(one) for one in said)
        if others < len(said) and (best is None or others < best.others):
            best = Shown(each, said, others)
            if not others:
                break
    return best
