"""Read the status classes and status types of Annex C.

A status that leaves its code to the Service Classes has the codes of its class in which Annex C
itself gives none to a status.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from ...document.plain_text import folded
from ...document.sections import Section
from ...document.tables import Cell, Table, table_of
from ...document.unreadable import DocumentError, Problem
from ...table.status_codes import codes_of_all, difference, union
from ..model import Parameter, Role, StatusClass, StatusField, StatusType
from . import prose
from .element_tables import read_cells, unregistered
from .known import Known
from .mentions import ElementMention

ANNEX = "C"
_PATTERN = re.compile(r"\b(?=\w{4}\b)[0-9A-F]+x*\b")
_CLASS = " Status Class"
_NOT_COMPARED = "this edition cannot be compared"


@dataclass(frozen=True)
class Annex:
    """What Annex C prints.

    Attributes
    ----------
    tables : tuple of str
        The sections whose tables were read.
    left : mapping of str to tuple of str
        The codes that each class leaves to the Service Classes, by its identifier.
    """

    classes: tuple[StatusClass, ...]
    types: tuple[StatusType, ...]
    mentions: tuple[ElementMention, ...]
    tables: tuple[str, ...]
    left: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True)
class _Codes:
    """The codes of a status class, as printed."""

    patterns: tuple[str, ...] = ()
    exceptions: tuple[str, ...] = ()

    @property
    def all(self) -> frozenset[int]:
        """The codes."""
        return difference(codes_of_all(self.patterns), codes_of_all(self.exceptions))

    def left(self, used: frozenset[int]) -> tuple[str, ...]:
        """Return the patterns without a used code: those that the Service Classes may use."""
        return tuple(each for each in self.patterns if not codes_of_all((each,)) & used)


class AnnexReader:
    """Reads Annex C.

    Parameters
    ----------
    parameters : dict of str to Parameter
        The elements and data sets; receives those that are new.
    known : Known
        Gives the keywords and identifiers of names.
    report : list of Problem
        Receives what nobody can read.
    """

    def __init__(
        self, parameters: dict[str, Parameter], known: Known, report: list[Problem]
    ) -> None:
        self._parameters = parameters
        self._known = known
        self._report = report
        self._mentions: list[ElementMention] = []
        self._tables: list[str] = []

    def read(self, annex: Section) -> Annex:
        """Return what the annex prints."""
        codes = self._codes(annex)
        classes: list[StatusClass] = []
        types: list[StatusType] = []
        for section in annex.sections:
            name = section.title[: -len(_CLASS)]
            if folded(section.title) != folded(name + _CLASS):
                continue
            written = codes.get(folded(name), _Codes()).all
            identifier = self._known.status_class(name)
            place = section.node.position
            status_class = StatusClass(identifier, name, written, section.label, place)
            own = list(self._types(section, status_class))
            # Before 2017e one row had 01xx and 02xx for Warning and Failure together: there, the
            # section in which a code stands tells its class.
            stated = union(*(each.codes for each in own))
            classes.append(replace(status_class, codes=union(written, stated)))
            types += (replace(each, status_class=classes[-1]) for each in own)
        used = union(*(each.codes for each in types))
        left = {
            each.identifier: codes.get(folded(each.name), _Codes()).left(used) for each in classes
        }
        completed = tuple(
            each if each.patterns else with_codes(each, left[each.status_class.identifier])
            for each in types
        )
        mentions, tables = tuple(self._mentions), tuple(self._tables)
        return Annex(tuple(classes), completed, mentions, tables, left)

    def _codes(self, annex: Section) -> dict[str, _Codes]:
        """Return the codes of the classes by their folded names."""
        table = self._table(annex)
        if table is None:
            return {}
        found: dict[str, _Codes] = {}
        for name, *cells in table.rows:
            text = " ".join(cell.text for cell in cells)
            written, _, rest = text.partition("except")
            exceptions, _, more = rest.partition(")")
            patterns = tuple(_PATTERN.findall(f"{written} {more}"))
            if not patterns:
                said = f"{table.name}, {name.text}: no codes in '{text}': {_NOT_COMPARED}"
                self._report.append(Problem(name.position, said))
            found[folded(name.text)] = _Codes(patterns, tuple(_PATTERN.findall(exceptions)))
        return found

    def _types(self, section: Section, status_class: StatusClass) -> Iterator[StatusType]:
        for each in section.sections:
            table = self._table(each)
            if table is not None:
                yield self._type(each, table, status_class)

    def _type(self, section: Section, table: Table, status_class: StatusClass) -> StatusType:
        """Return a status type, its patterns empty where Service Classes define the code."""
        fields: list[StatusField] = []
        patterns: tuple[str, ...] | None = None
        heads = ("Status Field", "Tag", "VR", "VM", "Description of Field")
        for name, *cells, description in table.columns(*heads):
            found = self._parameters_of(table, name, cells)
            if [each.role for each in found.values()] == [Role.STATUS]:
                patterns = _patterns(description.text)
                continue
            fields += (
                StatusField(
                    each,
                    prose.services_with(description.text, each),
                    name.position,
                    printed=self._known.misprint(part, each.keyword),
                )
                for part, each in found.items()
            )
        if patterns is None:
            text = f"{table.name} ({section.title}) states no status code: {_NOT_COMPARED}"
            self._report.append(Problem(table.position, text))
        identifier = self._known.status_type(section.title, patterns or ())
        blank = StatusType(
            identifier,
            section.title,
            status_class,
            (),
            frozenset(),
            tuple(fields),
            section.label,
            table.position,
        )
        return with_codes(blank, patterns or ())

    def _parameters_of(self, table: Table, name: Cell, cells: list[Cell]) -> dict[str, Parameter]:
        """Return the parameters of a row by their printed names.

        There are two in ``Modification List/Attribute List``.
        """
        printed = read_cells(*(cell.text for cell in cells))
        if printed is None:
            shown = ", ".join(cell.text for cell in cells)
            text = f"{table.name}, {name.text}: {shown} is not the tag, VR, VM of an element"
            self._report.append(Problem(name.position, text))
            return {}
        found: dict[str, Parameter] = {}
        for part in name.text.split("/"):
            keyword = self._known.keyword(part, printed.tag)
            parameter = unregistered(keyword, part, printed, self._known)
            found[part] = self._parameters.setdefault(keyword, parameter)
            self._mentions.append(
                ElementMention(
                    "", "", table.name, keyword, printed.tag, printed.vr, printed.vm, name.position
                )
            )
        return found

    def _table(self, section: Section) -> Table | None:
        try:
            table = table_of(section)
        except DocumentError as error:
            self._report += error.problems
            return None
        if table is not None:
            self._tables.append(section.label)
        return table


def _patterns(text: str) -> tuple[str, ...] | None:
    """Return the code that a status has; none where it is left open, None where nobody says."""
    value = prose.fixed_value(text)
    if value is not None:
        return (f"{value:04X}",)
    return () if prose.is_left_to_service_classes(text) else None


def with_codes(status: StatusType, patterns: tuple[str, ...]) -> StatusType:
    """Return `status` with other codes."""
    return replace(status, patterns=patterns, codes=codes_of_all(patterns))
