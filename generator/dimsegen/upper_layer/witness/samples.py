"""Real values for the parameters of a primitive, written as the Python that makes them.

Invariant: what to write follows from the kind of a value and from the tables; no parameter is known
by its name. Nothing is said of validity: only the generated code says that.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from pydicom.uid import ImplicitVRLittleEndian

from ..model import Contents, Field, Row, Service, Structure, UpperLayer, ValueKind
from ..views.service_codes import ServiceCodes

# What anybody knows (PS3.6): Verification, and how its data sets would be encoded.
CLASS, SYNTAX = "1.2.840.10008.1.1", str(ImplicitVRLittleEndian)
_BY_KIND = {
    ValueKind.AE_TITLE: ('"ECHO_SCU"', '"STORE_SCP"', '"MOVE_SCP"'),
    ValueKind.ADDRESS: ('("192.0.2.1", 104)', '("192.0.2.2", 11112)', '("192.0.2.3", 104)'),
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
        case ValueKind.UID:
            return f'"{_well_known(row, layer)}"', f'"{CLASS}"'
        case ValueKind.USER_DATA | ValueKind.DATA_VALUES:
            return _items(row, service, layer)
    return _turned(_BY_KIND[row.kind], row, service)


def _well_known(row: Row, layer: UpperLayer) -> str:
    """Return the name that the standard itself gives a parameter, any if it gives none."""
    conveying = (
        layer.structures[each.class_name]
        for structure in layer.structures.values()
        for each in structure.contains
        if each.conveys == row.name and each.class_name in layer.structures
    )
    names = (field.well_known for structure in conveying for field in structure.fields)
    return next(filter(None, names), CLASS)


def _turned(values: tuple[str, ...], row: Row, service: Service) -> tuple[str, ...]:
    """Return values that start with another one in each row of a kind, as far as there are some."""
    alike = [each.name for each in service.rows if each.kind is row.kind and not each.same_as]
    start = alike.index(row.name) % len(values) if row.name in alike else 0
    return values[start:] + values[:start]


def _items(row: Row, service: Service, layer: UpperLayer) -> tuple[str, ...]:
    """Return the items that have to stand in what the PDU of the service has for `row`."""
    made = needed_items(container_of(row, service, layer), layer)
    return f"[{', '.join(made)}]", f"[{', '.join(made + made[-1:])}]"


def needed_items(structure: Structure, layer: UpperLayer) -> list[str]:
    """Return the items that have to stand in a structure."""
    needed = [each.class_name for each in structure.contains if each.occurs.is_required]
    return [item_with(layer.structures[name], {}) for name in needed if name in layer.structures]


def container_of(row: Row, service: Service, layer: UpperLayer) -> Structure:
    """Return the structure whose items are the value of `row`."""
    for pdu in layer.structures.values():
        if service.name in pdu.becomes:
            for each in pdu.contains:
                if each.attribute == row.attribute:
                    return layer.structures[each.class_name]
            if row.kind is ValueKind.DATA_VALUES:
                return pdu
    raise LookupError(f"no PDU has the {row.name} of {service.name}")


def item_with(structure: Structure, values: Mapping[str, str]) -> str:
    """Return the call that makes an item, with `values` of some of its fields."""
    fields = [field for field in structure.fields if field.contents in _BY_CONTENTS]
    needed = [each for each in fields if each.default is None and not each.only_when]
    if not values:
        return f"{structure.class_name}({', '.join(map(_argument, needed))})"
    chosen = {each.attribute: _argument(each) for each in needed}
    chosen |= {each.attribute: values[each.name] for each in fields if each.name in values}
    return f"{structure.class_name}({', '.join(f'{key}={each}' for key, each in chosen.items())})"


def fragments_of(structure: Structure) -> Iterator[str]:
    """Yield the calls that make an item with a fragment, of an even and an odd number of bytes."""
    fields = [field for field in structure.fields if field.contents in _BY_CONTENTS]
    if any(field.contents is Contents.FRAGMENT for field in fields):
        usual = f"{structure.class_name}({', '.join(map(_argument, fields))})"
        yield from (usual, usual.replace("\\0", "", 1))


def _argument(field: Field) -> str:
    return _BY_CONTENTS[field.contents]


def values_of_field(field: Field) -> tuple[str, ...]:
    """Return values to try in a field of an item; the usual one first, none if it takes none."""
    match field.contents:
        case Contents.NUMBER | Contents.CODE:
            return "1", "0", "2", "3", "255"
        case Contents.UID:
            return f'"{CLASS}"', f'"{CLASS}.1"'
        case Contents.BYTES:
            return 'b"1"', 'b""'
        case Contents.TEXT:
            least, most = field.characters or (1, 1)
            sizes = dict.fromkeys((1, least, most, most + 1, max(least - 1, 0)))
            return tuple(f'"{"A" * size}"' for size in sizes)
    return ()
