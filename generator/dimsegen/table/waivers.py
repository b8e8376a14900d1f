"""Build the waivers from `waivers.yaml`.

Invariant: a waiver says which change of which cell it accepts and why. Whether there is such a
change, only a comparison can tell; so a waiver may name what no longer exists.
"""

from __future__ import annotations

from datetime import date

from ..reading.problems import Report
from ..reading.values import Fields, Items
from .waiver import Waiver


def build_waivers(document: Fields, report: Report) -> tuple[Waiver, ...]:
    """Return the waivers in `document`, read as `documents.WAIVERS`; report what is given twice."""
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
    # Only services are all capitals, and only columns all small.
    parts = fields.text("cell").split(" ")
    return Waiver(
        service=next((part for part in parts if part.isupper()), ""),
        direction=next((part for part in parts if part.islower()), ""),
        keyword=next((p for p in parts if p and not (p.isupper() or p.islower())), ""),
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
