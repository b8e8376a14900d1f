"""Read the facts out of the schemas, as the loader of the generator understands them.

Every record comes from the model alone, and has the words of the printed tables: what a schema
says in its own vocabulary (a usage, an excluded value, a pattern of codes) is put back into print.
What has no printed form raises `ValueError` or `KeyError`; nothing is skipped.
"""

from __future__ import annotations

from collections.abc import Iterator

from dimsegen.dimse.model import MessageField, Role, Schema, Service
from dimsegen.dimse.model import StatusType as SchemaStatusType
from dimsegen.table.usage import Usage

from .facts import (
    DATA_SET_ABSENT,
    DATA_SET_EITHER,
    DATA_SET_PRESENT,
    SERVICE_CLASS_SPECIFIC,
    Element,
    MessageRow,
    ServiceRow,
    ServiceStatus,
    StatusField,
    StatusType,
)

_EITHER_LIST = ("ModificationList", "AttributeList")
_EITHER_LIST_SERVICES = (("N-SET",), ("N-SET", "N-CREATE"))
_FIELD_USAGES = {Role.GROUP_LENGTH: Usage.MANDATORY, Role.COMMAND_FIELD: Usage.MANDATORY_FIXED}
_DATA_SET_TYPES = {
    (Usage.MANDATORY_FIXED, 0x0101, None): DATA_SET_ABSENT,
    (Usage.MANDATORY, None, 0x0101): DATA_SET_PRESENT,
    (Usage.MANDATORY, None, None): DATA_SET_EITHER,
}
"""Usage, value and excluded value of a Command Data Set Type, and what its ``fixed`` cell says."""


def services(schema: Schema) -> list[Service]:
    """Return the services in the order of their tables."""
    return sorted(schema.services, key=lambda service: numbers(service.table))


def numbers(reference: str) -> tuple[int, ...]:
    """Return the numbers of a table or section, to sort by."""
    return tuple(map(int, reference.replace("-", ".").split(".")))


def service_tables(schema: Schema) -> Iterator[ServiceRow]:
    for service in services(schema):
        for position, row in enumerate(service.rows, 1):
            cells = {column: str(cell) for column, cell in row.cells.items()}
            yield ServiceRow(
                service=service.name,
                table=service.table,
                section=f"{service.section}.1",
                position=position,
                parameter=row.parameter.name,
                request=cells.pop("request"),
                response=cells.pop("response"),
                cancel=cells.pop("cancel", None),
                clause=row.clause,
            )
            if cells:
                raise ValueError(f"{service.name}: columns that no table has: {cells}")


def message_tables(schema: Schema) -> Iterator[MessageRow]:
    messages = [message for service in schema.services for message in service.messages.values()]
    for message in sorted(messages, key=lambda message: numbers(message.table)):
        for position, field in enumerate(message.fields, 1):
            yield MessageRow(
                message=message.name,
                table=message.table,
                section=message.section,
                position=position,
                field=field.parameter.name,
                tag=printed_tag(field.parameter.tag),
                vr=field.parameter.vr,
                vm=field.parameter.vm,
                fixed=_fixed(field),
            )


def elements(schema: Schema) -> Iterator[Element]:
    for keyword, parameter in schema.parameters.items():
        tag = printed_tag(parameter.tag)
        if tag is not None and parameter.vr is not None and parameter.vm is not None:
            yield Element(tag, parameter.name, keyword, parameter.vr, parameter.vm)


def retired_elements(schema: Schema) -> Iterator[Element]:
    for each in schema.retired:
        tag = printed_tag(each.tag)
        assert tag is not None
        yield Element(tag, each.name, each.keyword, each.vr, each.vm)


def status_types(schema: Schema) -> Iterator[StatusType]:
    for status in schema.status_types:
        yield StatusType(status.clause, status.name, status.status_class.name, _code(status))


def status_fields(schema: Schema) -> Iterator[StatusField]:
    for status in schema.status_types:
        for position, field in enumerate(_printed_fields(status), 1):
            yield StatusField(status.clause, status.name, position, *field)


def service_statuses(schema: Schema) -> Iterator[ServiceStatus]:
    for service in services(schema):
        (clause,) = (row.clause for row in service.rows if row.parameter.role is Role.STATUS)
        for position, status in enumerate(service.statuses, 1):
            yield ServiceStatus(service.name, clause, position, status.name, _code(status))


def printed_tag(tag: int | None) -> str | None:
    """Return ``"(0000,0110)"``, None for a data set."""
    return None if tag is None else f"({tag >> 16:04X},{tag & 0xFFFF:04X})"


def _fixed(field: MessageField) -> str | None:
    role = field.parameter.role
    if role is Role.DATA_SET_TYPE:
        assert field.usage is not None
        return _DATA_SET_TYPES[field.usage, field.value, field.excluded]
    if field.usage is not (_FIELD_USAGES.get(role) if role else None) or field.excluded is not None:
        raise ValueError(f"a usage that no message table has: {field}")
    return None if field.value is None else f"{field.value:04X}"


def _code(status: SchemaStatusType) -> str:
    """Return the one code, or the words for a code that is left to the Service Classes."""
    if len(status.patterns) == 1 and status.exact_codes:
        return status.patterns[0]
    return SERVICE_CLASS_SPECIFIC


_Field = tuple[str, str | None, str | None, str | None, str | None]


def _printed_fields(status: SchemaStatusType) -> Iterator[_Field]:
    """Yield name, tag, VR, VM and the only service of each field.

    A Modification List and an Attribute List are one printed field; which service knows which of
    the two is not the standard's to say.
    """
    if tuple(field.parameter.keyword for field in status.fields) == _EITHER_LIST:
        if tuple(field.services for field in status.fields) != _EITHER_LIST_SERVICES:
            raise ValueError(f"{status.name}: other services than N-SET and N-CREATE")
        yield "/".join(field.parameter.name for field in status.fields), None, None, None, None
        return
    for field in status.fields:
        if field.services is not None and len(field.services) != 1:
            raise ValueError(f"{status.name}: not one service: {field}")
        only_in = None if field.services is None else field.services[0]
        element = field.parameter
        yield element.name, printed_tag(element.tag), element.vr, element.vm, only_in
