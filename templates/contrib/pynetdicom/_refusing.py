"""What a request is answered with that cannot be served.

Invariant: the failure is one that its service may return (the Status clause of PS3.7), and of
these the one with which Annex C lets most be said; nothing is in the response that Annex C does not
permit. A request without a Message ID cannot be answered, so the association is aborted.

This file is copied as it is from `templates/contrib/pynetdicom/_refusing.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from pynetdicom.association import Association

from ..._status import StatusClass, status_class
from ._aborting import give_reason
from ._adapter import Adapter
from ._diagnosis import LOGGER, place

_COMMENT: Final = "ErrorComment"
_LONGEST_COMMENT: Final = 64
# Looked for once: a range has 4096 codes.
_FAILURES: Final[dict[type[Adapter], int]] = {}
# Taken before anything is replaced: this module is imported by the first installation.
_THEIR_SERVE: Final[Any] = Association._serve_request


def replacements() -> Iterator[tuple[Any, str, object]]:
    """Yield what takes the place of which attribute of which class."""
    yield Association, "_serve_request", _serve


def _serve(assoc: Any, request: Any, context_id: int) -> None:
    """Stand in for ``Association._serve_request``, which leaves a peer waiting."""
    _THEIR_SERVE(assoc, request, context_id)
    is_refused = getattr(request, "_is_request", False) and not request.is_valid_request
    if is_refused and not assoc._sent_release:
        _refuse(assoc, request, context_id)


def _refuse(assoc: Any, request: Adapter, context_id: int) -> None:
    """Answer a request that lacks a mandatory parameter."""
    name = f"{request.msg_type} request{place(request)}"
    if context_id not in assoc._accepted_cx or getattr(request, "MessageID", None) is None:
        LOGGER.warning("%s cannot be answered: the association is aborted", name)
        give_reason(assoc.dul)
        assoc.abort()
        return
    response = _failure(request)
    LOGGER.info("%s is answered with %04XH, %s", name, response.Status, response.ErrorComment)
    assoc.dimse.send_msg(response, context_id)


def _failure(request: Any) -> Any:
    """Return the response to `request`, which says what is missing."""
    lacking = [word for word in request.REQUEST_KEYWORDS if getattr(request, word) is None]
    names = (request.PARAMETERS[word].name for word in lacking)
    return request.respond(Status=failure_of(type(request)), ErrorComment=_comment(names))


def _comment(names: Iterable[str]) -> str:
    """Return what is missing, as many `names` of it as an Error Comment has room for."""
    text = ""
    for name in names:
        longer = f"{text}, {name}" if text else f"No valid {name}"
        if len(longer) > _LONGEST_COMMENT:
            break
        text = longer
    return text


def failure_of(primitive: type[Adapter]) -> int:
    """Return the failure with which a service may say most of what was wrong with a request.

    Of a range of codes, and of ranges with which the same is permitted, it is the first of the
    last: ``C000`` is "Cannot understand" or "Unable to process", ``A7xx`` and ``A9xx`` say why.
    """
    if primitive not in _FAILURES:
        fields = primitive.STATUS_FIELDS
        failures = (
            code
            for code in fields
            if status_class(code) is StatusClass.FAILURE and _COMMENT in fields[code]
        )
        best = max(failures, key=lambda code: (len(fields[code]), code >> 12, -code))
        _FAILURES[primitive] = best
    return _FAILURES[primitive]
