"""What the module of a PDU, an item or a sub-item says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ...code import layout
from ...code.fit import fitted
from ...code.naming import class_name as service_class
from ..model import Contents, Structure, UpperLayer, snake_class
from .attributes import Attribute, attributes_of, module_of, resolved, variable_for
from .code_tables import Table, tables_of
from .decoded import is_remembered, known_name, regular_name
from .decoder import Decoder, decoder_of
from .encoder import Encoder, encoder_of
from .runs import body_of, is_name, keeps_bytes
from .structure_constants import base_of, packings_of, types_of
from .structure_imports import imports_of
from .structure_properties import Property, properties_of

# What a structure imports that conveys a primitive.
_LAST = (
    *("", "", "# The last line, because it imports this module."),
    "from . import _conversion  # noqa: E402",
)


@dataclass(frozen=True)
class Method:
    """A method: the lines of its ``def``, what it is for, and its body."""

    head: tuple[str, ...]
    doc: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class StructureView:
    """What is printed of a structure."""

    class_name: str
    module: str
    base: str
    name: str
    where: str
    rows: tuple[str, ...]
    type_code: str
    doc: tuple[str, ...]
    class_constants: tuple[str, ...]
    fields: tuple[str, ...]
    init: tuple[str, ...]
    properties: tuple[Property, ...]
    methods: tuple[Method, ...]
    decoder: Decoder
    packings: tuple[str, ...]
    tables: tuple[Table, ...]
    types: tuple[str, ...]
    setters: tuple[str, ...]
    name_fields: tuple[str, ...]
    known: str
    regulars: tuple[str, ...]
    imports: tuple[str, ...]
    last: tuple[str, ...]

    @property
    def union(self) -> str:
        """The alias for the kinds of items in it; empty without."""
        return self.types[0].partition(":")[0] if self.types else ""


def structure_view(structure: Structure, layer: UpperLayer) -> StructureView:
    """Return what is printed of `structure`."""
    attributes = attributes_of(structure, layer)
    event = next((e.name for e in layer.machine.events if e.pdu == structure.class_name), "")
    decoder, encoder = decoder_of(structure, layer), encoder_of(structure, layer)
    packings = tuple(packings_of(structure, layer, [*encoder.lines, *decoder.lines]))
    fields, types = tuple(_fields(structure, attributes)), types_of(structure, layer)
    properties = tuple(properties_of(structure, layer))
    setters, base = _setters(structure, attributes), base_of(structure)
    code = [*encoder.lines, *decoder.lines, decoder.head, *packings, *types, *fields, setters, base]
    code += [line for each in attributes for line in (each.check, each.parameter)]
    code += [line for each in properties for line in (each.type, *each.lines)]
    regular = regular_name(structure.class_name) if is_remembered(structure, layer) else ""
    extra = _used_by_template(structure, is_remembered=bool(regular), is_buffers=encoder.is_buffers)
    return StructureView(
        class_name=structure.class_name,
        module=module_of(structure.class_name),
        base=base,
        name=structure.name.removesuffix(" PDU"),
        where=where_of(structure),
        rows=tuple(_rows(structure)),
        type_code=type_code_of(structure),
        doc=_in_class(_doc(structure, attributes)),
        class_constants=tuple(_class_constants(structure, event, layer)),
        fields=_in_class(fields),
        init=_in_class(_init(structure, attributes)),
        properties=properties,
        methods=tuple(_methods(structure, encoder)),
        decoder=decoder,
        packings=packings,
        tables=tuple(tables_of(structure)),
        types=types,
        setters=(setters,) if setters else (),
        name_fields=(body_of(structure)[0].attribute,) if is_name(structure) else (),
        known=known_name(structure.class_name),
        regulars=(regular,) if regular else (),
        imports=tuple(imports_of(structure, code, extra, bool(event))),
        last=_LAST if structure.becomes else (),
    )


def _used_by_template(
    structure: Structure, *, is_remembered: bool, is_buffers: bool
) -> frozenset[str]:
    """Return the names that no line of the view has, since the template itself prints them."""
    used = set()
    if is_name(structure):
        used |= {"NAMES", "pack_item", "regular_uid", "new", "lru_cache"}
    if is_remembered:
        used |= {"KNOWN_ITEMS", "Notes", "lru_cache", "DecodeError", "struct"}
    if is_buffers:
        used.add("Buffer")
    return frozenset(used)


def _in_class(lines: Iterable[str]) -> tuple[str, ...]:
    """Return `lines` as they stand in a class."""
    return tuple(f"    {line}" if line else "" for line in lines)


def where_of(structure: Structure) -> str:
    """Return the clauses and tables of a structure: ``PS3.8 9.3.2, Table 9-11``."""
    parts = [f"{place.part} {place.section}, Table {place.table}" for place in structure.places]
    return "; ".join(parts)


def _rows(structure: Structure) -> Iterator[str]:
    width = max(len(field.octets) for field in structure.fields)
    names = max(len(field.name) for field in structure.fields)
    for field in structure.fields:
        yield f"{field.octets:<{width}}  {field.name:<{names}}  {field.value}".rstrip()


def type_code_of(structure: Structure) -> str:
    """Return the type as it is written: 0 for what has none."""
    return "0" if structure.type_code is None else f"0x{structure.type_code:02X}"


def _doc(structure: Structure, attributes: tuple[Attribute, ...]) -> Iterator[str]:
    if not attributes:
        yield f'"""{structure.summary}"""'
        return
    yield f'"""{structure.summary}'
    yield ""
    yield "Attributes"
    yield "----------"
    for each in attributes:
        yield f"{each.name} : {each.type}"
        yield f"    {layout.wrapped(each.doc, 8)}"
    yield '"""'


