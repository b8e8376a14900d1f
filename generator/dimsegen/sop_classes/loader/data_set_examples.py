"""Build the examples of a file, and hold them against its tables."""

from __future__ import annotations

from collections.abc import Iterator

from ...reading.problems import Report
from ...reading.values import Fields, Items, Value, Word
from ..examples.conformity import faults
from ..examples.python_values import fault_in
from ..examples.tables_of_message import is_about, parts_of
from ..model import Dictionary, Example, File, Given, SOPClasses
from .known_attributes import tag_of

_SEQUENCE = "SQ"


def build_examples(document: Fields, dictionary: Dictionary, report: Report) -> Iterator[Example]:
    """Yield the examples of a file, as they are written."""
    written = document.values.get("examples")
    for fields in written.items if isinstance(written, Items) else ():
        data_set = fields.fields("data_set") if isinstance(fields, Fields) else None
        if isinstance(fields, Fields) and data_set is not None:
            service, _, direction = fields.text("message").partition(" ")
            yield Example(
                fields.text("title"),
                service,
                direction,
                fields.quoted_number("type"),
                fields.texts("sop_classes"),
                tuple(_attributes(data_set, dictionary, report)),
                fields.position,
            )


def _attributes(fields: Fields, dictionary: Dictionary, report: Report) -> Iterator[Given]:
    for keyword, value in fields.values.items():
        position = fields.keys[keyword]
        tag = tag_of(keyword, position, dictionary, report)
        if tag is None:
            continue
        vr = dictionary.vr(keyword)
        words = _words(value)
        items = [each for each in _items(value) if isinstance(each, Fields)]
        if (words and vr == _SEQUENCE) or (items and vr != _SEQUENCE):
            right = "items" if vr == _SEQUENCE else "a value"
            report.add(position, "example-kind", keyword=keyword, vr=vr, right=right)
            continue
        given = tuple(word.text for word in words if word.text)
        if why := fault_in(vr, given):
            facts = {"keyword": keyword, "text": ", ".join(given), "vr": vr, "why": why}
            report.add(position, "example-value", **facts)
        inner = tuple(tuple(_attributes(each, dictionary, report)) for each in items)
        yield Given(keyword, vr, given, inner, position)


def _items(value: Value) -> tuple[Value, ...]:
    return value.items if isinstance(value, Items) else ()


def _words(value: Value) -> list[Word]:
    each = [value] if isinstance(value, Word) else _items(value)
    return [word for word in each if isinstance(word, Word)]


def check_examples(model: SOPClasses, report: Report) -> None:
    """Report examples that no table is about, and those that break a rule of one."""
    for file in model.files:
        for example in file.examples:
            if not _has_table(model, file, example):
                report.add(example.position, "example-message", message=example.message)
                continue
            for fault in faults(model, file, example):
                facts = {"path": fault.path, "text": fault.text}
                report.add(fault.position, "example-breaks", **facts)


def _has_table(model: SOPClasses, file: File, example: Example) -> bool:
    about = [each for each in file.sop_classes if each.has(example)]
    parts = parts_of(model, file, example.service, example.direction, example.type_id)
    return any(is_about(part.table, each) for part in parts for each in about)
