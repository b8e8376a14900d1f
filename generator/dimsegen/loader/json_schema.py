"""The shapes of the schema files as JSON Schema, for editors."""

from __future__ import annotations

from typing import Any

from .conditions import TESTS
from .shapes import Choice, Condition, FixedValue, Hex, ListOf, MapOf, Record, Shape, Text

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_NUMBER = {"type": "integer", "minimum": 0}


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
        "$defs": {"condition": _condition()},
    }


def _schema(shape: Shape) -> dict[str, Any]:
    match shape:
        case Text(what, pattern):
            return {"type": "string", "pattern": f"^({pattern})$", "description": what}
        case Choice(options):
            return {"enum": list(options)}
        case Hex(digits):
            return {**_NUMBER, "maximum": 16**digits - 1}
        case FixedValue():
            return {"anyOf": [_NUMBER, {"type": "string", "minLength": 1}]}
        case ListOf(item, or_one):
            many = {"type": "array", "items": _schema(item)}
            return {"anyOf": [_schema(item), many]} if or_one else many
        case MapOf(key, value):
            return {
                "type": "object",
                "propertyNames": {"pattern": f"^({key.pattern})$"},
                "additionalProperties": _schema(value),
            }
        case Condition():
            return {"$ref": "#/$defs/condition"}
        case Record():
            return _record(shape)


def _record(shape: Record) -> dict[str, Any]:
    properties = {
        name: {**_schema(key.shape), "description": key.doc} for name, key in shape.keys.items()
    }
    return {
        "type": "object",
        "properties": properties,
        "required": [name for name, key in shape.keys.items() if key.is_required],
        "additionalProperties": _schema(shape.others) if shape.others else False,
    }


def _condition() -> dict[str, Any]:
    this = {"$ref": "#/$defs/condition"}
    word = {"type": "string"}
    status = {"anyOf": [word, _NUMBER]}
    tests: dict[str, Any] = {
        "status": {"anyOf": [status, {"type": "array", "items": status, "minItems": 1}]},
        "present": word,
        "absent": word,
        "request": {"enum": ["absent", "present"]},
        "not": this,
        "any": {"type": "array", "items": this, "minItems": 1},
    }
    properties = {name: {**tests[name], "description": doc} for name, doc in TESTS.items()}
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        "minProperties": 1,
    }
