"""Read the schemas of the SOP classes into their model.

Invariant: `load_schema` either returns what keeps every invariant of the model, or raises one
`SchemaError` with everything that is wrong in any file.
"""

from __future__ import annotations

from pathlib import Path

from ...reading.documents_of import Documents, load
from ...reading.mistakes import ADVICE as COMMON_ADVICE
from ...reading.mistakes import RULES as COMMON_RULES
from ...reading.places import Place
from ...reading.problems import Report
from ...table.errata_file import build_errata
from ..documents import DOCUMENTS
from ..model import File, SOPClass, SOPClasses
from .attribute_tables import Expander, build_tables
from .legends import build_legends
from .prose_rules import ADVICE, RULES
from .sop_class_files import build_file, with_statuses_of

FOLDER = "sop_classes"
# Where the files of each kind are.
OF_SOP_CLASSES = "sop_class"
KINDS = {
    "usages": f"{FOLDER}/usages.yaml",
    "macros": f"{FOLDER}/macros.yaml",
    "errata": f"{FOLDER}/errata.yaml",
    OF_SOP_CLASSES: f"{FOLDER}/",
}


def load_schema(schemas: Path | Place) -> SOPClasses:
    """Read the folder ``sop_classes`` of `schemas`.

    Raises
    ------
    SchemaError
        If anything is wrong; it has every problem with its file, line and column.
    """
    report = Report({**COMMON_RULES, **RULES}, {**COMMON_ADVICE, **ADVICE})
    return load(schemas, KINDS, DOCUMENTS, report, _build)


def _build(documents: Documents, report: Report) -> SOPClasses | None:
    usages = next((fields for _, fields in documents.of_kind("usages")), None)
    # Whatever a row says is held against the legends: without them there is nothing to say.
    if usages is None or report.problems:
        return None
    legends = build_legends(usages, report)
    if report.problems:
        return None
    macros = {
        label: table
        for _, fields in documents.of_kind("macros")
        for label, table in build_tables(fields, "macros", legends, report).items()
    }
    expander = Expander(macros, legends, report)
    expanded = {label: expander.expanded(table) for label, table in macros.items()}
    files = tuple(
        build_file(Path(path).stem, fields, legends, expander, report)
        for path, fields in documents.of_kind(OF_SOP_CLASSES)
    )
    files = with_statuses_of(files, report)
    _check_sop_classes(files, report)
    errata = [each for _, fields in documents.of_kind("errata") for each in build_errata(fields)]
    return SOPClasses(
        legends.columns, legends.usages, legends.answers, expanded, files, tuple(errata)
    )


def _check_sop_classes(files: tuple[File, ...], report: Report) -> None:
    """Report SOP classes that two files describe, and names of those that none does."""
    found: dict[str, SOPClass] = {}
    for each in (each for file in files for each in file.sop_classes):
        if each.keyword in found:
            facts = {"name": each.keyword, "file": found[each.keyword].position.file}
            report.add(each.position, "duplicate-sop-class", **facts)
        found.setdefault(each.keyword, each)
    for each in found.values():
        for name in (*each.stands_for, *each.consists_of):
            if name not in found:
                report.add_unknown(each.position, "unknown-stands-for", name, found)
