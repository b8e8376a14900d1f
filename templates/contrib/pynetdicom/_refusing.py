"""What a request is answered with that cannot be served.

Invariant: the failure is one that its service may return (the Status clause of PS3.7), and of
these the one with which Annex C lets most be said, unless the SOP Class is what is wrong; nothing
is in the response that Annex C does not permit. What cannot be answered, a request without a
Message ID or on a presentation context that was not accepted, ends the association.

This file is copied as it is from `templates/contrib/pynetdicom/_refusing.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from pynetdicom import association as their_module
from pynetdicom.association import LOGGER as THEIR_LOGGER
from pynetdicom.association import Association
from pynetdicom.service_class import ServiceClass

from ..._status import StatusClass, StatusCode, status_class
from ._aborting import NOT_ACCEPTED, give_reason
from ._adapter import Adapter
from ._diagnosis import LOGGER, place, printable
from ._primitives import ADAPTERS
from ._served import HANDLERS
from ._storing import keep_file, remove_file

_COMMENT: Final = "ErrorComment"
_LONGEST_COMMENT: Final = 64
# Looked for once: a range has 4096 codes.
_FAILURES: Final[dict[type[Adapter], int | None]] = {}
# "SOP Class Not Supported" of the DIMSE-C services, "No Such SOP Class" of the others.
_UNKNOWN_CLASS: Final = (
    StatusCode.REFUSED_SOP_CLASS_NOT_SUPPORTED.value,
    StatusCode.NO_SUCH_SOP_CLASS.value,
)
# Taken before anything is replaced: this module is imported by the first installation.
_THEIR_SERVE: Final[Any] = Association._serve_request
_THEIR_STORE: Final[Any] = Association._c_store_scp
_THEIR_SERVICE_CLASS: Final[Any] = vars(their_module)["uid_to_service_class"]


def replacements() -> Iterator[tuple[Any, str, object]]:
    """Yield what takes the place of which attribute of which class or module."""
    yield Association, "_serve_request", _serve
    yield Association, "_c_store_scp", _store
    yield their_module, "uid_to_service_class", _service_class


def _serve(assoc: Any, request: Any, context_id: int) -> None:
    """Stand in for ``Association._serve_request``, which leaves a peer waiting."""
    try:
        _answer(assoc, request, context_id)
    finally:
        remove_file(request)


def _answer(assoc: Any, request: Any, context_id: int) -> None:
    is_request = getattr(request, "_is_request", False) and not assoc._sent_release
    if is_request and context_id not in assoc._accepted_cx:
        _give_up(assoc, request, NOT_ACCEPTED)
        if not request.is_valid_request:
            assoc.abort()
            return
    handler = HANDLERS.get(type(request).__name__) if is_request else None
    if handler is not None and request.is_valid_request and context_id in assoc._accepted_cx:
        _handle(assoc, request, context_id, handler)
        return
    _THEIR_SERVE(assoc, request, context_id)
    if is_request and not request.is_valid_request:
        _refuse(assoc, request, context_id)


def _handle(assoc: Any, request: Any, context_id: int, handler: Callable[[Any], Any]) -> None:
    """Let the handler of a private service answer; a failure is the answer where it raises."""
    try:
        response = handler(request)
    except Exception:
        LOGGER.exception("the handler of %s has failed", _name(request))
        _fail(assoc, request, context_id)
        return
    assoc.dimse.send_msg(response, context_id)


def _fail(assoc: Any, request: Any, context_id: int) -> None:
    """Answer with the last failure that the service lists; without one, end the association."""
    codes = [code for code in request.STATUS_FIELDS if status_class(code) is StatusClass.FAILURE]
    if codes:
        assoc.dimse.send_msg(request.respond(Status=max(codes)), context_id)
        return
    _give_up(assoc, request, "its service lists no failure to answer with")
    assoc.abort()


def _store(assoc: Any, request: Any) -> None:
    """Stand in for ``Association._c_store_scp``, which serves what comes during C-GET or C-MOVE.

    It can do without the instance and the Message ID, not without the class.
    """
    if request.AffectedSOPClassUID is not None:
        keep_file(request)
        _THEIR_STORE(assoc, request)
    elif request._context_id in assoc._accepted_cx:
        _refuse(assoc, request, request._context_id)
    else:
        _give_up(assoc, request, NOT_ACCEPTED)
        assoc.abort()
    if not assoc.is_established:
        # Nobody is to wait for the response that this was part of.
        assoc.dimse.msg_queue.put((None, None))


def _give_up(assoc: Any, request: Any, why: str) -> None:
    """Have the association end with a reason, and log `why`."""
    LOGGER.warning("%s cannot be answered, %s: the association is aborted", _name(request), why)
    give_reason(assoc.dul)


def _name(request: Any) -> str:
    return f"{request.msg_type} request{place(request)}"


def _refuse(assoc: Any, request: Any, context_id: int) -> None:
    """Answer a request that lacks a mandatory parameter."""
    if getattr(request, "MessageID", None) is None:
        _give_up(assoc, request, "it has no Message ID")
        assoc.abort()
        return
    status = failure_of(type(request))
    if status is None:
        _fail(assoc, request, context_id)
        return
    lacking = [word for word in request.REQUEST_KEYWORDS if getattr(request, word) is None]
    names = (request.PARAMETERS[word].name for word in lacking)
    response = request.respond(Status=status, ErrorComment=_comment(names))
    LOGGER.info(
        "%s is answered with %04XH, %s", _name(request), response.Status, response.ErrorComment
    )
    assoc.dimse.send_msg(response, context_id)


class _NoService(ServiceClass):
    """Serves the SOP Classes that pynetdicom has no service for."""

    def SCP(self, req: Any, context: Any) -> None:
        """Refuse a request for another class than that of its context.

        Where it is the class that was accepted, the application lacks a service that it has
        offered, and pynetdicom aborts the association. A private service has none of pynetdicom.
        """
        if type(req) in ADAPTERS and _class_of(req) == context.abstract_syntax:
            super().SCP(req, context)
        codes = (code for code in _UNKNOWN_CLASS if code in req.STATUS_FIELDS)
        code = next(codes, None)
        if code is None:
            _fail(self.assoc, req, context.context_id)
            return
        response = req.respond(Status=code)
        THEIR_LOGGER.error(
            "No supported service class available for the SOP Class UID '%s', please see "
            "pynetdicom.sop_class.register_uid(): %s is answered with %04XH",
            printable(_class_of(req)),
            _name(req),
            response.Status,
        )
        self.assoc.dimse.send_msg(response, context.context_id)


def _class_of(request: Any) -> str:
    words = ("AffectedSOPClassUID", "RequestedSOPClassUID")
    return next(str(uid) for word in words if (uid := getattr(request, word, None)) is not None)


def _service_class(uid: str) -> Any:
    """Stand in for ``uid_to_service_class``: where there is none, a peer is told so."""
    found = _THEIR_SERVICE_CLASS(uid)
    return _NoService if found is ServiceClass else found


def _comment(names: Iterable[str]) -> str:
    """Return what is missing, as many `names` of it as an Error Comment has room for."""
    text = ""
    for name in names:
        longer = f"{text}, {name}" if text else f"No valid {name}"
        if len(longer) > _LONGEST_COMMENT:
            break
        text = longer
    return text


def failure_of(primitive: type[Adapter]) -> int | None:
    """Return the failure with which a service may say most of what was wrong with a request.

    Of a range of codes, and of ranges with which the same is permitted, it is the first of the
    last: ``C000`` is "Cannot understand" or "Unable to process", ``A7xx`` and ``A9xx`` say why.
    None if a private service lists no failure that may come with a comment.
    """
    if primitive not in _FAILURES:
        fields = primitive.STATUS_FIELDS
        failures = (
            code
            for code in fields
            if status_class(code) is StatusClass.FAILURE and _COMMENT in fields[code]
        )
        best = max(failures, key=lambda code: (len(fields[code]), code >> 12, -code), default=None)
        _FAILURES[primitive] = best
    return _FAILURES[primitive]
