"""Decoders as straight-line code: one step an element, or a run of elements of fixed size.

Invariant: a decoder takes the regular way only. Whatever does not fit raises, and the runtime
reads the message again, slowly.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

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
    wire_number,
)
from .names import slot, snake

_US = "US"


@dataclass(frozen=True)
class DecoderView:
    """What the template of a decoder prints."""

    name: str
    message: str
    first: tuple[Step, ...]
    steps: tuple[Step, ...]
    assignments: tuple[str, ...]
    result: str
    structs: tuple[str, ...]
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
        steps = tuple(self._steps(self._elements[at + 1 :]))
        side = "response" if self._direction is self._primitive.response else "request"
        return DecoderView(
            name=f"decode_{side}",
            message=self._direction.message_type,
            first=first,
            steps=steps,
            assignments=tuple(
                f"primitive.{slot(p.name)} = {snake(p.name) if p.keyword in self._read else None}"
                for p in self._primitive.parameters.values()
            ),
            result=self._result(),
            structs=tuple(f"{name}: Final = {code}" for name, code in self._structs.items()),
            uses=frozenset(self._uses),
        )

    def _result(self) -> str:
        data_set_type = next(
            item.parameter for item in self._elements if item.parameter.role is Role.DATA_SET_TYPE
        )
        fixed = next(fixed_value(i) for i in self._elements if i.parameter is data_set_type)
        has_data_set = f"{snake(data_set_type.name)} != 0x{data_set_type.none:04X}"
        return "False" if fixed is not None else has_data_set

    def _first(self, items: Sequence[Carried]) -> Iterable[Step]:
        """Yield the step of the element before the Command Field, at offset 12."""
        if not items:
            yield Step("", f"    if tag != {self._command_field}:\n        raise IrregularError")
            return
        item = items[0]
        name = snake(item.parameter.name)
        decode = self._decode_function(item.parameter)
        yield Step(
            f"    # {comment_of(item)}",
            f"    {name} = None\n"
            f"    if tag == {wire_number(item.parameter)} and not size & 1:\n"
            f"        {name} = {decode}(data[20 : 20 + size])\n"
            f"    elif tag != {self._command_field}:\n"
            "        raise IrregularError",
        )
        self._read.add(item.parameter.keyword)

    def _steps(self, items: Sequence[Carried]) -> Iterable[Step]:
        position = 0
        while position < len(items):
            count = position
            while count < len(items) and _is_in_run(items[count]):
                count += 1
            if count > position:
                yield self._run(items[position:count])
                position = count
                if position < len(items):
                    self._uses |= {"NO_ELEMENT", "unpack_header"}
                    yield Step("", f"    {_NEXT}")
                continue
            has_next = position + 1 < len(items) and not _is_in_run(items[position + 1])
            yield self._single(items[position], has_next)
            position += 1

    def _run(self, items: Sequence[Carried]) -> Step:
        """Return the step that reads US elements, all of which a regular message has."""
        self._read.update(item.parameter.keyword for item in items)
        names = [snake(item.parameter.name) for item in items]
        count = len(items)
        unpack = "unpack_us" if count == 1 else f"_unpack_{count}_us"
        if count == 1:
            self._uses.add(unpack)
        else:
            self._structs[unpack] = f'struct.Struct("<{"8sH" * count}").unpack_from'
        targets = [target for name in names for target in (f"{name}_header", name)]
        tests = [
            f"{name}_header != {bytes_literal(header(item.parameter, 2))}"
            for name, item in zip(names, items, strict=True)
        ]
        tests += [test for item in items if (test := _value_test(item))]
        comments = "\n".join(f"    # {comment_of(item)}" for item in items)
        code = [
            _assignment(targets, f"{unpack}(data, position)"),
            layout.branch("if", tests, 4, "or"),
            "        raise IrregularError",
            f"    position += {10 * count}",
        ]
        return Step(comments, "\n".join(code))

    def _single(self, item: Carried, has_next: bool) -> Step:
        """Return the step that reads an element which may be absent."""
        parameter = item.parameter
        self._read.add(parameter.keyword)
        vr, name = vr_of(parameter.vr), snake(parameter.name)
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
            lines.append(f"        _, {name} = {vr.unpack}(data, position)")
        lines += ["        position += 8 + size", *([f"        {_NEXT}"] if has_next else [])]
        return Step(f"    # {comment_of(item)}", "\n".join(lines))

    def _decode_function(self, parameter: Parameter) -> str:
        name = vr_of(parameter.vr).decode
        if name:
            self._uses.add(name)
        return name


_NEXT = "tag, size = unpack_header(data, position) if position < end else NO_ELEMENT"


def _is_in_run(item: Carried) -> bool:
    return item.is_mandatory and item.parameter.vr == _US


def _value_test(item: Carried) -> str:
    """Return the test for a value that the decoder leaves to the runtime; empty if none is."""
    name = snake(item.parameter.name)
    fixed = fixed_value(item)
    if fixed is not None:
        return f"{name} != 0x{fixed:04X}"
    if item.parameter.values:
        values = layout.tuple_of([f"0x{value:04X}" for value in item.parameter.values.values()])
        return f"{name} not in {values}"
    return ""


def _assignment(targets: Sequence[str], value: str) -> str:
    line = f"    {', '.join(targets)} = {value}"
    if len(line) <= layout.WIDTH:
        return line
    return "\n".join(["    (", *(f"        {target}," for target in targets), f"    ) = {value}"])
