"""Build the waivers from `waivers.yaml`.

A waiver says which change of which cell it accepts and why. Whether there is such a change, only a
comparison can tell; so a waiver may name what no longer exists.
"""

from __future__ import annotations

from datetime import date

from ..reading.parser import parse
from ..reading.problems import Report, SchemaError
from ..reading.reader import Reader
from ..reading.shapes import Key, ListOf, Record
from ..reading.values import Fields, Items
from .terms import CHANGE, DATE, RULE, SENTENCE, WAIVED_CELL
from .waiver import Waiver

#: What is said of a rule that is broken.
RULES: dict[str, str] = {
    "no-date": "expires: {text} is no day of the calendar: correct it",
    "duplicate-waiver": "{cell}: line {line} waives this change already: remove one of them",
}

WAIVER = Record(
    "waiver",
    {
        "cell": Key(WAIVED_CELL, "The cell, as the finding prints it.", is_required=False),
        "rule": Key(RULE, "The rule."),
        "change": Key(CHANGE, "What was written before and after."),
        "reason": Key(SENTENCE, "Why the change is accepted."),
        "reference": Key(SENTENCE, "Where that was decided.", is_required=False),
        "expires": Key(DATE, "The last day on which it counts.", is_required=False),
    },
)

WAIVERS = Record("waivers", {"waivers": Key(ListOf(WAIVER), "The findings that are accepted.")})


def load_waivers(text: str, file: str) -> tuple[Waiver, ...]:
    """Return the waivers in `text`, the content of ``waivers.yaml``; none if it is empty.

    Raises
    ------
    SchemaError
        If anything is wrong; positions name `file`.
    """
    if not text.strip():
        return ()
    report = Report(RULES)
    root = parse(text, file, report)
    document = Reader(root, report).read(WAIVERS, root)
    waivers = build_waivers(document, report) if isinstance(document, Fields) else ()
    if report.problems:
        raise SchemaError(report.problems, {file: text})
    return waivers


def build_waivers(document: Fields, report: Report) -> tuple[Waiver, ...]:
    """Return the waivers in `document`, read as `WAIVERS`; report what is given twice."""
    entries = document.values.get("waivers")
    items = entries.items if isinstance(entries, Items) else ()
    found: dict[tuple[str, str, str], Waiver] = {}
    for fields in items:
        if not (isinstance(fields, Fields) and fields.is_whole):
            continue
        waiver = _waiver(fields, report)
        first = found.setdefault((waiver.cell, waiver.rule, waiver.change), waiver)
        if first is not waiver:
            facts = {"cell": waiver.cell or waiver.rule, "line": first.position.line}
            report.add(waiver.position, "duplicate-waiver", **facts)
    return tuple(found.values())


def _waiver(fields: Fields, report: Report) -> Waiver:
    return Waiver(
        cell=fields.text("cell"),
        rule=fields.text("rule"),
        change=fields.text("change"),
        reason=fields.text("reason"),
        reference=fields.text("reference"),
        expires=_expires(fields, report),
        position=fields.position,
    )


def _expires(fields: Fields, report: Report) -> date | None:
    text = fields.text("expires")
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        report.add(fields.place("expires"), "no-date", text=text)
        return None
