"""How bytes become a structure: one pass, straight-line, with a branch for each thing that varies.

On the regular way nothing is called but the decoders of the items; what is irregular is noted, and
an item that cannot be read is kept as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...code import layout
from ...code.fit import fitted
from ..model import Contents, Field, Kind, Structure, UpperLayer
from .attributes import is_mixed, resolved
from .decoded import Decoded, decoder_name, known_name
from .decoder_fields import FieldReader
from .decoder_items import ItemReader
from .encoder import has_fragment
from .runs import Run, body_of, is_name, is_untyped, keeps_bytes, stored


@dataclass(frozen=True)
class Decoder:
    """A function that reads a structure.

    Attributes
    ----------
    head : str
        Its ``def``.
    lines : tuple of str
        Its body.
    """

    name: str
    head: str
    lines: tuple[str, ...]


_START = "start = position"


def decoder_of(structure: Structure, layer: UpperLayer) -> Decoder:
    """Return the function that reads `structure`."""
    name = decoder_name(structure.class_name)
    data = "memoryview" if has_fragment(structure, layer) else "bytes"
    kind = structure.class_name
    if structure.kind is Kind.PDU:
        head = layout.bracketed(
            f"def {name}(", [f"data: {data}", "end: int", "notes: Notes"], f") -> {kind}:", 0
        )
    elif is_untyped(structure):
        arguments = [f"data: {data}", "position: int", "end: int", "notes: Notes"]
        head = layout.bracketed(f"def {name}(", arguments, f") -> tuple[{kind} | None, int]:", 0)
    else:
        arguments = [f"data: {data}", "position: int", "end: int", "notes: Notes"]
        nothing = "" if is_name(structure) else " | None"
        head = layout.bracketed(f"def {name}(", arguments, f") -> {kind}{nothing}:", 0)
    lines = list(_Writer(Decoded(structure, layer)).lines())
    if lines[0] == _START and not any("start" in line for line in lines[1:]):
        del lines[0]
    return Decoder(name, head, fitted(lines, 4))


class _Writer:
    def __init__(self, decoded: Decoded) -> None:
        self._of = decoded
        self._header_values: list[tuple[str, str]] = []

    def lines(self) -> Iterator[str]:
        if is_name(self._of.structure):
            yield from self._name()
            return
        if not self._of.is_pdu and not self._has_fields_only_items():
            yield _START
            yield from self._of_header()
        fields, items = FieldReader(self._of), ItemReader(self._of)
        for number, part in enumerate(self._of.parts):
            is_last = number == len(self._of.parts) - 1
            if isinstance(part, Run):
                yield from fields.run(part, number == 0)
            elif part.contents is Contents.ITEMS:
                yield from items.items(part)
            elif part.contents is Contents.FRAGMENT:
                yield "fragment = data[position:stop]"
            else:
                yield from fields.variable(part, is_last)
        yield from self._rest()
        yield from self._made()

    def _of_header(self) -> Iterator[str]:
        """Read what stands in the header, before the length, and is more than a reserved byte."""
        position, before = 0, []
        for field in self._of.structure.fields:
            position += field.width or 0
            before.append((field, position))
            if field.contents is Contents.LENGTH:
                break
        if self._of.is_untyped:
            return
        for field, end in before:
            if field.contents is Contents.NUMBER:
                yield f"{field.attribute} = data[position - {position - end + 1}]"
                self._header_values.append((field.attribute, field.attribute))

    def _has_fields_only_items(self) -> bool:
        return all(
            not isinstance(part, Run) and part.contents is Contents.ITEMS for part in self._of.parts
        )

    # A name is remembered, and with it the item that holds it.
    def _name(self) -> Iterator[str]:
        (field,) = body_of(self._of.structure)
        yield "raw = data[position:end]"
        known = known_name(self._of.structure.class_name)
        yield f"item = {known}(raw) if len(raw) <= LONGEST_UID else None"
        yield "if item is None:"
        value = f"notes.uid({layout.literal(field.name)}, raw, position, WHERE)"
        yield f"    name = {value}"
        yield "    item = (_kept if len(raw) <= LONGEST_UID else _new)(name)"
        yield "return item"

    def _rest(self) -> Iterator[str]:
        """Note what follows the last field, where anything can."""
        last = self._of.parts[-1]
        is_open = not isinstance(last, Run) and not self._of.length_of(last)
        if is_open or self._of.is_untyped:
            return
        yield "if position != end:"
        name = layout.literal(self._of.printed_name)
        yield f"    notes.trailing({name}, data, position, end, WHERE)"

    def _made(self) -> Iterator[str]:
        made = "pdu" if self._of.is_pdu else "item"
        yield f"{made} = new({self._of.structure.class_name})"
        for name, value in self._values():
            yield f"_set_{name}({made}, {value})"
        if keeps_bytes(self._of.structure):
            yield "_set_encoded(item, item._to_bytes())"
        if self._of.is_untyped:
            stop = "stop" if self._of.has_own_fragment else "position"
            yield f"return {made}, {stop}"
        else:
            yield f"return {made}"

    def _values(self) -> Iterator[tuple[str, str]]:
        yield from self._header_values
        for part in self._of.parts:
            fields = part.fields if isinstance(part, Run) else (part,)
            for field in fields:
                yield from self._value(field)

    def _value(self, field: Field) -> Iterator[tuple[str, str]]:
        actual = resolved(field, self._of.layer)
        match actual.contents:
            case Contents.TYPE | Contents.LENGTH:
                return
            case Contents.RESERVED:
                run = Run("", (field,))
                if stored(self._of.structure, run, self._of.layer):
                    yield actual.attribute, actual.attribute
            case Contents.FRAGMENT:
                yield "message_control_header", "message_control_header"
                yield "fragment", "fragment"
            case Contents.REST:
                yield "reserved", "reserved"
            case Contents.ITEMS if is_mixed(self._of.structure):
                yield field.attribute, f"tuple({field.attribute})"
            case Contents.ITEMS:
                for each in self._of.structure.contains:
                    value = each.attribute if each.occurs.is_single else f"tuple({each.attribute})"
                    yield each.attribute, value
            case _:
                yield actual.attribute, actual.attribute
