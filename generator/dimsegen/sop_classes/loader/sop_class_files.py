"""Build the files that describe SOP classes."""

from __future__ import annotations

from collections.abc import Iterator, Set
from dataclasses import replace
from functools import cache

from pydicom._uid_dict import UID_dictionary

from ...reading.position import Position
from ...reading.problems import Report
from ...reading.values import Fields, Items
from ...table.usage import Usage
from ..model import (
    ACTION,
    Dictionary,
    File,
    Levels,
    Service,
    SOPClass,
    Status,
    StatusTable,
    services_below,
)
from .attribute_tables import Expander, build_tables
from .data_set_examples import build_examples
from .instance_states import build_states
from .known_attributes import tag_of
from .legends import Legends

MANDATORY, OPTIONAL = Usage.MANDATORY.value, Usage.OPTIONAL.value
_KEYWORD = 4


@cache
def uids() -> dict[str, str]:
    """Return the UID of every keyword in the dictionary."""
    return {entry[_KEYWORD]: uid for uid, entry in UID_dictionary.items() if entry[_KEYWORD]}


def build_file(
    name: str, document: Fields, legends: Legends, expander: Expander, report: Report
) -> File:
    """Return what the file `name` says."""
    tables = build_tables(document, "tables", legends, report)
    states, others = document.fields("states"), document.fields("statuses_of")
    sop_classes = tuple(_sop_classes(name, document, legends, report))
    file = File(
        name,
        sop_classes,
        tuple(expander.expanded(table) for table in tables.values()),
        tuple(_status_tables(document, legends, report)),
        {label: others.text(label) for label in others.values} if others else {},
        build_states(states, report) if states else None,
        _levels(document, legends.dictionary, report),
        tuple(build_examples(document, legends.dictionary, report)),
        document.position,
    )
    _check_services(file, legends, report)
    return file


def _sop_classes(
    name: str, document: Fields, legends: Legends, report: Report
) -> Iterator[SOPClass]:
    for keyword, position, fields in document.records("sop_classes"):
        uid, title = _identity(keyword, position, fields, report)
        if not uid:
            continue
        yield SOPClass(
            keyword,
            uid,
            title,
            fields.text("section"),
            fields.text("table"),
            _group(fields, legends),
            {int(name): pair for name, pair in _pairs(fields, "action_types").items()},
            _pairs(fields, "consists_of"),
            fields.texts("stands_for"),
            name,
            position,
        )


def _identity(keyword: str, position: Position, fields: Fields, report: Report) -> tuple[str, str]:
    """Return UID and name: of a private SOP class those that it is given, else the dictionary's."""
    uid, title = fields.text("uid"), fields.text("name")
    if keyword in uids():
        if uid or title:
            report.add(position, "known-sop-class", name=keyword)
        return uids()[keyword], UID_dictionary[uids()[keyword]][0]
    if not uid or not title:
        report.add_unknown(position, "unknown-sop-class", keyword, uids())
        return "", ""
    if uid in UID_dictionary:
        report.add(position, "uid-of-another", uid=uid, name=UID_dictionary[uid][0])
    return uid, title


def _group(fields: Fields, legends: Legends) -> dict[str, Service]:
    """Return the DIMSE service group; a service that is told by action types is there, too."""
    types = _pairs(fields, "action_types").values()
    usages = [{each.scu for each in types}, {each.scp for each in types}]
    scu, scp = (MANDATORY if MANDATORY in sides else OPTIONAL for sides in usages)
    actions = services_below(legends.columns, ACTION) if types else ()
    return {**_pairs(fields, "services"), **{each: Service(each, scu, scp) for each in actions}}


def _pairs(fields: Fields, key: str) -> dict[str, Service]:
    written = fields.fields(key)
    if written is None:
        return {}
    pairs = {name: written.text(name).partition("/") for name in written.values}
    return {name: Service(name, scu, scp) for name, (scu, _, scp) in pairs.items()}


def _levels(document: Fields, dictionary: Dictionary, report: Report) -> Levels | None:
    written = document.fields("levels")
    if written is None:
        return None
    word = written.word("attribute")
    if word is not None:
        tag_of(word.text, word.position, dictionary, report)
    return Levels(written.text("attribute"), written.text("section"), written.position)


def _status_tables(document: Fields, legends: Legends, report: Report) -> Iterator[StatusTable]:
    # What a response may carry that is no element.
    data_sets = {each.query for each in legends.requests.values()}
    for label, position, fields in document.records("statuses"):
        rows = fields.values.get("rows")
        items = rows.items if isinstance(rows, Items) else ()
        statuses = tuple(
            _status(each, data_sets, legends.dictionary, report)
            for each in items
            if isinstance(each, Fields)
        )
        seen: dict[str, Position] = {}
        for status in statuses:
            for word in filter(None, (status.code, status.name)):
                if word in seen:
                    facts = {"code": word, "line": seen[word].line}
                    report.add(status.position, "second-status", **facts)
                seen.setdefault(word, status.position)
        yield StatusTable(
            label,
            fields.text("section"),
            fields.texts("services"),
            fields.texts("sop_classes"),
            fields.quoted_number("type"),
            statuses,
            position,
        )


def _status(fields: Fields, data_sets: Set[str], dictionary: Dictionary, report: Report) -> Status:
    for word in fields.words("fields"):
        if word.text not in data_sets:
            tag_of(word.text, word.position, dictionary, report, "unknown-field")
    return Status(
        fields.text("code"),
        fields.text("class"),
        fields.text("meaning"),
        fields.text("name"),
        fields.texts("fields"),
        fields.text("comment"),
        fields.text("error_id"),
        fields.position,
    )


def with_statuses_of(files: tuple[File, ...], report: Report) -> tuple[File, ...]:
    """Return `files` with the statuses that they take from each other."""
    tables = {table.label: table for file in files for table in file.statuses}
    found = []
    for file in files:
        taken = []
        for label in file.statuses_of:
            if label in tables:
                # Which SOP classes of its own file it is about says nothing here.
                taken.append(replace(tables[label], sop_classes=()))
            else:
                report.add_unknown(file.position, "unknown-statuses", label, tables)
        found.append(replace(file, statuses=(*file.statuses, *taken)))
    return tuple(found)


def _check_services(file: File, legends: Legends, report: Report) -> None:
    """Report what is about a service that no SOP class of the file has."""
    known = {service for each in file.sop_classes for service in each.services}
    for table in file.tables:
        services = {s for name in table.columns for s in legends.columns[name].services}
        if services and not (services | set(table.also)) & known:
            facts = {"table": table.label, "services": " or ".join(sorted(services))}
            report.add(table.position, "idle-table", **facts)
    names = {each.keyword for each in file.sop_classes}
    named = [(name, each.position) for each in file.tables for name in each.sop_classes]
    named += [(name, each.position) for each in file.statuses for name in each.sop_classes]
    named += [(name, each.position) for each in file.examples for name in each.sop_classes]
    for name, position in named:
        if name not in names:
            report.add_unknown(position, "other-sop-class", name, names)
    for statuses in file.statuses:
        for service in statuses.services:
            if service not in known:
                facts = {"table": statuses.label, "service": service}
                report.add(statuses.position, "idle-statuses", **facts)
