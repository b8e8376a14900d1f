"""What has changed in words only.

Nothing here decides whether a message is valid. Each text that was edited is a finding of its own,
so that every difference between two schemas is seen.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass

from ...reading.position import Position
from ...sets.cell_findings import cell_of, equal_to
from ...sets.diff_rules import stated
from ...sets.finding import Finding, ends_of
from ...sets.pair import in_both, nearest
from ...table.erratum import Erratum
from ..family import STANDARD, elements_in
from ..model import DEFAULT_REPERTOIRE, Message, Parameter, RetiredElement, Row, Schema, Service
from .version import Pair

_RULE = "documentation-edited"
_NOTHING = "nothing"
_CHARACTERS = {"": "those of its VR", DEFAULT_REPERTOIRE: "Default Character Repertoire"}


@dataclass(frozen=True)
class _Subject:
    """What a text is about."""

    name: str
    service: str = ""
    direction: str = ""
    parameter: Parameter | None = None
    reference: str = STANDARD
    position: Position | None = None
    is_answer: bool = False

    def findings(self, texts: Iterable[tuple[str, str, str]]) -> Iterator[Finding]:
        """Yield those of `texts` (what it is, old, new) that differ."""
        verdicts = stated(_RULE)
        for what, old, new in texts:
            if old != new:
                yield Finding(
                    _RULE,
                    f"The {what} of {self.name} was edited",
                    self.service,
                    self.direction,
                    self.parameter,
                    old or _NOTHING,
                    new or _NOTHING,
                    verdicts.senders,
                    verdicts.receivers,
                    self.reference,
                    self.position,
                    actors=(ends_of(is_answer=self.is_answer),) if self.direction else (),
                )


def service_texts(pair: Pair) -> Iterator[Finding]:
    """Yield what was edited in the words of a service."""
    old, new = pair.old.service, pair.new.service
    section = f"{new.standard.name} {new.section}, Table {new.table}"
    subject = _Subject(pair.name, pair.name, reference=section, position=new.position)
    yield from subject.findings(_of_service(old, new))
    for keyword, row in pair.new.rows.items():
        if keyword in pair.old.rows:
            about, where = f"{row.parameter.name} of {pair.name}", pair.reference(keyword)
            subject = _Subject(about, pair.name, "", row.parameter, where, row.position)
            before = pair.old.rows[keyword]
            yield from subject.findings([*_of_row(before, row), *_of_equality(pair, before, row)])
    yield from _examples(pair)
    for column, message in new.messages.items():
        if column in old.messages:
            reference = f"{new.standard.name} {message.section}, Table {message.table}"
            place, is_answer = message.position, bool(new.columns[column].answers)
            subject = _Subject(message.name, pair.name, column, None, reference, place, is_answer)
            yield from subject.findings(_of_message(old.messages[column], message))


def _examples(pair: Pair) -> Iterator[Finding]:
    """Yield the examples that were edited, but for those that came or went with their cell."""
    for column in pair.columns:
        is_answer = bool(pair.new.service.columns[column].answers)
        before, after = (v.service.examples.get(column, {}) for v in (pair.old, pair.new))
        for keyword in in_both(before, after):
            usages = [
                cell_of(version.rows.get(keyword), column).usage for version in (pair.old, pair.new)
            ]
            if usages[0].is_forbidden is usages[1].is_forbidden:
                about = f"{keyword} in the {column} of {pair.name}"
                reference = f"{pair.part} {pair.new.service.section}"
                place = pair.new.service.position
                subject = _Subject(about, pair.name, column, None, reference, place, is_answer)
                old, new = (str(each.get(keyword, "")) for each in (before, after))
                yield from subject.findings([("example", old, new)])


def _of_service(old: Service, new: Service) -> Iterator[tuple[str, str, str]]:
    yield "summary", old.summary, new.summary
    yield "section", old.section, new.section
    yield "table", old.table, new.table
    for column in new.columns:
        if column in old.columns:
            yield (
                f"heading of the {column} column",
                old.columns[column].heading,
                new.columns[column].heading,
            )
    yield "order of the columns", *_order(old.columns, new.columns)
    yield "order of the rows", *_order(_keywords(old), _keywords(new))
    statuses = ([each.identifier for each in service.statuses] for service in (old, new))
    yield "order of the statuses", *_order(*statuses)


def _keywords(service: Service) -> list[str]:
    return [row.keyword for row in service.rows]


def _order(old: Iterable[str], new: Iterable[str]) -> tuple[str, str]:
    """Return the names that both have, in either order."""
    before, after = list(old), list(new)
    shared = set(before) & set(after)
    return (
        ", ".join(each for each in before if each in shared),
        ", ".join(each for each in after if each in shared),
    )


def _of_row(old: Row, new: Row) -> Iterator[tuple[str, str, str]]:
    yield "clause", old.clause, new.clause
    yield "description", _own_description(old), _own_description(new)


def _of_equality(pair: Pair, old: Row, new: Row) -> Iterator[tuple[str, str, str]]:
    """Yield what the table printed and prose states now, or the other way round."""
    for column in pair.columns:
        cells = old.cells[column], new.cells[column]
        is_printed = [cell.is_equal_to_left for cell in cells]
        sources = [equal_to(pair, row, column) for row in (old, new)]
        if sources[0] == sources[1] and is_printed[0] != is_printed[1]:
            yield f"{column} cell", str(cells[0]), str(cells[1])


def _own_description(row: Row) -> str:
    """Return the description that the service gives, empty where it takes that of the element."""
    return "" if row.description == row.parameter.description else row.description


def _of_message(old: Message, new: Message) -> Iterator[tuple[str, str, str]]:
    yield "name", old.name, new.name
    yield "section", old.section, new.section
    yield "table", old.table, new.table
    yield "primitive", old.primitive or "", new.primitive or ""
    fields = ([field.parameter.keyword for field in each.fields] for each in (old, new))
    yield "order of the fields", *_order(*fields)


def shared_texts(old: Schema, new: Schema) -> Iterator[Finding]:
    """Yield what was edited in the words that services share."""
    # An edition itself states none: that it is another one is no change of what it says.
    if old.edition and new.edition:
        one = _Subject("schemas", position=_first(new))
        yield from one.findings([("edition", old.edition, new.edition)])
    yield from _element_texts(old, new)
    yield from _retired(old, new)
    yield from _annex_texts(old, new)
    yield from _errata(old, new)


def _retired(old: Schema, new: Schema) -> Iterator[Finding]:
    """Yield the retired elements that came, went or changed: no message has them."""
    before, after = ({each.keyword: each for each in schema.retired} for schema in (old, new))
    for keyword in in_both(before, after):
        was, is_now = before.get(keyword), after.get(keyword)
        entry = is_now or was
        place = is_now.position if is_now else _first(new)
        subject = _Subject(entry.name if entry else "", reference=f"{STANDARD} E.2", position=place)
        yield from subject.findings([("retirement", _of_retired(was), _of_retired(is_now))])


def _of_retired(element: RetiredElement | None) -> str:
    if element is None:
        return ""
    tag = f"({element.tag >> 16:04X},{element.tag & 0xFFFF:04X})"
    allowed = f", allowed by {element.allowed_by}" if element.allowed_by else ""
    return f"{element.name} {tag} {element.vr} {element.vm}{allowed}"


def _element_texts(old: Schema, new: Schema) -> Iterator[Finding]:
    for keyword, parameter in new.parameters.items():
        before = old.parameters.get(keyword)
        if before is not None:
            reference = elements_in(parameter.standard)
            subject = _Subject(keyword, "", "", parameter, reference, parameter.position)
            yield from subject.findings(_of_element(before, parameter))
    one = _Subject("elements", reference=elements_in(new.standards[0]), position=_first(new))
    yield from one.findings([("order", *_order(old.parameters, new.parameters))])


def _of_element(old: Parameter, new: Parameter) -> Iterator[tuple[str, str, str]]:
    yield "name", old.name, new.name
    yield "description", old.description, new.description
    # A command set has no Specific Character Set, so that no other characters ever were allowed.
    yield "character repertoire", _CHARACTERS[old.repertoire], _CHARACTERS[new.repertoire]
    if set(old.values.values()) == set(new.values.values()):
        names = (", ".join(f"{n} {v:#06x}" for n, v in p.values.items()) for p in (old, new))
        before, after = names
        yield "naming of the values", before, after


def _first(schema: Schema) -> Position | None:
    return next((each.position for each in schema.parameters.values()), None)


def _annex_texts(old: Schema, new: Schema) -> Iterator[Finding]:
    for before, after in (
        (old.status_classes, new.status_classes),
        (old.status_types, new.status_types),
    ):
        known = {each.identifier: each for each in before}
        for each in after:
            was = known.get(each.identifier)
            if was is not None:
                where = f"{each.standard.name} {each.clause}"
                subject = _Subject(each.name, reference=where, position=each.position)
                texts = (("name", was.name, each.name), ("clause", was.clause, each.clause))
                yield from subject.findings(texts)


def _errata(old: Schema, new: Schema) -> Iterator[Finding]:
    shared = _cells(old) & _cells(new)
    places = {name: each.position for name, each in new.errata.items() if each.position}
    for name in in_both(old.errata, new.errata):
        place = places.get(name) or nearest(name, list(old.errata), places)
        subject = _Subject(f"erratum {name}", position=place)
        was, is_now = old.errata.get(name), new.errata.get(name)
        yield from subject.findings(_of_erratum(was, is_now, shared))


def _cells(schema: Schema) -> set[tuple[str, str]]:
    return {(service.name, row.keyword) for service in schema.services for row in service.rows}


def _of_erratum(
    old: Erratum | None, new: Erratum | None, shared: Container[tuple[str, str]]
) -> Iterator[tuple[str, str, str]]:
    if old is None or new is None:
        yield "title", old.title if old else "", new.title if new else ""
        return
    yield "title", old.title, new.title
    yield "clause", old.clause, new.clause
    yield "other clause", old.other_clause, new.other_clause
    yield "decision", old.decision, new.decision
    # A row that came or went is a finding of its own.
    before, after = (
        ", ".join(".".join(cell) for cell in each.applies_to if cell in shared)
        for each in (old, new)
    )
    yield "cells", before, after
