"""Real values for the parameters of a primitive, written as the Python that makes them.

Invariant: what to write follows from the kind of a value and from the tables; no parameter is known
by its name. Nothing is said of validity: only the generated code says that.
"""

from __future__ import annotations

from ..model import Contents, Field, Row, Service, Structure, UpperLayer, ValueKind
from ..views.service_codes import ServiceCodes

# PS3.7 A.2.1: the DICOM Application Context Name; PS3.6: Verification, Implicit VR Little Endian.
CONTEXT, CLASS, SYNTAX = "1.2.840.10008.3.1.1.1", "1.2.840.10008.1.1", "1.2.840.10008.1.2"
_BY_KIND = {
    ValueKind.UID: (f'"{CONTEXT}"', f'"{CLASS}"'),
    ValueKind.AE_TITLE: ('"STORE_SCP"', '"MOVE_SCP"'),
    ValueKind.ADDRESS: ('("192.0.2.1", 104)', '("192.0.2.2", 11112)'),
    ValueKind.CONTEXT_DEFINITIONS: (
        f'[(1, "{CLASS}", ["{SYNTAX}"])]',
        f'[(3, "{CLASS}", ["{SYNTAX}"])]',
    ),
    ValueKind.CONTEXT_RESULTS: (f'[(1, 0, "{SYNTAX}")]', f'[(1, 0, "{SYNTAX}.1")]'),
    ValueKind.UNUSED: ('"anything"',),
    ValueKind.TEXT: ('"normal"', '"other"'),
}
_BY_CONTENTS = {
    Contents.NUMBER: "1",
    Contents.CODE: "1",
    Contents.CONTEXT_ID: "1",
    Contents.UID: f'"{CLASS}"',
    Contents.TEXT: '"A"',
    Contents.BYTES: 'b"1"',
    # A whole command set: the Message Control Header (PS3.8 E.2) is an argument of its own.
    Contents.FRAGMENT: '3, b"\\0\\0\\0\\0"',
}


def values_of(row: Row, service: Service, layer: UpperLayer) -> tuple[str, ...]:
    """Return values for a parameter, the fixed one or a simple one first."""
    if row.value:
        return f'"{row.value}"', '"other"'
    match row.kind:
        case ValueKind.CODE:
            return tuple(map(str, ServiceCodes(service, layer).named(row).values()))
        case ValueKind.DIAGNOSTIC:
            return "1", "2"
        case ValueKind.USER_DATA | ValueKind.DATA_VALUES:
            return _items(row, service, layer)
    return _BY_KIND[row.kind]


def _items(row: Row, service: Service, layer: UpperLayer) -> tuple[str, ...]:
    """Return the items that have to stand in what the PDU of the service has for `row`."""
    inside = _container(row, service, layer)
    needed = [each.class_name for each in inside.contains if each.occurs.is_required]
    made = [_made(layer.structures[name]) for name in needed if name in layer.structures]
    return f"[{', '.join(made)}]", f"[{', '.join(made + made[-1:])}]"


def _container(row: Row, service: Service, layer: UpperLayer) -> Structure:
    for pdu in layer.structures.values():
        if service.name in pdu.becomes:
            for each in pdu.contains:
                if each.attribute == row.attribute:
                    return layer.structures[each.class_name]
            if row.kind is ValueKind.DATA_VALUES:
                return pdu
    raise LookupError(f"no PDU has the {row.name} of {service.name}")


def _made(structure: Structure) -> str:
    fields = [field for field in structure.fields if field.contents in _BY_CONTENTS]
    return f"{structure.class_name}({', '.join(map(_argument, fields))})"


def _argument(field: Field) -> str:
    return _BY_CONTENTS[field.contents]
