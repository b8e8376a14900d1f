"""The shapes of the schema files as JSON Schema, for editors.

What the loader accepts, the JSON Schema accepts; it refuses whatever a shape can tell by itself,
and leaves to the loader what only the file as a whole, or the other files, can tell.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .shapes import (
    Cell,
    Choice,
    Condition,
    Hex,
    HexOr,
    ListOf,
    MapOf,
    Record,
    Shape,
    Text,
    Tree,
    ValueOrItems,
)

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_ROWS = "#/$defs/rows"
_ITEM = "#/$defs/item"
_NUMBER = {"type": "integer", "minimum": 0, "maximum": 0xFFFF}


def json_schema(document: Record) -> dict[str, Any]:
    """Return the JSON Schema of a kind of file.

    Parameters
    ----------
    document : Record
        The shape of the file, one of `documents.DOCUMENTS`.
    """
    return {
        "$schema": _DIALECT,
        "title": f"dimse-primitives: {document.name}",
        **_record(document),
        "$defs": {record.name: _record(record) for record in _records(document)} | _trees(document),
    }


def _records(shape: Shape) -> Iterator[Record]:
    """Yield the records within `shape`, at any depth."""
    match shape:
        case ListOf(item):
            yield from ([item] if isinstance(item, Record) else [])
            yield from _records(item)
        case MapOf(_, value):
            yield from ([value] if isinstance(value, Record) else [])
            yield from _records(value)
        case Tree(row):
            yield from _records(row)
        case Record(_, keys):
            for key in keys.values():
                yield from ([key.shape] if isinstance(key.shape, Record) else [])
                yield from _records(key.shape)
        case Condition(record):
            # Conditions stand in conditions: what is within is this record again.
            yield record()


def _trees(shape: Shape) -> dict[str, Any]:
    """Return the definitions of what refers to itself: the trees and items within `shape`."""
    match shape:
        case ListOf(item):
            return _trees(item)
        case MapOf(_, value):
            return _trees(value)
        case ValueOrItems(_, item):
            return {"item": _map(item())}
        case Tree(row):
            row_or_rows = [{**_map(row), "maxProperties": 1}, {"$ref": _ROWS}]
            return {"rows": {"type": "array", "items": {"anyOf": row_or_rows}, "minItems": 1}}
        case Record(_, keys):
            return {name: each for key in keys.values() for name, each in _trees(key.shape).items()}
    return {}


def _schema(shape: Shape) -> dict[str, Any]:
    match shape:
        case Text(what, pattern):
            return {"type": "string", "pattern": f"^({pattern})$", "description": what}
        case Cell(options) | Choice(options):
            return {"enum": list(options)}
        case Hex():
            return dict(_NUMBER)
        case HexOr(text):
            return {"anyOf": [_NUMBER, _schema(text)]}
        case ListOf():
            return _list(shape)
        case MapOf():
            return _map(shape)
        case Condition(record):
            return _schema(record())
        case Tree():
            return {"$ref": _ROWS}
        case ValueOrItems(value):
            several = [_schema(value), {"$ref": _ITEM}]
            return {"anyOf": [several[0], *({"type": "array", "items": each} for each in several)]}
        case Record(name):
            return {"$ref": f"#/$defs/{name}"}


def _list(shape: ListOf) -> dict[str, Any]:
    item = _schema(shape.item)
    many = {
        "type": "array",
        "items": item,
        "uniqueItems": True,
        **({"minItems": 1} if shape.needs_one else {}),
    }
    return {"anyOf": [item, many]} if shape.or_one else many


def _map(shape: MapOf) -> dict[str, Any]:
    value = _schema(shape.value)
    return {
        "type": "object",
        **({"properties": dict.fromkeys(shape.usual, value)} if shape.usual else {}),
        "propertyNames": {"pattern": f"^({shape.key.pattern})$"},
        "additionalProperties": value,
        **({"minProperties": 1} if shape.needs_one else {}),
    }


def _record(shape: Record) -> dict[str, Any]:
    properties = {
        name: {**_schema(key.shape), "description": key.doc} for name, key in shape.keys.items()
    }
    others = _schema(shape.others) if shape.others else False
    return {
        "type": "object",
        "properties": {**dict.fromkeys(shape.usual, others), **properties},
        "required": [name for name, key in shape.keys.items() if key.is_required],
        "additionalProperties": others,
        **({"minProperties": 1} if shape.needs_one else {}),
    }
