"""Hold PDUs, items and sub-items against each other."""

from __future__ import annotations

from collections.abc import Mapping

from ...reading.problems import Report
from ..model import Contained, Contents, Field, Kind, Structure

# What a PDU of fragments has.
_OF_FRAGMENTS = {Contents.TYPE, Contents.RESERVED, Contents.LENGTH, Contents.ITEMS}
# Of these all fields say the same, in all structures: there is one kind of them.
_ALIKE = {Contents.AE_TITLE, Contents.CONTEXT_ID}


def check_structures(structures: Mapping[str, Structure], report: Report) -> None:
    """Report what a structure names and no file describes, and types out of order."""
    first: dict[int | None, str] = {}
    for structure in (each for each in structures.values() if each.kind is Kind.PDU):
        other = first.setdefault(structure.type_code, structure.class_name)
        if other != structure.class_name:
            facts: dict[str, object] = {"name": structure.class_name, "other": other}
            report.add(
                structure.position, "second-type", code=f"{structure.type_code or 0:02X}H", **facts
            )
    _check_alike(structures, report)
    for structure in structures.values():
        named = [(f.of, f.position) for f in structure.fields if f.contents is Contents.ECHO]
        named += [(each.class_name, structure.position) for each in structure.contains]
        named += [(each.only_in, structure.position) for each in structure.contains if each.only_in]
        named += [(each.answers, each.position) for each in structure.contains if each.answers]
        for name, position in named:
            if name not in structures:
                report.add_unknown(position, "unknown-class", name, structures)
        if structure.type_code is None:
            _check_untyped(structure, structures, report)
        _check_types(structure, structures, report)
        _check_fragments(structure, structures, report)
        for each in structure.contains:
            _check_answer(each, structures, report)


def _check_fragments(
    structure: Structure, structures: Mapping[str, Structure], report: Report
) -> None:
    """Report what a PDU of fragments has beside its items: both headers are written as one."""
    inside = [structures[c.class_name] for c in structure.contains if c.class_name in structures]
    contents = {field.contents for each in inside for field in each.fields}
    if structure.kind is not Kind.PDU or Contents.FRAGMENT not in contents:
        return
    for field in structure.fields:
        if field.contents not in _OF_FRAGMENTS:
            facts: dict[str, object] = {"name": structure.class_name}
            report.add(field.position, "beside-fragments", field=field.name, **facts)


def _check_alike(structures: Mapping[str, Structure], report: Report) -> None:
    """Report a title or an identifier that has another form than the first one."""
    first: dict[Contents, Field] = {}
    for field in (each for structure in structures.values() for each in structure.fields):
        if field.contents not in _ALIKE:
            continue
        other = first.setdefault(field.contents, field)
        if (field.width, field.parity) != (other.width, other.parity):
            facts: dict[str, object] = {"field": field.name, "contents": field.contents.value}
            got, expected = _form(field), _form(other)
            report.add(field.position, "other-form", got=got, expected=expected, **facts)


def _form(field: Field) -> str:
    """Return how many bytes a field has, and what its number is."""
    count = f"{field.width} byte{'' if field.width == 1 else 's'}"
    return f"{count}, {field.parity.value}" if field.parity else count


def _check_answer(each: Contained, structures: Mapping[str, Structure], report: Report) -> None:
    """Report a field that a rule on what is contained names, and its structure has not."""
    named = [(name, each.class_name) for name in (each.one_for, *each.at_most) if name]
    named += [(name, each.answers) for name in (each.asked_by, *each.at_most) if name]
    for name, class_name in named:
        found = structures.get(class_name)
        fields = [field.name for field in found.fields] if found else []
        if name not in fields and (found or not class_name):
            facts: dict[str, object] = {"field": each.class_name}
            report.add_unknown(each.position, "unknown-field", name, fields, facts)


def _check_untyped(
    structure: Structure, structures: Mapping[str, Structure], report: Report
) -> None:
    """Report an item without a type that does not stand alone in what contains it."""
    for other in structures.values():
        inside = [each.class_name for each in other.contains]
        if structure.class_name in inside and len(inside) > 1:
            report.add(structure.position, "missing-type", name=structure.class_name)
    for each in (each for other in structures.values() for each in other.contains):
        if each.class_name == structure.class_name and each.occurs.is_single:
            report.add(each.position, "untyped-once", name=each.class_name)


def _check_types(structure: Structure, structures: Mapping[str, Structure], report: Report) -> None:
    before: tuple[int, str] | None = None
    for each in structure.contains:
        found = structures.get(each.class_name)
        code = found.type_code if found else None
        if code is None:
            continue
        if before is not None and code <= before[0]:
            facts: dict[str, object] = {"name": each.class_name, "code": f"{code:02X}H"}
            report.add(structure.position, "type-order", other=before[1], **facts)
        before = code, each.class_name
