"""Decoders as straight-line code: one step an element, or a run of elements of fixed size.

Invariant: a decoder takes the regular way only. Whatever does not fit raises, and the runtime
reads the message again, slowly.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ..model.primitive import Direction, Primitive
from ..model.schema import Parameter, Role
from ..vr import vr_of
from . import layout
from .carried import (
    Carried,
    Step,
    bytes_literal,
    carried_by,
    comment_of,
    fixed_value,
    header,
    size_of,
    tag_bytes,
    wire_number,
)
from .names import local, slot
from .pieces import Piece, function_of, layout_of, runs_of


@dataclass(frozen=True)
class DecoderView:
    """What the template of a decoder prints."""

    name: str
    message: str
    first: tuple[Step, ...]
    steps: tuple[Step, ...]
    assignments: tuple[str, ...]
    result: str
    structs: tuple[tuple[str, str], ...]
    uses: frozenset[str]


def decoder_of(primitive: Primitive, direction: Direction) -> DecoderView:
    """Return the decoder of `direction`."""
    return _DecoderBuilder(primitive, direction).build()


class _DecoderBuilder:
    """Writes one decoder."""

    def __init__(self, primitive: Primitive, direction: Direction) -> None:
        self._primitive = primitive
        self._direction = direction
        self._elements = carried_by(primitive, direction)
        self._read: set[str] = set()
        self._structs: dict[str, str] = {}
        self._uses: set[str] = set()
        self._command_field = ""

    def build(self) -> DecoderView:
        """Return the finished decoder."""
        at = next(
            number
            for number, item in enumerate(self._elements)
            if item.parameter.role is Role.COMMAND_FIELD
        )
        self._command_field = wire_number(self._elements[at].parameter)
        first = tuple(self._first(self._elements[:at]))
        steps = tuple(self._steps(self._elements[at:]))
        side = "response" if self._direction is self._primitive.response else "request"
        return DecoderView(
            name=f"decode_{side}",
            message=self._direction.message_type,
            first=first,
            steps=steps,
            assignments=tuple(
                f"primitive.{slot(p.name)} = {local(p.name) if p.keyword in self._read else None}"
                for p in self._primitive.parameters.values()
            ),
            result=self._result(),
            structs=tuple(self._structs.items()),
            uses=frozenset(self._uses | {"new"}),
        )

    def _result(self) -> str:
        data_set_type = next(
            item.parameter for item in self._elements if item.parameter.role is Role.DATA_SET_TYPE
        )
        fixed = next(fixed_value(i) for i in self._elements if i.parameter is data_set_type)
        has_data_set = f"{local(data_set_type.name)} != 0x{data_set_type.none:04X}"
        return "False" if fixed is not None else has_data_set

    def _first(self, items: Sequence[Carried]) -> Iterator[Step]:
        """Yield the step of the element before the Command Field, at offset 12."""
        if not items:
            yield Step("", f"    if tag != {self._command_field}:\n        raise IrregularError")
            return
        item, *_ = items
        name, tag = local(item.parameter.name), wire_number(item.parameter)
        value = f"{name} = {self._decode_function(item.parameter)}(data[20:position])"
        if item.is_mandatory:
            lines = [
                f"    if tag != {tag} or size & 1:",
                "        raise IrregularError",
                f"    {value}",
            ]
        else:
            lines = [
                f"    {name} = None",
                f"    if tag == {tag} and not size & 1:",
                f"        {value}",
                f"    elif tag != {self._command_field}:",
                "        raise IrregularError",
            ]
        yield Step(_comment(item), "\n".join(lines))
        self._read.add(item.parameter.keyword)

    def _steps(self, items: Sequence[Carried]) -> Iterator[Step]:
        """Yield the steps of the Command Field and all after it."""
        position, is_header_read = 0, False
        while position < len(items):
            run = list(takewhile(size_of, items[position:]))
            if run:
                position += len(run)
                after = items[position] if position < len(items) else None
                is_header_read = after is not None and after.is_mandatory
                yield self._run(run, after if is_header_read else None)
                if after is not None and not is_header_read:
                    yield self._next(4)
                continue
            item, position = items[position], position + 1
            is_next_read = position == len(items) or size_of(items[position]) is not None
            yield self._sure(item) if is_header_read else self._single(item, is_next_read)
            if is_header_read and not is_next_read:
                yield self._next(4)
            is_header_read = False

    def _run(self, items: Sequence[Carried], after: Carried | None) -> Step:
        """Return the step that reads elements of known size, which every regular message has.

        With them goes the header of the element `after` them, if that is there for sure, too.
        """
        pieces = [piece for item in items for piece in _pieces(item)]
        if after is not None:
            pieces += (Piece(tag_bytes(after.parameter)), Piece(value="size", code="I"))
        codes = layout_of(pieces)
        unpack, self._structs[unpack] = function_of("unpack", codes)
        targets: list[str] = []
        tests: list[str] = []
        runs = list(runs_of(pieces))
        for number, run in enumerate(runs):
            if run[0].value:
                targets.append(run[0].value)
                continue
            following = runs[number + 1][0].value if number + 1 < len(runs) else ""
            targets.append(f"before_{following}" if following else "fixed")
            constant = bytes_literal(b"".join(piece.constant for piece in run))
            tests.append(f"{targets[-1]} != {constant}")
        tests += [test for item in items if (test := _value_test(item))]
        tests += ["size & 1"] if after else []
        self._read.update(item.parameter.keyword for item in items)
        size = sum(struct.calcsize(f"<{code}") for code in codes)
        code = [
            _assignment(targets, f"{unpack}(data, position)"),
            layout.branch("if", tests, 4, "or"),
            "        raise IrregularError",
            f"    position += {size}",
        ]
        return Step("\n".join(map(_comment, items)), "\n".join(code))

    def _sure(self, item: Carried) -> Step:
        """Return the step that reads a value whose header is read and right."""
        name = local(item.parameter.name)
        self._read.add(item.parameter.keyword)
        decode = self._decode_function(item.parameter)
        code = layout.call(f"{name} = {decode}(", ["data[position : position + size]"], ")", 4)
        return Step(_comment(item), f"{code}\n    position += size")

    def _single(self, item: Carried, is_next_read: bool) -> Step:
        """Return the step that reads an element which may be absent."""
        parameter = item.parameter
        self._read.add(parameter.keyword)
        vr, name = vr_of(parameter.vr), local(parameter.name)
        lines = [
            f"    {name} = None",
            f"    if tag == {wire_number(parameter)}:",
            f"        if {'size & 1' if vr.size is None else f'size != {vr.size}'}:",
            "            raise IrregularError",
        ]
        if vr.size is None:
            decode = f"{name} = {self._decode_function(parameter)}("
            lines.append(layout.call(decode, ["data[position + 8 : position + 8 + size]"], ")", 8))
        else:
            self._uses.add(vr.unpack)
            lines.append(f"        ({name},) = {vr.unpack}(data, position + 8)")
        lines += ["        position += 8 + size"]
        lines += [] if is_next_read else [self._next(8).code]
        return Step(_comment(item), "\n".join(lines))

    def _next(self, indent: int) -> Step:
        """Return the step that reads the header of the next element, if there is one."""
        self._uses |= {"NO_ELEMENT", "unpack_header"}
        code = "tag, size = unpack_header(data, position) if position < end else NO_ELEMENT"
        return Step("", f"{' ' * indent}{code}")

    def _decode_function(self, parameter: Parameter) -> str:
        name = vr_of(parameter.vr).decode
        self._uses.add(name)
        return name


def _pieces(item: Carried) -> Iterator[Piece]:
    """Yield the pieces of an element of known size: what its bytes must be, and its value."""
    size = size_of(item) or 0
    fixed = fixed_value(item)
    if fixed is None:
        yield Piece(header(item.parameter, size))
        yield Piece(value=local(item.parameter.name), code=vr_of(item.parameter.vr).code)
    else:
        yield Piece(header(item.parameter, size) + fixed.to_bytes(size, "little"))


def _value_test(item: Carried) -> str:
    """Return the test for a value that the decoder leaves to the runtime; empty if none is."""
    if not item.parameter.values or fixed_value(item) is not None:
        return ""
    values = layout.tuple_of([f"0x{value:04X}" for value in item.parameter.values.values()])
    return f"{local(item.parameter.name)} not in {values}"


def _comment(item: Carried) -> str:
    return f"    # {comment_of(item)}"


def _assignment(targets: Sequence[str], value: str) -> str:
    if len(targets) == 1:
        return f"    ({targets[0]},) = {value}"
    line = f"    {', '.join(targets)} = {value}"
    if len(line) <= layout.WIDTH:
        return line
    return "\n".join(["    (", *(f"        {target}," for target in targets), f"    ) = {value}"])
