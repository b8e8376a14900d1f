"""Find what a reviewer would object to in schemas that load.

Invariant: whatever the loader finds goes first; style is judged only where the meaning is clear.
"""

from __future__ import annotations

from pathlib import Path

from ...data import folder_of
from ...reading.extending import base_of
from ...reading.places import Place
from ...reading.problems import Report, SchemaError
from ...style.canonical import FORM_RULES, Review, check_form, review_of
from ..documents import DOCUMENTS, EXTENDING
from ..examples.tables_of_message import messages_of
from ..form import read_folder, width_for
from ..loader import load_schema
from ..model import Include, SOPClasses
from ..printed_lines import explained, lines_of, tables_of

RULES = {
    **FORM_RULES,
    "idle-macro": "{table}: no table includes this macro: remove it, or include it",
    "idle-explanation": "{identifier}: {place} is no place of a table: correct it",
    "no-example": "{table}: {sop_class} has no example of its {message}: add one",
    "idle-usage": "{code}: no cell below {legend} has this code: remove it",
}
# The tables of UPS have six columns beside what is said of a row.
_LONGEST = 300


def review(folder: Path | Place, *, extends: bool = False) -> Review:
    """Return what breaks a rule of style in `folder`, with the files it is in.

    What the folder extends is not looked at.

    Raises
    ------
    SchemaError
        If the schemas do not load.
    """
    model = load_schema(folder, extends=extends)
    loading = Report()
    is_partial = base_of(folder, folder_of("schemas"), extends=extends) is not None
    sources = read_folder(folder, loading, extends=is_partial)
    if loading.problems:
        raise SchemaError(loading.problems, {})
    report = Report(RULES)
    widths = [(source, width_for(source, Path())) for source in sources]
    check_form(EXTENDING if is_partial else DOCUMENTS, widths, report, longest=_LONGEST)
    _check_macros(model, report)
    _check_errata(model, report)
    _check_examples(model, report)
    return review_of(report, sources, model.overrides)


def _check_macros(model: SOPClasses, report: Report) -> None:
    lines = [what for table in tables_of(model) for _, what in table.lines]
    used = {what.table for what in lines if isinstance(what, Include)}
    for label, macro in model.macros.items():
        if label not in used:
            report.add(macro.position, "idle-macro", table=label)
    codes = {
        (model.columns[column].legend, cell.usage.code)
        for what in lines
        if not isinstance(what, Include)
        for column, cell in what.cells.items()
        if cell.usage
    }
    for legend, usages in model.usages.items():
        for code, usage in usages.items():
            if (legend, code) not in codes and usage.position:
                report.add(usage.position, "idle-usage", code=code, legend=legend)


def _check_examples(model: SOPClasses, report: Report) -> None:
    """Report tables that say what a message shall have, and no example shows it."""
    for file in model.files:
        for message in messages_of(model, file):
            shown = [each for each in file.examples if message.sop_class.has(each)]
            if not any(message.is_in(each) for each in shown):
                facts = {"sop_class": message.sop_class.keyword, "message": message.in_words}
                table = message.parts[0].table
                report.add(table.position, "no-example", table=table.label, **facts)


def _check_errata(model: SOPClasses, report: Report) -> None:
    whats = {"depth", "name", "tag", *(f"{column} of" for column in model.columns)}
    places = {
        line.place(what) for table in tables_of(model) for line in lines_of(table) for what in whats
    }
    for place, (_, erratum) in explained(model.errata).items():
        if place not in places and erratum.position:
            facts = {"identifier": erratum.identifier, "place": place}
            report.add(erratum.position, "idle-explanation", **facts)
