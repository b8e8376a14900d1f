"""How bytes become a structure: one pass, straight-line, with a branch for each thing that varies.

Invariant: on the regular way nothing is called but the decoders of the items; what is irregular is
noted, and an item that cannot be read is kept as it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...code import layout
from ...code.fit import fitted
from ..model import Contained, Contents, Field, Kind, Structure, UpperLayer, Value, snake_class
from .attributes import is_mixed, resolved, union_of
from .encoder import has_fragment
from .runs import Run, body_of, is_name, is_untyped, parts_of, stored


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


def decoder_name(class_name: str) -> str:
    """Return the function that reads a structure."""
    return f"decode_{snake_class(class_name)}"


def known_name(class_name: str) -> str:
    """Return the function that knows the item with a name."""
    return f"known_{snake_class(class_name)}"


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
    lines = list(_Writer(structure, layer).lines())
    if lines[0] == _START and not any("start" in line for line in lines[1:]):
        del lines[0]
    return Decoder(name, head, fitted(lines, 4))


class _Writer:
    def __init__(self, structure: Structure, layer: UpperLayer) -> None:
        self._structure, self._layer = structure, layer
        self._header_values: list[tuple[str, str]] = []
        self._is_pdu = structure.kind is Kind.PDU
        self._is_untyped = is_untyped(structure)
        head = "head" if self._is_pdu or self._is_untyped else "body"
        self._parts = parts_of(body_of(structure), head)

    def lines(self) -> Iterator[str]:
        if is_name(self._structure):
            yield from self._name()
            return
        if not self._is_pdu and not self._has_fields_only_items():
            yield _START
            yield from self._of_header()
        for number, part in enumerate(self._parts):
            is_last = number == len(self._parts) - 1
            if isinstance(part, Run):
                yield from self._run(part, number == 0)
            elif part.contents is Contents.ITEMS:
                yield from self._items(part, is_last)
            elif part.contents is Contents.FRAGMENT:
                yield "fragment = data[position:stop]"
            else:
                yield from self._variable(part, is_last)
        yield from self._rest()
        yield from self._made()

    def _of_header(self) -> Iterator[str]:
        """Read what stands in the header, before the length, and is more than a reserved byte."""
        position, before = 0, []
        for field in self._structure.fields:
            position += field.width or 0
            before.append((field, position))
            if field.contents is Contents.LENGTH:
                break
        if self._is_untyped:
            return
        for field, end in before:
            if field.contents is Contents.NUMBER:
                yield f"{field.attribute} = data[position - {position - end + 1}]"
                self._header_values.append((field.attribute, field.attribute))

    def _has_fields_only_items(self) -> bool:
        return all(
            not isinstance(part, Run) and part.contents is Contents.ITEMS for part in self._parts
        )

    # A name is remembered, and with it the item that holds it.
    def _name(self) -> Iterator[str]:
        (field,) = body_of(self._structure)
        yield "raw = data[position:end]"
        known = known_name(self._structure.class_name)
        yield f"item = {known}(raw) if len(raw) <= LONGEST_UID else None"
        yield "if item is None:"
        yield f"    item = new({self._structure.class_name})"
        value = f"notes.uid({layout.literal(field.name)}, raw, position, WHERE)"
        yield f"    _set_{field.attribute}(item, {value})"
        code = f"0x{self._structure.type_code:02X}"
        yield f"    name = item.{field.attribute}"
        yield f'    _set_encoded(item, pack_item({code}, len(name)) + name.encode("latin-1"))'
        yield "return item"

    def _run(self, run: Run, is_first: bool) -> Iterator[str]:
        fields = stored(self._structure, run, self._layer)
        has_header = self._has_own_fragment()
        width = run.width + has_header
        names = [self._local(field) for field in fields]
        names += ["message_control_header"] if has_header else []
        if self._is_pdu and is_first:
            yield f"if end < {width}:"
            text = layout.literal(f"{self._printed_name} ends before its fields do")
            yield f"    raise DecodeError({text}, end)"
            names[0] = "_"
            own = [i for i, f in enumerate(fields) if f.contents is Contents.LENGTH and not f.of]
            for index in own:
                names[index] = "_"
            position = "data"
        else:
            yield f"if end - position < {width}:"
            yield from self._short()
            position = "data, position"
        used = [name for name in names if name != "_"]
        if not used and not self._is_untyped:
            pass
        elif len(names) == 1 and width == 1 and position != "data":
            yield f"{names[0]} = data[position]"
        else:
            lone = "," if len(names) == 1 else ""
            target = f"({names[0]}{lone})" if lone else ", ".join(names)
            yield f"{target} = _unpack_{run.name}({position})"
        if self._is_pdu and is_first:
            yield f"position = {width}"
            base = 0
        else:
            base = 0
        yield from self._checks(run, base, is_first)
        if not (self._is_pdu and is_first):
            yield from self._advance(run, width)

    def _advance(self, run: Run, width: int) -> Iterator[str]:
        own = [f for f in run.fields if f.contents is Contents.LENGTH and not f.of]
        if self._is_untyped and own:
            # The length counts from the field that follows it.
            size = own[0].width
            yield f"stop = position + {size} + {self._local(own[0])}"
            yield "if stop > end:"
            yield f"    raise cut({layout.literal(self._structure.name)}, position)"
            if self._has_own_fragment():
                yield f"if {self._local(own[0])} < 2:"
                name = layout.literal(self._structure.name)
                yield f"    notes.short({name}, bytes(data[start:stop]), 0, stop - start, WHERE)"
                yield "    return None, stop"
        yield f"position += {width}"

    def _has_own_fragment(self) -> bool:
        return any(f.contents is Contents.FRAGMENT for f in self._structure.fields)

    def _short(self) -> Iterator[str]:
        name = layout.literal(self._printed_name)
        if self._is_untyped:
            yield f"    raise cut({name}, position)"
        else:
            yield f"    notes.short({name}, data, start, end, WHERE)"
            yield "    return None"

    @property
    def _printed_name(self) -> str:
        return self._structure.name.removesuffix(" PDU")

    def _local(self, field: Field) -> str:
        actual = resolved(field, self._layer)
        if actual.contents is Contents.AE_TITLE:
            return f"raw_{actual.attribute}"
        return actual.attribute

    def _checks(self, run: Run, base: int, is_first: bool) -> Iterator[str]:
        offset = base
        for field in run.fields:
            at = f"position + {offset}" if offset else "position"
            if self._is_pdu and is_first:
                at = str(offset)
            yield from self._check(field, at)
            offset += field.width or 0

    def _check(self, field: Field, at: str) -> Iterator[str]:
        label = layout.literal(field.name)
        name = self._local(field)
        match field.contents:
            case Contents.CONTEXT_ID:
                yield f"if not {name} & 1:"
                yield f"    notes.context_id({name}, {at}, WHERE)"
            case Contents.VERSION:
                yield f"if not {name} & {1 << (field.bit or 0)}:"
                yield f"    notes.version({label}, {name}, {at}, WHERE)"
            case Contents.AE_TITLE:
                title = field.attribute
                yield f"{title} = regular_ae_title({name})"
                yield f"if {title} is None:"
                yield f"    {title} = notes.ae_title({label}, {name}, {at}, WHERE)"
            case Contents.ECHO:
                actual = resolved(field, self._layer)
                if actual.contents is Contents.AE_TITLE:
                    title = actual.attribute
                    yield f'{title} = {name}.decode("latin-1").rstrip(" ")'
            case Contents.CODE:
                values = self._structure.values[field.name]
                tests = [f"{name} not in _{field.attribute.upper()}"]
                if any(value.when for value in values):
                    tests = [f"{_key(values, field)} not in _{field.attribute.upper()}"]
                for other, codes in field.only_when.items():
                    tests.insert(0, f"{self._named(other)} == {codes[0]}")
                yield f"if {' and '.join(tests)}:"
                yield f"    notes.code({label}, {name}, {at}, WHERE)"

    def _named(self, printed: str) -> str:
        return next(f for f in self._structure.fields if f.name == printed).attribute

    def _variable(self, field: Field, is_last: bool) -> Iterator[str]:
        label, name = layout.literal(field.name), field.attribute
        stop = "end"
        if length := self._length_of(field):
            yield f"stop = position + {length}"
            yield "if stop > end:"
            yield from self._short()
            stop = "stop"
        raw = f"data[position:{stop}]"
        match field.contents:
            case Contents.UID:
                yield f"raw = {raw}"
                yield f"{name} = regular_uid(raw) if len(raw) <= LONGEST_UID else None"
                yield f"if {name} is None:"
                yield f"    {name} = notes.uid({label}, raw, position, WHERE)"
            case Contents.TEXT:
                least, most = field.characters or (0, 0)
                arguments = [label, raw, "position", str(least), str(most), "WHERE"]
                yield f"{name} = notes.text_length({', '.join(arguments)})"
            case Contents.REST:
                yield f"reserved = {raw}"
            case _:
                yield f"{name} = {raw}"
        if stop == "stop" or not is_last:
            yield f"position = {stop}"

    def _length_of(self, field: Field) -> str:
        for other in self._structure.fields:
            if other.contents is Contents.LENGTH and other.of == field.name:
                return other.attribute
        return ""

    def _rest(self) -> Iterator[str]:
        """Note what follows the last field, where anything can."""
        last = self._parts[-1]
        is_open = not isinstance(last, Run) and not self._length_of(last)
        if is_open or self._is_untyped:
            return
        yield "if position != end:"
        name = layout.literal(self._printed_name)
        yield f"    notes.trailing({name}, data, position, end, WHERE)"

    def _made(self) -> Iterator[str]:
        made = "pdu" if self._is_pdu else "item"
        yield f"{made} = new({self._structure.class_name})"
        for name, value in self._values():
            yield f"_set_{name}({made}, {value})"
        if self._is_untyped:
            stop = "stop" if self._has_own_fragment() else "position"
            yield f"return {made}, {stop}"
        else:
            yield f"return {made}"

    def _values(self) -> Iterator[tuple[str, str]]:
        yield from self._header_values
        for part in self._parts:
            fields = part.fields if isinstance(part, Run) else (part,)
            for field in fields:
                yield from self._value(field)

    def _value(self, field: Field) -> Iterator[tuple[str, str]]:
        actual = resolved(field, self._layer)
        match actual.contents:
            case Contents.TYPE | Contents.LENGTH:
                return
            case Contents.RESERVED:
                run = Run("", (field,))
                if stored(self._structure, run, self._layer):
                    yield actual.attribute, actual.attribute
            case Contents.FRAGMENT:
                yield "message_control_header", "message_control_header"
                yield "fragment", "fragment"
            case Contents.REST:
                yield "reserved", "reserved"
            case Contents.ITEMS if is_mixed(self._structure):
                yield field.attribute, f"tuple({field.attribute})"
            case Contents.ITEMS:
                for each in self._structure.contains:
                    value = each.attribute if each.occurs.is_single else f"tuple({each.attribute})"
                    yield each.attribute, value
            case _:
                yield actual.attribute, actual.attribute

    # Items: their headers are read here, what is in them by their own decoders.
    def _items(self, field: Field, is_last: bool) -> Iterator[str]:
        stop = "end"
        if length := self._length_of(field):
            yield f"stop = position + {length}"
            yield "if stop > end:"
            yield from self._short()
            stop = "stop"
        inside = [self._layer.structures[each.class_name] for each in self._structure.contains]
        if len(inside) == 1 and is_untyped(inside[0]):
            yield from self._untyped_items(inside[0], stop)
        elif is_mixed(self._structure):
            yield from self._mixed_items(field, stop)
        else:
            yield from self._ordered_items(field, stop)

    def _untyped_items(self, inside: Structure, stop: str) -> Iterator[str]:
        (each,) = self._structure.contains
        yield f"{each.attribute}: list[{each.class_name}] = []"
        yield f"while position < {stop}:"
        call = f"{decoder_name(each.class_name)}(data, position, {stop}, notes)"
        if has_fragment(inside, self._layer):
            yield f"    found, following = {call}"
            yield "    if found is None:"
            within = layout.literal(self._printed_name)
            yield f"        notes.skip(0, bytes(data), position + 4, following, {within})"
            yield "    else:"
            yield f"        {each.attribute}.append(found)"
            yield "    position = following"
        else:
            yield f"    found, position = {call}"
            yield "    if found is not None:"
            yield f"        {each.attribute}.append(found)"
        yield from self._missing(each, stop)

    def _header(self, indent: str, stop: str, leave: bool) -> Iterator[str]:
        yield f"{indent}item_type, length = unpack_item(data, position)"
        yield f"{indent}first = position + 4"
        yield f"{indent}position = first + length"
        yield f"{indent}if position > {stop}:"
        if leave:
            yield f"{indent}    if not is_significant:"
            yield f"{indent}        break"
        yield f"{indent}    raise cut({layout.literal(self._printed_name)}, first - 4)"

    def _mixed_items(self, field: Field, stop: str) -> Iterator[str]:
        name = field.attribute
        yield f"{name}: list[{union_of(field)}] = []"
        yield "types: list[int] = []"
        yield f"while position < {stop}:"
        yield from self._header("    ", stop, leave=False)
        yield "    decode = _DECODERS.get(item_type)"
        yield "    found = None if decode is None else decode(data, first, position, notes)"
        yield "    if found is None:"
        yield f"        {self._skip}"
        yield "        continue"
        yield "    if item_type in types and item_type in _ONCE:"
        yield "        notes.again(found.NAME, data, first, position, WHERE)"
        yield "    types.append(item_type)"
        yield f"    {name}.append(found)"
        for each in self._structure.contains:
            if each.occurs.is_required:
                inside = self._layer.structures[each.class_name]
                yield f"if 0x{inside.type_code or 0:02X} not in types:"
                yield f"    notes.missing({layout.literal(inside.name)}, {stop}, WHERE)"

    def _ordered_items(self, field: Field, stop: str) -> Iterator[str]:
        contains = self._structure.contains
        when = next(iter(field.only_when.items()), None)
        for each in contains:
            if each.occurs.is_single:
                yield f"{each.attribute}: {each.class_name} | None = None"
            else:
                yield f"{each.attribute}: list[{each.class_name}] = []"
        if when:
            yield f"is_significant = {self._named(when[0])} == {when[1][0]}"
            yield "if not is_significant:"
            yield "    # What is there is not tested."
            yield "    notes = Notes()"
        ordered = len(contains) > 1
        if ordered:
            yield "highest = 0"
        yield f"while {f'{stop} - position > 3' if when else f'position < {stop}'}:"
        yield from self._header("    ", stop, leave=bool(when))
        if ordered:
            yield "    if item_type < highest:"
            yield '        notes.order(f"item of type {item_type:02X}H", first, WHERE)'
            yield "    highest = item_type"
        for number, each in enumerate(self._by_number(contains)):
            yield from self._branch(each, "if" if number == 0 else "elif")
        yield "    else:"
        yield f"        {self._skip}"
        for each in contains:
            yield from self._missing(each, stop)

    @property
    def _skip(self) -> str:
        name = layout.literal(self._printed_name)
        return f"notes.skip(item_type, data, first, position, {name})"

    def _by_number(self, contains: tuple[Contained, ...]) -> list[Contained]:
        """Return those of which there are many first: they are looked for most often."""
        return sorted(contains, key=lambda each: each.occurs.is_single)

    def _branch(self, each: Contained, keyword: str) -> Iterator[str]:
        inside = self._layer.structures[each.class_name]
        call = f"{decoder_name(each.class_name)}(data, first, position, notes)"
        name = each.attribute
        yield f"    {keyword} item_type == 0x{inside.type_code or 0:02X}:"
        if each.occurs.is_single:
            yield f"        if {name} is not None:"
            label = layout.literal(inside.name)
            yield f"            notes.again({label}, data, first, position, WHERE)"
            yield "            continue"
            if is_name(inside):
                known = f"{known_name(each.class_name)}(data[first:position])"
                yield f"        found = {known} if length <= LONGEST_UID else None"
                yield f"        {name} = found or {call}"
            else:
                yield f"        {name} = {call}"
            if not is_name(inside):
                yield f"        if {name} is None:"
                yield f"            {self._skip}"
        elif is_name(inside):
            known = f"{known_name(each.class_name)}(data[first:position])"
            yield f"        known_item = {known} if length <= LONGEST_UID else None"
            yield f"        {name}.append(known_item or {call})"
        else:
            found = f"{snake_class(each.class_name)}"
            yield f"        {found} = {call}"
            yield f"        if {found} is None:"
            yield f"            {self._skip}"
            yield "        else:"
            yield f"            {name}.append({found})"

    def _missing(self, each: Contained, stop: str) -> Iterator[str]:
        if not each.occurs.is_required:
            return
        inside = self._layer.structures[each.class_name]
        name = each.attribute
        yield f"if {name} is None:" if each.occurs.is_single else f"if not {name}:"
        yield f"    notes.missing({layout.literal(inside.name)}, {stop}, WHERE)"


def _key(values: tuple[Value, ...], field: Field) -> str:
    others = {name for value in values for name in value.when}
    names = [_attribute(name) for name in sorted(others)]
    return f"({', '.join([*names, field.attribute])})"


def _attribute(printed: str) -> str:
    return "_".join(re.findall(r"[A-Za-z0-9]+", printed)).lower()
