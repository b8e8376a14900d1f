"""Encoders as straight-line code: one step an element, its tag and usage beside it.

Invariant: elements ascend by tag whatever the order of the printed table (PS3.7 6.3.1).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from textwrap import indent

from ..model.primitive import Direction, Primitive
from ..model.schema import Parameter, Role
from ..model.status_codes import show
from ..model.words import ANNEX
from ..vr import vr_of
from . import layout, membership
from .carried import (
    Carried,
    Step,
    bytes_literal,
    carried_by,
    comment_of,
    fixed_value,
    header,
    tag_bytes,
)
from .names import constant, slot

_US = "US"
_PAD = " " * 16


@dataclass(frozen=True)
class EncoderView:
    """What the template of an encoder prints."""

    message: str
    missing_test: str
    missing: str
    preamble: tuple[str, ...]
    elements: tuple[Step, ...]
    command_field: str
    has_data_set: str


def encoder_of(primitive: Primitive, direction: Direction) -> EncoderView:
    """Return the encoder of `direction`."""
    mandatory = [row.parameter for row in direction.rows if direction.cell(row).usage.is_mandatory]
    side = "response" if direction is primitive.response else "request"
    constants = [constant(side, parameter.name, "missing") for parameter in mandatory]
    own = [item.parameter for item in direction.message.fields if item.parameter.is_data_set]
    tests = [_is_missing(parameter) for parameter in mandatory]
    return EncoderView(
        message=direction.message_type,
        missing_test=layout.branch("if", tests or ["False"], 8, "or"),
        missing=layout.bracketed("absent = (", constants, ")", 12),
        preamble=tuple(_data_set(primitive, direction, own)),
        elements=tuple(map(_encode, carried_by(primitive, direction))),
        command_field=f"0x{direction.message.command_field:04X}",
        has_data_set="has_data_set" if own else "False",
    )


def _is_missing(parameter: Parameter) -> str:
    return "not has_data_set" if parameter.is_data_set else f"self.{slot(parameter.name)} is None"


def _data_set(
    primitive: Primitive, direction: Direction, own: Sequence[Parameter]
) -> Iterable[str]:
    """Yield the lines that tell whether a data set of at least one byte will follow."""
    for carried in own:
        yield f"has_data_set = has_bytes(self.{slot(carried.name)})"
    status = primitive.status_row
    if status is None or direction is not primitive.response:
        return
    variable = f"self.{slot(status.parameter.name)}"
    for keyword, codes in primitive.permitted.items():
        parameter = primitive.parameters.get(keyword)
        if parameter is not None and parameter.is_data_set and parameter not in own:
            yield f"# {parameter.name}: {ANNEX} returns it with {show(codes)}"
            yield f"if {' or '.join(membership.inside(codes, variable))} and not has_data_set:"
            yield f"    has_data_set = has_bytes(self.{slot(parameter.name)})"


def _encode(item: Carried) -> Step:
    parameter = item.parameter
    attribute = f"self.{slot(parameter.name)}"
    fixed = fixed_value(item)
    if fixed is not None:
        code = f"{bytes_literal(header(parameter, 2) + fixed.to_bytes(2, 'little'))},"
    elif parameter.role is Role.DATA_SET_TYPE:
        values = [value or 0 for value in (parameter.present, parameter.none)]
        present, none = (bytes_literal(value.to_bytes(2, "little")) for value in values)
        code = f"{bytes_literal(header(parameter, 2))},\n{present} if has_data_set else {none},"
    elif item.is_mandatory and parameter.vr == _US:
        code = f'{bytes_literal(header(parameter, 2))},\n{attribute}.to_bytes(2, "little"),'
    else:
        arguments = [bytes_literal(_prefix(parameter)), attribute]
        code = layout.call(f"{vr_of(parameter.vr).encode}(", arguments, "),", len(_PAD))
        return Step(indent(f"# {comment_of(item)}", _PAD), code)
    pad = " " * 16
    return Step(
        f"{pad}# {comment_of(item)}", "\n".join(f"{pad}{line}" for line in code.split("\n"))
    )


def _prefix(parameter: Parameter) -> bytes:
    """Return what comes before a value that may be absent: tag, and length where it is fixed."""
    size = vr_of(parameter.vr).size
    return tag_bytes(parameter) if size is None else header(parameter, size)
