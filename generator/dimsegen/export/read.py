"""Read a document back into the model that it was written from.

Invariant: what is returned equals what was written; anything else in a document is an
`ExportError` that names the place.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date
from enum import Enum
from types import GenericAlias
from typing import Any

from ..reading.position import Position
from .records import (
    FIRST,
    KIND,
    LAST,
    ExportError,
    Form,
    Json,
    class_of,
    items_of,
    key_of,
    kind_of,
    members,
    places_of,
    records,
    shape_of,
    told_apart,
    value_of,
)


def read(text: str, form: Form, name: str = "export") -> Any:
    """Return the model in `text`, a document that `written` gave.

    Parameters
    ----------
    name : str, optional
        The document, as the positions of what is in it say.

    Raises
    ------
    ExportError
        If it is no such document, or one of another version.
    """
    try:
        document = json.loads(text)
    except ValueError as error:
        raise ExportError(f"{name}: not JSON: {error}") from error
    found = document if isinstance(document, dict) else {}
    head = found.pop("format", None), found.pop("version", None)
    if head != (form.name, form.version):
        raise ExportError(f"{name}: not {form.name} of version {form.version}, but {head}")
    return _Reader(form, name).record(form.root, found, "")


class _Reader:
    """Reads one document; what the root writes out is known to all that comes after it."""

    def __init__(self, form: Form, name: str) -> None:
        self._form = form
        self._name = name
        self._known: dict[type, dict[str, Any]] = {kind: {} for kind in form.references}

    def record(self, kind: Any, found: Json, place: str) -> Any:
        """Return the dataclass `kind` that is written as the object `found`."""
        shape = shape_of(kind)
        if not isinstance(found, dict) or found.keys() != shape.keys():
            raise self._wrong(place, f"an object with {', '.join(shape)}")
        values: dict[str, Any] = {}
        for name, hint in shape.items():
            where = f"{place}/{name}"
            if (class_of(kind), name) in self._form.ordered:
                key = self._form.ordered[class_of(kind), name]
                listed = GenericAlias(tuple, (value_of(hint), ...))
                items = self._value(listed, found[name], where)
                values[name] = {getattr(each, key): each for each in items}
            else:
                at_root = kind is self._form.root
                values[name] = self._value(hint, found[name], where, at_root=at_root)
        values |= dict.fromkeys(places_of(kind), Position(self._name, 1, 1))
        own: Any = class_of(kind)
        return own(**values)

    def _value(self, hint: Any, found: Json, place: str, *, at_root: bool = False) -> Any:
        kinds = [class_of(kind) for kind in members(hint)]
        if found is None and type(None) in kinds:
            return None
        if records(hint):
            return self._one(hint, found, place, at_root=at_root)
        if tuple in kinds and isinstance(found, list):
            parts = items_of(hint, len(found))
            if len(parts) == len(found):
                return tuple(
                    self._value(part, each, f"{place}/{number}", at_root=at_root)
                    for number, (part, each) in enumerate(zip(parts, found, strict=True))
                )
        if Mapping in kinds and isinstance(found, dict):
            part = value_of(hint)
            return {
                self._key(hint, key, place): self._value(
                    part, each, f"{place}/{key}", at_root=at_root
                )
                for key, each in found.items()
            }
        return self._plain(kinds, found, place)

    def _key(self, hint: Any, key: str, place: str) -> Any:
        """Return the key of a mapping; JSON has words only."""
        if key_of(hint) is not int:
            return key
        if not key.isdecimal():
            raise self._wrong(f"{place}/{key}", "a number as the key")
        return int(key)

    def _plain(self, kinds: Sequence[type], found: Json, place: str) -> Any:
        """Return what is neither an object nor a list of its own."""
        if type(found) in kinds:
            return found
        kind = kinds[0]
        try:
            if kind is frozenset:
                runs = [range(run[FIRST], run[LAST] + 1) for run in found]
                return frozenset(code for run in runs for code in run)
            if issubclass(kind, date):
                return date.fromisoformat(found)
            if issubclass(kind, Enum):
                return kind(found)
        except (KeyError, TypeError, ValueError) as error:
            raise self._wrong(place, kind.__name__) from error
        raise self._wrong(place, " or ".join(each.__name__ for each in kinds))

    def _one(self, hint: Any, found: Json, place: str, *, at_root: bool) -> Any:
        kinds = {kind_of(kind): kind for kind in records(hint)}
        kind = next(iter(kinds.values()))
        if kind in told_apart(self._form.root):
            name = found.get(KIND) if isinstance(found, dict) else None
            if name not in kinds:
                raise self._wrong(place, f"an object whose {KIND} is one of {', '.join(kinds)}")
            kind = kinds[name]
            found = {key: part for key, part in found.items() if key != KIND}
        if kind not in self._known:
            return self.record(kind, found, place)
        if at_root:
            record = self.record(kind, found, place)
            self._known[kind][getattr(record, self._form.references[kind])] = record
            return record
        if not isinstance(found, str) or found not in self._known[kind]:
            raise self._wrong(place, f"the {self._form.references[kind]} of a {kind_of(kind)}")
        return self._known[kind][found]

    def _wrong(self, place: str, wanted: str) -> ExportError:
        return ExportError(f"{self._name}: {place or '/'}: expected {wanted}")
