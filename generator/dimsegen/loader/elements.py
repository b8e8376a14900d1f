"""Build the parameters from `elements.yaml`.

Invariant: every keyword, tag, name and role is given to one parameter only.
"""

from __future__ import annotations

from collections.abc import Mapping

from ..model.schema import Parameter, Position, Role
from ..vr import VRS
from .problems import Report, hint, listed
from .reader import Fields, Number

_ROLE_VR = {
    Role.GROUP_LENGTH: "UL",
    Role.COMMAND_FIELD: "US",
    Role.DATA_SET_TYPE: "US",
    Role.STATUS: "US",
}


def build_parameters(document: Fields, report: Report) -> dict[str, Parameter]:
    """Return every element and data set of `document` by keyword.

    Parameters
    ----------
    document : Fields
        The file, read as `documents.ELEMENTS`.
    report : Report
        Receives what is wrong.
    """
    described = document.fields("descriptions")
    descriptions = described.values if described else {}
    parameters: dict[str, Parameter] = {}
    for keyword, position, fields in document.records("elements"):
        text = described.text(keyword) if described else ""
        parameters[keyword] = _element(keyword, position, fields, text, report)
    for keyword, position, fields in document.records("data_sets"):
        if keyword in parameters:
            report.add(position, "duplicate-keyword", keyword=keyword)
            continue
        text = described.text(keyword) if described else ""
        parameters[keyword] = Parameter(keyword, fields.text("name"), text)
    for keyword in descriptions:
        if described and keyword not in parameters and not _is_written(document, keyword):
            position = described.keys[keyword]
            close = hint(keyword, parameters)
            report.add(position, "unknown-keyword", keyword=keyword, hint=close)
    _check_together(document, parameters, report)
    return parameters


def _is_written(document: Fields, keyword: str) -> bool:
    groups = (document.fields("elements"), document.fields("data_sets"))
    return any(keyword in group.keys for group in groups if group)


def _element(
    keyword: str, position: Position, fields: Fields, description: str, report: Report
) -> Parameter:
    vr = fields.text("vr")
    if vr and vr not in VRS:
        at = fields.keys["vr"]
        report.add(at, "unsupported-vr", keyword=keyword, vr=vr, known=listed(VRS))
    role = Role(fields.text("role")) if fields.text("role") else None
    if role and vr and vr != _ROLE_VR[role]:
        report.add(
            position, "role-vr", keyword=keyword, role=role.value, expected=_ROLE_VR[role], vr=vr
        )
    values = _values(keyword, fields, report)
    none, present = fields.number("none"), fields.number("present")
    if role is Role.DATA_SET_TYPE:
        if none is None or present is None or none == present:
            report.add(position, "data-set-type-values", keyword=keyword)
    else:
        for key in ("none", "present"):
            if key in fields.keys:
                report.add(fields.keys[key], "not-data-set-type", keyword=keyword, key=key)
    tag = fields.text("tag")
    return Parameter(
        keyword,
        fields.text("name"),
        description,
        tag=int(tag[1:5] + tag[6:10], 16) if tag else 0,
        vr=vr,
        vm=fields.text("vm"),
        role=role,
        values=values,
        equals=fields.text("equals") or None,
        none=none,
        present=present,
    )


def _values(keyword: str, fields: Fields, report: Report) -> Mapping[str, int]:
    named = fields.fields("values")
    if named is None:
        return {}
    vr = fields.text("vr")
    if vr in VRS and VRS[vr].maximum is None:
        report.add(fields.keys["values"], "values-vr", keyword=keyword, vr=vr)
    return {name: item.value for name, item in named.values.items() if isinstance(item, Number)}


def _check_together(document: Fields, parameters: dict[str, Parameter], report: Report) -> None:
    places = {
        keyword: position
        for group in ("elements", "data_sets")
        for keyword, position, _ in document.records(group)
    }
    _check_tags(places, parameters, report)
    names: dict[str, str] = {}
    roles: dict[Role, str] = {}
    for keyword, parameter in parameters.items():
        position = places[keyword]
        if parameter.name and names.setdefault(parameter.name.lower(), keyword) != keyword:
            other = names[parameter.name.lower()]
            report.add(position, "duplicate-name", keyword=keyword, other=other)
        role = parameter.role
        if role and roles.setdefault(role, keyword) != keyword:
            report.add(
                position, "duplicate-role", keyword=keyword, other=roles[role], role=role.value
            )
        if not parameter.description and "descriptions" in document.keys:
            described = document.fields("descriptions")
            if described is None or keyword not in described.keys:
                report.add(position, "missing-description", keyword=keyword)
        if parameter.equals is not None:
            source = parameters.get(parameter.equals)
            if source is None or source is parameter or source.vr != parameter.vr:
                report.add(position, "equals-element", keyword=keyword, other=parameter.equals)
    for role in Role:
        if role not in roles and "elements" in document.values:
            report.add(document.keys["elements"], "missing-role", role=role.value)


def _check_tags(
    places: Mapping[str, Position], parameters: Mapping[str, Parameter], report: Report
) -> None:
    owners: dict[int, str] = {}
    previous: Parameter | None = None
    for keyword, parameter in parameters.items():
        tag = parameter.tag
        if not tag and parameter.role is not Role.GROUP_LENGTH:
            continue
        if tag is None:
            continue
        if tag in owners:
            report.add(places[keyword], "duplicate-tag", keyword=keyword, other=owners[tag])
        elif previous is not None and previous.tag is not None and tag < previous.tag:
            other = next(owners[known] for known in sorted(owners) if known > tag)
            report.add(places[keyword], "tag-order", keyword=keyword, other=other)
        else:
            previous = parameter
        owners.setdefault(tag, keyword)
