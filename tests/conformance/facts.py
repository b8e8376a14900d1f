"""The facts of DICOM PS3.7 that the schemas repeat, as plain records.

One record is one printed row, its values are the printed text, and records stand in printed order.
``None`` means that the standard prints nothing there (or a lone dash in a row without a tag); an
empty string never occurs. The field names are the column names of ``transcription/*.csv``, except
``class_`` for the column ``class``.

Two readers make these records and know nothing of each other: ``transcription`` from what was
typed, ``standard`` from the text of the standard.
"""

from __future__ import annotations

from dataclasses import dataclass

SERVICE_CLASS_SPECIFIC = "service class specific"
"""The ``code`` of a status whose value each Service Class defines for itself."""

DATA_SET_PRESENT = "not 0101"
"""The ``fixed`` cell of a Command Data Set Type that says: a data set is present."""

DATA_SET_ABSENT = "0101"
"""The ``fixed`` cell of a Command Data Set Type that says: no data set is present."""

DATA_SET_EITHER = "either"
"""The ``fixed`` cell of a Command Data Set Type that says whether a data set is present."""


@dataclass(frozen=True)
class ServiceRow:
    """One parameter of a service: a row of Tables 9.1-1 to 9.1-5 and 10.1-1 to 10.1-6.

    Attributes
    ----------
    service : str
        ``"N-GET"``.
    table, section : str
        ``"10.1-2"`` and the section that holds it, ``"10.1.2.1"``.
    position : int
        1 for the first row of the table.
    parameter : str
        ``"Message ID Being Responded To"``.
    request, response : str
        The cells ``M``, ``U``, ``U(=)``, ``C``, ``C(=)`` or ``-``.
    cancel : str or None
        The cell of the third column, which only C-FIND, C-GET and C-MOVE have.
    clause : str
        The subsection that describes the parameter, ``"10.1.2.1.2"``.
    """

    service: str
    table: str
    section: str
    position: int
    parameter: str
    request: str
    response: str
    cancel: str | None
    clause: str


@dataclass(frozen=True)
class MessageRow:
    """One field of a message: a row of Tables 9.3-1 to 9.3-13 and 10.3-1 to 10.3-12.

    Attributes
    ----------
    message : str
        ``"N-GET-RSP"``; the three cancel messages keep their own names, ``"C-CANCEL-FIND-RQ"``.
    table, section : str
        ``"10.3-4"`` and the section that holds it, ``"10.3.2.2"``.
    position : int
        1 for the first row of the table.
    field : str
        ``"Affected SOP Class UID"``.
    tag, vr, vm : str or None
        ``"(0000,0002)"``, ``"UI"``, ``"1"``; all three ``None`` where the tag is "(no tag)".
    fixed : str or None
        Command Field: four hexadecimal digits. Command Data Set Type: `DATA_SET_PRESENT`,
        `DATA_SET_ABSENT` or `DATA_SET_EITHER`. ``None`` in every other row.
    """

    message: str
    table: str
    section: str
    position: int
    field: str
    tag: str | None
    vr: str | None
    vm: str | None
    fixed: str | None


@dataclass(frozen=True)
class Element:
    """One command element: a row of a registry, in Annex E.1 or, if it is retired, E.2."""

    tag: str
    name: str
    keyword: str
    vr: str
    vm: str


@dataclass(frozen=True)
class StatusType:
    """One status type: a subsection of Annex C.

    Attributes
    ----------
    section, name : str
        ``"C.5.7"`` and its title, ``"Class-Instance conflict"``.
    class_ : str
        ``"Success"``, ``"Pending"``, ``"Cancel"``, ``"Warning"`` or ``"Failure"``.
    code : str
        Four hexadecimal digits, or `SERVICE_CLASS_SPECIFIC`.
    """

    section: str
    name: str
    class_: str
    code: str


@dataclass(frozen=True)
class StatusField:
    """One field that Annex C permits with a status: a row of that status, Status itself left out.

    Attributes
    ----------
    section, status : str
        ``"C.5.7"`` and its title, ``"Class-Instance conflict"``.
    position : int
        1 for the first row of the table that is not Status.
    field : str
        ``"Affected SOP Class UID"``; ``"Modification List/Attribute List"`` is one field.
    tag, vr, vm : str or None
        All three ``None`` where the tag is "(no tag)".
    only_in : str or None
        The one service whose response may carry the field, where the text names one.
    """

    section: str
    status: str
    position: int
    field: str
    tag: str | None
    vr: str | None
    vm: str | None
    only_in: str | None


@dataclass(frozen=True)
class StatusClass:
    """The codes of one status class: a row of the table that opens Annex C."""

    class_: str
    codes: str


@dataclass(frozen=True)
class ServiceStatus:
    """One status that a service may return: an item of the list in its Status clause.

    Attributes
    ----------
    service, clause : str
        ``"N-GET"`` and its Status clause, ``"10.1.2.1.9"``.
    position : int
        1 for the first item of the list.
    status : str
        The name as the clause has it, which is not always the title in Annex C.
    code : str
        Four hexadecimal digits, or `SERVICE_CLASS_SPECIFIC`.
    """

    service: str
    clause: str
    position: int
    status: str
    code: str


@dataclass(frozen=True)
class Facts:
    """Everything that is compared; each name is also the name of a file, ``<name>.csv``."""

    service_tables: tuple[ServiceRow, ...]
    message_tables: tuple[MessageRow, ...]
    elements: tuple[Element, ...]
    retired_elements: tuple[Element, ...]
    status_types: tuple[StatusType, ...]
    status_fields: tuple[StatusField, ...]
    status_classes: tuple[StatusClass, ...]
    service_statuses: tuple[ServiceStatus, ...]
