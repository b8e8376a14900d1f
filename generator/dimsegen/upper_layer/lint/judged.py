"""Find what nobody needs and what is missing, in schemas of the Upper Layer that load."""

from __future__ import annotations

import re
from pathlib import Path

from ...data import folder_of
from ...reading.extending import base_of
from ...reading.order import misplaced
from ...reading.places import Disk, Place
from ...reading.position import Position
from ...reading.problems import Report
from ...style.canonical import Review, check_form, review_of
from ..documents import DOCUMENTS, EXTENDING
from ..form import NO_WIDTH
from ..loader import load_schema, read_folder
from ..model import Kind, Machine, UpperLayer, ValueKind
from .objections import RULES

# Table 9-10 has a column for each of the thirteen states.
_LONGEST = 320


def review(folder: Path | Place, *, extends: bool = False) -> Review:
    """Return what breaks a rule of style in `folder`, with the files it is in.

    What the folder extends is not looked at.

    Raises
    ------
    SchemaError
        If the schemas do not load.
    """
    place = Disk(folder) if isinstance(folder, Path) else folder
    layer = load_schema(place, extends=extends)
    report = Report(RULES)
    files = read_folder(place, Report(), extends=extends)
    is_partial = base_of(place, folder_of("schemas"), extends=extends) is not None
    shapes = EXTENDING if is_partial else DOCUMENTS
    check_form(shapes, [(each, NO_WIDTH) for each in files], report, longest=_LONGEST)
    _rows(layer, report)
    _structures(layer, report)
    _machine(layer.machine, report)
    _errata(layer, report)
    return review_of(report, files, layer.overrides)


def _rows(layer: UpperLayer, report: Report) -> None:
    for service in layer.services:
        for row in service.rows:
            if not row.clause and row.kind is not ValueKind.UNUSED:
                report.add(row.position, "missing-clause", keyword=row.name)


def _structures(layer: UpperLayer, report: Report) -> None:
    structures = layer.structures.values()
    inside = {each.class_name for structure in structures for each in structure.contains}
    received = {event.pdu for event in layer.machine.events}
    for each in structures:
        if each.kind is Kind.PDU and each.class_name not in received:
            report.add(each.position, "unreceived-pdu", name=each.class_name)
        # Sub-fields stand in a field, whose values they are.
        if each.kind in (Kind.ITEM, Kind.SUB_ITEM) and each.class_name not in inside:
            report.add(each.position, "unused-structure", name=each.class_name)


def _machine(machine: Machine, report: Report) -> None:
    acted = {each.action for each in machine.transitions}
    ended = {state for each in machine.transitions for state in each.next}
    happened = {each.event for each in machine.transitions}
    checks = (
        (machine.actions, acted, "unused-action"),
        # The first one is where every association begins.
        (machine.states[1:], ended, "unreached-state"),
        (machine.events, happened, "idle-event"),
    )
    for items, used, rule in checks:
        for each in items:
            if each.name not in used:
                report.add(each.position, rule, name=each.name)


def _errata(layer: UpperLayer, report: Report) -> None:
    numbers = {each.identifier: int(re.sub(r"\D", "", each.identifier)) for each in layer.errata}
    places: dict[str, Position | None] = {each.identifier: each.position for each in layer.errata}
    for identifier, where in misplaced(numbers).items():
        position = places[identifier]
        assert position is not None, "what was loaded has a place"
        report.add(position, "erratum-order", identifier=identifier, place=where)
