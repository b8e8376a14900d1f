"""What its SOP class says of a message, where the package has the tables of PS3.4.

Invariant: without those tables nothing is said, and they are imported when there is a message.

This file is copied as it is from `templates/_data_set_rules.py`. Do not edit the copy.
"""

from __future__ import annotations

from functools import cache
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import Any, Final

from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian

from ._codec import Message
from ._rows import Violation
from ._status import status_class, status_name

_NAME: Final = f"{__package__ or ''}.sop_classes"
_VRS: Final = frozenset(
    (
        *(b"AE", b"AS", b"AT", b"CS", b"DA", b"DS", b"DT", b"FD", b"FL", b"IS", b"LO", b"LT"),
        *(b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"PN", b"SH", b"SL", b"SQ", b"SS", b"ST"),
        *(b"SV", b"TM", b"UC", b"UI", b"UL", b"UN", b"UR", b"US", b"UT", b"UV"),
    )
)


@cache
def _sop_classes() -> Any:
    return import_module(_NAME) if find_spec(_NAME) is not None else None


def data_set_violations(
    message: Message,
    request: Message | None = None,
    data_set: bytes | None = None,
    transfer_syntax: str | None = None,
) -> tuple[Violation, ...]:
    """Return what a message and its data set break of the tables of its SOP class.

    Parameters
    ----------
    message : Message
        The message.
    request : Message, optional
        The request that it answers.
    data_set : bytes, optional
        The data set that belongs to it, where it came without.
    transfer_syntax : str, optional
        The UID of the transfer syntax; without it the bytes tell Explicit VR from Implicit VR.

    Returns
    -------
    tuple of Violation
        Empty if the data set is not there; one that cannot be read is said to be so.
    """
    sop_classes = _sop_classes()
    if sop_classes is None:
        return ()
    sent = _sent(message) if data_set is None else data_set
    if message.has_data_set and not sent:
        return ()
    try:
        found: tuple[Violation, ...] = sop_classes.check(
            message.primitive,
            sent,
            request=request.primitive if request is not None else None,
            transfer_syntax=transfer_syntax or transfer_syntax_of(sent),
        )
    except sop_classes.DataSetError as error:
        said = f"the data set cannot be read: {error}; say its transfer syntax, or send it whole"
        return (Violation("unreadable-data-set", "", said, "PS3.5 7.1"),)
    return found


def is_looked_into(
    message: Message, request: Message | None = None, data_set: bytes | None = None
) -> bool:
    """Return whether the tables of PS3.4 know a message, with all that it announces."""
    sop_classes = _sop_classes()
    if sop_classes is None or (message.has_data_set and not (data_set or _sent(message))):
        return False
    asked = request.primitive if request is not None else None
    return bool(sop_classes.has_tables_for(message.primitive, asked))


def _sent(message: Message) -> bytes:
    """Return the data set that a message came with."""
    values = (getattr(message.primitive, word) for word in type(message.primitive).PARAMETERS)
    return next((value.getvalue() for value in values if isinstance(value, BytesIO)), b"")


def transfer_syntax_of(data_set: bytes) -> str:
    """Return what a data set looks like: a VR follows the first tag, or it does not."""
    is_explicit = data_set[4:6] in _VRS
    return str(ExplicitVRLittleEndian if is_explicit else ImplicitVRLittleEndian)


def status_in_words(primitive: Any, code: int, request: Any = None) -> str:
    """Return a status as people read it: ``0120H Missing Attribute (Failure)``.

    What it means, the SOP class says; where it does not, Annex C of PS3.7.
    """
    found = status_class(code)
    outcome = found.value if found else "in no status class"
    meaning = _meaning(primitive, code, request) or status_name(code)
    return (
        f"{code:04X}H {meaning} ({outcome})"
        if meaning and meaning != outcome
        else f"{code:04X}H ({outcome})"
    )


def _meaning(primitive: Any, code: int, request: Any) -> str | None:
    sop_classes = _sop_classes()
    return sop_classes.meaning_of(primitive, code, request) if sop_classes is not None else None
