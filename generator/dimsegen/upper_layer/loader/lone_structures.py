"""Hold a PDU, an item or a sub-item against itself."""

from __future__ import annotations

import re

from ...reading.position import Position
from ...reading.problems import Report
from ..model import Condition, Contents, Field, Kind, Structure

_VARYING = {Contents.UID, Contents.TEXT, Contents.BYTES, Contents.ITEMS}
_TO_THE_END = {Contents.REST, Contents.FRAGMENT}


def check_structure(structure: Structure, report: Report) -> None:
    """Report bytes that are missing or have no end, and what refers to a field that it has not."""
    _check_bytes(structure.fields, report)
    _check_header(structure, report)
    _check_ends(structure, report)
    _check_names(structure, report)


def _check_bytes(fields: tuple[Field, ...], report: Report) -> None:
    """Report a gap in the bytes that are numbered; those after a variable field have letters."""
    last = 0
    for field in fields:
        numbered = re.match(r"[0-9]+", field.octets)
        if numbered is None:
            return
        if int(numbered[0]) != last + 1:
            facts = {"field": field.name, "octets": field.octets}
            report.add(field.position, "byte-gap", last=last, **facts)
        last = int(numbered[0]) + (field.width or 1) - 1


def _check_header(structure: Structure, report: Report) -> None:
    """Report a PDU or a typed item that does not start as all do (PS3.8 9.3.1)."""
    if structure.kind is not Kind.PDU and structure.type_code is None:
        return
    size = 4 if structure.kind is Kind.PDU else 2
    head = structure.fields[:3]
    widths = [each.width for each in head]
    ends = [each.contents for each in head[::2]]
    if widths != [1, 1, size] or ends != [Contents.TYPE, Contents.LENGTH] or head[2].of:
        got = ", ".join(f"{each.contents.value} of {each.width or 'any'}" for each in head)
        expected = f"a type of 1, a byte, and a length of {size} bytes"
        facts = {"name": structure.class_name, "got": got or "nothing", "expected": expected}
        report.add(head[0].position if head else structure.position, "header", **facts)
    elif structure.kind is not Kind.PDU and len(structure.fields) == len(head):
        report.add(structure.position, "empty-item", name=structure.class_name)


def _check_ends(structure: Structure, report: Report) -> None:
    """Report a type that is not the first field, and what nothing says the end of."""
    is_last = structure.type_code is None and structure.kind is not Kind.PDU
    for number, each in enumerate(structure.fields, 1):
        is_here = is_last and number == len(structure.fields)
        if each.contents is Contents.FRAGMENT and not is_here:
            report.add(each.position, "fragment-place", field=each.name)
    for each in structure.fields[1:]:
        if each.contents is Contents.TYPE:
            report.add(each.position, "type-place", field=each.name)
    for number, each in enumerate(structure.fields):
        if each.contents is Contents.LENGTH and not _is_measure(number, each, structure):
            report.add(each.position, "length-place", field=each.name)
    _check_lengths(structure, report)


def _check_lengths(structure: Structure, report: Report) -> None:
    """Report a field of any length that nothing says the end of."""
    lengths = [each.of for each in structure.fields if each.contents is Contents.LENGTH]
    endless = [f for f in structure.fields if f.width is None and f.name not in lengths]
    # Where the whole has a type or a length, its header says where it ends, and its last field.
    has_header = structure.type_code is not None or structure.kind is Kind.PDU or "" in lengths
    for each in endless:
        if each is not structure.fields[-1]:
            if each.contents in _VARYING:
                report.add(each.position, "no-length", field=each.name)
        elif not has_header and each.contents in _VARYING | _TO_THE_END:
            report.add(each.position, "no-end", field=each.name)


def _is_measure(number: int, length: Field, structure: Structure) -> bool:
    """Return whether a length says how long a field after it is, or the header all that follows."""
    if length.of:
        before = structure.fields[:number]
        is_first = all(each.of != length.of for each in before)
        return is_first and all(each.name != length.of for each in before)
    return number == 2 or (structure.type_code is None and number == 0)


def _check_names(structure: Structure, report: Report) -> None:
    names = {field.name for field in structure.fields}
    codes = {field.name for field in structure.fields if field.contents is Contents.CODE}
    for field in structure.fields:
        if field.contents is Contents.LENGTH and field.of and field.of not in names:
            facts = {"field": field.name}
            report.add_unknown(field.position, "unknown-field", field.of, names, facts)
        if field.contents is Contents.CODE and field.name not in structure.values:
            report.add(field.position, "code-without-values", field=field.name)
        if field.contents is Contents.ITEMS and not (structure.contains and structure.order):
            report.add(field.position, "items-without-contents", field=field.name)
    for name, values in structure.values.items():
        if name not in codes:
            report.add_unknown(structure.position, "values-of-nothing", name, codes)
        for each in values:
            _check_when(name, each.when, each.position, structure, report)
    for field in structure.fields:
        _check_when(field.name, field.only_when, field.position, structure, report)
        if (count := sum(map(len, field.only_when.values()))) > 1:
            report.add(field.position, "one-condition", field=field.name, count=count)
    has_items = any(field.contents is Contents.ITEMS for field in structure.fields)
    if (structure.contains or structure.order) and not has_items:
        report.add(structure.position, "contents-without-items", name=structure.class_name)


def _check_when(
    name: str, when: Condition, position: Position, structure: Structure, report: Report
) -> None:
    """Report a condition on a field that has no such code, or none at all."""
    coded = [each.name for each in structure.fields if each.contents is Contents.CODE]
    for other, codes in when.items():
        values = structure.values.get(other, ())
        meant = [each for each in values if not each.is_reserved]
        listed = {str(code) for each in meant for code in range(each.first, each.last + 1)}
        if other not in coded:
            report.add_unknown(position, "unknown-field", other, coded, {"field": name})
        for code in (each for each in codes if other in coded and each not in listed):
            report.add(position, "unlisted-code", field=name, other=other, code=code)
