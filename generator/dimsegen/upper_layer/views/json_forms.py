"""The JSON Schema of PDUs, items and primitives as JSON: what `to_json` writes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from ...code.naming import class_name
from ..model import (
    PARTS,
    Contents,
    Field,
    Kind,
    Row,
    Service,
    Structure,
    UpperLayer,
    ValueKind,
)
from .attributes import Attribute, attributes_of, context_ids, largest_in, resolved

_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_BYTES = {"type": "string", "contentEncoding": "base64"}
# PS3.5 9.1, and the two bytes of a TCP port.
_UID = {"type": "string", "minLength": 1, "maxLength": 64}
_ADDRESS = {
    "type": "array",
    "prefixItems": [{"type": "string"}, {"type": "integer", "minimum": 0, "maximum": 0xFFFF}],
    "minItems": 2,
    "items": False,
}
# What the class of each part of a parameter is called.
_RECORDS = {
    ValueKind.CONTEXT_DEFINITIONS: "PresentationContextDefinition",
    ValueKind.CONTEXT_RESULTS: "PresentationContextResult",
}
_TYPE, _SERVICE = "type", "service"


def json_schema_of(layer: UpperLayer) -> dict[str, Any]:
    """Return the JSON Schema of a PDU or a primitive, whichever it is."""
    structures = {name: _structure(each, layer) for name, each in layer.structures.items()}
    records = {name: _record(name, PARTS[kind], layer) for kind, name in _RECORDS.items()}
    primitives = {class_name(each.name): _primitive(each, layer) for each in layer.services}
    pdus = [name for name, each in layer.structures.items() if each.kind is Kind.PDU]
    return {
        "$schema": _DIALECT,
        "title": "PDU or primitive of the Upper Layer",
        "oneOf": [_ref(name) for name in (*pdus, *primitives)],
        "$defs": {**structures, **records, **primitives},
    }


def _ref(name: str) -> dict[str, str]:
    return {"$ref": f"#/$defs/{name}"}


def _object(key: str, name: str, properties: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """Return the schema of an object that says in `key` what it is."""
    required = [key, *more.pop("required", ())]
    return {
        "type": "object",
        **more,
        "properties": {key: {"const": name}, **properties},
        "required": required,
        "additionalProperties": False,
    }


def _array(items: Mapping[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": items}


def _whole(least: int, most: int) -> dict[str, Any]:
    return {"type": "integer", "minimum": least, "maximum": most}


def _structure(structure: Structure, layer: UpperLayer) -> dict[str, Any]:
    fields = {
        actual.attribute: actual
        for actual in (resolved(field, layer) for field in structure.fields)
    }
    found = attributes_of(structure, layer)
    properties = {
        each.name: {**_attribute(each, fields.get(each.name)), "description": each.doc}
        for each in found
    }
    required = [each.name for each in found if not each.default]
    return _object(
        _TYPE,
        structure.class_name,
        properties,
        description=structure.summary,
        required=required,
    )


def _attribute(attribute: Attribute, field: Field | None) -> dict[str, Any]:
    if attribute.contained:
        items = [_ref(each.class_name) for each in attribute.contained]
        one = items[0] if len(items) == 1 else {"oneOf": items}
        return _array(one) if attribute.type.startswith("tuple") else one
    match attribute.type:
        case "int":
            return _number(field)
        case "UID":
            return _UID
        case "str":
            most = field.characters[1] if field and field.characters else field and field.width
            return {"type": "string", "maxLength": most}
    return _BYTES


def _number(field: Field | None) -> dict[str, Any]:
    if field is None:
        return _whole(0, largest_in(1))
    if field.contents is not Contents.CONTEXT_ID:
        return _whole(0, largest_in(field.width or 1))
    ids = context_ids(field)
    odd = {"not": {"multipleOf": ids.step}} if ids.step > 1 and ids[0] % ids.step else {}
    return {**_whole(ids[0], ids[-1]), **odd}


def _record(name: str, parts: tuple[str, ...], layer: UpperLayer) -> dict[str, Any]:
    """Return what a presentation context is in a primitive: proposed, or answered."""
    context_id = next(
        field
        for structure in layer.structures.values()
        for field in structure.fields
        if field.contents is Contents.CONTEXT_ID
    )
    properties: dict[str, Any] = {}
    for part in parts:
        key = "_".join(re.findall(r"[a-z]+", part.lower()))
        if part.endswith("ID"):
            properties[key] = _number(context_id)
        elif part.endswith("names"):
            properties[key] = _array(_UID)
        else:
            properties[key] = _UID if part.endswith("name") else _whole(0, largest_in(1))
    return _object(_TYPE, name, properties, required=list(properties)[:2])


def _primitive(service: Service, layer: UpperLayer) -> dict[str, Any]:
    properties = {
        row.attribute: {**_value(row, layer), "description": f"The {row.name}."}
        for row in service.rows
    }
    return _object(_SERVICE, service.name, properties, description=service.summary)


def _value(row: Row, layer: UpperLayer) -> dict[str, Any]:
    match row.kind:
        case ValueKind.UID:
            return _UID
        case ValueKind.AE_TITLE:
            return {"type": "string", "maxLength": _width_of(Contents.AE_TITLE, layer)}
        case ValueKind.ADDRESS:
            return _ADDRESS
        case ValueKind.TEXT:
            return {"type": "string"}
        case ValueKind.CODE | ValueKind.DIAGNOSTIC:
            return _whole(0, largest_in(1))
        case ValueKind.USER_DATA:
            return _array({"oneOf": [_ref(name) for name in _user_data(layer)]})
        case ValueKind.CONTEXT_DEFINITIONS | ValueKind.CONTEXT_RESULTS:
            return _array(_ref(_RECORDS[row.kind]))
        case ValueKind.DATA_VALUES:
            return _array({"oneOf": [_ref(name) for name in _fragments(layer)]})
    return {}


def _width_of(contents: Contents, layer: UpperLayer) -> int:
    fields = (field for each in layer.structures.values() for field in each.fields)
    return next(field.width or 0 for field in fields if field.contents is contents)


def _user_data(layer: UpperLayer) -> Iterator[str]:
    """Yield the classes of the sub-items that a user parameter has."""
    for structure in layer.structures.values():
        if structure.class_name in {
            each.class_name
            for pdu in layer.structures.values()
            for each in pdu.contains
            if each.conveys and _is_user_data(each.conveys, layer)
        }:
            yield from (each.class_name for each in structure.contains)


def _is_user_data(conveys: str, layer: UpperLayer) -> bool:
    rows = (row for service in layer.services for row in service.rows)
    return any(row.name == conveys and row.kind is ValueKind.USER_DATA for row in rows)


def _fragments(layer: UpperLayer) -> Iterator[str]:
    for structure in layer.structures.values():
        if any(field.contents is Contents.FRAGMENT for field in structure.fields):
            yield structure.class_name
