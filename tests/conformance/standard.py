"""Read the facts out of the text of the standard, ``ps3.7/chapter_*.rst``.

Every record comes from the text alone, but for what `later` adds: nothing here repeats a parameter,
a field, a tag, a code or a name of a status. A name is spelt as the text spells it where it is
least broken, because narrow cells split words. Whatever cannot be read raises `ValueError`; nothing
is skipped.

The folder is not part of the repository; `find_folder` says where it is looked for.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType

from .facts import (
    DATA_SET_ABSENT,
    DATA_SET_EITHER,
    DATA_SET_PRESENT,
    SERVICE_CLASS_SPECIFIC,
    Element,
    Facts,
    MessageRow,
    ServiceRow,
    ServiceStatus,
    StatusClass,
    StatusField,
    StatusType,
)
from .later import with_later
from .rst import Section, Table, read_chapter, squeeze

REPOSITORY = Path(__file__).resolve().parents[2]
CHAPTERS = ("9", "10", "C", "E")

_SET_TO = re.compile(r"setto([0-9A-F]{4})H")
_ITEM = re.compile(r"(.+?) \((?:([0-9A-F]{4})H|Status value is Service Class specific)\)")
_ONLY_IN = re.compile(r"Permittedonlyinthe(N-[A-Z-]+)-RSP\.")
_SLIPS = {"N-EVENT": "N-EVENT-REPORT"}  # C.5.10 shortens the name of the service once
_DATA_SET_TYPES = {
    DATA_SET_PRESENT: re.compile(r"indicatesthataDataSetis.*anyvalueotherthan0101H"),
    DATA_SET_ABSENT: re.compile(r"indicatesthatnoDataSet(is|shallbe)present.*valueof0101H"),
    DATA_SET_EITHER: re.compile(r"indicates(that)?ifaDataSetis.*0101H.*ifnoDataSetispresent"),
}


@dataclass(frozen=True)
class Standard:
    """What the text says.

    Attributes
    ----------
    facts : Facts
    titles : mapping of str to str
        The title of every section, by its number: ``titles["10.1.2.1.8"] == "Attribute List"``.
    named_tables : mapping of str to frozenset of str
        The tables that the prose of a section points at, by the number of the section.
    command_fields : mapping of str to str
        The values that Annex E lists for Command Field, by message: a second source for them.
    """

    facts: Facts
    titles: Mapping[str, str]
    named_tables: Mapping[str, frozenset[str]]
    command_fields: Mapping[str, str]


def find_folder() -> Path | None:
    """Return the folder of the text: ``$PS37_DIR``, else one beside the repository, else None."""
    if named := os.environ.get("PS37_DIR"):
        return Path(named)
    beside = REPOSITORY.parent / "shared" / "ps3.7"
    return beside if beside.is_dir() else None


@cache
def read_standard(folder: Path) -> Standard:
    """Read the four chapters that hold the facts."""
    reader = _Reader(
        [part for name in CHAPTERS for part in read_chapter(folder / f"chapter_{name}.rst")]
    )
    facts = Facts(
        service_tables=tuple(reader.service_rows()),
        message_tables=tuple(reader.message_rows()),
        elements=tuple(reader.elements("E.1")),
        retired_elements=tuple(reader.elements("E.2")),
        status_types=tuple(reader.status_types()),
        status_fields=tuple(reader.status_fields()),
        status_classes=tuple(reader.status_classes()),
        service_statuses=tuple(with_later(reader.service_statuses())),
    )
    sections = reader.sections
    return Standard(
        facts=facts,
        titles=MappingProxyType({part.number: part.title for part in sections}),
        named_tables=MappingProxyType({part.number: part.named_tables for part in sections}),
        command_fields=MappingProxyType(dict(reader.command_fields())),
    )


class _Reader:
    """The sections, and one method for each kind of record in them."""

    def __init__(self, sections: list[Section]) -> None:
        self.sections = sections
        self._spellings = _spellings(sections)

    def service_rows(self) -> Iterator[ServiceRow]:
        for table, section, content in self._tables("9.1", "10.1"):
            for position, row in enumerate(content.records(), 1):
                parameter = self._spelt(row[content.columns[0]])
                yield ServiceRow(
                    service=section.title.removesuffix(" Parameters"),
                    table=table,
                    section=section.number,
                    position=position,
                    parameter=parameter,
                    request=row["Req/Ind"],
                    response=row["Rsp/Conf"],
                    cancel=row.get("CnclReq/CnclInd"),
                    clause=self._clause(section, parameter),
                )

    def message_rows(self) -> Iterator[MessageRow]:
        for table, section, content in self._tables("9.3", "10.3"):
            message = content.title.removesuffix(" Message Fields")
            for position, row in enumerate(content.records(), 1):
                field = self._spelt(row["MessageField"])
                yield MessageRow(
                    message,
                    table,
                    section.number,
                    position,
                    field,
                    *_tag_vr_vm(row),
                    fixed=_fixed(field, message, squeeze(row["DescriptionofField"])),
                )

    def elements(self, section: str) -> Iterator[Element]:
        for row in self._registry(section):
            yield Element(
                tag=squeeze(row["Tag"]),
                name=self._spelt(row["MessageField"]),
                keyword=squeeze(row["Keyword"]),
                vr=row["VR"],
                vm=row["VM"],
            )

    def status_types(self) -> Iterator[StatusType]:
        (element,) = (row for row in self._registry() if row["MessageField"] == "Status")
        for section, class_, rows in self._status_sections():
            (status,) = (row for row in rows if row["StatusField"] == "Status")
            if _tag_vr_vm(status) != _tag_vr_vm(element):
                raise ValueError(f"{section.number}: the Status row is not that of Annex E")
            code = _status_code(squeeze(status["DescriptionofField"]))
            yield StatusType(section.number, section.title, class_, code)

    def status_fields(self) -> Iterator[StatusField]:
        for section, _, rows in self._status_sections():
            others = (row for row in rows if row["StatusField"] != "Status")
            for position, row in enumerate(others, 1):
                yield StatusField(
                    section.number,
                    section.title,
                    position,
                    self._spelt(row["StatusField"]),
                    *_tag_vr_vm(row),
                    only_in=_only_in(squeeze(row["DescriptionofField"])),
                )

    def status_classes(self) -> Iterator[StatusClass]:
        (table,) = (table for part in self.sections if part.number == "C" for table in part.tables)
        for class_, codes in table.rows:
            yield StatusClass(class_, codes)

    def service_statuses(self) -> Iterator[ServiceStatus]:
        titles = {part.number: part.title for part in self.sections}
        for section in self._under("9.1", "10.1"):
            if section.title == "Status":
                service = titles[section.parent].removesuffix(" Parameters")
                for position, item in enumerate(section.items, 1):
                    status, code = _listed_status(item)
                    yield ServiceStatus(service, section.number, position, status, code)

    def command_fields(self) -> Iterator[tuple[str, str]]:
        for row in self._registry():
            if row["MessageField"] == "Command Field":
                description = squeeze(row["DescriptionofField"])
                for code, message in re.findall(r"([0-9A-F]{4})H([A-Z-]+-(?:RQ|RSP))", description):
                    yield message, code

    def _under(self, *chapters: str) -> Iterator[Section]:
        starts = tuple(f"{chapter}." for chapter in chapters)
        return (part for part in self.sections if part.number.startswith(starts))

    def _tables(self, *chapters: str) -> Iterator[tuple[str, Section, Table]]:
        """Yield the tables of each chapter with the number that follows from their order."""
        for chapter in chapters:
            found = ((part, table) for part in self._under(chapter) for table in part.tables)
            for number, (part, table) in enumerate(found, 1):
                yield f"{chapter}-{number}", part, table

    def _registry(self, number: str = "E.1") -> list[dict[str, str]]:
        (section,) = (part for part in self.sections if part.number == number)
        (table,) = section.tables
        return table.records()

    def _status_sections(self) -> Iterator[tuple[Section, str, list[dict[str, str]]]]:
        titles = {part.number: part.title for part in self.sections}
        for section in self._under("C"):
            if section.parent != "C":
                (table,) = section.tables
                class_ = titles[section.parent].removesuffix(" Status Class")
                yield section, class_, table.records()

    def _clause(self, section: Section, parameter: str) -> str:
        """Find the one subsection whose title is the parameter; the titles capitalise freely."""
        wanted = squeeze(parameter).lower()
        inside = (part for part in self.sections if part.parent == section.number)
        found = [part.number for part in inside if squeeze(part.title).lower() == wanted]
        if len(found) != 1:
            raise ValueError(f"{section.number}: {len(found)} subsections describe {parameter!r}")
        return found[0]

    def _spelt(self, name: str) -> str:
        return self._spellings[squeeze(name)]


def _spellings(sections: list[Section]) -> dict[str, str]:
    """Map each squeezed name to the printed form with the fewest blanks.

    Keywords are no spellings: they are names without blanks.
    """
    spellings: dict[str, str] = {}
    for section in sections:
        rows = [row for table in section.tables if table.columns for row in table.records()]
        cells = [cell for row in rows for column, cell in row.items() if column != "Keyword"]
        for text in (section.title, *cells):
            key = squeeze(text)
            spellings[key] = min(text, spellings.get(key, text), key=len)
    return spellings


def _tag_vr_vm(row: Mapping[str, str]) -> tuple[str | None, str | None, str | None]:
    cells = squeeze(row["Tag"]), row["VR"], row["VM"]
    return (None, None, None) if cells == ("(notag)", "-", "-") else cells


def _fixed(field: str, message: str, description: str) -> str | None:
    """Return the value that a description fixes, if the field is one that has a fixed value."""
    if field == "Command Field":
        found = re.findall(rf"{_SET_TO.pattern}forthe{re.escape(message)}Message", description)
    elif field == "Command Data Set Type":
        found = [value for value, words in _DATA_SET_TYPES.items() if words.search(description)]
    else:
        return None
    if len(found) != 1:
        raise ValueError(f"{message}: {field} has {len(found)} values: {description}")
    return str(found[0])


def _status_code(description: str) -> str:
    if found := _SET_TO.search(description):
        return found[1]
    if "isServiceClassspecific" in description:
        return SERVICE_CLASS_SPECIFIC
    raise ValueError(f"a Status row without a value: {description}")


def _only_in(description: str) -> str | None:
    if found := _ONLY_IN.search(description):
        return _SLIPS.get(found[1], found[1])
    if "only" in description.replace("toonlyencode", ""):
        raise ValueError(f"a limit that is not understood: {description}")
    return None


def _listed_status(item: str) -> tuple[str, str]:
    found = _ITEM.match(item)
    if found is None:
        raise ValueError(f"a list item without a status: {item}")
    return found[1], found[2] or SERVICE_CLASS_SPECIFIC
