"""The rules on the user information, from the rows that say what may stand in it.

Invariant: every branch is one row or one field of the schemas, and cites its clause; nothing here
knows a sub-item.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...code import layout
from ...code.fit import fitted
from ..family import FAMILY
from ..model import Contained, Contents, Field, Kind, Occurs, Structure, UpperLayer
from .attributes import is_mixed, module_of, union_of

# The column of the primitive that the receiver of a PDU sees, and who has sent it.
_WHOSE = {"indication": "requestor", "confirmation": "acceptor"}
_REQUEST, _ANSWER = _WHOSE


@dataclass(frozen=True)
class Offer:
    """The function that holds a sub-item of a response against what was offered."""

    name: str
    class_name: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class UserDataView:
    """What is printed: the bodies of the functions, and what they import."""

    imports: tuple[str, ...]
    numbers: tuple[str, ...]
    fields: tuple[str, ...]
    requested: tuple[str, ...]
    answered: tuple[str, ...]
    offers: tuple[Offer, ...]


def user_data_view(layer: UpperLayer) -> UserDataView:
    """Return the rules on what stands in the item that has items of several kinds in any order."""
    items = (each for each in layer.structures.values() if each.kind is Kind.ITEM)
    structure = next(each for each in items if is_mixed(each))
    rows = [(each, layer.structures[each.class_name]) for each in structure.contains]
    (field,) = [each for each in structure.fields if each.contents is Contents.ITEMS]
    modules = {module_of(inside.class_name): inside.class_name for _, inside in rows}
    modules[module_of(structure.class_name)] = union_of(field)
    return UserDataView(
        tuple(layout.import_from(name, {modules[name]}) for name in sorted(modules)),
        fitted([line for each, inside in rows for line in _number(each, inside)], 4),
        fitted([line for _, inside in rows for line in _fields(inside)], 8),
        fitted([line for row in rows for line in _only_in(*row, _ANSWER, layer)], 8),
        fitted([line for row in rows for line in _only_in(*row, _REQUEST, layer)], 8),
        tuple(_offer(each, inside, layer) for each, inside in rows if each.answers),
    )


def clause_of(each: Contained | Field) -> str:
    """Return the clause of a row as it is cited."""
    return FAMILY.cited(each.clause)


def _number(each: Contained, inside: Structure) -> Iterator[str]:
    """Yield the branches on how often a sub-item stands there."""
    clause, kind = clause_of(each), inside.class_name
    if each.occurs.is_single:
        yield f"# {inside.name}: {each.occurs.value} ({clause})"
        yield f"count = sum(isinstance(item, {kind}) for item in value)"
        keyword = "if"
        if each.occurs is Occurs.ONE:
            yield "if count == 0:"
            yield from _broken("missing-mandatory", f"no {inside.name}: add one", clause, 8)
            keyword = "elif"
        yield f"{keyword} count > 1:"
        yield from _broken("duplicate", f"{{count}} times {inside.name}: keep one", clause, 8)
    if each.one_for:
        yield f"# {inside.name}: one for each {each.one_for} ({clause})"
        yield f"{each.attribute} = all_of(value, {kind})"
        key = _attribute(inside, each.one_for)
        yield f"for key in repeated(item.{key} for item in {each.attribute}):"
        text = f"more than one {inside.name} for {{key}}: keep one"
        yield from _broken("duplicate", text, clause, 8)


def _fields(inside: Structure) -> Iterator[str]:
    """Yield the branches on the fields of a sub-item: codes, lengths, when they may be there."""
    ruled = [field for field in inside.fields if list(_field(field, inside, 0))]
    is_one = f"isinstance(item, {inside.class_name})"
    if len(ruled) == 1:
        first, *rest = _field(ruled[0], inside, 12)
        yield f"if {is_one} and {first.removeprefix('if ')}"
        yield from rest
    elif ruled:
        yield f"if {is_one}:"
        for field in ruled:
            yield from (f"    {line}" for line in _field(field, inside, 16))


def _field(field: Field, inside: Structure, indent: int) -> Iterator[str]:
    where = f"{inside.places[0].part} {inside.places[0].section}"
    value = f"item.{field.attribute}"
    if field.contents is Contents.CODE:
        codes = list(dict.fromkeys(str(each.first) for each in inside.values[field.name]))
        yield f"if {value} not in {layout.tuple_of(codes)}:"
        text = f"{{{value}}} is no {field.name}: use {', '.join(codes)}"
        yield from _broken("invalid-value", text, where, indent)
    if field.contents is Contents.TEXT and field.characters:
        least, most = field.characters
        yield f"if not {least} <= len({value}) <= {most}:"
        text = f"{field.name} has {{len({value})}} characters, not {least} to {most}"
        yield from _broken("invalid-value", text, where, indent)
    if field.contents is Contents.BYTES and field.only_when:
        ((other, codes_of),) = field.only_when.items()
        test = f"item.{_attribute(inside, other)} not in {layout.tuple_of(list(codes_of))}"
        yield f"if {value} and {test}:"
        text = f"{field.name} is only for the {other} {', '.join(codes_of)}: remove it"
        yield from _broken("forbidden-conditional", text, where, indent)


def _only_in(each: Contained, inside: Structure, column: str, layer: UpperLayer) -> Iterator[str]:
    """Yield the branch on a sub-item that only the PDU of one column has, for the other."""
    if each.only_in and layer.structures[each.only_in].received_as == column:
        yield f"# {inside.name}: in {each.only_in} only ({clause_of(each)})"
        yield f"if isinstance(item, {inside.class_name}):"
        text = f"{inside.name} ({inside.type_code:02X}H) is for the {_WHOSE[column]}: remove it"
        yield from _broken("must-be-absent", text, clause_of(each), 12)


def _offer(each: Contained, inside: Structure, layer: UpperLayer) -> Offer:
    answered = layer.structures[each.answers]
    lines = fitted(_of_offer(each, inside, answered), 4)
    return Offer(f"_check_{module_of(inside.class_name)}", inside.class_name, lines)


def _of_offer(each: Contained, inside: Structure, answered: Structure) -> Iterator[str]:
    clause, whose = clause_of(each), ""
    yield f"found = all_of(offered, {answered.class_name})"
    if each.one_for:
        name = _attribute(inside, each.one_for)
        whose = f" for {{item.{name}}}"
        yield f"found = tuple(one for one in found if one.{name} == item.{name})"
    yield "if not found:"
    text = f"no {answered.name} was offered{whose}: remove it"
    yield from _broken("not-negotiated", text, clause, 8)
    if each.asked_by or each.at_most:
        yield "    return"
    if each.asked_by:
        yield f"if not found[0].{_attribute(answered, each.asked_by)}:"
        text = f"{each.asked_by} is 0 in what was offered: remove {inside.name}"
        yield from _broken("not-negotiated", text, clause, 8)
    for field in each.at_most:
        yield from _at_most(each, inside, field, whose)


def _at_most(each: Contained, inside: Structure, field: str, whose: str) -> Iterator[str]:
    name, test = _attribute(inside, field), "ours > theirs"
    if each.no_limit is not None:
        test = f"theirs != {each.no_limit} and (ours == {each.no_limit} or {test})"
    yield f"# {field}: at most what was offered"
    yield f"ours = item.{name}"
    yield f"theirs = found[0].{name}"
    yield f"if {test}:"
    text = f"{field}{whose} is {{ours}}, and {{theirs}} was offered: answer with at most that"
    yield from _broken("not-negotiated", text, clause_of(each), 8)


def _attribute(structure: Structure, printed: str) -> str:
    return next(field.attribute for field in structure.fields if field.name == printed)


def _broken(rule: str, text: str, clause: str, indent: int) -> Iterator[str]:
    """Yield what says that a rule is broken, a text that is too long for a line in pieces."""
    line = f"text = {_quoted(text)}"
    if indent + len(line) <= layout.WIDTH:
        yield f"    {line}"
    else:
        yield "    text = ("
        yield from (
            f"        {_quoted(piece)}" for piece in _pieces(text, layout.WIDTH - indent - 8)
        )
        yield "    )"
    yield f"    yield {layout.literal(rule)}, text, {layout.literal(clause)}"


def _quoted(text: str) -> str:
    return f'{"f" if "{" in text else ""}"{text}"'


def _pieces(text: str, width: int) -> list[str]:
    """Return `text` in pieces that end in a blank, none of them longer than `width`."""
    pieces = [""]
    for word in re.split(r"(?<= )", text):
        if pieces[-1] and len(pieces[-1]) + len(word) > width:
            pieces.append("")
        pieces[-1] += word
    return pieces
