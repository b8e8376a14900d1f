"""Messages that show a change of a SOP class: its services, types and statuses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...sets.finding import Finding
from ..examples.message_code import Message, message_for, message_of
from ..examples.python_values import Content, content_of
from ..model import REQUEST, RESPONSE, File, SOPClass, SOPClasses, StatusTable

_STATUS_RULES = ("status-added", "status-removed")
_TABLE = "Table "


def whole_messages(finding: Finding, model: SOPClasses) -> Iterator[tuple[Content, Message]]:
    """Yield data sets in messages, of which one may be known to one of two versions alone.

    Parameters
    ----------
    finding : Finding
        It is about a SOP class, or about a table as a whole.
    model : SOPClasses
        The version that knows the message.
    """
    label = finding.service.removeprefix(_TABLE)
    for file in model.files:
        if finding.rule in _STATUS_RULES:
            for table in file.statuses:
                if table.label == label:
                    yield from _with_status(finding, table, file, model)
            continue
        is_of_file = any(table.label == label for table in file.tables)
        for sop_class in file.sop_classes:
            if is_of_file or sop_class.keyword == finding.service:
                yield from _of_class(sop_class, file, model)


def _of_class(
    sop_class: SOPClass, file: File, model: SOPClasses
) -> Iterator[tuple[Content, Message]]:
    """Yield the examples of a SOP class, and a request without data set of each service."""
    for example in file.examples:
        if sop_class.has(example):
            yield content_of(example.data_set), message_for(model, sop_class, example)
    for service in sop_class.services:
        if service in model.requests:
            yield {}, message_of(model, sop_class, service, REQUEST, None)


def _with_status(
    finding: Finding, table: StatusTable, file: File, model: SOPClasses
) -> Iterator[tuple[Content, Message]]:
    code = finding.new or finding.old
    for sop_class in file.sop_classes:
        for service in table.services:
            is_meant = not table.sop_classes or sop_class.keyword in table.sop_classes
            if is_meant and service in sop_class.services and service in model.requests:
                made = message_of(model, sop_class, service, RESPONSE, table.type_id)
                # Of a code such as B0xx any will do.
                yield {}, replace(made, status=int(code.replace("x", "0"), 16))
