"""The signatures of the class methods: what the table allows, and no more."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from ...code.naming import slot
from ...table.vr import vr_of
from ..demands import demand_of
from ..model import Parameter
from ..primitives import Direction, Primitive


@dataclass(frozen=True)
class Argument:
    """A keyword argument.

    Attributes
    ----------
    keyword : str
        Its name.
    declaration : str
        The name with its type and default.
    source : str
        The attribute of the request that gives its default; empty where none does.
    """

    keyword: str
    declaration: str
    source: str = ""


def arguments_of(primitive: Primitive, direction: Direction) -> Iterable[Argument]:
    """Yield what the class method of `direction` takes: what its table allows, no more."""
    for row in direction.rows:
        usage = direction.cell(row).usage
        set_type = vr_of(row.parameter.vr).set_type
        if usage.is_mandatory:
            yield Argument(row.keyword, f"{row.keyword}: {set_type}")
        elif not usage.is_forbidden or _is_status_field(primitive, direction, row.parameter):
            yield Argument(row.keyword, f"{row.keyword}: {set_type} | None = None")
    if direction.carries_status:
        for parameter in primitive.extra_fields:
            set_type = vr_of(parameter.vr).set_type
            declaration = f"{parameter.keyword}: {set_type} | None = None"
            yield Argument(parameter.keyword, declaration)


def _is_status_field(primitive: Primitive, direction: Direction, parameter: Parameter) -> bool:
    return direction.carries_status and any(
        field.parameter.keyword == parameter.keyword and field.is_permitted_in(primitive.name)
        for status in primitive.statuses
        for field in status.fields
    )


def respond_arguments(primitive: Primitive) -> Iterable[Argument]:
    """Yield what `respond` takes; what repeats the request has a source there."""
    if primitive.response is None:
        return
    rows = {row.keyword: row for row in primitive.rows}
    for argument in arguments_of(primitive, primitive.response):
        row = rows.get(argument.keyword)
        source = demand_of(primitive, primitive.response, row).equal_to if row else None
        if source is None:
            yield argument
            continue
        set_type = vr_of(source.vr).set_type
        declaration = f"{argument.keyword}: {set_type} | None = FROM_REQUEST"
        yield Argument(argument.keyword, declaration, slot(source.name))
