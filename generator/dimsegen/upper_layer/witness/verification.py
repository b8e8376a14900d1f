"""Prove that the findings and the generated code agree, by running whatever can differ.

What one version accepts and the other rejects needs a finding that says who breaks; so does a cell
of the state machine that is another one. What is run follows from the files: a template that
altered a rule is caught in this way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...sets.finding import Finding, Verdict
from ...sets.report import Version
from ...witness.packages import Files, Package, imported
from ...witness.progress import Progress
from ..compare.machine_findings import MACHINE
from ..model import Structure, UpperLayer, ValueKind
from .judged_octets import scan_structures
from .judged_primitives import Column, Difference, Scan, scan_column
from .runner import PACKAGE, is_usable

_WORDS_ONLY = "documentation-edited"
# The modules that judge no primitive and read no PDU.
_APART = {"_states.py", "_conversion.py", "__init__.py"}


@dataclass(frozen=True)
class VerifyResult:
    """What running both versions has shown: a sentence, and a line for each disagreement."""

    sentence: str = ""
    disagreements: tuple[str, ...] = ()


def verify(
    findings: Sequence[Finding], old: Version, new: Version, old_files: Files, new_files: Files
) -> VerifyResult:
    """Run both versions on all patterns, and hold the findings against the outcome."""
    if _own(old_files) == _own(new_files):
        return VerifyResult()
    layers: tuple[UpperLayer, UpperLayer] = old.schema, new.schema
    with imported(old_files) as before, imported(new_files) as after:
        packages = before, after
        if not all(map(is_usable, packages)):
            return VerifyResult("a version of the Upper Layer cannot be imported: nothing was run")
        result = Scan()
        changed = {
            path for path in {*old_files, *new_files} if old_files.get(path) != new_files.get(path)
        }
        columns = [each for each in _columns(layers) if _is_changed(each.service, layers, changed)]
        progress = Progress(len(columns) + 1)
        for column in columns:
            progress.start(f"{column.service} {column.name}")
            scan_column(column, packages, result)
        progress.start("PDUs")
        are_read = _is_changed("", layers, changed)
        structures = scan_structures(layers, packages, result) if are_read else []
        progress.close()
        cells, machine = _machine(packages)
    lines = [*_unexplained(result, findings, layers), *_untold(machine, findings)]
    return VerifyResult(_sentence(result, columns, structures, cells, lines), tuple(lines))


def _own(files: Files) -> dict[str, bytes]:
    return {path: text for path, text in files.items() if path.startswith(f"{PACKAGE}/")}


def _is_changed(name: str, layers: tuple[UpperLayer, UpperLayer], changed: set[str]) -> bool:
    """Return whether what a service is generated from, or any PDU, is otherwise in a version.

    Invariant: only what is known to be no part of it is left out of account.
    """
    services = {each.name for layer in layers for each in layer.services} - {name}
    others = {f"{each.lower().replace('-', '_')}.py" for each in services} | _APART
    return any(
        path.startswith(f"{PACKAGE}/") and path.partition("/")[2] not in others for path in changed
    )


def _columns(layers: tuple[UpperLayer, UpperLayer]) -> list[Column]:
    old, new = ({each.name: each for each in layer.services} for layer in layers)
    return [
        Column(column, [(old[name], layers[0]), (new[name], layers[1])])
        for name in new
        if name in old
        for column in new[name].columns
        if column in old[name].columns
    ]


def _machine(packages: tuple[Package, Package]) -> tuple[int, list[str]]:
    """Return how many cells the state machine has, and those that differ."""
    found = []
    for package in packages:
        module = package.module(PACKAGE)
        cells = {
            f"{state.name} + {event.name}": module.TRANSITIONS.get((event, state))
            for event in module.Event
            for state in module.State
        }
        found.append({name: cell and _told(cell) for name, cell in cells.items()})
    names = dict.fromkeys([*found[1], *found[0]])
    return len(names), [name for name in names if found[0].get(name) != found[1].get(name)]


def _told(cell: tuple[object, Sequence[object]]) -> str:
    action, states = cell
    return " ".join(map(str, (action, *states)))


def _untold(cells: Sequence[str], findings: Sequence[Finding]) -> Iterator[str]:
    told = {each.keyword for each in findings if each.service == MACHINE}
    yield from (f"{MACHINE} {cell}: no finding says so" for cell in cells if cell not in told)


def _unexplained(
    result: Scan, findings: Sequence[Finding], layers: Sequence[UpperLayer]
) -> Iterator[str]:
    told = set()
    for each in sorted(result.found.values(), key=lambda each: not each.is_decisive):
        key = (each.subject, each.column, each.attribute, each.side)
        if key not in told and not any(_explains(one, each, layers) for one in findings):
            told.add(key)
            cell = " ".join(filter(None, (each.subject, each.column, each.attribute)))
            yield f"{cell}: no finding says that {each.side.value} break; see {each.shown}"


def _explains(finding: Finding, difference: Difference, layers: Sequence[UpperLayer]) -> bool:
    if finding.rule == _WORDS_ONLY:
        return False
    if difference.is_decisive and finding.verdict(difference.side) is Verdict.OK:
        return False
    if difference.pdu:
        parts = set().union(*(_below(difference.pdu, each) for each in layers))
        return finding.service in {difference.pdu, *parts}
    if not difference.column:
        return any(_is_near(finding.service, difference.subject, each) for each in layers)
    if finding.service == difference.subject:
        is_there = finding.direction in ("", difference.column)
        return is_there and finding.keyword in ("", *_names(difference, layers))
    return any(_is_carried(finding, difference, each) for each in layers)


def _names(difference: Difference, layers: Sequence[UpperLayer]) -> Iterator[str]:
    for layer in layers:
        for service in (each for each in layer.services if each.name == difference.subject):
            yield from (row.name for row in service.rows if row.attribute == difference.attribute)


def _is_near(name: str, other: str, layer: UpperLayer) -> bool:
    """Return whether one structure is the other, is in it or has it in it."""
    return name == other or name in _below(other, layer) or other in _below(name, layer)


def _below(name: str, layer: UpperLayer) -> set[str]:
    structure = layer.structures.get(name)
    inside = {each.class_name for each in structure.contains} if structure else set()
    return inside.union(*(_below(each, layer) for each in inside))


def _is_carried(finding: Finding, difference: Difference, layer: UpperLayer) -> bool:
    """Return whether a parameter has the items, or the codes, of what a finding is about."""
    structure = layer.structures.get(finding.service)
    rows = [
        row
        for service in layer.services
        if service.name == difference.subject
        for row in service.rows
        if row.attribute == difference.attribute
    ]
    return structure is not None and any(
        row.kind in (ValueKind.USER_DATA, ValueKind.DATA_VALUES, ValueKind.DIAGNOSTIC)
        or row.enumeration in _enumerations(structure)
        for row in rows
    )


def _enumerations(structure: Structure) -> set[str]:
    return {field.of for field in structure.fields if field.of}


def _sentence(
    result: Scan, columns: Sequence[Column], structures: Sequence[str], cells: int, lines: list[str]
) -> str:
    number = len(lines)
    outcome = f"{number} disagreement{'' if number == 1 else 's'}"
    what = [*dict.fromkeys(each.service for each in columns)]
    what += [f"{len(structures)} structures"] if structures else []
    sample = f"; a sample only: {', '.join(result.sampled)}" if result.sampled else ""
    judged = f"{result.runs} primitives and PDUs on {result.patterns} patterns of {', '.join(what)}"
    parts = [*([judged] if what else []), f"{cells} cells of the state machine"]
    return (
        f"both versions judged {' and '.join(parts)}: "
        f"{outcome if number else 'the findings and the generated code agree'}{sample}"
    )
