"""Encoders as straight-line code: one step an element, its tag and usage beside it.

Elements ascend by tag whatever the order of the printed table (PS3.7 6.3.1).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from ...code import layout, membership
from ...code.naming import constant, local, slot
from ...table.notation import hex4
from ...table.status_codes import show
from ...table.vr import vr_of
from ..model import Parameter, Role
from ..primitives import Direction, Primitive
from .carried import (
    Carried,
    Step,
    bytes_literal,
    carried_by,
    comment_of,
    fixed_value,
    group_length_comment,
    group_length_of,
    header,
    size_of,
    tag_bytes,
)
from .pieces import Piece, Structs, length_of, packed

_PAD = " " * 8


@dataclass(frozen=True)
class EncoderView:
    """What the template of an encoder prints."""

    message: str
    missing_test: str
    missing: str
    preamble: tuple[str, ...]
    steps: tuple[Step, ...]
    result: str
    command_field: str
    has_data_set: str
    uses: frozenset[str]


def encoder_of(primitive: Primitive, direction: Direction, structs: Structs) -> EncoderView:
    """Return the encoder of `direction`; what it needs of `struct` is added to `structs`."""
    return _EncoderBuilder(primitive, direction, structs).build()


class _EncoderBuilder:
    """Writes one encoder."""

    def __init__(self, primitive: Primitive, direction: Direction, structs: Structs) -> None:
        self._primitive = primitive
        self._direction = direction
        self._own = [f.parameter for f in direction.message.fields if f.parameter.is_data_set]
        self._mandatory = [
            row.parameter for row in direction.rows if direction.cell(row).usage.is_mandatory
        ]
        self._structs = structs
        self._uses: set[str] = set()

    def build(self) -> EncoderView:
        """Return the finished encoder."""
        side = self._direction.side
        constants = [constant(side, item.name, "missing") for item in self._mandatory]
        tests = [_is_missing(parameter) for parameter in self._mandatory]
        pieces: list[Piece] = []
        steps = tuple(self._steps(carried_by(self._primitive, self._direction), pieces))
        return EncoderView(
            message=self._direction.message_type,
            missing_test=layout.branch("if", tests or ["False"], 8, "or"),
            missing=layout.bracketed("absent = (", constants, ")", 12),
            preamble=tuple(self._data_set()),
            steps=steps,
            result=self._result([*self._group_length(pieces), *pieces]),
            command_field=hex4(self._direction.message.command_field),
            has_data_set="has_data_set" if self._own else "False",
            uses=frozenset(self._uses),
        )

    def _data_set(self) -> Iterator[str]:
        """Yield the lines that tell whether a data set of at least one byte will follow."""
        for parameter in self._own:
            yield _has_data_set(parameter, 8)
        status = self._primitive.status_row
        if status is None or not self._direction.carries_status:
            return
        variable = f"self.{slot(status.parameter.name)}"
        for keyword, codes in self._primitive.permitted.items():
            other = self._primitive.parameters.get(keyword)
            if other is not None and other.is_data_set and other not in self._own:
                test = " or ".join(membership.inside(codes, variable))
                yield f"{_PAD}# {other.name}: {self._primitive.annex} returns it with {show(codes)}"
                yield f"{_PAD}if {test} and not has_data_set:"
                yield _has_data_set(other, 12)

    def _steps(self, items: Sequence[Carried], pieces: list[Piece]) -> Iterator[Step]:
        """Yield what is done before the bytes are joined, and add to `pieces` what is joined."""
        optional = 0
        for may_be_absent, group in groupby(items, lambda item: not item.is_mandatory):
            found = list(group)
            if may_be_absent and len(found) > 1:
                optional += 1
                name = f"optional_{optional}" if optional > 1 else "optional"
                yield Step("", f'{_PAD}{name} = b""')
                yield from (self._optional(item, name, "+=") for item in found)
                pieces.append(Piece(value=name))
            elif may_be_absent:
                yield self._alone(found[0])
                pieces.append(Piece(value=local(found[0].parameter.name)))
            else:
                for item in found:
                    yield from self._sure(item, pieces)

    def _sure(self, item: Carried, pieces: list[Piece]) -> Iterator[Step]:
        """Add an element that every message has."""
        parameter, size = item.parameter, size_of(item)
        if size is None:
            name = local(parameter.name)
            if not vr_of(parameter.vr).padding:
                yield Step(_comment(item), self._element(item, f"{name} = ", 8))
                pieces.append(Piece(value=name))
                return
            yield Step(_comment(item), _text(item, name, 8))
            pieces += (
                Piece(tag_bytes(parameter), element=parameter.name, comment=comment_of(item)),
                Piece(value=f"len({name})", code="I", element=parameter.name),
                Piece(value=name),
            )
            return
        start, value = header(parameter, size), self._known(item)
        if isinstance(value, int):
            start += value.to_bytes(size, "little")
        pieces.append(Piece(start, element=parameter.name, comment=comment_of(item)))
        if isinstance(value, str):
            code = vr_of(parameter.vr).code
            pieces.append(Piece(value=value, code=code, element=parameter.name))

    def _known(self, item: Carried) -> int | str:
        """Return the value that never varies, or the expression for one that does."""
        parameter, fixed = item.parameter, fixed_value(item)
        if fixed is not None:
            return fixed
        if parameter.role is not Role.DATA_SET_TYPE:
            return f"self.{slot(parameter.name)}"
        none, present = parameter.none or 0, parameter.present or 0
        if any(data_set in self._mandatory for data_set in self._own):
            return present
        return f"0x{present:04X} if has_data_set else 0x{none:04X}" if self._own else none

    def _alone(self, item: Carried) -> Step:
        """Return the step for an optional element between others that are not."""
        parameter = item.parameter
        name, none = local(parameter.name), f'{_PAD}{local(parameter.name)} = b""'
        if not vr_of(parameter.vr).padding:
            step = self._optional(item, name, "=")
            return Step(step.comment, f"{none}\n{step.code}")
        start = tag_bytes(parameter)
        length = Piece(value="len(raw)", code="I")
        pack = self._structs.function("pack", [Piece(start, element=parameter.name), length])
        element = f"{pack}({bytes_literal(start)}, len(raw)) + raw"
        lines = [
            none,
            f"{_PAD}if self.{slot(parameter.name)} is not None:",
            _text(item, "raw", 12),
            layout.assignment(name, element, 12),
        ]
        return Step(_comment(item), "\n".join(lines))

    def _optional(self, item: Carried, name: str, operator: str) -> Step:
        """Return the step that adds an element to `name` if it is there."""
        code = self._element(item, f"{name} {operator} ", 12)
        attribute = f"self.{slot(item.parameter.name)}"
        return Step(_comment(item), f"{_PAD}if {attribute} is not None:\n{code}")

    def _element(self, item: Carried, before: str, indent: int) -> str:
        """Return the line that makes an element with one call."""
        parameter = item.parameter
        vr, attribute = vr_of(parameter.vr), f"self.{slot(parameter.name)}"
        if vr.size is None:
            function, start = vr.encode, tag_bytes(parameter)
            self._uses.add(function)
        else:
            start = header(parameter, vr.size)
            pieces = [Piece(start, element=parameter.name), Piece(value=attribute, code=vr.code)]
            function = self._structs.function("pack", pieces)
        return layout.call(f"{before}{function}(", [bytes_literal(start), attribute], ")", indent)

    def _group_length(self, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
        """Return the pieces of the first element, which counts the bytes of all `pieces`."""
        sized = [piece for piece in pieces if piece.is_sized]
        size = sum(map(length_of, sized))
        lengths = [f"len({piece.value})" for piece in pieces if not piece.is_sized]
        parameter = group_length_of(self._direction)
        start, comment = header(parameter, 4), group_length_comment(self._direction)
        name = parameter.name
        if not lengths:
            start += size.to_bytes(4, "little")
            return (Piece(start, element=name, comment=comment),)
        total = Piece(value=" + ".join([str(size), *lengths]), code="I", element=name)
        return (Piece(start, element=name, comment=comment), total)

    def _result(self, pieces: Sequence[Piece]) -> str:
        groups = [(sized, list(group)) for sized, group in groupby(pieces, _is_sized)]
        if len(groups) == 1:
            return f"{_PAD}return {self._packed(groups[0][1], 8)}"
        parts = [
            part
            for sized, group in groups
            for part in ([self._packed(group, 12)] if sized else [piece.value for piece in group])
        ]
        lines = [f"{_PAD}return (", f"{_PAD}    {parts[0]}"]
        return "\n".join([*lines, *(f"{_PAD}    + {part}" for part in parts[1:]), f"{_PAD})"])

    def _packed(self, pieces: Sequence[Piece], indent: int) -> str:
        return packed(self._structs.function("pack", pieces), pieces, indent)


def _is_sized(piece: Piece) -> bool:
    return piece.is_sized


def _text(item: Carried, name: str, indent: int) -> str:
    """Return the lines that make the bytes of text, padded to an even number."""
    pad, attribute = " " * indent, f"self.{slot(item.parameter.name)}"
    lines = (
        f"{name} = {attribute}.encode()",
        f"if len({name}) & 1:",
        f'    {name} += b"{vr_of(item.parameter.vr).padding}"',
    )
    return "\n".join(f"{pad}{line}" for line in lines)


def _comment(item: Carried) -> str:
    return f"{_PAD}# {comment_of(item)}"


def _is_missing(parameter: Parameter) -> str:
    return "not has_data_set" if parameter.is_data_set else f"self.{slot(parameter.name)} is None"


def _has_data_set(parameter: Parameter, indent: int) -> str:
    attribute = f"self.{slot(parameter.name)}"
    test = f'{attribute} is not None and {attribute}.getvalue() != b""'
    return layout.assignment("has_data_set", test, indent)
