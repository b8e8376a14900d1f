"""Print a schema as NEMA prints PS3.7: DocBook 5, in words of our own.

What is printed has everything that makes the real file hard to read: a namespace, paragraphs in
cells with identifiers, bold heads, footnotes, zero-width spaces in keywords, word joiners and
no-break hyphens in names.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from html import escape
from itertools import count

from dimsegen.dimse.loader import load_schema
from dimsegen.dimse.model import (
    Message,
    MessageField,
    Parameter,
    Role,
    Schema,
    Service,
    StatusField,
    StatusType,
)
from dimsegen.table.notation import tag_in_words
from dimsegen.table.status_codes import blocks
from dimsegen.upper_layer.docbook.grids import Grid, GridRow, Subject
from dimsegen.upper_layer.docbook.schema_grids import grids_of
from dimsegen.upper_layer.loader import load_schema as load_upper_layer

from ...printed import printed_folder

PART = "PS3.7"
SCHEMA = load_schema(printed_folder())
LAYER = load_upper_layer(printed_folder())

_OPEN = "Service Class specific"
_MESSAGE = ("Message Field", "Tag", "VR", "VM", "Description of Field")
_REGISTRY = ("Tag", "Message Field", "Keyword", "VR", "VM", "Description of Field")
_STATUS = ("Status Field", "Tag", "VR", "VM", "Description of Field")


def print_part(schema: Schema, edition: str = "2024a") -> str:
    """Return the whole part."""
    page = _Page(schema)
    grids = page.grids(PART, "D")
    return _book(PART, edition, [*page.services(), page.annex(), grids, page.registry()])


def print_services(schema: Schema) -> str:
    """Return the part without Annex D, which has tables of the Upper Layer alone."""
    page = _Page(schema)
    return _book(PART, "2024a", [*page.services(), page.annex(), page.registry()])


def print_upper_layer(edition: str = "2024a") -> str:
    """Return PS3.8: its service tables, PDUs and state machine."""
    return _book("PS3.8", edition, [_Page(SCHEMA).grids("PS3.8", "9")])


def _book(part: str, edition: str, chapters: Iterable[str]) -> str:
    return (
        '<?xml version="1.0" encoding="utf-8" standalone="no"?>\n'
        '<book xmlns="http://docbook.org/ns/docbook" xmlns:xl="http://www.w3.org/1999/xlink"'
        f' label="{part}" version="5.0" xml:id="{part}">\n'
        f"<title>{part}</title>\n"
        f"<subtitle>DICOM {part} {edition} - Message Exchange</subtitle>\n"
        "<info><author><orgname>Nobody</orgname></author></info>\n"
        + "\n".join(chapters)
        + "\n</book>\n"
    )


class _Page:
    """Prints the chapters."""

    def __init__(self, schema: Schema) -> None:
        self._schema = schema
        self._numbers = count(1)

    def grids(self, part: str, chapter: str) -> str:
        """Return a chapter with the tables of the Upper Layer that `part` prints."""
        known = grids_of(LAYER, part)
        values = {(each.label, each.about): each for each in known if each.subject is Subject.VALUE}
        tables = [
            _section(grid.section, grid.about, self._grid(grid, values))
            for grid in known
            if grid.subject is not Subject.VALUE
        ]
        body = "\n".join(tables)
        return _section(chapter, "x", body, name="chapter", identifier=f"chapter_{chapter}")

    def _grid(self, grid: Grid, values: Mapping[tuple[str, str], Grid]) -> str:
        caption = f"{grid.about} {grid.subject.value}"
        if grid.subject is Subject.FIELD:
            about = grid.about.removesuffix(" PDU")
            heads: tuple[str, ...] = ("Item bytes", "Field name", "Description of field")
            rows: list[tuple[str, ...]] = [
                (
                    row.cells["bytes"],
                    row.cells["field"],
                    _field_text(row, values.get((grid.label, f"{about} {row.cells['field']}"))),
                )
                for row in grid.rows
            ]
        elif grid.subject in (Subject.STATE, Subject.ACTION):
            heads, rows = ("Name", "Definition"), [_definition(row) for row in grid.rows]
        else:
            heads = ("Name", *(each.capitalize() for each in grid.columns))
            rows = [(row.name, *row.cells.values()) for row in grid.rows]
        return self._table(heads, rows, grid.label, caption)

    def services(self) -> Iterator[str]:
        """Yield a chapter for each family of services: the services, then their protocols."""
        families: dict[str, list[Service]] = {}
        for service in self._schema.services:
            families.setdefault(service.table.partition(".")[0], []).append(service)
        for label, services in families.items():
            first = "\n".join(self._service(each) for each in services)
            second = "\n".join(
                self._message(message, service)
                for service in services
                for message in service.messages.values()
                if message.table
            )
            yield _section(
                label, "DIMSE", first + second, name="chapter", identifier=f"chapter_{label}"
            )

    def _service(self, service: Service) -> str:
        heads = (
            f"DIMSE-{service.name[0]} Parameter Name",
            *(each.heading for each in service.columns.values()),
        )
        rows = [
            (row.parameter.name, *(str(cell) for cell in row.cells.values()))
            for row in service.rows
        ]
        table = self._table(heads, rows, service.table, f"{service.name} Parameters")
        clauses = "\n".join(
            _section(
                row.clause,
                row.parameter.name,
                self._listing(service)
                if row.parameter.role is Role.STATUS
                else "<para>What it is for.</para>",
            )
            for row in service.rows
        )
        parameters = _section(
            f"{service.section}.1", f"{service.name} Parameters", f"{table}\n{clauses}"
        )
        return _section(service.section, f"{service.name} Service", parameters)

    def _listing(self, service: Service) -> str:
        items = "\n".join(
            f"<listitem>{self._para(f'{each.name} ({_code(each)}) - what that means.')}</listitem>"
            for each in service.statuses
        )
        return f"{self._para('One of these:')}<orderedlist>{items}</orderedlist>"

    def _message(self, message: Message, service: Service) -> str:
        rows = [
            (*_printed(each.parameter), _describe(each, message, service, self._schema))
            for each in message.fields
        ]
        caption = f"{message.name} Message Fields"
        return _section(
            message.section, message.name, self._table(_MESSAGE, rows, message.table, caption)
        )

    def annex(self) -> str:
        """Return Annex C: the classes, then each status type in a section of its own."""
        written = [(each.name, _patterns(each.codes)) for each in self._schema.status_classes]
        classes = self._table((), written)
        sections = [
            _section(
                each.clause,
                f"{each.name} Status Class",
                "\n".join(
                    self._status(status)
                    for status in self._schema.status_types
                    if status.status_class == each
                ),
            )
            for each in self._schema.status_classes
        ]
        body = "\n".join([classes, *sections])
        return _section("C", "Statuses", body, name="chapter", identifier="chapter_C")

    def _status(self, status: StatusType) -> str:
        role = next(p for p in self._schema.parameters.values() if p.role is Role.STATUS)
        exact = _code(status)
        said = f"is {_OPEN}." if len(status.codes) > 1 else f"shall be set to {exact}."
        own = (*_printed(role), f"The value of this field {said}")
        rows = [own, *_field_rows(status.fields)]
        return _section(status.clause, status.name, self._table(_STATUS, rows))

    def registry(self) -> str:
        """Return Annex E: Tables E.1-1 and E.2-1."""
        rows = []
        for each in self._schema.parameters.values():
            if each.is_data_set:
                continue
            name, tag, vr, vm = _printed(each)
            # The real file lets a long keyword break before every capital.
            keyword = "".join(f"\u200b{c}" if c.isupper() else c for c in each.keyword)
            rows.append((tag, name, keyword, vr, vm, _meaning(each, self._schema)))
        table = self._table(_REGISTRY, rows, "E.1-1", "Command Fields")
        old = [
            (tag_in_words(each.tag), each.name, each.keyword, each.vr, each.vm, "Gone.")
            for each in self._schema.retired
        ]
        gone = self._table(_REGISTRY, old, "E.2-1", "Retired Command Fields") if old else ""
        section = _section("E.1", "Registry", table) + _section("E.2", "Retired", gone)
        return _section("E", "Dictionary", section, name="chapter", identifier="chapter_E")

    def _table(
        self,
        heads: Sequence[str],
        rows: Iterable[Sequence[str]],
        label: str = "",
        caption: str = "",
    ) -> str:
        head = "".join(
            '<th align="center" colspan="1" rowspan="1">'
            f'<para xml:id="{self._number()}"><emphasis role="bold">{escape(each)}</emphasis>'
            "</para></th>"
            for each in heads
        )
        body = "\n".join(
            f'<tr valign="top">{"".join(self._cell(text) for text in row)}</tr>' for row in rows
        )
        thead = f'<thead><tr valign="top">{head}</tr></thead>' if heads else ""
        inside = f"{thead}<tbody>\n{body}\n</tbody>"
        if not label:
            return f'<informaltable frame="box" rules="all">{inside}</informaltable>'
        return (
            f'<table frame="box" label="{label}" rules="all" xml:id="table_{label}">'
            f"<caption>{escape(caption)}</caption>{inside}</table>"
        )

    def _cell(self, text: str) -> str:
        paras = "".join(self._para(each) for each in text.split("\n"))
        return f'<td align="left" colspan="1" rowspan="1">\n{paras}\n</td>'

    def _para(self, text: str) -> str:
        return f'<para xml:id="{self._number()}">{escape(text)}</para>'

    def _number(self) -> str:
        return f"para_{next(self._numbers):08x}"


def _field_text(row: GridRow, values: Grid | None) -> str:
    if row.cells["value"]:
        return f"It shall be sent with a value {row.cells['value']} but not tested."
    lines, depends = ["What it is for, such as spaces (20H)."], ""
    for each in values.rows if values else ():
        code, _, source = each.name.partition(" of Source ")
        if source != depends:
            lines.append(f'If the Source field has the value ({source}) "x", it is one of these:')
            depends = source
        lines.append(f"{code} - {each.cells['meaning']}")
    return "\n".join(lines)


def _definition(row: GridRow) -> tuple[str, str]:
    state = row.cells.get("next")
    return row.name, row.cells["definition"] + (f"\nNext state is {state}" if state else "")


def _section(
    label: str, title: str, body: str, *, name: str = "section", identifier: str = ""
) -> str:
    identifier = identifier or f"sect_{label}"
    # A title breaks nowhere within a name.
    shown = escape(title).replace("-", "\u2011")
    return (
        f'<{name} label="{label}" status="1" xml:id="{identifier}">\n'
        f"<title>{shown}</title>\n{body}\n</{name}>"
    )


def _printed(parameter: Parameter) -> tuple[str, str, str, str]:
    if parameter.tag is None:
        return parameter.name, "(no tag)", "-", "-"
    return parameter.name, shown_tag(parameter.tag), parameter.vr or "", parameter.vm or ""


def shown_tag(tag: int) -> str:
    """Return a tag as printed."""
    return f"({tag >> 16:04X},{tag & 0xFFFF:04X})"


def _describe(field: MessageField, message: Message, service: Service, schema: Schema) -> str:
    role = field.parameter.role
    if role is Role.COMMAND_FIELD:
        return f"The value shall be set to {field.value:04X}H for the {message.name} Message."
    if role is Role.DATA_SET_TYPE:
        if field.value is not None:
            return f"Nothing follows. It shall be set to a value of {field.value:04X}H (Null)."
        if field.excluded is not None:
            return f"It shall be set to any value other than {field.excluded:04X}H (Null)."
    return _meaning(field.parameter, schema)


def _meaning(parameter: Parameter, schema: Schema) -> str:
    if parameter.equals:
        other = schema.parameters[parameter.equals]
        return f"Shall be set to the value of the {other.name} {shown_tag(other.tag or 0)} field."
    if parameter.none is not None:
        return (
            f"Set to the value of {parameter.none:04X}H if nothing follows; any other if it does."
        )
    said = [f"{name} = {value:04X}H" for name, value in parameter.values.items()]
    if parameter.repertoire:
        said.append("Only characters from the Default Character Repertoire.")
    return "\n".join(["What it is for.", *said])


def _code(status: StatusType) -> str:
    if len(status.codes) > 1:
        return f"Status value is {_OPEN}"
    return f"{status.exact_codes[0]:04X}H"


def _patterns(codes: frozenset[int]) -> str:
    shown = []
    for block in blocks(codes):
        left_out = " and ".join(f"{code:04X}" for code in block.missing)
        shown.append(f"{block.pattern} (except {left_out})" if left_out else block.pattern)
    return " or ".join(shown)


def _field_rows(fields: Sequence[StatusField]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for each in fields:
        name, services = each.parameter.name, each.services or ()
        said = "This optional field tells more."
        if each.parameter.is_data_set and services:
            said = " or ".join(f"what was wrong in the {name} of the {s}-RQ" for s in services)
        elif services:
            (service,) = services
            said += f" Permitted only in the {service}-RSP."
        rows.append((*_printed(each.parameter), said))
    return rows
