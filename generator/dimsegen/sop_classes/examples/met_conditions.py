"""Whether an example meets a condition."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from ..model import UP, Condition, ConditionKind, Given

Item: TypeAlias = Mapping[str, Given]
_TEXTS = frozenset(("LO", "LT", "PN", "SH", "ST", "UC", "UT"))


def holds(condition: Condition, levels: tuple[Item, ...]) -> bool:
    """Return whether `condition` holds.

    Parameters
    ----------
    condition : Condition
        The condition.
    levels : tuple of Item
        The attributes of each level, the data set first, the item that has the attribute last.
    """
    kind = condition.kind
    match kind:
        case ConditionKind.ANY:
            return any(holds(part, levels) for part in condition.parts)
        case ConditionKind.ALL:
            return all(holds(part, levels) for part in condition.parts)
        case ConditionKind.NOT:
            return not holds(condition.parts[0], levels)
        case ConditionKind.CHARACTERS:
            return any(not text.isascii() for text in _texts(levels[0]))
    return all(_is_met(condition, list(_named(name, levels))) for name in condition.names)


def _is_met(condition: Condition, found: list[Given]) -> bool:
    values = [value for given in found for value in given.values]
    match condition.kind:
        case ConditionKind.ABSENT:
            return not found
        case ConditionKind.PRESENT:
            return bool(found)
        case ConditionKind.WITH_VALUE:
            return any(given.values or given.items for given in found)
        case ConditionKind.NONZERO:
            return any(float(value) != 0 for value in values)
        case ConditionKind.VALUE:
            return any(value in condition.values for value in values)
    return bool(found) and not any(value in condition.values for value in values)


def _named(name: str, levels: tuple[Item, ...]) -> Iterator[Given]:
    ups = name.count(UP)
    *sequences, keyword = name.removeprefix(UP * ups).split("/")
    items: list[Item] = [levels[-1 - ups]] if ups < len(levels) else []
    for sequence in sequences:
        inner = [item[sequence].items for item in items if sequence in item]
        items = [{each.keyword: each for each in item} for all_of in inner for item in all_of]
    yield from (item[keyword] for item in items if keyword in item)


def _texts(item: Item) -> Iterator[str]:
    for given in item.values():
        if given.vr in _TEXTS:
            yield from given.values
        for inner in given.items:
            yield from _texts({each.keyword: each for each in inner})
