"""Build a PDU, an item or a sub-item."""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...reading.position import Position
from ...reading.problems import Report
from ...reading.values import Fields, Items
from ..model import (
    Condition,
    Contained,
    Contents,
    Field,
    Kind,
    Occurs,
    Order,
    Parity,
    Place,
    Structure,
    snake_class,
)
from .named_values import check_codes, condition, values_of, words

_VARYING = {Contents.UID, Contents.TEXT, Contents.BYTES, Contents.ITEMS}
# Those that are read as a number, and the bytes that one may have.
_NUMBERS = {Contents.LENGTH, Contents.VERSION, Contents.NUMBER, Contents.CODE, Contents.CONTEXT_ID}
_WIDTHS = (1, 2, 4)
# The contents that a key says something of.
_SAYS_OF = {
    "bit": {Contents.VERSION},
    "characters": {Contents.TEXT},
    "kept": {Contents.RESERVED},
    "parity": {Contents.CONTEXT_ID, Contents.FRAGMENT},
    "well_known": {Contents.UID},
}
# Of these all fields say the same, in all structures: there is one kind of them.
_ALIKE = {Contents.AE_TITLE, Contents.CONTEXT_ID}
_NEEDED = {
    Contents.TYPE: "value",
    Contents.RESERVED: "value",
    Contents.VERSION: "bit",
    Contents.ECHO: "of",
    Contents.TEXT: "characters",
}
# One end of a range, as printed: a number, a letter, or a letter and a number.
_END = r"\(?([a-z]+)?\+?([0-9]+)?\)?"


def build_structure(document: Fields, path: str, report: Report) -> Structure:
    """Return the structure that `document` describes; `path` is that of its file."""
    lines = document.values.get("fields")
    items = lines.items if isinstance(lines, Items) else ()
    rows = [line for line in items if isinstance(line, Fields)]
    fields = tuple(_field(row, report) for row in rows)
    word = document.word("class")
    position = word.position if word else document.position
    primitive = document.fields("primitive")
    structure = Structure(
        document.text("structure"),
        document.text("class"),
        Kind(document.text("kind") or Kind.ITEM.value),
        document.text("summary"),
        _places(document),
        fields,
        values_of(document),
        Order(document.text("order")) if document.text("order") else None,
        tuple(_contained(name, row) for name, _, row in document.records("contains")),
        tuple(word.text for word in words(primitive, "becomes")) if primitive else (),
        (primitive.text("as") or "indication") if primitive else "",
        _sets(primitive) if primitive else {},
        tuple(word.text for word in primitive.words("takes")) if primitive else (),
        position,
    )
    expected = f"{snake_class(structure.class_name)}.yaml"
    if not path.endswith(f"/{expected}"):
        report.add(position, "class-file", name=structure.class_name, expected=expected)
    check_codes(structure.values, report)
    _check_bytes(fields, report)
    _check_header(structure, report)
    _check_ends(structure, report)
    _check_names(structure, report)
    return structure


def _sets(primitive: Fields) -> Mapping[str, str]:
    written = primitive.fields("sets")
    return {name: written.text(name) for name in written.keys} if written else {}


def _places(document: Fields) -> tuple[Place, ...]:
    written = document.values.get("references")
    items = written.items if isinstance(written, Items) else ()
    return tuple(
        Place(item.text("part"), item.text("section"), item.text("table"))
        for item in items
        if isinstance(item, Fields)
    )


def _contained(name: str, row: Fields) -> Contained:
    occurs = Occurs(row.text("occurs") or Occurs.ONE.value)
    return Contained(
        name,
        occurs,
        row.text("as"),
        row.text("conveys"),
        row.text("without"),
        row.text("in"),
        row.text("see"),
        row.text("one_for"),
        row.text("answers"),
        row.text("asked_by"),
        tuple(word.text for word in row.words("at_most")),
        int(row.text("no_limit")) if row.text("no_limit") else None,
        row.position,
    )


def _field(row: Fields, report: Report) -> Field:
    contents = Contents(row.text("is") or Contents.BYTES.value)
    octets = row.text("bytes")
    first, _, last = row.text("characters").partition("-")
    field = Field(
        octets,
        row.text("field"),
        contents,
        _width(octets, contents),
        row.text("value"),
        row.text("of"),
        int(row.text("bit")) if row.text("bit") else None,
        int(row.text("default")) if row.text("default") else None,
        (int(first), int(last)) if last else None,
        Parity(row.text("parity")) if row.text("parity") else None,
        row.text("well_known"),
        "kept" in row.keys,
        row.text("conveys"),
        row.text("without"),
        condition(row, "only_when"),
        row.text("see"),
        row.position,
    )
    needed = _NEEDED.get(contents)
    facts = {"field": field.name, "contents": contents.value}
    if contents.has_fixed_width and field.width is None:
        report.add(row.place("bytes"), "fixed-width", octets=octets, **facts)
    elif needed is not None and needed not in row.keys:
        report.add(row.position, "missing-of", key=needed, **facts)
    if contents in _NUMBERS and field.width not in (None, *_WIDTHS):
        report.add(row.place("bytes"), "number-width", width=field.width, **facts)
    for key in (each for each, of in _SAYS_OF.items() if each in row.keys and contents not in of):
        report.add(row.place(key), "idle-key", key=key, **facts)
    count = (len(field.value) - 1) // 2
    # One byte of a value stands for all of them where the field is "00H for all bytes", and a
    # length is a number, which is printed with more digits than it has (erratum U13).
    is_exact = contents is not Contents.LENGTH and count not in (1, field.width)
    if field.value and field.width and is_exact:
        facts = {"field": field.name, "value": field.value, "octets": octets}
        report.add(row.place("value"), "octets-width", count=count, width=field.width, **facts)
    return field


def _width(octets: str, contents: Contents) -> int | None:
    """Return how many bytes `octets` are, None if that varies."""
    # PS3.7 D.3-9 prints xxx for a single byte after a field of variable length.
    if octets == "xxx" and contents is Contents.CODE:
        return 1
    ends = re.fullmatch(rf"{_END} ?- ?{_END}", octets)
    if ends is None:
        return 1 if octets.isdecimal() else None
    base, first, other, last = ends.groups()
    if base != other or last is None:
        return None
    return int(last) - int(first or 0) + 1


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
    """Report a field of varying length of which nothing says where it ends."""
    is_last = structure.type_code is None and structure.kind is not Kind.PDU
    for number, each in enumerate(structure.fields, 1):
        is_here = is_last and number == len(structure.fields)
        if each.contents is Contents.FRAGMENT and not is_here:
            report.add(each.position, "fragment-place", field=each.name)
    measured = {each.of for each in structure.fields if each.contents is Contents.LENGTH}
    for each in structure.fields[:-1]:
        if each.contents in _VARYING and each.width is None and each.name not in measured:
            report.add(each.position, "no-length", field=each.name)


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
        for each in structure.contains:
            _check_answer(each, structures, report)


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
