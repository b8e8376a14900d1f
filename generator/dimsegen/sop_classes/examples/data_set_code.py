"""A data set as nested dictionaries, as Python, and how a violation mends it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from pydicom.datadict import dictionary_VR, tag_for_keyword

from ...code import layout
from ..model import Row
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


def sample(keyword: str, values: tuple[str, ...] = ()) -> object:
    """Return a value for an attribute; of a sequence, one item without attributes."""
    vr = dictionary_VR(tag_for_keyword(keyword) or 0)[:2]
    if vr == _SEQUENCE:
        return [{}]
    if values:
        return int(values[0]) if isinstance(_VALUES.get(vr), int) else values[0]
    return _VALUES.get(vr, _WORD)


def nothing(keyword: str) -> object:
    """Return what an attribute has that is empty."""
    value = sample(keyword)
    return [] if isinstance(value, list) else "" if isinstance(value, str) else None


def put(content: Content, path: str, state: State, row: Row | None, column: str) -> None:
    """Give the attribute at `path` a state, and every sequence on the way an item."""
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
        content[keyword] = nothing(keyword)
    else:
        cell = row.cells.get(column) if row else None
        content[keyword] = content.get(keyword) or sample(keyword, cell.values if cell else ())


def steps(path: str) -> list[tuple[str, int]]:
    """Return the keywords of a path, each with the number of the item below it."""
    found = [_STEP.fullmatch(part) for part in path.split(".")]
    return [(match[1], int(match[2] or 1)) for match in found if match]


def code(content: Content, name: str) -> Iterator[str]:
    """Yield the lines that make `content` the data set `name`."""
    yield f"{name} = Dataset()"
    for keyword, value in content.items():
        if is_sequence(value):
            items = []
            for number, item in enumerate(value, 1):
                inner = f"{_ITEM_OF.get(name, name)}_{number}"
                yield from code(item, inner)
                items.append(inner)
            yield f"{name}.{keyword} = [{', '.join(items)}]"
        else:
            yield f"{name}.{keyword} = {_shown(value)}"


def is_sequence(value: Any) -> bool:
    """Return whether `value` is the items of a sequence."""
    return isinstance(value, list) and all(isinstance(each, dict) for each in value)


def _shown(value: Any) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(_shown, value))}]"
    return layout.literal(value) if isinstance(value, str) else repr(value)
