"""Read the schemas of the SOP classes into their model.

Invariant: `load_schema` either returns what keeps every invariant of the model, or raises one
`SchemaError` with everything that is wrong in any file.
"""

from __future__ import annotations

import re
from pathlib import Path

from ...reading.documents_of import Documents
from ...reading.family_files import FamilyFiles
from ...reading.problems import Report
from ...table.errata_file import build_errata
from ..documents import DOCUMENTS
from ..family import FAMILY
from ..model import File, SOPClass, SOPClasses
from .attribute_tables import Expander, build_tables
from .data_set_examples import check_examples
from .known_attributes import build_dictionary
from .legends import build_legends
from .prose_rules import ADVICE, RULES
from .sop_class_files import build_file, with_statuses_of

_ITEM = re.compile(rb"^sop_classes:(?:\s|#.*)*\n {2}(\w+):", re.MULTILINE)
# Where the files of each kind are.
OF_SOP_CLASSES = "sop_class"
KINDS = {
    "usages": f"{FAMILY.folder}/usages.yaml",
    "macros": f"{FAMILY.folder}/macros.yaml",
    "errata": f"{FAMILY.folder}/errata.yaml",
    OF_SOP_CLASSES: f"{FAMILY.folder}/",
}


def _build(documents: Documents, report: Report) -> SOPClasses | None:
    usages = next((fields for _, fields in documents.of_kind("usages")), None)
    # Whatever a row says is held against the legends: without them there is nothing to say.
    if usages is None or report.problems:
        return None
    of_files = (fields for _, fields in documents.of_kind(OF_SOP_CLASSES))
    legends = build_legends(usages, build_dictionary(of_files, report), report)
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
    model = SOPClasses(
        legends.columns,
        legends.requests,
        legends.usages,
        legends.answers,
        legends.attributes,
        expanded,
        files,
        tuple(errata),
        legends.dictionary.private,
        documents.overrides,
    )
    if not report.problems:
        check_examples(model, report)
    return model


def _check_sop_classes(files: tuple[File, ...], report: Report) -> None:
    """Report SOP classes that two files describe, and names of those that none does."""
    found: dict[str, SOPClass] = {}
    for each in (each for file in files for each in file.sop_classes):
        if each.keyword in found:
            facts = {"name": each.keyword, "file": found[each.keyword].position.file}
            report.add(each.position, "duplicate-sop-class", **facts)
        found.setdefault(each.keyword, each)
    of_uid: dict[str, SOPClass] = {}
    for each in found.values():
        if of_uid.setdefault(each.uid, each) is not each:
            facts = {"uid": each.uid, "name": of_uid[each.uid].name}
            report.add(each.position, "uid-of-another", **facts)
    for each in found.values():
        for name in (*each.stands_for, *each.consists_of):
            if name not in found:
                report.add_unknown(each.position, "unknown-stands-for", name, found)


_FILES = FamilyFiles(KINDS, DOCUMENTS, RULES, ADVICE, _build)
load_schema, load_completed = _FILES.load_schema, _FILES.load_completed
load_sources, read_folder = _FILES.load_sources, _FILES.read_folder


def item_in(content: bytes) -> str:
    """Return the first SOP class that a file says it describes, empty if it describes none."""
    found = _ITEM.search(content)
    return found[1].decode() if found else ""


def path_of(item: str) -> str:
    """Return where a folder of schemas would have a file of its own for a SOP class."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", item)
    return f"{FAMILY.folder}/{words.lower()}.yaml"


def item_at(path: str, content: bytes) -> str | None:
    """Return what a file at `path` in a folder of schemas describes.

    Returns
    -------
    str or None
        Empty, as every file of the folder shares macros and usages with the others; None if no file
        is read from there.
    """
    del content
    is_here = path.startswith(f"{FAMILY.folder}/") and path.count("/") == 1
    return "" if is_here and path.endswith(".yaml") else None
