"""Data inside a page, in lines that a reviewer can compare and git can merge."""

from __future__ import annotations

import json
from collections.abc import Mapping

_WIDTH = 120


def in_lines(value: object, indent: int = 0) -> str:
    """Return `value` as JSON: what is short is one line, and what is not has a line for each part.

    Parameters
    ----------
    value : object
        What `json.dumps` takes.
    indent : int
        The blanks before the lines below the first.
    """
    flat = json.dumps(value, ensure_ascii=False)
    if len(flat) <= _WIDTH - indent or not isinstance(value, Mapping | list | tuple) or not value:
        return flat
    pad = " " * (indent + 1)
    if isinstance(value, Mapping):
        parts = [
            f"{json.dumps(key, ensure_ascii=False)}: {in_lines(each, indent + 1)}"
            for key, each in value.items()
        ]
        opening, closing = "{}"
    else:
        parts = [in_lines(each, indent + 1) for each in value]
        opening, closing = "[]"
    inside = ",\n".join(f"{pad}{part}" for part in parts)
    return f"{opening}\n{inside}\n{' ' * indent}{closing}"
