"""The rules of the contract, applied naively to the tables.

Invariant: every rule is decided anew for every primitive, one parameter after the other, from the
YAML and the primitive alone, so that an agreement with the generated classes is one of two
independent readings.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from .tables import CANCEL, Direction, Tables

Breach: TypeAlias = tuple[str, str]
"""A rule, and the keyword of the parameter that breaks it."""
Values: TypeAlias = Mapping[str, object]
"""What is present in a primitive, by keyword."""

_NO_ROW: Mapping[str, Any] = {}
RULES = frozenset(
    {
        "missing-mandatory",
        "wrong-fixed-value",
        "invalid-value",
        "must-be-absent",
        "missing-conditional",
        "forbidden-conditional",
        "not-equal",
        "status-field-not-permitted",
        "unknown-status",
        "status-not-listed",
    }
)


@cache
def mandatory(tables: Tables, service: str, direction: Direction) -> tuple[str, ...]:
    """Return the mandatory parameters, in table order."""
    cells = tables.cells(service, direction)
    return tuple(key for key, cell in cells.items() if cell in ("M", "MF"))


def is_valid(tables: Tables, service: str, direction: Direction, values: Values) -> bool:
    """Return whether every mandatory parameter is present."""
    if service == CANCEL and direction == "response":
        return False
    return all(keyword in values for keyword in mandatory(tables, service, direction))


def breaches(
    tables: Tables,
    service: str,
    direction: Direction,
    values: Values,
    request: Values | None = None,
) -> list[Breach]:
    """Return every rule that a primitive with `values` breaks, in order."""
    judge = _Judge(tables, service, direction, values, request)
    for row in _rows(tables, service, direction):
        judge.row(row)
    for keyword in tables.status_fields(service):
        if keyword in values:
            judge.status_field(keyword)
    return judge.found


def breaches_of(
    tables: Tables,
    service: str,
    direction: Direction,
    keyword: str,
    values: Values,
    request: Values | None = None,
) -> list[Breach]:
    """Return those of `breaches` that are of one parameter."""
    judge = _Judge(tables, service, direction, values, request)
    row = next(
        (each for each in _rows(tables, service, direction) if each.keyword == keyword), None
    )
    if row is not None:
        judge.row(row)
    elif keyword in values and keyword in tables.status_fields(service):
        judge.status_field(keyword)
    return judge.found


class _Row(NamedTuple):
    """A row of a table, as it is read in one direction."""

    keyword: str
    usage: str
    is_decided: bool
    """Whether conditions decide its cell; C-CANCEL has none that could."""
    written: Mapping[str, Any]


@cache
def _rows(tables: Tables, service: str, direction: Direction) -> tuple[_Row, ...]:
    """Return the rows in table order: they are read once, and decide anew each time."""
    found = []
    for keyword, cell in tables.cells(service, direction).items():
        usage = cell.removesuffix("(=)")
        if service == CANCEL:
            found.append(_Row(keyword, usage, is_decided=False, written=_NO_ROW))
        else:
            is_decided = usage in tables.decided(service, keyword)
            found.append(_Row(keyword, usage, is_decided, tables.row(service, keyword)))
    return tuple(found)


class _Judge:
    """One primitive in one direction, and the request that it answers."""

    def __init__(
        self,
        tables: Tables,
        service: str,
        direction: Direction,
        values: Values,
        request: Values | None,
    ) -> None:
        self.found: list[Breach] = []
        self._tables = tables
        self._service = service
        self._values = values
        self._request = request
        self._is_response = direction == "response"
        status = values.get("Status") if self._is_response else None
        self._status = status if isinstance(status, int) else None

    def row(self, row: _Row) -> None:
        """Find what a row breaks: presence, then the value, then equality."""
        keyword, usage, is_decided, written = row
        if keyword in self._values:
            self._present(row)
        elif usage in ("M", "MF"):
            self.found.append(("missing-mandatory", keyword))
        elif is_decided and self._holds(written.get("required_when"), keyword):
            self.found.append(("missing-conditional", keyword))

    def status_field(self, keyword: str) -> None:
        """Find what a status field without a row breaks, which is present."""
        if not self._is_response:
            self.found.append(("must-be-absent", keyword))
        elif self._status is not None and not self._is_permitted(keyword):
            self.found.append(("status-field-not-permitted", keyword))
        self._value(keyword)

    def _present(self, row: _Row) -> None:
        keyword, usage, is_decided, written = row
        if usage == "-" and self._must_be_absent(keyword):
            self.found.append(("must-be-absent", keyword))
        elif is_decided and self._is_forbidden(keyword, written):
            self.found.append(("forbidden-conditional", keyword))
        if usage in ("MF", "UF") and self._values[keyword] != written["value"]:
            self.found.append(("wrong-fixed-value", keyword))
        else:
            self._value(keyword)
        if self._is_response:
            self._answer(keyword)

    def _must_be_absent(self, keyword: str) -> bool:
        """A dash; without a Status, one that no status lifts. A message has one data set."""
        if not self._is_response:
            return True
        if self._status is None:
            codes = self._tables.codes()
            return not any(keyword in self._tables.permitted(self._service, each) for each in codes)
        own = self._tables.data_set(self._service, "response")
        is_second = self._tables.vr(keyword) is None and own in self._values
        return is_second or not self._is_permitted(keyword)

    def _is_forbidden(self, keyword: str, row: Mapping[str, Any]) -> bool:
        broken = self._holds(row.get("forbidden_when"), keyword)
        if "only_when" in row:
            broken = broken or self._holds(row["only_when"], keyword) is False
        return bool(broken) and not self._is_permitted(keyword)

    def _is_permitted(self, keyword: str) -> bool:
        status = self._status
        return status is not None and keyword in self._tables.permitted(self._service, status)

    def _value(self, keyword: str) -> None:
        value = self._values[keyword]
        # What is no text, and can be set, keeps its VR (PS3.5 6.2 and 9.1).
        if isinstance(value, str) and not _keeps_vr(self._tables.vr(keyword), value):
            self.found.append(("invalid-value", keyword))

    def _answer(self, keyword: str) -> None:
        """Find what only a response can break: its status, and what it repeats."""
        if keyword == "Status" and self._status is not None:
            if self._tables.class_of(self._status) is None:
                self.found.append(("unknown-status", keyword))
            elif not self._tables.is_listed(self._service, self._status):
                self.found.append(("status-not-listed", keyword))
        source = self._tables.equal_to(self._service, keyword)
        request = self._request
        if request and source and source in request and request[source] != self._values[keyword]:
            self.found.append(("not-equal", keyword))

    def _holds(self, condition: Mapping[str, Any] | None, keyword: str) -> bool | None:
        """Return whether all parts hold; None where there is nothing to judge one of them by."""
        if condition is None:
            return None
        parts = [self._part(kind, wanted, keyword) for kind, wanted in condition.items()]
        return None if None in parts else all(parts)

    def _part(self, kind: str, wanted: str | list[str], keyword: str) -> bool | None:
        if kind == "present":
            return wanted in self._values
        if kind == "status":
            classes = [wanted] if isinstance(wanted, str) else wanted
            return None if self._status is None else self._tables.is_in(self._status, classes)
        if kind == "request" and wanted in ("absent", "present"):
            request = self._request if self._is_response else None
            return None if request is None else (keyword in request) == (wanted == "present")
        raise ValueError(f"{keyword}: not a condition: {kind}: {wanted}")


@cache
def _keeps_vr(vr: str | None, value: str) -> bool:
    if vr == "UI":
        parts = value.split(".")
        return all(part == "0" or (part.isdecimal() and part[0] != "0") for part in parts)
    allowed = "\x1b" if vr == "LO" else ""  # ESC, for the escape sequences of ISO 2022
    return all(each in allowed or (each.isprintable() and each != "\\") for each in value)
