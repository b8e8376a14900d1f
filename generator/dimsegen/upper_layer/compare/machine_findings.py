"""What has changed in the state machine: its cells, and the words for what is in them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Protocol, TypeVar

from ...reading.position import Position
from ...sets.finding import Finding
from ...sets.pair import in_both
from ...sets.told import Subject
from ..family import FAMILY
from ..model import Machine

#: What findings call it.
MACHINE = "STATES"
_BLANK = "blank"


class _Named(Protocol):
    @property
    def name(self) -> str: ...

    @property
    def text(self) -> str: ...

    @property
    def position(self) -> Position: ...


_N = TypeVar("_N", bound=_Named)


def machine_findings(old: Machine, new: Machine) -> Iterator[Finding]:
    """Yield the cells that changed, event by event, and what was edited."""
    where = FAMILY.cited(new.section or old.section, new.table or old.table)
    before, after = (
        {(each.event, each.state): each for each in machine.transitions} for machine in (old, new)
    )
    for key in dict.fromkeys([*after, *before]):
        was, is_now = before.get(key), after.get(key)
        cells = tuple(each.cell if each else _BLANK for each in (was, is_now))
        if cells[0] != cells[1]:
            place = is_now or was
            assert place is not None, "one of the two has the cell"
            name = f"{key[1]} + {key[0]}"
            subject = Subject(name, MACHINE, where, place.position, name)
            message = f"The cell of {key[0]} in {key[1]} was {cells[0]} and is {cells[1]}"
            yield subject.finding("transition-changed", message, cells)
    for what in ("state", "action", "event"):
        yield from _words(what, getattr(old, f"{what}s"), getattr(new, f"{what}s"), where)


def _words(what: str, old: tuple[_N, ...], new: tuple[_N, ...], where: str) -> Iterator[Finding]:
    before, after = _by_name(old), _by_name(new)
    for name in in_both(before, after):
        was, is_now = before.get(name), after.get(name)
        place = is_now or was
        assert place is not None, "one of the two has it"
        subject = Subject(f"{what} {name}", MACHINE, where, place.position, name)
        texts = (each.text if each else "" for each in (was, is_now))
        yield from subject.edited("text", *texts)


def _by_name(items: tuple[_N, ...]) -> Mapping[str, _N]:
    return {each.name: each for each in items}
