"""Read the schemas of the Upper Layer into their model.

Invariant: `load_schema` either returns what keeps every invariant of the model, or raises one
`SchemaError` with everything that is wrong in any file.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ...reading.mistakes import ADVICE as COMMON_ADVICE
from ...reading.mistakes import RULES as COMMON_RULES
from ...reading.parser import parse
from ...reading.places import Disk, Place
from ...reading.position import Position
from ...reading.problems import Report, SchemaError
from ...reading.reader import Reader
from ...reading.values import Fields
from ..documents import DOCUMENTS
from ..model import Machine, Structure, UpperLayer
from .errata import build_errata
from .machine import build_machine
from .prose_rules import ADVICE, RULES
from .services import build_service, check_services
from .structures import build_structure, check_structures

FOLDER = "upper_layer"
_SUFFIX = ".yaml"
# Where the files of each kind are, below the folder.
_KINDS = {"service": "services/", "pdu": "pdus/", "states": "states.yaml", "errata": "errata.yaml"}


@dataclass(frozen=True)
class _File:
    kind: str
    path: str
    shown: str
    text: str


def has_upper_layer(schemas: Path | Place) -> bool:
    """Return whether `schemas` has a folder ``upper_layer``."""
    place = Disk(schemas) if isinstance(schemas, Path) else schemas
    try:
        return bool(place.names(FOLDER))
    except OSError:
        return False


def load_schema(schemas: Path | Place) -> UpperLayer:
    """Read the folder ``upper_layer`` of `schemas`.

    Raises
    ------
    SchemaError
        If anything is wrong; it has every problem with its file, line and column.
    """
    place = Disk(schemas) if isinstance(schemas, Path) else schemas
    report = Report({**COMMON_RULES, **RULES}, {**COMMON_ADVICE, **ADVICE})
    files = tuple(_files(place, report))
    built = _build(files, report)
    if report.problems or built is None:
        raise SchemaError(report.problems, {file.shown: file.text for file in files})
    return built


def _files(place: Place, report: Report) -> Iterator[_File]:
    for kind, where in _KINDS.items():
        path = f"{FOLDER}/{where}"
        for each in _names(place, path, report) if path.endswith("/") else [path]:
            position = Position(place.shown(each), 1, 1)
            try:
                data = place.read(each)
                if data is None:
                    report.add(position, "not-a-file")
                    continue
                text = data.decode("utf-8-sig")
            except OSError as error:
                report.add(position, "unreadable-file", problem=error.strerror or str(error))
            except UnicodeDecodeError as error:
                report.add(position, "not-utf-8", byte=f"0x{error.object[error.start]:02X}")
            else:
                yield _File(kind, each, position.file, text)


def _names(place: Place, folder: str, report: Report) -> list[str]:
    try:
        names = place.names(folder.rstrip("/"))
    except OSError:
        names = []
    found = [f"{folder}{name}" for name in names if name.endswith(_SUFFIX)]
    if not found:
        report.add(Position(place.shown(folder), 1, 1), "no-files", folder=folder)
    return found


def _build(files: tuple[_File, ...], report: Report) -> UpperLayer | None:
    documents: dict[str, list[tuple[_File, Fields]]] = {kind: [] for kind in DOCUMENTS}
    for file in files:
        root = parse(file.text, file.shown, report)
        document = Reader(root, report).read(DOCUMENTS[file.kind], root)
        if isinstance(document, Fields):
            documents[file.kind].append((file, document))
    structures: dict[str, Structure] = {}
    for file, document in documents["pdu"]:
        structure = build_structure(document, file.path, report)
        structures[structure.class_name] = structure
    services = tuple(build_service(fields, report) for _, fields in documents["service"])
    # What refers to other files is only held against them when all of them could be read.
    machine: Machine | None = None
    if not report.problems:
        check_structures(structures, report)
        check_services(services, structures, report)
        for _, fields in documents["states"]:
            machine = build_machine(fields, structures, report)
    errata = [each for _, fields in documents["errata"] for each in build_errata(fields)]
    if machine is None:
        return None
    return UpperLayer(services, structures, machine, tuple(errata))
