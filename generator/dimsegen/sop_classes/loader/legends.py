"""Build what the columns and the usage codes mean, and how an SCP answers what breaks a rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache, cached_property

from ...reading.position import Position
from ...reading.problems import Report
from ...reading.values import Fields
from ..model import (
    Answer,
    Cell,
    Column,
    ColumnKind,
    Dictionary,
    Presence,
    RequestParameters,
    Usage,
)
from .known_attributes import tag_of

_CONDITIONAL = re.compile(r"(?<=[0-9A-Z])C(?=/|$)")


@dataclass(frozen=True)
class Legends:
    """What usages.yaml says, and what the keywords of attributes mean."""

    columns: Mapping[str, Column]
    requests: Mapping[str, RequestParameters]
    usages: Mapping[str, Mapping[str, Usage]]
    answers: Mapping[str, Answer]
    attributes: Mapping[str, str]
    dictionary: Dictionary

    def cell(self, column: str, code: str) -> Cell | None:
        """Return the cell with `code` below `column`, without conditions; None if there is none."""
        return self._cell_of(column, code)

    @cached_property
    def _cell_of(self) -> Callable[[str, str], Cell | None]:
        return cache(self._cell)

    def _cell(self, column: str, code: str) -> Cell | None:
        if not code:
            return Cell(code, None)
        usages = self.usages[self.columns[column].legend]
        sides = [_CONDITIONAL.search(side) is not None for side in code.split("/")]
        usage = usages.get(code) or usages.get(_CONDITIONAL.sub("", code))
        if usage is None:
            return None
        if code in usages:
            sides = [False]
        return Cell(code, usage, is_scu_conditional=sides[0], is_scp_conditional=sides[-1])


# The keys of a request that name one of its parameters.
_NAMING = ("sop_class", "type", "asks", "query")


def build_legends(document: Fields, dictionary: Dictionary, report: Report) -> Legends:
    """Return what `document` says."""
    usages = {
        legend: {code: _usage(code, place, fields) for code, place, fields in codes.records()}
        for legend, _, codes in document.records("legends")
    }
    requests = {service: _request(fields) for service, _, fields in document.records("requests")}
    columns = {}
    for name, _, fields in document.records("columns"):
        columns[name] = Column(
            name,
            ColumnKind(fields.text("kind")),
            fields.texts("services"),
            fields.text("direction"),
            fields.text("legend"),
            fields.text("sender"),
        )
        _check_legend(fields, fields.text("legend"), usages, report)
        for word in fields.words("services"):
            if word.text not in requests:
                report.add(word.position, "unknown-request", service=word.text)
    answers = {
        rule: Answer(fields.text("status"), fields.text("see"))
        for rule, _, fields in document.records("answers")
    }
    attributes = _attributes(document, dictionary, report)
    return Legends(columns, requests, usages, answers, attributes, dictionary)


def _request(fields: Fields) -> RequestParameters:
    """Return which parameters of a request say what data sets are about, and where."""
    sop_class, type_id, asks, query = map(fields.text, _NAMING)
    places = {fields.text(key): fields.place(key) for key in _NAMING if fields.text(key)}
    return RequestParameters(sop_class, type_id, asks, query, fields.text("status"), places)


def _attributes(document: Fields, dictionary: Dictionary, report: Report) -> dict[str, str]:
    """Return the keyword of each attribute that is the same thing in every data set."""
    written = document.fields("attributes")
    found = {}
    for name in written.values if written else ():
        assert written is not None
        found[name] = written.text(name)
        tag_of(found[name], written.place(name), dictionary, report)
    return found


def _usage(code: str, position: Position, fields: Fields) -> Usage:
    return Usage(
        code,
        Presence(fields.text("scu")),
        Presence(fields.text("scp")),
        fields.text("empty") == "permitted",
        fields.text("text"),
        fields.text("see"),
        fields.texts("states"),
        position,
    )


def _check_legend(
    fields: Fields, name: str, usages: Mapping[str, Mapping[str, Usage]], report: Report
) -> None:
    word = fields.word("legend")
    position: Position = word.position if word else fields.position
    if name not in usages:
        report.add_unknown(position, "unknown-legend", name, usages)
