"""A primitive as its template prints it: every hole filled with a string that is ready.

Templates decide nothing. What is a list here is a loop there, what may be missing here is a rare
``if`` there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from ...code import layout
from ...code.naming import class_name, module_name, slot
from ...table.notation import hex4
from ...table.vr import vr_of
from ...table.words import with_article
from ..family import FAMILY
from ..primitives import Direction, Primitive
from . import docstrings as docs
from . import texts
from .class_attributes import class_attributes
from .decoder import DecoderView, decoder_of
from .encoder import EncoderView, encoder_of
from .expressions import Expressions
from .pieces import Structs
from .printed_rows import printed_rows
from .row_rules import Block, Rules, rules_of
from .signatures import Argument, arguments_of, respond_arguments

Coder: TypeAlias = EncoderView | DecoderView


@dataclass(frozen=True)
class Attribute:
    """A property of the class."""

    keyword: str
    slot: str
    read_type: str
    stored_type: str
    value: str
    set_type: str
    assignment: str
    doc: str


@dataclass(frozen=True)
class DirectionView:
    """The request or the response part of a class."""

    label: str
    label_with_article: str
    table: str
    mandatory: str
    arguments: tuple[Argument, ...]
    blocks: tuple[Block, ...]
    preamble: tuple[str, ...]
    encoder: EncoderView


@dataclass(frozen=True)
class PrimitiveView:
    """Everything that the template of a primitive prints."""

    name: str
    class_name: str
    module_name: str
    base: str
    doc: str
    imports: tuple[str, ...]
    rows: tuple[str, ...]
    class_attributes: tuple[str, ...]
    slots: str
    attributes: tuple[Attribute, ...]
    request: DirectionView
    response: DirectionView | None
    respond: tuple[Argument, ...]
    repeated: tuple[Argument, ...]
    decoders: tuple[DecoderView, ...]
    module_constants: tuple[str, ...]


def view_of(primitive: Primitive) -> PrimitiveView:
    """Return `primitive` ready to print."""
    rules = [rules_of(primitive, direction) for direction in primitive.directions]
    attributes = tuple(_attributes(primitive))
    respond = tuple(respond_arguments(primitive))
    structs = Structs()
    encoders = tuple(encoder_of(primitive, each, structs) for each in primitive.directions)
    decoders = tuple(decoder_of(primitive, each, structs) for each in primitive.directions)
    return PrimitiveView(
        name=primitive.name,
        class_name=class_name(primitive.name),
        module_name=module_name(primitive.name),
        base=_base(primitive),
        doc=docs.class_doc(primitive),
        imports=_imports(primitive, rules, (*encoders, *decoders)),
        rows=printed_rows(primitive),
        class_attributes=tuple(class_attributes(primitive)),
        slots=layout.bracketed(
            "__slots__ = (", layout.strings([a.slot for a in attributes]), ")", 4
        ),
        attributes=attributes,
        request=_direction_view(primitive, primitive.request, rules[0], encoders[0]),
        response=_direction_view(primitive, primitive.response, rules[1], encoders[1])
        if primitive.response
        else None,
        respond=respond,
        repeated=tuple(argument for argument in respond if argument.source),
        decoders=decoders,
        module_constants=("\n".join(_module_constants(primitive, rules, structs)),),
    )


def _base(primitive: Primitive) -> str:
    return "AnsweredPrimitive" if primitive.response else FAMILY.base


def _attributes(primitive: Primitive) -> Iterable[Attribute]:
    rows = {row.keyword: row for row in primitive.rows}
    for keyword, parameter in primitive.parameters.items():
        row = rows.get(keyword)
        description = row.description if row else parameter.description
        vr = vr_of(parameter.vr)
        name = layout.literal(parameter.name)
        before, arguments, after = f"{vr.coerce}(", ["value", name], ")"
        if parameter.values:
            before, after = f"to_named({before}", f"), {name}, {keyword})"
        yield Attribute(
            keyword,
            slot(parameter.name),
            f"{vr.read_type} | None",
            f"{vr.stored_type or vr.read_type} | None",
            f"{vr.read}(self.{slot(parameter.name)})"
            if vr.read
            else f"self.{slot(parameter.name)}",
            f"{vr.set_type} | None",
            layout.call(f"self.{slot(parameter.name)} = {before}", arguments, after, 8),
            docs.property_doc(parameter, description, row, primitive),
        )


def _imports(
    primitive: Primitive, rules: Sequence[Rules], coders: Sequence[Coder]
) -> tuple[str, ...]:
    parameters = primitive.parameters.values()
    types = " ".join(f"{vr_of(p.vr).read_type} {vr_of(p.vr).set_type}" for p in parameters)
    coercion = {vr_of(parameter.vr).coerce for parameter in parameters}
    coercion |= {vr_of(parameter.vr).read for parameter in parameters} - {""}
    coercion |= {name for part in rules for name in part.uses if name.startswith("is_")}
    coercion |= {name for name in ("TagsLike", "UIDLike") if name in types}
    named = [parameter.keyword for parameter in parameters if parameter.values]
    coercion |= {"to_named"} if named else set()
    runtime = {_base(primitive), *(["FROM_REQUEST"] if primitive.response else [])}
    lines = ["import struct"]
    lines += ["from io import BytesIO"] if "BytesIO" in types else []
    lines += ["from types import MappingProxyType", "from typing import ClassVar, Final", ""]
    lines += ["from pydicom.tag import BaseTag"] if "BaseTag" in types else []
    lines += ["from pydicom.uid import UID"] if "UID " in types else []
    lines += [""] if lines[-1] else []
    lines.append(layout.import_from("_codec", _CODEC.union(*(coder.uses for coder in coders))))
    lines.append(layout.import_from("_coercion", coercion))
    lines.append(layout.import_from("_dictionary", _DICTIONARY))
    lines.append(layout.import_from("_elements", {"DICTIONARY"}))
    lines.append(layout.import_from("_rows", _ROWS))
    lines.append(layout.import_from("_runtime", runtime))
    if any("status_class" in part.uses for part in rules):
        lines.append(layout.import_from("_status", {"status_class"}))
    if named:
        lines.append(layout.import_from("_values", set(named)))
    return tuple(lines)


_ROWS = {
    "InvalidPrimitiveError",
    "Parameter",
    "Row",
    "StatusFields",
    "Violation",
    "parameters",
}
_CODEC = {
    "Buffer",
    "Elements",
    "IrregularError",
    "Message",
    "missing",
}
_DICTIONARY = {"encode_all", "with_unknown"}


def _direction_view(
    primitive: Primitive, direction: Direction, rules: Rules, encoder: EncoderView
) -> DirectionView:
    expressions = Expressions(primitive.parameters, has_status=False)
    mandatory = [
        expressions.present(row.keyword)
        for row in direction.rows
        if direction.cell(row).usage.is_mandatory
    ]
    status = primitive.status_row if direction.carries_status else None
    return DirectionView(
        label=direction.label,
        label_with_article=with_article(direction.label),
        table=texts.tables_in_words(primitive.services),
        mandatory=layout.returned(mandatory, 8),
        arguments=tuple(arguments_of(primitive, direction)),
        blocks=tuple(rules.blocks),
        preamble=(f"status = self.{slot(status.parameter.name)}",) if status else (),
        encoder=encoder,
    )


def _module_constants(
    primitive: Primitive, rules: Sequence[Rules], structs: Structs
) -> Iterable[str]:
    yield "# fmt: off"
    yield from (f"{name}: Final = {code}" for name, code in structs.codes.items())
    for part in rules:
        for name, codes in part.sets.items():
            yield _set(name, codes, primitive)
    for part in rules:
        yield from (f"{item.name}: Final = {item.code}" for item in part.constants.values())


def _set(name: str, codes: tuple[int, ...], primitive: Primitive) -> str:
    # A class may have a code that is no status type's, and a Status clause a status of its own.
    named = (*primitive.types, *primitive.statuses)
    names = {code: status.name for status in named for code in status.exact_codes}
    shown = [f"        {hex4(code)},  # {names.get(code, 'no status type')}" for code in codes]
    return "\n".join([f"{name}: Final = frozenset(", "    {", *shown, "    }", ")"])
