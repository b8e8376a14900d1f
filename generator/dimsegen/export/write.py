"""Write a model as a document.

The same model gives the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import is_dataclass
from datetime import date
from enum import Enum
from typing import Any

from .records import (
    FIRST,
    KIND,
    LAST,
    Form,
    Json,
    class_of,
    items_of,
    kind_of,
    records,
    shape_of,
    told_apart,
    value_of,
)


def written(model: Any, form: Form) -> str:
    """Return `model`, an instance of the root of `form`, as a document."""
    head = {"format": form.name, "version": form.version}
    content = _record(model, form.root, form, is_root=True)
    return json.dumps({**head, **content}, indent=1, ensure_ascii=False) + "\n"


def _record(value: Any, kind: Any, form: Form, *, is_root: bool = False) -> dict[str, Json]:
    found: dict[str, Json] = {}
    for name, hint in shape_of(kind).items():
        part = getattr(value, name)
        if (class_of(kind), name) in form.ordered:
            found[name] = [_json(each, value_of(hint), form) for each in part.values()]
        else:
            found[name] = _json(part, hint, form, at_root=is_root)
    return found


def _json(value: Any, hint: Any, form: Form, *, at_root: bool = False) -> Json:
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return _runs(value)
    if isinstance(value, tuple):
        parts = zip(value, items_of(hint, len(value)), strict=True)
        return [_json(each, part, form, at_root=at_root) for each, part in parts]
    if isinstance(value, Mapping):
        part = value_of(hint)
        return {key: _json(each, part, form, at_root=at_root) for key, each in value.items()}
    if not is_dataclass(value):
        return value
    if type(value) in form.references and not at_root:
        return getattr(value, form.references[type(value)])
    kind = next(each for each in records(hint) if class_of(each) is type(value))
    kinds = {KIND: kind_of(kind)} if kind in told_apart(form.root) else {}
    return {**kinds, **_record(value, kind, form)}


def _runs(codes: Iterable[int]) -> list[dict[str, int]]:
    """Return the codes as runs without a gap, ascending."""
    runs: list[dict[str, int]] = []
    for code in sorted(codes):
        if runs and runs[-1][LAST] == code - 1:
            runs[-1][LAST] = code
        else:
            runs.append({FIRST: code, LAST: code})
    return runs
