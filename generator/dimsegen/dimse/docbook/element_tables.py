"""Read the registry of command elements, Table E.1-1."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from ...document.plain_text import compact
from ...document.tables import Cell, Table
from ...document.unreadable import Problem
from ...table.vr import VRS
from ..model import Parameter, RetiredElement, Role
from . import prose
from .known import Known

TABLE = "E.1-1"
RETIRED = "E.2-1"
# What stands for a tag, a VR and a VM where a parameter is a data set.
_NOTHING = ("(notag)", "-", "")


@dataclass(frozen=True)
class Printed:
    """The cells that say what an element is: its tag, VR and VM, None where there is none."""

    tag: int | None
    vr: str | None
    vm: str | None


def read_elements(table: Table, known: Known, report: list[Problem]) -> dict[str, Parameter]:
    """Return the elements of the registry by keyword.

    Parameters
    ----------
    table : Table
        The table.
    known : Known
        Gives what an element is for, which no table says.
    report : list of Problem
        Receives the rows that nobody can read.
    """
    found: dict[str, Parameter] = {}
    repeated: dict[str, int] = {}
    heads = ("Message Field", "Keyword", "Tag", "VR", "VM", "Description of Field")
    for name, keyword, *cells, description in table.columns(*heads):
        key = compact(keyword.text)
        printed = read_cells(*(cell.text for cell in cells))
        if printed is None or not _is_element(printed) or not key.isidentifier() or key in found:
            shown = ", ".join(cell.text for cell in (keyword, *cells))
            text = (
                f"{table.name}, {name.text}: {shown}: no new keyword, tag, VR and VM of a command"
            )
            report.append(Problem(name.position, f"{text}: this edition cannot be compared"))
            continue
        found[key] = _element(known.parameter(key), key, name, printed, description.text)
        if (other := prose.repeated_tag(description.text)) is not None:
            repeated[key] = other
    return _with_equals(found, repeated)


def read_retired(table: Table, report: list[Problem]) -> tuple[RetiredElement, ...]:
    """Return the retired elements of the registry; `report` receives what nobody can read."""
    found = []
    for name, keyword, *cells in table.columns("Message Field", "Keyword", "Tag", "VR", "VM"):
        printed, key = read_cells(*(cell.text for cell in cells)), compact(keyword.text)
        if printed is None or printed.tag is None or not key.isidentifier():
            text = f"{table.name}, {name.text}: no keyword, tag, VR and VM of a command"
            report.append(Problem(name.position, f"{text}: this edition cannot be compared"))
            continue
        texts = (printed.vr or "", printed.vm or "", "")
        found.append(RetiredElement(key, name.text, printed.tag, *texts, name.position))
    return tuple(found)


def _is_element(printed: Printed) -> bool:
    return (
        printed.tag is not None
        and printed.vr in VRS
        and re.fullmatch(r"[0-9]{1,4}(-([0-9]{1,4}|n))?", printed.vm or "") is not None
    )


def read_cells(tag: str, vr: str, vm: str) -> Printed | None:
    """Return what the cells of an element say; None if nobody can read them."""
    if compact(tag).casefold() in _NOTHING:
        is_nothing = compact(vr) in _NOTHING and compact(vm) in _NOTHING
        return Printed(None, None, None) if is_nothing else None
    number = prose.tag(compact(tag))
    if number is None or not compact(vr) or not compact(vm):
        return None
    return Printed(number, compact(vr), compact(vm))


def data_set(keyword: str, name: str, known: Known) -> Parameter:
    """Return a parameter that the registry does not have: a data set."""
    described = known.parameter(keyword)
    return Parameter(keyword, described.name or name, "", role=described.role)


def unregistered(keyword: str, name: str, printed: Printed, known: Known) -> Parameter:
    """Return what a table names and the registry lacks: a data set, or an element of its own."""
    parameter = data_set(keyword, name, known)
    return replace(parameter, tag=printed.tag, vr=printed.vr, vm=printed.vm)


def _element(known: Parameter, keyword: str, name: Cell, printed: Printed, text: str) -> Parameter:
    return Parameter(
        keyword,
        name.text,
        "",
        tag=printed.tag,
        vr=printed.vr,
        vm=printed.vm,
        role=known.role,
        values=prose.named_values(text),
        none=prose.first_value(text) if known.role is Role.DATA_SET_TYPE else None,
        repertoire=prose.repertoire(text),
        position=name.position,
    )


def _with_equals(
    elements: Mapping[str, Parameter], repeated: Mapping[str, int]
) -> dict[str, Parameter]:
    """Return `elements` with the keywords of those that they repeat."""
    keywords = {each.tag: keyword for keyword, each in elements.items()}
    return {
        keyword: replace(each, equals=keywords.get(repeated.get(keyword)))
        for keyword, each in elements.items()
    }