def _class_constants(structure: Structure, event: str, layer: UpperLayer) -> Iterator[str]:
    yield f'NAME: ClassVar[str] = "{structure.name.removesuffix(" PDU")}"'
    yield f"TYPE: ClassVar[int] = {type_code_of(structure)}"
    if event:
        yield f"RECEIVED: ClassVar[Event] = Event.{event}"
    echoes = [each for each in structure.fields if each.contents is Contents.ECHO]
    if echoes:
        names = layout.strings([resolved(each, layer).attribute for each in echoes])
        yield "#: What is sent back as it was received, in reserved fields."
        yield f"ECHOED: ClassVar[tuple[str, ...]] = {layout.tuple_of(names)}"


def _fields(structure: Structure, attributes: tuple[Attribute, ...]) -> Iterator[str]:
    """Yield the fields of the dataclass, after a blank line."""
    if attributes:
        yield ""
    for each in attributes:
        hidden = "" if each.is_compared else " = field(repr=False, compare=False)"
        yield f"{each.name}: {each.type}{hidden}"
    if keeps_bytes(structure):
        yield "encoded: bytes = field(init=False, repr=False, compare=False)"


def _init(structure: Structure, attributes: tuple[Attribute, ...]) -> Iterator[str]:
    """Yield the constructor, after a blank line; nothing where there is nothing to give it."""
    if not attributes:
        return
    arguments = ["self", *(each.parameter for each in attributes)]
    head = layout.bracketed("    def __init__(", arguments, ") -> None:", 0)
    yield ""
    yield from head.strip().split("\n")
    for line in fitted(_checks(structure, attributes), 8):
        yield from f"    {line}".split("\n")


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
    if keeps_bytes(structure):
        yield "_set_encoded(self, self._to_bytes())"


def _methods(structure: Structure, encoder: Encoder) -> Iterator[Method]:
    yield from _to_primitive(structure)
    doc = f"Return the bytes of {where_of(structure)}."
    lines = encoder.lines
    if encoder.is_buffers:
        in_several = "Return the bytes in several buffers, the fragments as they are."
        yield Method(("def buffers(self) -> list[Buffer]:",), in_several, encoder.lines)
        lines = ('return b"".join(self.buffers())',)
    elif keeps_bytes(structure):
        if not is_name(structure):
            once = "Return the bytes, which are made once: an item never changes."
            yield Method(("def _to_bytes(self) -> bytes:",), once, encoder.lines)
        lines = ("return self.encoded",)
    yield Method(("def encode(self) -> bytes:",), doc, lines)


def _to_primitive(structure: Structure) -> Iterator[Method]:
    """Yield the method that makes the primitive, if the PDU conveys one."""
    if not structure.becomes:
        return
    kinds = " | ".join(service_class(name) for name in structure.becomes)
    takes = [variable_for(name) for name in structure.takes]
    head: tuple[str, ...] = (f"def to_primitive(self) -> {kinds}:",)
    if takes:
        given = [f"    {name}: tuple[str, int] | None = None," for name in takes]
        head = ("def to_primitive(", "    self,", "    *,", *given, f") -> {kinds}:")
    named = " or ".join(structure.becomes)
    doc = f"Return the {named} primitive that the PDU conveys, as its receiver sees it."
    function = f"{snake_class(structure.class_name)}_to_primitive"
    call = f"return _conversion.{function}({', '.join(['self', *takes])})"
    yield Method(head, doc, fitted([call], 8))


def _setters(structure: Structure, attributes: tuple[Attribute, ...]) -> str:
    names = [f"_set_{each.name}" for each in attributes]
    names += ["_set_encoded"] if keeps_bytes(structure) else []
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
