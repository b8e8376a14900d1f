"""What the module of a PDU, an item or a sub-item says."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...code import layout
from ...code.fit import fitted
from ...code.naming import class_name as service_class
from ..model import Contents, Field, Kind, Structure, UpperLayer, Value, snake_class
from .attributes import (
    Attribute,
    attributes_of,
    is_mixed,
    module_of,
    union_of,
    variable_for,
)
from .decoded import decoder_name, is_remembered, known_name, regular_name
from .decoder import Decoder, decoder_of
from .encoder import Encoder, encoder_of
from .runs import Run, body_of, format_of, is_name, is_untyped, parts_of


@dataclass(frozen=True)
class Table:
    """The values of a field with their texts, as a constant."""

    name: str
    comment: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Property:
    """A property: its name, its type, what it is, and the lines of its body."""

    name: str
    type: str
    doc: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Packing:
    """A `Struct`, bound to what is used of it."""

    line: str


@dataclass(frozen=True)
class StructureView:
    """What is printed of a structure."""

    class_name: str
    module: str
    base: str
    name: str
    summary: str
    where: str
    rows: tuple[str, ...]
    type_code: str
    event: str
    attributes: tuple[Attribute, ...]
    init: str
    checks: tuple[str, ...]
    properties: tuple[Property, ...]
    primitive: tuple[str, ...]
    encoder: Encoder
    decoder: Decoder
    packings: tuple[str, ...]
    tables: tuple[Table, ...]
    setters: str
    union: str
    dispatch: tuple[str, ...]
    name_field: str
    known: str
    regular: str
    imports: tuple[str, ...]
    docs: tuple[str, ...]


def structure_view(structure: Structure, layer: UpperLayer) -> StructureView:
    """Return what is printed of `structure`."""
    attributes = attributes_of(structure, layer)
    events = {event.pdu: event.name for event in layer.machine.events if event.pdu}
    decoder, encoder = decoder_of(structure, layer), encoder_of(structure, layer)
    mixed = [f for f in structure.fields if f.contents is Contents.ITEMS and is_mixed(structure)]
    view = StructureView(
        class_name=structure.class_name,
        module=module_of(structure.class_name),
        base=_base(structure),
        name=structure.name.removesuffix(" PDU"),
        summary=structure.summary,
        where=where_of(structure),
        rows=tuple(_rows(structure)),
        type_code="0" if structure.type_code is None else f"0x{structure.type_code:02X}",
        event=events.get(structure.class_name, ""),
        attributes=attributes,
        init=layout.bracketed(
            "    def __init__(", ["self", *(each.parameter for each in attributes)], ") -> None:", 0
        ).replace("\n", "\n    "),
        checks=fitted(_checks(structure, attributes), 8),
        properties=tuple(_properties(structure, layer)),
        primitive=fitted(_primitive(structure), 4),
        encoder=encoder,
        decoder=decoder,
        packings=tuple(_used(_packings(structure, layer), [*encoder.lines, *decoder.lines])),
        tables=tuple(_tables(structure)),
        setters=_setters(structure, attributes),
        union=layout.alias(union_of(mixed[0]), [c.class_name for c in structure.contains])
        if mixed
        else "",
        dispatch=tuple(_dispatch(structure, layer, mixed)),
        name_field=body_of(structure)[0].attribute if is_name(structure) else "",
        known=known_name(structure.class_name),
        regular=regular_name(structure.class_name) if is_remembered(structure, layer) else "",
        imports=(),
        docs=tuple(_docs(attributes)),
    )
    return _with_imports(view, structure, layer)


def where_of(structure: Structure) -> str:
    """Return the clauses and tables of a structure: ``PS3.8 9.3.2, Table 9-11``."""
    parts = [f"{place.part} {place.section}, Table {place.table}" for place in structure.places]
    return "; ".join(parts)


def _base(structure: Structure) -> str:
    if structure.kind is Kind.PDU:
        return "PDU"
    is_fragment = any(field.contents is Contents.FRAGMENT for field in structure.fields)
    return "FragmentItem" if is_fragment else "Item"


def _rows(structure: Structure) -> Iterator[str]:
    width = max(len(field.octets) for field in structure.fields)
    names = max(len(field.name) for field in structure.fields)
    for field in structure.fields:
        yield f"{field.octets:<{width}}  {field.name:<{names}}  {field.value}".rstrip()


def _docs(attributes: tuple[Attribute, ...]) -> Iterator[str]:
    for each in attributes:
        yield f"{each.name} : {each.type}"
        yield f"    {layout.wrapped(each.doc, 8)}"


def _properties(structure: Structure, layer: UpperLayer) -> Iterator[Property]:
    for field in structure.fields:
        values = structure.values.get(field.name, ())
        if values and not any(value.table for value in values):
            key = _key(values, field, "self.")
            text = f'return _{field.attribute.upper()}.get({key}, "reserved")'
            doc = f"What {field.name} means, as printed; reserved for any other value."
            yield Property(f"{field.attribute}_text", "str", doc, (text,))
    if is_mixed(structure):
        yield from _selections(structure)
        return
    for each in structure.contains:
        inside = layer.structures[each.class_name]
        if not (is_name(inside) or _is_bare_name(inside)):
            continue
        (field,) = [f for f in inside.fields if f.contents is Contents.UID]
        value = f"self.{each.attribute}"
        if each.occurs.is_single:
            body = f"return None if {value} is None else {value}.{field.attribute}"
            doc = f"{field.name}, if there is one."
            yield Property(field.attribute, "UID | None", doc, fitted([body], 8))
        else:
            body = f"return tuple(item.{field.attribute} for item in {value})"
            doc = f"Every {field.name}."
            yield Property(f"{field.attribute}s", "tuple[UID, ...]", doc, fitted([body], 8))


def _is_bare_name(structure: Structure) -> bool:
    kinds = [field.contents for field in structure.fields]
    return kinds == [Contents.LENGTH, Contents.UID]


def _selections(structure: Structure) -> Iterator[Property]:
    (field,) = [f for f in structure.fields if f.contents is Contents.ITEMS]
    names = dict.fromkeys(each.attribute for each in structure.contains)
    items = f"self.{field.attribute}"
    for name in names:
        found = [each.class_name for each in structure.contains if each.attribute == name]
        is_single = next(e for e in structure.contains if e.attribute == name).occurs.is_single
        union = " | ".join(found)
        if is_single:
            doc = f"The first {' or '.join(found)}, if there is one."
            lines = [
                line
                for each in found[:-1]
                for line in (
                    f"if (item := first_of({items}, {each})) is not None:",
                    "    return item",
                )
            ]
            lines.append(f"return first_of({items}, {found[-1]})")
            yield Property(name, f"{union} | None", doc, tuple(lines))
        else:
            doc = f"Every {union}."
            yield Property(name, f"tuple[{union}, ...]", doc, (f"return all_of({items}, {union})",))


def _primitive(structure: Structure) -> Iterator[str]:
    """Yield the lines of the method that makes the primitive."""
    if not structure.becomes:
        return
    kinds = " | ".join(service_class(name) for name in structure.becomes)
    takes = [variable_for(name) for name in structure.takes]
    if takes:
        yield "def to_primitive("
        yield "    self,"
        yield "    *,"
        for name in takes:
            yield f"    {name}: tuple[str, int] | None = None,"
        yield f") -> {kinds}:"
    else:
        yield f"def to_primitive(self) -> {kinds}:"
    named = " or ".join(structure.becomes)
    yield f'    """Return the {named} primitive that the PDU conveys, as its receiver sees it."""'
    function = f"{snake_class(structure.class_name)}_to_primitive"
    yield f"    return _conversion.{function}({', '.join(['self', *takes])})"


def _key(values: tuple[Value, ...], field: Field, before: str) -> str:
    others = sorted({name for value in values for name in value.when})
    names = [f"{before}{variable_for(name)}" for name in others]
    value = f"{before}{field.attribute}"
    return f"({', '.join([*names, value])})" if names else value


def _tables(structure: Structure) -> Iterator[Table]:
    for field in structure.fields:
        values = structure.values.get(field.name, ())
        if not values:
            continue
        lines: dict[str, str] = {}
        for value in values:
            if value.text == "reserved":
                continue
            for code in range(value.first, value.last + 1):
                codes = [c for name in sorted(value.when) for c in value.when[name]]
                key = f"({', '.join([*codes, str(code)])})" if codes else str(code)
                text = layout.literal(value.text)
                lines.setdefault(key, f"{key}: {text},")
        others = sorted({name for value in values for name in value.when})
        by = f", by {' and '.join([*others, field.name])}" if others else ""
        yield Table(f"_{field.attribute.upper()}", f"{field.name}{by}.", tuple(lines.values()))


def _packings(structure: Structure, layer: UpperLayer) -> Iterator[str]:
    extra = "B" if _base(structure) == "FragmentItem" else ""
    encoded = [part for part in parts_of(structure.fields) if isinstance(part, Run)]
    head = _body_head(structure)
    decoded = [part for part in parts_of(body_of(structure), head) if isinstance(part, Run)]
    if is_name(structure):
        return
    for run in encoded:
        code = format_of(structure, run, layer) + extra
        yield f'_pack_{run.name}: Final = struct.Struct("{code}").pack'
    for run in decoded:
        code = format_of(structure, run, layer) + extra
        yield f'_unpack_{run.name}: Final = struct.Struct("{code}").unpack_from'


def _used(packings: Iterator[str], lines: list[str]) -> Iterator[str]:
    """Yield those that some line uses: a PDU without fields is not unpacked."""
    text = "\n".join(lines)
    for packing in packings:
        if f"{packing.partition(':')[0]}(" in text:
            yield packing


def _body_head(structure: Structure) -> str:
    return "head" if structure.kind is Kind.PDU or is_untyped(structure) else "body"


def _checks(structure: Structure, attributes: tuple[Attribute, ...]) -> Iterator[str]:
    if is_name(structure):
        (attribute,) = attributes
        yield f"name = {attribute.check}"
        yield f"_set_{attribute.name}(self, name)"
        code = f"0x{structure.type_code:02X}"
        yield f'_set_encoded(self, pack_item({code}, len(name)) + name.encode("latin-1"))'
        return
    for each in attributes:
        yield f"_set_{each.name}(self, {each.check})"


def _setters(structure: Structure, attributes: tuple[Attribute, ...]) -> str:
    names = [f"_set_{each.name}" for each in attributes]
    names += ["_set_encoded"] if is_name(structure) else []
    if not names:
        return ""
    if len(names) == 1:
        return f"({names[0]},) = setters({structure.class_name})"
    line = f"{', '.join(names)} = setters({structure.class_name})"
    if len(line) <= layout.WIDTH:
        return line
    return "\n".join(
        ["(", *(f"    {name}," for name in names), f") = setters({structure.class_name})"]
    )


def _dispatch(structure: Structure, layer: UpperLayer, mixed: list[Field]) -> Iterator[str]:
    if not mixed:
        return
    yield layout.bracketed(
        f"{mixed[0].attribute.upper()}_CLASSES: Final = (",
        [each.class_name for each in structure.contains],
        ")",
        0,
    )
    kind = f"Callable[[bytes, int, int, Notes], {union_of(mixed[0])} | None]"
    yield f"_DECODERS: Final[dict[int, {kind}]] = {{"
    once = []
    for each in structure.contains:
        inside = layer.structures[each.class_name]
        yield f"    0x{inside.type_code or 0:02X}: {decoder_name(each.class_name)},"
        if each.occurs.is_single:
            once.append(f"0x{inside.type_code or 0:02X}")
    yield "}"
    yield "# Those that stand once."
    yield f"_ONCE: Final = frozenset({{{', '.join(once)}}})"


def _with_imports(view: StructureView, structure: Structure, layer: UpperLayer) -> StructureView:
    lines = [
        *view.encoder.lines,
        *view.decoder.lines,
        *view.packings,
        *view.dispatch,
        *(each.check for each in view.attributes),
        *(f"{each.type} {each.parameter}" for each in view.attributes),
        *(f"{each.type} {' '.join(each.lines)}" for each in view.properties),
    ]
    # Names in strings are no names.
    text = re.sub(r'"[^"]*"', "", "\n".join([*lines, view.decoder.head, view.setters, view.base]))
    used = set(re.findall(r"[A-Za-z_][A-Za-z0-9_]*", text))
    if view.name_field:
        used |= {"NAMES", "pack_item", "regular_uid", "new", "lru_cache"}
    if view.regular:
        used |= {"KNOWN_ITEMS", "Notes", "lru_cache", "DecodeError", "struct"}
    if view.encoder.is_buffers:
        used.add("Buffer")
    found = [*_standard(view, used), ""]
    if "UID" in used:
        found += ["from pydicom.uid import UID", ""]
    if outer := {"Buffer", "DecodeError"} & used:
        found.append(layout.import_from(".._codec", outer))
    if "UIDLike" in used:
        found.append("from .._runtime import UIDLike")
    modules = {"_pdu": used & _RUNTIME}
    if view.event:
        modules["_states"] = {"Event"}
    for each in structure.contains:
        functions = {
            decoder_name(each.class_name),
            known_name(each.class_name),
            regular_name(each.class_name),
        }
        names = ({each.class_name} | functions) & used
        modules[module_of(each.class_name)] = names
    found += [layout.import_from(module, modules[module]) for module in sorted(modules)]
    if view.primitive:
        found += ["", "if TYPE_CHECKING:"]
        for name in sorted(service_class(service) for service in structure.becomes):
            found.append(f"    from .{name.lower()} import {name}")
    return replace(view, imports=("", *found))


def _standard(view: StructureView, used: set[str]) -> Iterator[str]:
    if "struct" in used:
        yield "import struct"
    if abstract := sorted({"Callable", "Iterable"} & used):
        yield f"from collections.abc import {', '.join(abstract)}"
    has_field = view.name_field or not all(each.is_compared for each in view.attributes)
    yield f"from dataclasses import dataclass{', field' if has_field else ''}"
    if "lru_cache" in used:
        yield "from functools import lru_cache"
    typing = ["TYPE_CHECKING"] if view.primitive else []
    typing += ["ClassVar", "Final", *(["TypeAlias"] if view.union else [])]
    yield f"from typing import {', '.join(typing)}"


_RUNTIME = {
    "FragmentItem",
    "all_of",
    "first_of",
    "Item",
    "KNOWN_ITEMS",
    "LONGEST_KNOWN",
    "LONGEST_UID",
    "NAMES",
    "Notes",
    "PDU",
    "cut",
    "encode_ae_title",
    "new",
    "pack_item",
    "regular_ae_title",
    "regular_uid",
    "setters",
    "to_context_id",
    "to_fragment",
    "to_item",
    "to_items",
    "to_name",
    "to_octets",
    "to_text",
    "too_long",
    "unpack_item",
    "whole",
}
