"""How an indication is answered: what of the response is known from it, and what is to be given."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...code import layout
from ..model import Row, Service
from .cell_rules import attribute_of
from .value_types import VALUE_TYPES

_COLUMN, _ANSWERED = "response", "indication"


@dataclass(frozen=True)
class Answer:
    """The method ``respond``.

    Attributes
    ----------
    signature : tuple of str
        Its parameters: those of the response, first those that have to be given.
    lines : tuple of str
        Its body: what is taken from the indication, then what is returned.
    """

    signature: tuple[str, ...]
    lines: tuple[str, ...]


def answer_of(service: Service) -> Answer | None:
    """Return how the indication of `service` is answered; None if it has no response."""
    if not {_COLUMN, _ANSWERED} <= set(service.columns):
        return None
    rows = [
        row
        for row in service.rows
        if row.usage(_COLUMN).is_mandatory or row.usage(_COLUMN).is_optional
    ]
    rows.sort(key=_is_known)
    arguments = [f"    {row.attribute}={row.attribute}," for row in rows if not _is_taken(row)]
    taken = list(_taken(rows, service))
    if not taken:
        return Answer(tuple(map(_parameter, rows)), ("return type(self)(", *arguments, ")"))
    lines = ("response = type(self)(", *arguments, ")", *taken, "return response")
    return Answer(tuple(map(_parameter, rows)), lines)


def _is_taken(row: Row) -> bool:
    """Return whether a response has what the indication has."""
    return bool(row.same_as or row.is_repeated)


def _is_known(row: Row) -> bool:
    """Return whether a response can be made without being given the value."""
    is_needed = row.usage(_COLUMN).is_mandatory and not row.unless
    return not is_needed or _is_taken(row) or bool(row.value)


def _parameter(row: Row) -> str:
    taken = VALUE_TYPES[row.kind].taken
    if not _is_known(row):
        return f"{row.attribute}: {taken},"
    default = "None"
    if _is_taken(row):
        default = "FROM_REQUEST"
    elif row.value and row.usage(_COLUMN).is_mandatory:
        default = layout.literal(row.value)
    return f"{row.attribute}: {taken} | None = {default},"


def _taken(rows: list[Row], service: Service) -> Iterator[str]:
    found = [row for row in rows if _is_taken(row)]
    if found:
        yield "# What was received is not checked again."
    for row in found:
        source = attribute_of(row.same_as or row.name, service)
        yield f"if {row.attribute} is FROM_REQUEST:"
        yield f"    response._{row.attribute} = self._{source}"
        yield "else:"
        yield f"    response.{row.attribute} = {row.attribute}"
