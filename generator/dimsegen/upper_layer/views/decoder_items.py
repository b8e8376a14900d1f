"""How the items in a structure are read: their headers here, what is in them by own decoders."""

from __future__ import annotations

from collections.abc import Iterator

from ...code import layout
from ..model import Contained, Field, Structure, snake_class
from .attributes import is_mixed, union_of
from .decoded import Decoded, decoder_name, known_name, regular_name
from .encoder import has_fragment
from .runs import is_name, is_untyped


class ItemReader:
    """Writes the lines that read the items of one structure."""

    def __init__(self, decoded: Decoded) -> None:
        self._of = decoded

    def items(self, field: Field) -> Iterator[str]:
        """Yield the lines that read the items in `field`."""
        stop, lines = self._of.stop_of(field)
        yield from lines
        inside = [self._of.inside(each) for each in self._of.structure.contains]
        if len(inside) == 1 and is_untyped(inside[0]):
            yield from self._untyped_items(inside[0], stop)
        elif is_mixed(self._of.structure):
            yield from self._mixed_items(field, stop)
        else:
            yield from self._ordered_items(field, stop)

    def _untyped_items(self, inside: Structure, stop: str) -> Iterator[str]:
        (each,) = self._of.structure.contains
        yield f"{each.attribute}: list[{each.class_name}] = []"
        yield f"while position < {stop}:"
        call = f"{decoder_name(each.class_name)}(data, position, {stop}, notes)"
        if has_fragment(inside, self._of.layer):
            yield f"    found, following = {call}"
            yield "    if found is None:"
            within = layout.literal(self._of.printed_name)
            size = sum(each.width or 0 for each in inside.header)
            yield f"        notes.skip(0, bytes(data), position + {size}, following, {within})"
            yield "    else:"
            yield f"        {each.attribute}.append(found)"
            yield "    position = following"
        else:
            yield f"    found, position = {call}"
            yield "    if found is not None:"
            yield f"        {each.attribute}.append(found)"
        yield from self._missing(each, stop)

    @property
    def _header_size(self) -> int:
        """How many bytes the header of each item has (PS3.8 9.3.1)."""
        inside = self._of.inside(self._of.structure.contains[0])
        return sum(each.width or 0 for each in inside.header)

    def _header(self, indent: str, stop: str, leave: bool) -> Iterator[str]:
        name, size = layout.literal(self._of.printed_name), self._header_size
        yield f"{indent}item_type, length = unpack_item(data, position)"
        yield f"{indent}first = position + {size}"
        yield f"{indent}position = first + length"
        yield f"{indent}if position > {stop}:"
        if leave:
            yield f"{indent}    if not is_significant:"
            yield f"{indent}        break"
        yield f"{indent}    raise cut({name}, first - {size})"

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
        for each in self._of.structure.contains:
            if each.occurs.is_required:
                inside = self._of.inside(each)
                yield f"if 0x{inside.type_code or 0:02X} not in types:"
                yield f"    notes.missing({layout.literal(inside.name)}, {stop}, WHERE)"

    def _ordered_items(self, field: Field, stop: str) -> Iterator[str]:
        contains = self._of.structure.contains
        when = next(iter(field.only_when.items()), None)
        for each in contains:
            if each.occurs.is_single:
                yield f"{each.attribute}: {each.class_name} | None = None"
            else:
                yield f"{each.attribute}: list[{each.class_name}] = []"
        if when:
            yield f"is_significant = {self._of.named(when[0])} == {when[1][0]}"
            yield "if not is_significant:"
            yield "    # What is there is not tested."
            yield "    notes = Notes()"
        ordered = len(contains) > 1
        if ordered:
            yield "highest = 0"
        rest = f"{stop} - position > {self._header_size - 1}"
        yield f"while {rest if when else f'position < {stop}'}:"
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
        name = layout.literal(self._of.printed_name)
        return f"notes.skip(item_type, data, first, position, {name})"

    def _by_number(self, contains: tuple[Contained, ...]) -> list[Contained]:
        """Return those of which there are many first: they are looked for most often."""
        return sorted(contains, key=lambda each: each.occurs.is_single)

    def _branch(self, each: Contained, keyword: str) -> Iterator[str]:
        inside = self._of.inside(each)
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
                # Peers say the same of themselves every time.
                regular = f"{regular_name(each.class_name)}(data[first:position])"
                yield f"        {name} = {regular} if length <= LONGEST_KNOWN else None"
                yield f"        if {name} is None:"
                yield f"            {name} = {call}"
                yield f"        if {name} is None:"
                yield f"            {self._skip}"
        elif is_name(inside):
            known = f"{known_name(each.class_name)}(data[first:position])"
            yield f"        known_item = {known} if length <= LONGEST_UID else None"
            yield f"        {name}.append(known_item or {call})"
        else:
            found = f"{snake_class(each.class_name)}"
            regular = f"{regular_name(each.class_name)}(data[first:position])"
            yield f"        {found} = {regular} if length <= LONGEST_KNOWN else None"
            yield f"        if {found} is None:"
            yield f"            {found} = {call}"
            yield f"        if {found} is None:"
            yield f"            {self._skip}"
            yield "        else:"
            yield f"            {name}.append({found})"

    def _missing(self, each: Contained, stop: str) -> Iterator[str]:
        if not each.occurs.is_required:
            return
        inside = self._of.inside(each)
        name = each.attribute
        yield f"if {name} is None:" if each.occurs.is_single else f"if not {name}:"
        yield f"    notes.missing({layout.literal(inside.name)}, {stop}, WHERE)"
