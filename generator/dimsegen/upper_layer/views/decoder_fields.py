"""How the fields of a structure are read and checked: runs of fixed size, and what varies."""

from __future__ import annotations

from collections.abc import Iterator

from ...code import layout
from ..model import FRAGMENT_HEADER, Contents, Field
from .attributes import resolved
from .code_tables import key_of
from .decoded import Decoded
from .runs import Run, stored


class FieldReader:
    """Writes the lines that read the fields of one structure."""

    def __init__(self, decoded: Decoded) -> None:
        self._of = decoded

    def run(self, run: Run, is_first: bool) -> Iterator[str]:
        """Yield the lines that read a run of fields, and check each of them."""
        is_head = self._of.is_pdu and is_first
        width = run.width + FRAGMENT_HEADER * self._of.has_own_fragment
        if is_head:
            yield f"if end < {width}:"
            text = layout.literal(f"{self._of.printed_name} ends before its fields do")
            yield f"    raise DecodeError({text}, end)"
        else:
            yield f"if end - position < {width}:"
            yield from self._of.short()
        yield from self._unpacked(run, width, is_head)
        if is_head:
            yield f"position = {width}"
        yield from self._checks(run, is_head)
        if not is_head:
            yield from self._advance(run, width)

    def _unpacked(self, run: Run, width: int, is_head: bool) -> Iterator[str]:
        """Yield the line that takes the values out of the bytes, if any of them is used."""
        fields = stored(self._of.structure, run, self._of.layer)
        names = [self._of.local(field) for field in fields]
        names += ["message_control_header"] if self._of.has_own_fragment else []
        if is_head:
            # Whoever found the PDU has read its type and its length.
            own = [i for i, f in enumerate(fields) if f.contents is Contents.LENGTH and not f.of]
            for index in (0, *own):
                names[index] = "_"
        if not self._of.is_untyped and set(names) == {"_"}:
            return
        if len(names) == 1 and width == 1 and not is_head:
            yield f"{names[0]} = data[position]"
            return
        target = f"({names[0]},)" if len(names) == 1 else ", ".join(names)
        place = "data" if is_head else "data, position"
        yield f"{target} = _unpack_{run.name}({place})"

    def _advance(self, run: Run, width: int) -> Iterator[str]:
        own = [f for f in run.fields if f.contents is Contents.LENGTH and not f.of]
        if self._of.is_untyped and own:
            # The length counts from the field that follows it.
            size = own[0].width
            yield f"stop = position + {size} + {self._of.local(own[0])}"
            yield "if stop > end:"
            yield f"    raise cut({layout.literal(self._of.structure.name)}, position)"
            if self._of.has_own_fragment:
                yield f"if {self._of.local(own[0])} < {width - (size or 0)}:"
                name = layout.literal(self._of.structure.name)
                yield f"    notes.short({name}, bytes(data[start:stop]), 0, stop - start, WHERE)"
                yield "    return None, stop"
        yield f"position += {width}"

    def _checks(self, run: Run, is_head: bool) -> Iterator[str]:
        offset = 0
        for field in run.fields:
            at = f"position + {offset}" if offset else "position"
            at = str(offset) if is_head else at
            yield from self._check(field, at, is_head)
            offset += field.width or 0

    def _check(self, field: Field, at: str, is_head: bool) -> Iterator[str]:
        label = layout.literal(field.name)
        name = self._of.local(field)
        match field.contents:
            case Contents.CONTEXT_ID:
                if field.parity is not None:
                    yield f"if {'not ' if field.parity.remainder else ''}{name} & 1:"
                    yield f"    notes.context_id({label}, {name}, {at}, WHERE)"
            case Contents.VERSION:
                bit = field.bit or 0
                yield f"if not {name} & {1 << bit}:"
                raw = f"data[{at} : {at} + {field.width}]"
                if is_head:
                    raw = f"data[{at}:{int(at) + (field.width or 0)}]"
                yield f"    notes.version({label}, {raw}, {bit}, {at}, WHERE)"
            case Contents.AE_TITLE:
                title = field.attribute
                yield f"{title} = regular_ae_title({name})"
                yield f"if {title} is None:"
                yield f"    {title} = notes.ae_title({label}, {name}, {at}, WHERE)"
            case Contents.ECHO:
                actual = resolved(field, self._of.layer)
                if actual.contents is Contents.AE_TITLE:
                    title = actual.attribute
                    yield f'{title} = {name}.decode("latin-1").rstrip(" ")'
            case Contents.CODE:
                values = self._of.structure.values[field.name]
                tests = [f"{name} not in _{field.attribute.upper()}"]
                if any(value.when for value in values):
                    tests = [f"{key_of(values, field)} not in _{field.attribute.upper()}"]
                for other, codes in field.only_when.items():
                    tests.insert(0, f"{self._of.named(other)} == {codes[0]}")
                yield f"if {' and '.join(tests)}:"
                yield f"    notes.code({label}, {name}, {at}, WHERE)"

    def variable(self, field: Field, is_last: bool) -> Iterator[str]:
        """Yield the lines that read a field of varying length."""
        label, name = layout.literal(field.name), field.attribute
        stop, lines = self._of.stop_of(field)
        yield from lines
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
