"""Make the response that refuses a request.

Invariant: the response breaks no rule itself: it has the fields that Annex C of PS3.7 permits with
its status, and a status that the service lists.

This file is copied as it is from `templates/sop_classes/_refuse.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final, TypeVar

from pydicom.uid import DeflatedExplicitVRLittleEndian, ImplicitVRLittleEndian

from .._messages import _TYPES as MESSAGE_TYPES
from .._rows import Violation
from .._runtime import AnsweredPrimitive
from .._status import SERVICE_CLASS_SPECIFIC, StatusClass, StatusCode, status_class
from ._data_set import DataSetError
from ._registry import sop_class
from ._top_level import elements_in
from ._violations import SOPClassViolation

_P = TypeVar("_P", bound=AnsweredPrimitive)
_LONGEST: Final = 64
# What goes wrong in a way that no other status of the service says (PS3.7 C.5.21), and the first of
# the last failures that are left to SOP classes (C.5.3).
_PROCESSING_FAILURE: Final = StatusCode.PROCESSING_FAILURE.value
_FAILED: Final = max(
    (each[0] for each in SERVICE_CLASS_SPECIFIC if status_class(each[0]) is StatusClass.FAILURE),
    default=_PROCESSING_FAILURE,
)


def refuse(
    request: _P,
    violations: Iterable[Violation],
    *,
    transfer_syntax: str = ImplicitVRLittleEndian,
) -> _P:
    """Return the response with which an SCP refuses a request.

    Parameters
    ----------
    request : DIMSEPrimitive
        The request.
    violations : iterable of Violation
        What `check` found, or the request itself; the first that has a status decides.
    transfer_syntax : str, optional
        UID of the transfer syntax in which the data set of the request is encoded. The Attribute
        List of the response, where there is one, is in it too.

    Returns
    -------
    DIMSEPrimitive
        With the status that 5.4.2 of PS3.4 wants where the service lists it in PS3.7, and 0110H,
        with an Error Comment that says which it would be, where it does not; with everything that
        Annex C permits and the violations tell.

    Raises
    ------
    ValueError
        If there are no violations.
    """
    broken = list(violations)
    if not broken:
        raise ValueError("there is nothing to refuse: no violation")
    wanted = next((s for each in broken if (s := _status(each)) is not None), _PROCESSING_FAILURE)
    status = _listed(request, wanted)
    meant = [each for each in broken if _status(each) == wanted] or broken
    fields = _Fields(request, meant, wanted, status, transfer_syntax)
    given = {name: fields.value(name) for name in type(request).STATUS_FIELDS[status]}
    # Modification List is that of the request; in a response its contents are Attribute List.
    given.pop("ModificationList", None)
    answer: Any = request
    return answer.respond(Status=status, **{k: v for k, v in given.items() if v is not None})  # type: ignore[no-any-return]


def _status(violation: Violation) -> int | None:
    return violation.status if isinstance(violation, SOPClassViolation) else None


def _listed(request: AnsweredPrimitive, wanted: int) -> int:
    """Return the status if the service lists it, else one that says nothing more exact."""
    known = type(request).STATUS_FIELDS
    for status in (wanted, _PROCESSING_FAILURE):
        if status in known:
            return status
    return _FAILED


def _data_set(request: Any, suffix: str) -> str:
    return MESSAGE_TYPES[f"{request.msg_type}-{suffix}"].data_set or ""


class _Fields:
    """What a response may have besides its status; each is None where there is nothing to say."""

    def __init__(
        self,
        request: Any,
        violations: list[Violation],
        wanted: int,
        status: int,
        transfer_syntax: str,
    ) -> None:
        self._request = request
        self._violations = violations
        self._wanted = wanted
        self._status = status
        self._transfer_syntax = transfer_syntax
        known = self._sop_class()
        # What the SOP class says of the status is for those violations that it is about.
        is_meant = any(_status(each) == status for each in violations)
        statuses = known.statuses(request.msg_type) if known is not None and is_meant else {}
        self._defined = statuses.get(status)

    def value(self, keyword: str) -> Any:
        """Return the value of the field `keyword`."""
        make = {
            "AffectedSOPClassUID": self._class_uid,
            "AffectedSOPInstanceUID": self._instance_uid,
            "AttributeIdentifierList": self._tags,
            "OffendingElement": self._tags,
            "ErrorComment": self._comment,
            "ErrorID": self._error_id,
            "AttributeList": self._elements,
        }.get(keyword)
        if make is not None:
            return make()
        # The event type or the action type of the request.
        value = getattr(self._request, keyword, None)
        return value if isinstance(value, int) else None

    def _sop_class(self) -> Any:
        uid = self._class_uid()
        return sop_class(uid) if uid is not None else None

    def _class_uid(self) -> Any:
        return self._either("SOPClassUID")

    def _instance_uid(self) -> Any:
        return self._either("SOPInstanceUID")

    def _either(self, name: str) -> Any:
        affected = getattr(self._request, f"Affected{name}", None)
        return affected or getattr(self._request, f"Requested{name}", None)

    def _tags(self) -> list[int] | None:
        tags = (each.tags for each in self._violations if isinstance(each, SOPClassViolation))
        return list(dict.fromkeys(tag[-1] for tag in tags if tag)) or None

    def _comment(self) -> str:
        if self._defined is not None and self._defined.error_comment:
            return str(self._defined.error_comment)[:_LONGEST]
        first = self._violations[0]
        where = getattr(first, "path", "") or first.parameter
        code = f" ({self._wanted:04X}H)" if self._wanted != self._status else ""
        more = f" +{len(self._violations) - 1}" if len(self._violations) > 1 else ""
        head = f"{first.rule}{code}: "
        room = _LONGEST - len(head) - len(more)
        # The attribute is what matters of a path that is too long.
        return f"{head}{where[-room:]}{more}"

    def _error_id(self) -> int | None:
        if self._defined is None or not self._defined.error_id:
            return None
        return int(self._defined.error_id, 16)

    def _elements(self) -> BytesIO | None:
        """Return the elements of the request that are wrong, encoded as they were."""
        keyword = _data_set(self._request, "RQ")
        sent = getattr(self._request, keyword, None) if keyword else None
        # What is deflated is not cut to pieces.
        if not isinstance(sent, BytesIO) or self._transfer_syntax == DeflatedExplicitVRLittleEndian:
            return None
        tags = {
            each.tags[0]
            for each in self._violations
            if isinstance(each, SOPClassViolation) and each.tags
        }
        # PS3.5 7.8.1: a private element says nothing without that of its creator.
        tags |= {tag & 0xFFFF0000 | tag >> 8 & 0xFF for tag in tags if tag >> 16 & 1}
        try:
            found = elements_in(sent.getvalue(), tags, self._transfer_syntax)
        except DataSetError:
            return None
        return BytesIO(found) if found else None
