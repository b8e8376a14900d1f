"""A data set as nested dictionaries, as Python, and how a violation mends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from ...code import layout
from ..model import Cell, Dictionary
from ..presence import State
from .python_values import Content

_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")
_SEQUENCE = "SQ"
# What the items at the top are called.
_ITEM_OF = {"data_set": "item", "wanted": "key"}
_WORD, _NUMBER = "A", 1
_VALUES: dict[str, object] = {
    "AE": _WORD,
    "AS": "001Y",
    "AT": 0x00100010,
    "DA": "20260101",
    "DS": "1",
    "DT": "20260101120000",
    "FD": 1.0,
    "FL": 1.0,
    "IS": "1",
    "OB": b"\0\0",
    "OW": b"\0\0",
    "PN": "Doe^Jane",
    "SL": _NUMBER,
    "SS": _NUMBER,
    "TM": "120000",
    "UI": "1.2.3",
    "UL": _NUMBER,
    "US": _NUMBER,
    "UR": "https://example.org",
}


def sample(keyword: str, dictionary: Dictionary, values: tuple[str, ...] = ()) -> object:
    """Return a value for an attribute; of a sequence, one item without attributes."""
    vr = dictionary.vr(keyword)
    if vr == _SEQUENCE:
        return [{}]
    if values:
        return int(values[0]) if isinstance(_VALUES.get(vr), int) else values[0]
    return _VALUES.get(vr, _WORD)


def nothing(keyword: str, dictionary: Dictionary) -> object:
    """Return what an attribute has that is empty."""
    value = sample(keyword, dictionary)
    return [] if isinstance(value, list) else "" if isinstance(value, str) else None


def put(
    content: Content,
    path: str,
    state: State,
    cell: Cell | None,
    dictionary: Dictionary,
) -> None:
    """Give the attribute at `path` a state, and every sequence on the way an item.

    Parameters
    ----------
    cell : Cell or None
        What it may have for a value, if it may not have any.
    """
    *above, (keyword, _) = steps(path)
    for sequence, number in above:
        items = content.get(sequence) or [{}]
        while len(items) < number:
            items.append({})
        content[sequence] = items
        content = items[number - 1]
    if state is State.ABSENT:
        content.pop(keyword, None)
    elif state is State.EMPTY:
        content[keyword] = nothing(keyword, dictionary)
    else:
        values = cell.values if cell else ()
        content[keyword] = content.get(keyword) or sample(keyword, dictionary, values)


def steps(path: str) -> list[tuple[str, int]]:
    """Return the keywords of a path, each with the number of the item below it."""
    found = [_STEP.fullmatch(part) for part in path.split(".")]
    return [(match[1], int(match[2] or 1)) for match in found if match]


def code(content: Content, name: str, dictionary: Dictionary) -> Iterator[str]:
    """Yield the lines that make `content` the data set `name`."""
    yield f"{name} = Dataset()"
    for keyword, value in content.items():
        if is_sequence(value):
            items = []
            for number, item in enumerate(value, 1):
                inner = f"{_ITEM_OF.get(name, name)}_{number}"
                yield from code(item, inner, dictionary)
                items.append(inner)
            yield _given(name, keyword, f"[{', '.join(items)}]", dictionary)
        else:
            yield _given(name, keyword, _shown(value), dictionary)


def _given(name: str, keyword: str, value: str, dictionary: Dictionary) -> str:
    """Return the line that gives the data set `name` an attribute."""
    own = dictionary.private.get(keyword)
    if own is None:
        return f"{name}.{keyword} = {value}"
    block = f"{name}.private_block(0x{own.group:04X}, {layout.literal(own.creator)}, create=True)"
    return f"{block}.add_new(0x{own.element:02X}, {layout.literal(own.vr)}, {value})"


def is_sequence(value: Any) -> bool:
    """Return whether `value` is the items of a sequence."""
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_shown, value))}]"
    return layout.literal(value) if isinstance(value, str) else repr(value)
