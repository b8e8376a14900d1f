"""The shapes of the schema files as JSON Schema, for editors.

Invariant: what the loader accepts, the JSON Schema accepts; it refuses whatever a shape can tell
by itself, and leaves to the loader what only the other files can tell.
"""

from __future__ import annotations

from typing import Any

from .documents import CONDITION
from .shapes import Cell, Choice, Condition, Hex, HexOr, ListOf, MapOf, Record, Shape, Text

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
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
        **_schema(document),
        "$defs": {CONDITION.name: _schema(CONDITION)},
    }


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
        case MapOf(key, value, needs_one):
            return {
                "type": "object",
                "propertyNames": {"pattern": f"^({key.pattern})$"},
                "additionalProperties": _schema(value),
                **({"minProperties": 1} if needs_one else {}),
            }
        case Condition():
            return {"$ref": f"#/$defs/{CONDITION.name}"}
        case Record():
            return _record(shape)


def _list(shape: ListOf) -> dict[str, Any]:
    item = _schema(shape.item)
    many = {
        "type": "array",
        "items": item,
        "uniqueItems": True,
        **({"minItems": 1} if shape.needs_one else {}),
    }
    return {"anyOf": [item, many]} if shape.or_one else many


def _record(shape: Record) -> dict[str, Any]:
    properties = {
        name: {**_schema(key.shape), "description": key.doc} for name, key in shape.keys.items()
    }
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name, key in shape.keys.items() if key.is_required],
        "additionalProperties": _schema(shape.others) if shape.others else False,
        **({"minProperties": 1} if shape.needs_one else {}),
    }
