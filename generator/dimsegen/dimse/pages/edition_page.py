"""The page that says what changed between editions of PS3.7, and whom that breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from ...pages.edition_steps import Step, StepsPage, Words
from ...render import Printed
from ..compare import compare
from ..family import STANDARD
from ..model import Schema
from .clauses import linked

_PAGE = StepsPage(
    Words(STANDARD, lambda name: f":ref:`{name} <{name}>`", linked, "Message", "all services")
)


@dataclass(frozen=True)
class Edition:
    """An edition: its name, e.g. ``2024c``, and what it prints."""

    name: str
    schema: Schema


def editions_page(editions: Sequence[Edition]) -> Printed:
    """Return the page about `editions`, which stand in their order."""
    steps = [_step(*each) for each in pairwise(editions)]
    first, last = editions[0], editions[-1]
    return _PAGE.printed(
        "index.rst",
        "editions.rst.j2",
        steps,
        [_step(first, last)],
        names=", ".join(each.name for each in editions),
        number=str(len(editions)),
        first=first.name,
        last=last.name,
    )


def _step(old: Edition, new: Edition) -> Step:
    return Step(f"{old.name} to {new.name}", compare(old.schema, new.schema))
