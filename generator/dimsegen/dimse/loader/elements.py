"""Build the parameters from `elements.yaml`.

Invariant: every keyword, tag, name and role is given to one parameter only, and every parameter
can be stored, checked and sent: its VR, VM and tag go together with its role.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from ...reading.names import Names
from ...reading.order import misplaced
from ...reading.position import Position
from ...reading.problems import Report
from ...reading.spelling import SURELY_MEANT, closest
from ...reading.values import Fields, Number
from ...table.renames import check_renames
from ...table.vr import VRS
from ..model import Parameter, RetiredElement, Role
from .origins import Origins

_ROLE_VR = {
    Role.GROUP_LENGTH: "UL",
    Role.COMMAND_FIELD: "US",
    Role.DATA_SET_TYPE: "US",
    Role.STATUS: "US",
}
_ONE = "1"
_GROUPS = ("elements", "data_sets")
_RETIRED = "retired"
_TAGGED = ("elements", _RETIRED)


def build_parameters(document: Fields | None, origins: Origins, report: Report) -> Names[Parameter]:
    """Return every element and data set of `document` by keyword.

    Parameters
    ----------
    document : Fields or None
        The file, read as `documents.ELEMENTS`; None if nobody could read it.
    origins : Origins
        The document that each is printed in.
    report : Report
        Receives what is wrong.
    """
    rule = "unknown-keyword"
    if document is None:
        return Names(rule, {}, is_open=True)
    groups = [document.fields(group) for group in _GROUPS]
    written = {keyword: place for group in groups if group for keyword, place in group.keys.items()}
    records = [each for group in _GROUPS for each in document.records(group)]
    fields_of = {keyword: (fields, position) for keyword, position, fields in records}
    found = {
        keyword: replace(each, standard=origins.of(*fields_of[keyword], report))
        for keyword, each in _parameters(document, report)
    }
    is_open = any(group is None or group.is_open for group in groups)
    parameters = Names(rule, found, written, is_open)
    _check_descriptions(document, parameters, report)
    _check_tags(document, report)
    _check_names(document, report)
    _check_roles(document, parameters, report)
    _check_equals(document, parameters, report)
    check_renames(records, written, report)
    return parameters


def build_retired(document: Fields, report: Report) -> tuple[RetiredElement, ...]:
    """Return the retired elements of `document`, as they stand."""
    groups = [document.fields(group) for group in _GROUPS]
    used = {keyword for group in groups if group for keyword in group.keys}
    found = []
    for keyword, position, fields in document.records(_RETIRED):
        tag = _tag(fields)
        if keyword in used:
            report.add(position, "duplicate-keyword", keyword=keyword)
        elif fields.is_whole and tag is not None:
            texts = (fields.text("vr"), fields.text("vm"), fields.text("allowed_by"))
            found.append(RetiredElement(keyword, fields.text("name"), tag, *texts, position))
    return tuple(found)


def _parameters(document: Fields, report: Report) -> Iterator[tuple[str, Parameter]]:
    """Yield the parameters that are complete; nothing can be said of the use of the others."""
    descriptions = document.fields("descriptions")

    def described(keyword: str) -> str:
        return descriptions.text(keyword) if descriptions else ""

    for keyword, position, fields in document.records("elements"):
        _check_element(keyword, position, fields, report)
        if fields.is_whole:
            yield keyword, _element(keyword, position, fields, described(keyword))
    elements = document.fields("elements")
    for keyword, position, fields in document.records("data_sets"):
        if elements and keyword in elements.keys:
            report.add(position, "duplicate-keyword", keyword=keyword)
        elif fields.is_whole:
            yield keyword, _data_set(keyword, position, fields, described(keyword))


def _element(keyword: str, position: Position, fields: Fields, description: str) -> Parameter:
    values = fields.fields("values")
    named = values.values.items() if values else ()
    return Parameter(
        keyword,
        fields.text("name"),
        description,
        tag=_tag(fields),
        vr=fields.text("vr"),
        vm=fields.text("vm"),
        role=_role(fields),
        values={name: item.value for name, item in named if isinstance(item, Number)},
        equals=fields.text("equals") or None,
        none=fields.number("none"),
        repertoire=fields.text("repertoire"),
        present=fields.number("present"),
        renamed_from=fields.text("renamed_from") or None,
        position=position,
    )


def _data_set(keyword: str, position: Position, fields: Fields, description: str) -> Parameter:
    return Parameter(
        keyword,
        fields.text("name"),
        description,
        renamed_from=fields.text("renamed_from") or None,
        position=position,
    )


def _tag(fields: Fields) -> int | None:
    digits = re.sub(r"[(),]", "", fields.text("tag"))
    return int(digits, 16) if digits else None


def _role(fields: Fields) -> Role | None:
    text = fields.text("role")
    return Role(text) if text else None


def _check_element(keyword: str, position: Position, fields: Fields, report: Report) -> None:
    role, vr = _role(fields), fields.text("vr")
    if role and vr and vr != _ROLE_VR[role]:
        facts = {"role": role.value, "expected": _ROLE_VR[role], "vr": vr}
        report.add(fields.place("vr"), "role-vr", keyword=keyword, **facts)
    if vr and fields.text("vm") not in ("", _ONE) and not VRS[vr].read_type.startswith("list"):
        report.add(fields.place("vm"), "single-vm", keyword=keyword, vr=vr)
    if vr and "values" in fields.keys and VRS[vr].maximum is None:
        report.add(fields.keys["values"], "values-vr", keyword=keyword, vr=vr)
    for name, other in _same_values(fields):
        report.add(name.position, "duplicate-value", keyword=keyword, other=other)
    if role is Role.DATA_SET_TYPE:
        for key in ("none", "present"):
            if key not in fields.keys:
                report.add(position, "data-set-type-values", keyword=keyword, key=key)
        none, present = fields.number("none"), fields.number("present")
        if none is not None and none == present:
            report.add(fields.place("present"), "data-set-type-same", keyword=keyword)
    elif "role" not in fields.keys or role:
        for key in ("none", "present"):
            if key in fields.keys:
                report.add(fields.keys[key], "not-data-set-type", keyword=keyword, key=key)


def _same_values(fields: Fields) -> Iterator[tuple[Number, str]]:
    """Yield each value that has a name already, with that name."""
    values = fields.fields("values")
    first: dict[int, str] = {}
    for name, value in values.values.items() if values else ():
        if isinstance(value, Number) and first.setdefault(value.value, name) != name:
            yield value, first[value.value]


def _check_descriptions(document: Fields, parameters: Names[Parameter], report: Report) -> None:
    descriptions = document.fields("descriptions")
    if descriptions is None:
        return
    meant: set[str | None] = set()
    for keyword, position in descriptions.keys.items():
        parameters.find(keyword, position, report)
        is_known = keyword in parameters
        meant |= {keyword, None if is_known else closest(keyword, parameters, SURELY_MEANT)}
    for group in _GROUPS:
        written = document.fields(group)
        for keyword, position in written.keys.items() if written else ():
            if keyword not in meant:
                report.add(position, "missing-description", keyword=keyword)


def _check_tags(document: Fields, report: Report) -> None:
    tags: dict[int, tuple[str, Fields]] = {}
    places: dict[str, str] = {}
    for rows in _TAGGED:
        own: dict[str, int] = {}
        for keyword, _, fields in document.records(rows):
            tag = _tag(fields)
            if tag is None:
                continue
            if tags.setdefault(tag, (keyword, fields))[1] is fields:
                own[keyword] = tag
            else:
                facts = {"keyword": keyword, "other": tags[tag][0]}
                report.add(fields.place("tag"), "duplicate-tag", **facts)
        places |= misplaced(own)
    groups = Counter(tag >> 16 for tag in tags)
    for tag, (keyword, fields) in tags.items():
        group = groups.most_common(1)[0][0]
        if tag >> 16 != group:
            other = next(word for each, (word, _) in tags.items() if each >> 16 == group)
            report.add(fields.place("tag"), "tag-group", keyword=keyword, other=other)
        elif keyword in places:
            report.add(fields.place("tag"), "tag-order", keyword=keyword, place=places[keyword])


def _check_names(document: Fields, report: Report) -> None:
    owners: dict[str, str] = {}
    for group in (*_GROUPS, _RETIRED):
        for keyword, _, fields in document.records(group):
            # Letters and digits alone make up the attribute that stores the parameter.
            plain = "_".join(re.findall(r"[a-z0-9]+", fields.text("name").lower()))
            if plain and owners.setdefault(plain, keyword) != keyword:
                facts = {"keyword": keyword, "other": owners[plain]}
                report.add(fields.place("name"), "duplicate-name", **facts)


def _check_roles(document: Fields, parameters: Names[Parameter], report: Report) -> None:
    owners: dict[Role, str] = {}
    for keyword, _, fields in document.records("elements"):
        role = _role(fields)
        if role and owners.setdefault(role, keyword) != keyword:
            facts = {"keyword": keyword, "other": owners[role], "role": role.value}
            report.add(fields.place("role"), "duplicate-role", **facts)
    if parameters.is_whole:
        for role in Role:
            if role not in owners:
                report.add(document.keys["elements"], "missing-role", role=role.value)


def _check_equals(document: Fields, parameters: Names[Parameter], report: Report) -> None:
    for keyword, _, fields in document.records("elements"):
        word = fields.word("equals")
        if word is None:
            continue
        other = parameters.find(word.text, word.position, report)
        if word.text == keyword:
            report.add(word.position, "equals-itself", keyword=keyword)
        elif other is not None and fields.text("vr") not in ("", other.vr):
            report.add(word.position, "equals-vr", keyword=keyword, other=word.text)
