"""Primitives to try, smallest first, for what a comparison says of a cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product

from ...code.naming import class_name
from ..model import Row, Service, UpperLayer
from .runner import Example
from .samples import values_of

_INDENT = "    "
EARLIER = {"indication": "request", "response": "indication", "confirmation": "response"}


def primitives(service: Service, layer: UpperLayer, column: str, name: str) -> Iterator[Example]:
    """Yield primitives of a column that differ in the parameter `name`.

    Parameters
    ----------
    service : Service
        The service, in the version that is to accept them.
    layer : UpperLayer
        All tables of that version.
    name : str
        The parameter as printed.
    """
    examples = list(_all(service, layer, column, name))
    yield from sorted(examples, key=lambda each: (each.size, len(each.body)))


def _all(service: Service, layer: UpperLayer, column: str, name: str) -> Iterator[Example]:
    rows = {row.name: row for row in service.rows}
    deciding = deciding_of(service)
    outcomes: tuple[str, ...] = ("",)
    if deciding is not None and not deciding.usage(column).is_forbidden and deciding.name != name:
        outcomes = values_of(deciding, service, layer)
    asked = rows.get(name)
    values: tuple[str, ...] = ("", *(values_of(asked, service, layer) if asked else ()))
    for outcome, value, is_full in product(outcomes, values, (False, True)):
        set_to = {row.name: usual(row, service, layer) for row in service.rows}
        set_to |= {deciding.name: outcome} if outcome and deciding is not None else {}
        chosen = {
            row.name: set_to[row.name]
            for row in service.rows
            if row.name != name and _is_needed(row, column, is_full=is_full)
        }
        chosen |= {name: value} if value and asked else {}
        if asked and value:
            chosen[name] = value
        yield _example(service, column, chosen, rows)
        if EARLIER.get(column, "") in service.columns and asked and value:
            # What the earlier one has beside what it is answered with: rows may be the same as it.
            earlier = {
                row.name: set_to[row.name]
                for row in service.rows
                if not row.same_as and _is_needed(row, EARLIER[column], is_full=False)
            }
            for other in values_of(asked, service, layer):
                if other != value:
                    before = {**chosen, **earlier, name: other}
                    yield _exchange(service, column, chosen, before, rows)


def user_data(
    service: Service, layer: UpperLayer, column: str, row: Row, values: tuple[str, str]
) -> Example:
    """Return a primitive with the second of `values`, against one with the first if it answers.

    Parameters
    ----------
    row : Row
        The parameter that has the values.
    """
    rows = {each.name: each for each in service.rows}
    needed = [each for each in service.rows if each.usage(column).is_mandatory]
    chosen = {each.name: usual(each, service, layer) for each in needed} | {row.name: values[1]}
    if column not in EARLIER or not values[0]:
        return _example(service, column, chosen, rows)
    earlier = EARLIER[column]
    needed = [each for each in service.rows if each.usage(earlier).is_mandatory]
    before = {each.name: usual(each, service, layer) for each in needed} | {row.name: values[0]}
    return _exchange(service, column, chosen, before, rows)


def deciding_of(service: Service) -> Row | None:
    """Return the row whose value decides on others; None if there is none."""
    names = {name for row in service.rows for name in (*row.unless, *row.only_when)}
    return next((row for row in service.rows if row.name in names), None)


def usual(row: Row, service: Service, layer: UpperLayer) -> str:
    """Return the value that a parameter has where nothing is to be said of it."""
    if row.same_as:
        other = next(each for each in service.rows if each.name == row.same_as)
        return values_of(other, service, layer)[0]
    return values_of(row, service, layer)[0]


def _is_needed(row: Row, column: str, *, is_full: bool) -> bool:
    usage = row.usage(column)
    return usage.is_mandatory or (is_full and not usage.is_forbidden)


def _example(
    service: Service, column: str, chosen: Mapping[str, str], rows: Mapping[str, Row]
) -> Example:
    made = _made(service, column, chosen, rows)
    return Example(f"{made}{column}.validate_{column}()", len(chosen))


def _exchange(
    service: Service,
    column: str,
    chosen: Mapping[str, str],
    before: Mapping[str, str],
    rows: Mapping[str, Row],
) -> Example:
    """Return a primitive that is held against one of the column that it has to be equal to."""
    earlier = EARLIER[column]
    made = _made(service, earlier, before, rows) + _made(service, column, chosen, rows)
    return Example(f"{made}{column}.validate_{column}({earlier})", 1000 + len(chosen))


def _made(service: Service, column: str, chosen: Mapping[str, str], rows: Mapping[str, Row]) -> str:
    arguments = "".join(
        f"{_INDENT}{rows[name].attribute}={value},\n" for name, value in chosen.items()
    )
    call = (
        f"{class_name(service.name)}(\n{arguments})" if chosen else f"{class_name(service.name)}()"
    )
    return f"{column} = {call}\n"
