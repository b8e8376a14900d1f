"""Read the transcription, and the schemas as if they were printed.

The transcription is of the text of about 2020b; `later.csv` has the lines that 2024c has changed,
the old with a ``-`` and the new with a ``+``. Blanks, capitals and punctuation of names do not
count: that text breaks words within its narrow columns.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from difflib import SequenceMatcher
from functools import partial
from pathlib import Path

from dimsegen.sop_classes.model import SOPClasses
from dimsegen.sop_classes.printed_lines import PrintedLine, explained, lines_of, tables_of
from dimsegen.table.erratum import Erratum

from ..csv_lines import Line, lines_of_file

FOLDER = Path(__file__).with_name("transcription")
ACTION = "N-ACTION"
# How Table CC.2-1 and its neighbours print the types of N-ACTION.
UPS_TYPES = {1: "ChangeUPSState", 2: "RequestUPSCancel", 3: "Un/Subscribe"}
_WHATS = ("depth", "name", "tag")
transcription = partial(lines_of_file, FOLDER)


def attribute_lines(model: SOPClasses) -> Iterator[Line]:
    """Yield every line of every attribute table: table, type, depth, name, tag, cells."""
    printed = explained(model.errata)
    for table in tables_of(model):
        for ours in lines_of(table):
            line = as_printed(ours, printed)
            is_row = line.tag is not None
            name = folded(line.name) if is_row else line.kind
            tag = f"({line.tag >> 16:04x},{line.tag & 0xFFFF:04x})" if line.tag is not None else ""
            cells = ";".join(
                "Not allowed" if c == "not-allowed" else c for c in line.cells.values()
            )
            yield line.table, line.type_id, str(line.depth), name, tag, cells


def status_lines(model: SOPClasses) -> Iterator[Line]:
    """Yield the lines of every table of statuses: table, class, code, meaning."""
    tables = {table.label: table for file in model.files for table in file.statuses}
    for table in tables.values():
        for each in table.statuses:
            yield table.label, each.status_class, each.code, folded(each.meaning)


def service_lines(model: SOPClasses) -> Iterator[Line]:
    """Yield the services of every group: table, service, usage; of UPS, the types of N-ACTION."""
    seen = set()
    for each in model.sop_classes:
        lines = [(s.name, f"{s.scu}/{s.scp}") for s in each.services.values()]
        if each.action_types:
            lines = [line for line in lines if line[0] != ACTION]
            types = {UPS_TYPES.get(n): f"{s.scu}/{s.scp}" for n, s in each.action_types.items()}
            lines += [(f"{ACTION}-{name}", usage) for name, usage in types.items() if name]
        if each.table and each.table not in seen and not each.consists_of:
            yield from ((each.table, name, usage) for name, usage in lines)
        seen.add(each.table)


def type_lines(model: SOPClasses) -> Iterator[Line]:
    """Yield every event and action type: table, number, name."""
    for table in tables_of(model):
        for each in (*table.event_types, *table.action_types):
            yield table.label, str(each.id), folded(each.name)


def folded(name: str) -> str:
    """Return what is left of a name where capitals, blanks and punctuation do not count."""
    return re.sub(r"[^a-z0-9]", "", name.casefold())


def changes(before: list[Line], after: list[Line]) -> list[Line]:
    """Return what has to be done to `before` to have `after`, table by table."""
    found: list[Line] = []
    for table in dict.fromkeys(line[0] for line in after):
        old = [line for line in before if line[0] == table]
        new = [line for line in after if line[0] == table]
        for tag, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
            if tag != "equal":
                found += [("-", *line) for line in old[i:j]]
                found += [("+", *line) for line in new[k:m]]
    return found


def as_printed(line: PrintedLine, printed: Mapping[str, tuple[str, Erratum]]) -> PrintedLine:
    """Return `line` as the page has it, where errata explain what the schemas have."""
    found = {what: printed[line.place(what)][0] for what in _WHATS if line.place(what) in printed}
    if "depth" in found:
        line = replace(line, depth=int(found["depth"]))
    if "name" in found:
        line = replace(line, name=found["name"])
    if "tag" in found:
        line = replace(line, tag=int(found["tag"].strip("()").replace(",", ""), 16))
    changes = {
        column: printed[line.place(f"{column} of")][0]
        for column in line.cells
        if line.place(f"{column} of") in printed
    }
    return replace(line, cells={**line.cells, **changes}) if changes else line
