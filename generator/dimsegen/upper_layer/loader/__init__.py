"""Read the schemas of the Upper Layer into their model.

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
from ..model import Machine, Structure, UpperLayer, snake_class
from .among_structures import check_structures
from .conveyance import check_conveyed
from .machine import build_machine
from .prose_rules import ADVICE, RULES
from .services import build_service, check_services
from .structures import build_structure

_ITEM_LINE = re.compile(rb"^(service|class): *[\"']?([\w-]+)", re.MULTILINE)
_OF_STRUCTURE = "pdu"
# Where the files of each kind are.
KINDS = {
    "service": f"{FAMILY.folder}/services/",
    _OF_STRUCTURE: f"{FAMILY.folder}/pdus/",
    "states": f"{FAMILY.folder}/states.yaml",
    "errata": f"{FAMILY.folder}/errata.yaml",
}


def kind_of(path: Path) -> str:
    """Return what the file `path` describes, as its folder and its name say it."""
    places = {f"{FAMILY.folder}/{path.parent.name}/", f"{FAMILY.folder}/{path.name}"}
    return next((kind for kind, where in KINDS.items() if where in places), _OF_STRUCTURE)


def _build(documents: Documents, report: Report) -> UpperLayer | None:
    structures: dict[str, Structure] = {}
    for path, fields in documents.of_kind("pdu"):
        structure = build_structure(fields, path, report)
        structures[structure.class_name] = structure
    services = tuple(build_service(fields, report) for _, fields in documents.of_kind("service"))
    # What refers to other files is only held against them when all of them could be read.
    machine: Machine | None = None
    edition = "".join(fields.text("edition") for _, fields in documents.of_kind("states"))
    if not report.problems:
        check_structures(structures, report)
        check_services(services, structures, report)
        check_conveyed(structures, services, report)
        for _, fields in documents.of_kind("states"):
            machine = build_machine(fields, services, structures, report)
    errata = [each for _, fields in documents.of_kind("errata") for each in build_errata(fields)]
    if machine is None:
        return None
    return UpperLayer(
        services, structures, machine, tuple(errata), edition, overrides=documents.overrides
    )


_FILES = FamilyFiles(KINDS, DOCUMENTS, RULES, ADVICE, _build)
load_schema, load_completed = _FILES.load_schema, _FILES.load_completed
load_sources, read_folder = _FILES.load_sources, _FILES.read_folder


def item_in(content: bytes) -> str:
    """Return the service or the class that a file says it describes, empty if it says neither."""
    found = _ITEM_LINE.search(content)
    return found[2].decode() if found else ""


def path_of(item: str) -> str:
    """Return where a folder of schemas has the file of a service or of a class."""
    kind = "service" if "-" in item else _OF_STRUCTURE
    stem = item.lower().replace("-", "_") if kind == "service" else snake_class(item)
    return f"{KINDS[kind]}{stem}.yaml"


def item_at(path: str, content: bytes) -> str | None:
    """Return what a file at `path` in a folder of schemas describes.

    Returns
    -------
    str or None
        Empty if it is about all of the family; None if no file is read from there.
    """
    folder = f"{path.rpartition('/')[0]}/"
    if folder in KINDS.values():
        return item_in(content) or None
    return "" if path in KINDS.values() else None
