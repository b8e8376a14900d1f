"""The JSON Schema of what `to_json` writes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from ...code.naming import class_name
from ...table.vr import vr_of
from ..model import Parameter
from ..primitives import Primitive

_DIALECT = "https://json-schema.org/draft/2020-12/schema"


def primitives_schema(primitives: Sequence[Primitive]) -> dict[str, Any]:
    """Return the JSON Schema of a primitive in JSON, whichever it is."""
    names = [class_name(primitive.name) for primitive in primitives]
    return {
        "$schema": _DIALECT,
        "title": "DIMSE primitive",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in names],
        "$defs": {class_name(item.name): _primitive(item) for item in primitives},
    }


def _primitive(primitive: Primitive) -> dict[str, Any]:
    properties = {"service": {"const": primitive.name}}
    for keyword, parameter in primitive.parameters.items():
        properties[keyword] = {"title": parameter.name, **_value(parameter)}
    return {
        "type": "object",
        "description": primitive.summary,
        "properties": properties,
        "required": ["service"],
        "additionalProperties": False,
    }


def _value(parameter: Parameter) -> dict[str, Any]:
    vr = vr_of(parameter.vr)
    if parameter.is_data_set:
        return {"type": "string", "contentEncoding": "base64"}
    if parameter.values:
        return {"enum": list(parameter.values.values())}
    if vr.maximum is not None:
        return {"type": "integer", "minimum": 0, "maximum": vr.maximum}
    if vr.length is not None:
        return {"type": "string", "minLength": 1, "maxLength": vr.length}
    return {
        "type": "array",
        "items": {"type": "string", "pattern": "^[0-9A-F]{8}$"},
        "minItems": 1,
    }
