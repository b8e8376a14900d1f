"""Read PS3.7 as a schema: what its tables print, and nothing that only its prose says.

A C cell has no condition here, a row no equality that prose alone states, and nothing a
description. Whatever could not be read is an error; whatever is not there is not in `tables`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from ...document.book import Book, has_no_table, read_book
from ...document.tables import Table, Tables
from ...document.unreadable import DocumentError, Problem
from ..family import FAMILY
from ..loader.columns import columns_of
from ..model import Parameter, Schema, Service
from . import element_tables as elements
from . import message_tables as messages
from . import service_tables as services
from . import status_tables as statuses
from .known import Known
from .listed import ListedStatuses
from .mentions import ElementMention, StatusMention
from .message_tables import MessageTable
from .printed import NO_MESSAGE, bare, in_order
from .service_tables import ServiceTable
from .status_tables import Annex, AnnexReader

PART = FAMILY.part
_P = ParamSpec("_P")
_T = TypeVar("_T")


@dataclass(frozen=True)
class Part:
    """An edition of PS3.7.

    Attributes
    ----------
    name : str
        The part and its edition, e.g. ``PS3.7 2024a``.
    file : str
        What positions in it show.
    schema : Schema
        What its tables print.
    tables : tuple of str
        The labels of the tables that were read; for a table without one, and for a list of
        statuses, the number of its section.
    alone : mapping of str to str
        The captions of the message tables that were not read, for no service has them.
    elements : tuple of ElementMention
        The elements as message tables and Annex C print them again.
    statuses : tuple of StatusMention
        The statuses as the Status clauses print them.
    """

    name: str
    file: str
    schema: Schema
    tables: tuple[str, ...]
    alone: Mapping[str, str]
    elements: tuple[ElementMention, ...]
    statuses: tuple[StatusMention, ...]

    @property
    def edition(self) -> str:
        """The edition alone, e.g. ``2024a``."""
        return self.name.removeprefix(f"{PART} ")

    @property
    def missing(self) -> tuple[str, ...]:
        """What the part itself speaks of, and does not have."""
        listing = {each.service for each in self.statuses}
        return (
            *(label for label in (elements.TABLE, statuses.ANNEX) if label not in self.tables),
            *(
                f"the {column} message of {service.name}"
                for service in self.schema.services
                for column, message in service.messages.items()
                if message is NO_MESSAGE
            ),
            *(f"the statuses of {s.name}" for s in self.schema.services if s.name not in listing),
        )


def read_part(content: bytes, name: str, known: Schema) -> Part:
    """Return the edition of PS3.7 in a DocBook file.

    Parameters
    ----------
    content : bytes
        The file, as NEMA publishes it.
    name : str
        What positions in it are to show.
    known : Schema
        Gives keywords, columns and roles their names; none of its answers is taken.

    Raises
    ------
    DocumentError
        If the file is no edition of PS3.7, or something in its tables cannot be read.
    """
    return part_in(read_book(content, name, {PART: FAMILY.document}), known)


def part_in(book: Book, known: Schema) -> Part:
    """Return what a book prints that is PS3.7; see `read_part`."""
    part = _Reader(book, Known(known)).read()
    if not part.tables:
        raise has_no_table(book)
    return part


class _Reader:
    """Reads the tables of a document."""

    def __init__(self, book: Book, known: Known) -> None:
        self._book = book
        self._known = known
        self._problems: list[Problem] = []
        self._alone: dict[str, str] = {}
        self._parameters: dict[str, Parameter] = {}

    def read(self) -> Part:
        """Return what the tables print."""
        tables = self._book.tables
        registry = self._attempt(tables.find, elements.TABLE)
        if registry is not None:
            found = self._attempt(elements.read_elements, registry, self._known, self._problems)
            self._parameters |= found or {}
            self._known.learn(self._parameters)
        elif not self._problems:
            # Whoever asks is told that the registry is missing; the other tables can be read.
            self._parameters |= {key: bare(p) for key, p in self._known.parameters.items()}
        old = self._attempt(tables.find, elements.RETIRED)
        retired = self._attempt(elements.read_retired, old, self._problems) if old else ()
        described = {each.name: each for each in self._services(tables)}
        conveyed = self._messages(tables, described)
        annex = self._annex()
        listed = self._statuses(described, annex)
        if self._problems:
            raise DocumentError(*self._problems)
        statuses_of = ListedStatuses(annex, self._known)
        schema = Schema(
            in_order(self._parameters),
            annex.classes,
            annex.types,
            tuple(_service(each, conveyed, listed, statuses_of) for each in described.values()),
            {},
            retired=retired or (),
        )
        mentions = (*(m for each in conveyed for m in each.mentions), *annex.mentions)
        read = [
            *(each.label for each in (registry, old) if each),
            *(each.table.label for each in described.values()),
            *(each.message.table for each in conveyed),
            *annex.tables,
            *dict.fromkeys(each.where for each in listed),
        ]
        file = self._book.document.node.position.file
        return Part(
            self._book.name, file, schema, tuple(read), self._alone, mentions, tuple(listed)
        )

    def _services(self, tables: Tables) -> list[ServiceTable]:
        found = (
            self._attempt(
                services.read_service, table, self._parameters, self._known, self._problems
            )
            for table in self._matching(tables, services.TABLE)
        )
        return [each for each in found if each is not None]

    def _messages(
        self, tables: Tables, described: Mapping[str, ServiceTable]
    ) -> list[MessageTable]:
        found: list[MessageTable] = []
        for table in self._matching(tables, messages.TABLE):
            read = self._attempt(
                messages.read_message,
                table,
                described,
                self._parameters,
                self._known,
                self._problems,
            )
            if read is not None:
                found.append(read)
            else:
                self._alone[table.label] = table.caption
        return found

    def _annex(self) -> Annex:
        annex = next(
            (each for each in self._book.document.walk() if each.label == statuses.ANNEX), None
        )
        if annex is None:
            return Annex((), (), (), ())
        reader = AnnexReader(self._parameters, self._known, self._problems)
        return self._attempt(reader.read, annex) or Annex((), (), (), ())

    def _statuses(self, described: Mapping[str, ServiceTable], annex: Annex) -> list[StatusMention]:
        found: list[StatusMention] = []
        for service in described.values():
            for each in services.read_statuses(service, annex.types, self._known):
                if isinstance(each, Problem):
                    self._problems.append(each)
                else:
                    found.append(each)
        return found

    def _matching(self, tables: Tables, label: re.Pattern[str]) -> list[Table]:
        labels = [each for each in tables.labels if label.fullmatch(each)]
        found = (self._attempt(tables.find, each) for each in labels)
        return [each for each in found if each is not None]

    def _attempt(
        self, function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs
    ) -> _T | None:
        """Return what `function` returns; None, and its problems, if it fails."""
        try:
            return function(*args, **kwargs)
        except DocumentError as error:
            self._problems += error.problems
            return None


def _service(
    table: ServiceTable,
    conveyed: list[MessageTable],
    listed: list[StatusMention],
    statuses_of: ListedStatuses,
) -> Service:
    mentions = [each for each in listed if each.service == table.name]
    own = {each.column: each.message for each in conveyed if each.service is table}
    return Service(
        table.name,
        "",
        table.section,
        table.table.label,
        columns_of(table.columns),
        table.rows,
        {column: own.get(column, NO_MESSAGE) for column in table.columns},
        tuple(statuses_of.types(mentions)),
        table.table.position,
        listings=statuses_of.listings(mentions),
    )
