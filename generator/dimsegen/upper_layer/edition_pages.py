"""The page that says what changed between editions of PS3.8, and of Annex D of PS3.7."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

from ..document.book import read_book
from ..families import families
from ..pages import rst
from ..pages.edition_steps import Step, StepsPage, Words
from ..reading.regular import read_regular
from ..render import Printed
from .docbook import PARTS
from .docbook.edition import Edition, changes, edition_of
from .family import FAMILY
from .model import UpperLayer

_PAGE = StepsPage(Words("", rst.escaped, rst.escaped, "Of", "the state machine"))


def pages(folder: Path, layer: UpperLayer) -> Iterator[Printed]:
    """Yield the page about the editions in `folder`; none if there are no two of PS3.8.

    Raises
    ------
    OSError
        If a file cannot be read.
    DocumentError
        If it is no such edition.
    """
    by_part = {part: list(_editions(folder, part, layer)) for part in PARTS}
    if len(by_part[FAMILY.part]) > 1:
        yield page(by_part.values())


def page(parts: Iterable[Sequence[Edition]]) -> Printed:
    """Return the page about the editions of each part, which stand in their order."""
    several = [each for each in parts if len(each) > 1]
    names = "; ".join(
        f"{each[0].part} {', '.join(edition.name for edition in each)}" for each in several
    )
    steps = [_step(*two) for each in several for two in pairwise(each)]
    totals = [_step(each[0], each[-1]) for each in several]
    return _PAGE.printed(
        f"{FAMILY.folder}.rst", "upper_layer_editions.rst.j2", steps, totals, names=names
    )


def _editions(folder: Path, part: str, layer: UpperLayer) -> Iterator[Edition]:
    family = next(each for each in families() if each.part == part)
    documents = {part: family.document}
    found = [
        edition_of(read_book(read_regular(path), path.as_posix(), documents), layer)
        for path in family.editions_in(folder)
    ]
    yield from sorted(found, key=lambda each: each.name)


def _step(old: Edition, new: Edition) -> Step:
    return Step(f"{old.part} {old.name} to {new.name}", changes(old, new))
