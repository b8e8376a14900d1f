"""Read the rules of captured dialogues into their model.

Invariant: `load_schema` either returns what keeps every invariant of the model, or raises one
`SchemaError` with everything that is wrong.
"""

from __future__ import annotations

import string
from collections.abc import Iterator
from pathlib import Path

from ..reading.documents_of import Documents, load
from ..reading.places import Place
from ..reading.position import Position
from ..reading.problems import Report
from ..reading.values import Fields
from .documents import DOCUMENTS
from .family import FAMILY
from .model import About, Mends, Rule, Rules

_KIND = "rules"
PATH = f"{FAMILY.folder}/rules.yaml"
RULES = {
    "fact-name": "{name}: {{{fact}}} is no name of a fact: use small letters and _",
    "text-braces": "{name}: {problem}: write each fact in braces, as {{count}}",
}


def load_schema(schemas: Path | Place) -> Rules:
    """Read ``audit/rules.yaml`` of the folder `schemas`.

    Raises
    ------
    SchemaError
        If anything is wrong; it has every problem with its line and column.
    """
    return load(schemas, {_KIND: PATH}, DOCUMENTS, Report(RULES), _build)


def _build(documents: Documents, report: Report) -> Rules | None:
    for _, document in documents.of_kind(_KIND):
        sent_by = document.fields("sent_by")
        return Rules(
            {name: sent_by.text(name) for name in sent_by.keys} if sent_by else {},
            document.texts("invoked_by_scp"),
            tuple(_rules(document, report)),
        )
    return None


def _rules(document: Fields, report: Report) -> Iterator[Rule]:
    for name, position, row in document.records("rules"):
        text = row.text("text")
        facts = _facts(name, text, row.place("text") if "text" in row.keys else position, report)
        yield Rule(
            name,
            About(row.text("about") or About.CAPTURE.value),
            Mends(row.text("mends") or Mends.CAPTURE.value),
            text,
            row.text("advice"),
            row.text("see"),
            facts,
        )


def _facts(rule: str, text: str, position: Position, report: Report) -> dict[str, str]:
    """Return the names in braces, with their formats."""
    found: dict[str, str] = {}
    try:
        for _, fact, form, _ in string.Formatter().parse(text):
            if fact is None:
                continue
            if not fact.isidentifier() or fact != fact.lower():
                report.add(position, "fact-name", name=rule, fact=fact)
            found[fact] = form or ""
    except ValueError as error:
        report.add(position, "text-braces", name=rule, problem=str(error))
    return found
