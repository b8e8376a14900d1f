"""What a changed cell does, found out by trying messages.

Invariant: both versions are judged by the interpreter of the contract, which reads the YAML alone;
nothing of the comparison is used. A message is lost if nothing was wrong with it and now something
is wrong with the parameter.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from pathlib import Path
from typing import Any, cast

from tests.property.interpreter import Values, breaches, breaches_of
from tests.property.samples import subsets, valid_values
from tests.property.tables import Direction, Tables

from .schema_edits import FIXED, sources

_OTHER: Mapping[str | None, object] = {
    "AE": "OTHER_SCP",
    "AT": [0x00080005],
    "LO": "another",
    "UI": "1.2.3",
    "US": 2,
    None: b"\x10\x00",
}


def tables_in(folder: Path, changed: Mapping[str, str]) -> Tables:
    """Return the tables in which the files of `changed` have other texts, by way of `folder`."""
    (folder / "services").mkdir(parents=True, exist_ok=True)
    for name, source in sources().items():
        file, text = folder / name, changed.get(name, source.text)
        if not file.exists() or file.read_text(encoding="utf-8") != text:
            file.write_text(text, encoding="utf-8")
    return Tables(folder)


def is_lost(before: Tables, after: Tables, service: str, column: str, keyword: str) -> bool:
    """Return whether some message that was valid is not, because of `keyword`."""
    direction = cast(Direction, column)
    others = _deciding(before, service) | _deciding(after, service)
    for values, request in _messages(before, service, direction, keyword, others):
        # Of the three questions, the one that decides most often comes first.
        known, strange = _known(after, service, values)
        broken = breaches_of(after, service, direction, keyword, known, request)
        if keyword not in strange and all(rule == "not-equal" for rule, _ in broken):
            continue
        if request is not None and breaches(before, service, "request", request):
            continue
        known, strange = _known(before, service, values)
        if not strange and not breaches(before, service, direction, known, request):
            return True
    return False


def _known(tables: Tables, service: str, values: Values) -> tuple[Values, set[str]]:
    """Return what a primitive has a place for, and what its table does not name."""
    known = (*tables.rows(service), *tables.status_fields(service))
    strange = values.keys() - known
    return {key: value for key, value in values.items() if key not in strange}, strange


def _messages(
    tables: Tables, service: str, direction: Direction, keyword: str, deciding: set[str]
) -> Iterator[tuple[dict[str, object], dict[str, object] | None]]:
    """Yield messages that have what is mandatory, with all that may decide, with their requests."""
    cells = tables.cells(service, direction)
    needed = [key for key, cell in cells.items() if cell.startswith("M") and key != keyword]
    others = sorted((deciding & set(cells)) - {keyword, "Status", *needed})
    statuses: tuple[int | None, ...] = (None,)
    if direction == "response" and keyword != "Status":
        statuses = (None, *tables.codes())
    requests = _least_and_most(tables, service)
    for status, chosen, state in product(statuses, subsets(others), _states(tables, keyword)):
        values = valid_values(tables, [*needed, *chosen])
        if status is not None:
            values["Status"] = status
        elif direction == "response":
            values.pop("Status", None)
        values |= state
        if direction == "request":
            yield values, None
        else:
            for request in requests:
                yield values, _repeated(tables, service, values, request)


def _states(tables: Tables, keyword: str) -> list[dict[str, object]]:
    if keyword == "Status":
        return [{}, {keyword: 0x0000}, {keyword: 0x0110}]
    vr = tables.vr(keyword)
    fixed = FIXED.get(vr or "")
    first: Any = int(fixed, 16) if fixed and vr == "US" else (fixed or "").strip('"')
    present = [first, _OTHER[vr]] if fixed else [_OTHER[vr]]
    return [{}, *({keyword: value} for value in present)]


def _least_and_most(tables: Tables, service: str) -> list[dict[str, object]]:
    """Return a request with what it has to have, and one with all that it may have."""
    cells = tables.cells(service, "request")
    needed = [key for key, cell in cells.items() if cell.startswith("M")]
    optional = [key for key, cell in cells.items() if cell.startswith(("U", "C"))]
    return [valid_values(tables, keywords) for keywords in (needed, needed + optional)]


def _repeated(tables: Tables, service: str, values: Values, request: Values) -> dict[str, object]:
    """Return `request` with what the response repeats of it."""
    found = dict(request)
    for keyword, value in values.items():
        source = tables.equal_to(service, keyword) if keyword in tables.rows(service) else None
        for key in {source, keyword} & request.keys():
            found[str(key)] = value
    return found


def _deciding(tables: Tables, service: str) -> set[str]:
    """Return the parameters that have a condition, and those at whose presence one looks."""
    found: set[str] = set()
    for keyword in tables.rows(service):
        for condition in tables.row(service, keyword).values():
            if isinstance(condition, dict):
                found |= {keyword, str(condition.get("present", keyword))}
    return found
