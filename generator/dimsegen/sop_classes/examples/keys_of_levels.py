"""What an identifier breaks that names a level of a query model."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model import Presence, Row
from .met_conditions import Item
from .tables_of_message import Part


def level_faults(attribute: str, parts: Sequence[Part], item: Item) -> Iterator[str]:
    """Yield what is wrong with the keys of an identifier.

    Parameters
    ----------
    attribute : str
        The keyword of the attribute that names the level.
    parts : sequence of Part
        The tables of the levels, from the top.
    item : Item
        The identifier.
    """
    names = list(dict.fromkeys(part.table.level for part in parts if part.table.level))
    level = "".join(item[attribute].values) if attribute in item else ""
    if level not in names:
        yield f"is {level or 'missing'}: write one of {', '.join(names)}"
        return
    above = names[: names.index(level)]
    own = {row.keyword for part in parts if part.table.level == level for row in part.rows}
    for part in parts:
        for row in part.rows:
            is_there = row.keyword in item
            has_value = is_there and bool(item[row.keyword].values)
            is_unique = _is_unique(row, part)
            if part.table.level in above and is_unique and not has_value:
                yield f"is {level}, and {row.keyword} has no value: give it one"
            elif part.table.level == level and is_unique and not is_there:
                yield f"is {level}, and {row.keyword} is missing: add it"
            elif _is_of_other(part, row, level, own) and not is_unique and is_there:
                yield f"is {level}, and {row.keyword} is of {part.table.level}: remove it"


def _is_unique(row: Row, part: Part) -> bool:
    usage = row.cells[part.column.name].usage
    return usage is not None and usage.scu is Presence.MANDATORY


def _is_of_other(part: Part, row: Row, level: str, own: set[str]) -> bool:
    return part.table.level not in ("", level) and row.keyword not in own
