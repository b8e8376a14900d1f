"""What the caller of a service gets of a response and its data set.

Invariant: a response is given once, and nothing is locked meanwhile; a data set that cannot be
decoded, or not be shown in the log, is one line there. Where Annex C permits a data set with a
failure, the caller gets that one, too; with what cannot be decoded he gets what pynetdicom gives.

This file is copied as it is from `templates/contrib/pynetdicom/_responses.py`. Do not edit the
copy.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from functools import wraps
from typing import Any, Final

from pydicom.dataset import Dataset
from pynetdicom import _config
from pynetdicom import association as their_module
from pynetdicom.association import Association

from ..._status import StatusClass, StatusCode, status_class
from ._adapter import Adapter
from ._diagnosis import LOGGER, one_line, place
from ._messages import is_empty
from ._primitives import C_GET, C_MOVE

# What pynetdicom returns instead of a success whose data set it cannot decode.
_PROCESSING_FAILURE: Final = StatusCode.PROCESSING_FAILURE.value
# Those whose responses may have a data set, and come with it as a pair.
_SENDING: Final = ("n_action", "n_create", "n_event_report", "n_get", "n_set")
# Taken before anything is replaced: this module is imported by the first installation.
_THEIR_DECODE: Final[Any] = vars(their_module)["decode"]
_THEIR_LINES: Final[Any] = vars(their_module)["pretty_dataset"]
_THEIR_STATUS: Final[Any] = Association._check_received_status
_THEIR_SENDING: Final[dict[str, Any]] = {
    name: getattr(Association, name) for name in (f"send_{each}" for each in _SENDING)
}


class _Reading(threading.local):
    """The response that a thread has waited for, and the status that its caller is to get."""

    response: Adapter | None = None
    status: Dataset | None = None


_reading: Final = _Reading()


def replacements() -> Iterator[tuple[Any, str, object]]:
    """Yield what takes the place of which attribute of which class or module."""
    yield their_module, "decode", _decode
    yield their_module, "pretty_dataset", _lines
    yield Association, "_check_received_status", _status
    for name, theirs in _THEIR_SENDING.items():
        yield Association, name, _with_data_set_of_failure(theirs)


def expect(primitive: Any) -> None:
    """Take note of what a thread has waited for; a request with its data set is not kept."""
    is_response = isinstance(primitive, Adapter) and not primitive._is_request
    _reading.response = primitive if is_response else None
    _reading.status = None


def _status(assoc: Any, response: Any) -> Dataset:
    """Stand in for ``Association._check_received_status``."""
    status: Dataset = _THEIR_STATUS(assoc, response)
    _reading.status = status
    return status


def _decode(data_set: Any, *transfer_syntax: bool) -> Dataset | None:
    """Stand in for the ``decode`` of ``association``, which calls it with the response at hand.

    pynetdicom would catch what this raises, and go on with the lock held or write a traceback.
    """
    response = _reading.response
    if response is None or data_set is not response._dataset:
        return _decoded(data_set, *transfer_syntax)
    try:
        found = _decoded(data_set, *transfer_syntax)
        if _config.LOG_RESPONSE_IDENTIFIERS and isinstance(response, C_GET | C_MOVE):
            # It will be shown, and is not given where that fails.
            _THEIR_LINES(found)
    except Exception as error:
        status = _reading.status
        _report(response, error, "" if status is None else f" and {_PROCESSING_FAILURE:04X}H")
        if status is not None:
            status.Status = _PROCESSING_FAILURE
        return None
    return found


def _decoded(data_set: Any, *transfer_syntax: bool) -> Dataset:
    found: Dataset = _THEIR_DECODE(data_set, *transfer_syntax)
    return found


def _report(response: Adapter, error: Exception, instead: str = "") -> None:
    LOGGER.error(
        "The data set of the %s response%s with status %04XH cannot be decoded, "
        "its caller gets None%s: %s",
        response.msg_type,
        place(response),
        response.Status,  # type: ignore[attr-defined]
        instead,
        one_line(error),
    )


def _lines(data_set: Dataset) -> list[str]:
    """Stand in for the ``pretty_dataset`` of ``association``: what it cannot show it says."""
    try:
        lines: list[str] = _THEIR_LINES(data_set)
    except Exception as error:
        lines = [f"it cannot be shown: {one_line(error)}"]
    return lines


def _with_data_set_of_failure(theirs: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(theirs)
    def send(assoc: Any, *args: Any, **kwargs: Any) -> tuple[Dataset, Dataset | None]:
        _reading.response = None
        status, data_set = theirs(assoc, *args, **kwargs)
        response, _reading.response = _reading.response, None
        if data_set is None and response is not None:
            data_set = _data_set_of_failure(assoc, response)
        return status, data_set

    return send


def _data_set_of_failure(assoc: Any, response: Any) -> Dataset | None:
    """Return the data set that Annex C permits with the failure of `response`, None if none."""
    data_set, context = response._dataset, assoc._accepted_cx.get(response._context_id)
    fields = response.STATUS_FIELDS.get(response.Status, ())
    is_permitted = any(word not in response.RESPONSE_ELEMENTS for word in fields)
    is_failure = status_class(response.Status) is StatusClass.FAILURE
    if not (is_failure and is_permitted) or is_empty(data_set) or context is None:
        return None
    syntax = context.transfer_syntax[0]
    try:
        return _decoded(
            data_set, syntax.is_implicit_VR, syntax.is_little_endian, syntax.is_deflated
        )
    except Exception as error:
        _report(response, error)
        return None
