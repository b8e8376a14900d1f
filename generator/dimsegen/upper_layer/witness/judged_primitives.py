"""Run both versions on every presence pattern of a primitive, and keep where they differ.

Each pattern is tried with every value that decides on others, alone and as the answer to a full
primitive before it; with the least and the fullest, every other value of each row is tried too. A
row that neither version lets be there is tried on the least pattern.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ...code.naming import class_name
from ...sets.finding import Side
from ...witness.chosen_patterns import MOST, chosen
from ...witness.packages import Package
from ..model import Row, Service, UpperLayer
from .runner import PACKAGE
from .samples import values_of
from .tried_primitives import EARLIER, deciding_of, usual

Values = Mapping[str, str]


@dataclass(frozen=True)
class Difference:
    """What one version objects to and the other does not.

    Attributes
    ----------
    subject : str
        The service, or the structure.
    column, attribute : str
        The primitive, and its parameter; empty for a structure.
    side : Side
        Who breaks: senders where the new version objects.
    is_decisive : bool
        Whether the other version accepts it altogether.
    shown : str
        What was judged.
    pdu : str
        The PDU, if the least one that has the structure differs already: for anything that is in
        it; else empty.
    """

    subject: str
    column: str
    attribute: str
    side: Side
    is_decisive: bool
    shown: str
    pdu: str = ""


@dataclass
class Scan:
    """What was run, and the first difference of each kind."""

    runs: int = 0
    patterns: int = 0
    sampled: list[str] = field(default_factory=list)
    found: dict[tuple[object, ...], Difference] = field(default_factory=dict)

    def note(self, difference: Difference) -> None:
        """Keep a difference, if it is the first of its kind."""
        key = (
            difference.subject,
            difference.column,
            difference.attribute,
            difference.side,
            difference.is_decisive,
            difference.pdu,
        )
        self.found.setdefault(key, difference)


class Column:
    """A column of a service that both versions have."""

    def __init__(self, name: str, versions: Sequence[tuple[Service, UpperLayer]]) -> None:
        self.name = name
        self.service = versions[0][0].name
        self._versions = versions
        self.rows: dict[str, list[Row]] = {}
        for service, _ in versions:
            for row in service.rows:
                self.rows.setdefault(row.attribute, []).append(row)
        self.deciding = next(
            (found.attribute for service, _ in versions if (found := deciding_of(service))), ""
        )

    @property
    def is_answer(self) -> bool:
        """Whether both versions hold it against a primitive before it."""
        earlier = EARLIER.get(self.name, "")
        return all(earlier in service.columns for service, _ in self._versions)

    def values(self, attribute: str) -> tuple[str, ...]:
        """Return what to try for a parameter, the usual value first."""
        found: dict[str, None] = {}
        for service, layer in self._versions:
            for row in service.rows:
                if row.attribute == attribute:
                    found |= dict.fromkeys(
                        (usual(row, service, layer), *values_of(row, service, layer))
                    )
        return tuple(found)

    def is_empty(self, attribute: str) -> bool:
        """Return whether no version lets a parameter be there."""
        return all(row.usage(self.name).is_forbidden for row in self.rows[attribute])

    @property
    def least(self) -> tuple[str, ...]:
        """What no primitive that both versions accept can lack."""
        return tuple(
            name
            for name, rows in self.rows.items()
            if any(row.usage(self.name).is_mandatory for row in rows)
        )

    def patterns(self) -> Iterator[tuple[str, ...]]:
        """Yield what is there, pattern by pattern."""
        yield from chosen(self._open, self.least, MOST)
        for name in self.rows:
            if name not in self._open:
                yield (*self.least, name)

    @property
    def _open(self) -> list[str]:
        return [name for name in self.rows if not self.is_empty(name)]

    @property
    def all_patterns(self) -> int:
        """How many patterns there are."""
        return 1 << len(self._open)


def scan_column(column: Column, packages: Sequence[Package], result: Scan) -> None:
    """Add to `result` where both versions differ on the primitives of a column."""
    judges = [_Judge(column, each) for each in packages]
    full = {name: column.values(name)[0] for name in column.rows}
    befores = (None, full) if column.is_answer else (None,)
    ends = {frozenset(column.least), frozenset(column.rows)}
    if (most := column.all_patterns) > MOST:
        result.sampled.append(f"{MOST} of the {most} patterns of {column.service} {column.name}")
    for present in column.patterns():
        result.patterns += 1
        values = {name: full[name] for name in present}
        for tried in _tries(column, values, is_end=frozenset(present) in ends):
            for before in befores:
                result.runs += 1
                _compare(column, tried, [each.blame(tried, before) for each in judges], result)


def _tries(column: Column, values: Values, *, is_end: bool) -> Iterator[Values]:
    outcomes = column.values(column.deciding) if column.deciding in values else ()
    yield values
    yield from ({**values, column.deciding: each} for each in outcomes[1:])
    for name in values if is_end else ():
        yield from ({**values, name: each} for each in column.values(name)[1:])


def _compare(
    column: Column, values: Values, blames: Sequence[frozenset[str]], result: Scan
) -> None:
    before, after = blames
    if before == after:
        return
    arguments = ", ".join(f"{name}={value}" for name, value in values.items())
    shown = f"{column.name} {class_name(column.service)}({arguments})"
    for side, one, other in ((Side.SENDERS, before, after), (Side.RECEIVERS, after, before)):
        for name in other - one:
            result.note(Difference(column.service, column.name, name, side, not one, shown))


class _Judge:
    """One version, with the values that it has made."""

    def __init__(self, column: Column, package: Package) -> None:
        self._column = column.name
        self._namespace = vars(package.module(PACKAGE))
        self._class = self._namespace[class_name(column.service)]
        self._known = set(self._class.PARAMETERS)
        self._made: dict[str, Any] = {}

    def blame(self, values: Values, before: Values | None) -> frozenset[str]:
        """Return the parameters that the version objects to."""
        primitive, refused = self._primitive(values)
        arguments = () if before is None else (self._primitive(before)[0],)
        found = getattr(primitive, f"{self._column}_violations")(*arguments)
        return refused.union(each.parameter for each in found)

    def _primitive(self, values: Values) -> tuple[Any, frozenset[str]]:
        """Return the primitive without what cannot be set, and that."""
        primitive, refused = self._class(), set()
        for name, value in values.items():
            try:
                if name not in self._known:
                    raise ValueError(name)
                setattr(primitive, name, self._value(value))
            except (NameError, TypeError, ValueError):
                refused.add(name)
        return primitive, frozenset(refused)

    def _value(self, text: str) -> Any:
        if text not in self._made:
            self._made[text] = eval(text, dict(self._namespace))
        return self._made[text]
