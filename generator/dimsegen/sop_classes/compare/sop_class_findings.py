"""What changed in SOP classes, their services, types, statuses and states, and in the errata."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...sets.finding import Finding
from ...sets.told import Subject
from ...sets.verdicts import KEEPS, NARROWS, REPLACES, WIDENS
from ..family import FAMILY
from ..model import SOPClass, SOPClasses, States, Status, StatusTable, Type
from ..printed_lines import tables_of
from .owners import is_told_with_its_sop_classes

_LINE, _USAGE = "attribute-line", "attribute-usage"


def sop_class_findings(old: SOPClasses, new: SOPClasses) -> Iterator[Finding]:
    """Yield every finding that is about no row of an attribute table."""
    before = {each.keyword: each for each in old.sop_classes}
    after = {each.keyword: each for each in new.sop_classes}
    for keyword, sop_class in after.items():
        subject = _about(sop_class)
        if keyword not in before:
            yield subject.finding("service-added", f"{sop_class.name} is new", ("", keyword))
        else:
            yield from _services(before[keyword], sop_class, subject)
    for keyword, sop_class in before.items():
        if keyword not in after:
            text = f"{sop_class.name} is gone"
            yield _about(sop_class).finding("service-removed", text, (keyword, ""))
    yield from _private(old, new)
    yield from _types(old, new)
    yield from _statuses(old, new)
    yield from _states(old, new)
    yield from _errata(old, new)


def _about(sop_class: SOPClass) -> Subject:
    reference = FAMILY.cited(sop_class.section, sop_class.table)
    return Subject(sop_class.name, sop_class.keyword, reference, sop_class.position)


def _services(old: SOPClass, new: SOPClass, subject: Subject) -> Iterator[Finding]:
    for name, service in new.services.items():
        was = old.services.get(name)
        usage = f"{service.scu}/{service.scp}"
        if was is None:
            text = f"{new.name} has {name}"
            yield subject.finding("service-added", text, ("", f"{name} {usage}"))
        elif was != service:
            text = f"{name} of {new.name} is {usage} now"
            before = f"{name} {was.scu}/{was.scp}"
            yield subject.finding(_USAGE, text, (before, f"{name} {usage}"), REPLACES)
    for name, service in old.services.items():
        if name not in new.services:
            text = f"{new.name} has no {name}"
            usage = f"{name} {service.scu}/{service.scp}"
            yield subject.finding("service-removed", text, (usage, ""))


def _private(old: SOPClasses, new: SOPClasses) -> Iterator[Finding]:
    """Yield what changed in private attributes, wherever they are used."""
    for keyword, each in {**old.private, **new.private}.items():
        was, is_now = old.private.get(keyword), new.private.get(keyword)
        subject = Subject(each.name, keyword, f"private creator {each.creator}", each.position)
        if was is None or is_now is None:
            rule, what = ("element-added", "is new") if is_now else ("element-removed", "is gone")
            change = ("", keyword) if is_now else (keyword, "")
            yield subject.finding(rule, f"{each.name} {what}", change, KEEPS)
            continue
        if was.on_the_wire != is_now.on_the_wire:
            text = f"{each.name} was {was.on_the_wire} and is {is_now.on_the_wire}"
            change = was.on_the_wire, is_now.on_the_wire
            yield subject.finding("element-changed", text, change, REPLACES)
        yield from subject.edited("name", was.name, is_now.name)
        yield from subject.edited("VM", was.vm, is_now.vm)


def _types(old: SOPClasses, new: SOPClasses) -> Iterator[Finding]:
    before, after = _all_types(old), _all_types(new)
    for (label, number), (each, section) in (before | after).items():
        key = (label, number)
        subject = Subject(
            f"type {number}", f"Table {label}", FAMILY.cited(section, label), each.position
        )
        if key not in before:
            text = f"Table {label} has the type {number}"
            verdicts = KEEPS if is_told_with_its_sop_classes(label, new, old) else WIDENS
            yield subject.finding(_LINE, text, ("", each.name), verdicts)
        elif key not in after:
            text = f"Table {label} has no type {number}"
            verdicts = KEEPS if is_told_with_its_sop_classes(label, old, new) else NARROWS
            yield subject.finding(_LINE, text, (each.name, ""), verdicts)
        else:
            yield from subject.edited("name", before[key][0].name, each.name)


def _all_types(model: SOPClasses) -> dict[tuple[str, int], tuple[Type, str]]:
    return {
        (table.label, each.id): (each, table.section)
        for table in tables_of(model)
        for each in (*table.event_types, *table.action_types)
    }


def _statuses(old: SOPClasses, new: SOPClasses) -> Iterator[Finding]:
    before, after = _all_statuses(old), _all_statuses(new)
    for (label, code), (status, table) in (before | after).items():
        key = (label, code)
        reference = FAMILY.cited(table.section, label)
        subject = Subject(code, f"Table {label}", reference, status.position)
        if key not in before:
            text = f"Table {label} has the status {code}"
            verdicts = KEEPS if is_told_with_its_sop_classes(label, new, old) else None
            yield subject.finding("status-added", text, ("", code), verdicts)
        elif key not in after:
            text = f"Table {label} has no status {code}"
            verdicts = KEEPS if is_told_with_its_sop_classes(label, old, new) else None
            yield subject.finding("status-removed", text, (code, ""), verdicts)
        else:
            was = before[key][0]
            yield from subject.edited("class", was.status_class, status.status_class)
            yield from subject.edited("meaning", was.meaning, status.meaning)
            yield from subject.edited("name", was.name, status.name)


def _all_statuses(model: SOPClasses) -> dict[tuple[str, str], tuple[Status, StatusTable]]:
    return {
        (table.label, status.code): (status, table)
        for file in model.files
        for table in file.statuses
        for status in table.statuses
    }


def _states(old: SOPClasses, new: SOPClasses) -> Iterator[Finding]:
    before = {file.name: file.states for file in old.files if file.states}
    for file in new.files:
        if file.states is None:
            continue
        cells, was = _outcomes(file.states), before.get(file.name)
        then = _outcomes(was) if was else {}
        for key in dict.fromkeys([*then, *cells]):
            if then.get(key) != cells.get(key):
                reference = FAMILY.cited(file.states.section)
                subject = Subject(key, file.name, reference, file.states.position)
                text = f"{key}: {then.get(key, 'nothing')} became {cells.get(key, 'nothing')}"
                change = then.get(key, ""), cells.get(key, "")
                yield subject.finding("transition-changed", text, change)


def _outcomes(states: States) -> Mapping[str, str]:
    return {
        f"{transition.event} in {state}": " or ".join(filter(None, (to.state, to.status)))
        for transition in states.transitions
        for state, to in transition.outcomes.items()
    }


def _errata(old: SOPClasses, new: SOPClasses) -> Iterator[Finding]:
    before = {each.identifier: each for each in old.errata}
    for each in new.errata:
        subject = Subject(f"erratum {each.identifier}", "", FAMILY.part, each.position)
        was = before.get(each.identifier)
        for what in ("title", "clause", "other_clause", "decision"):
            then = getattr(was, what) if was else ""
            yield from subject.edited(what.replace("_", " "), then, getattr(each, what))
