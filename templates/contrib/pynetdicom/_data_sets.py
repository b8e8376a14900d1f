"""Say what a data set is not that its SOP class asks, and what a status means.

Invariant: this is told by the logger ``dimse_primitives.sop_classes`` and changes nothing: whatever
a peer has sent, no message is kept back and no exception leaves. A logger that is not heard costs
nothing. A message has one line.

This file is copied as it is from `templates/contrib/pynetdicom/_data_sets.py`. Do not edit the
copy.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from io import BytesIO
from typing import Any, Final

from pydicom.datadict import dictionary_description, dictionary_has_tag
from pynetdicom.dimse import DIMSEServiceProvider

from ..._data_set_rules import status_in_words
from ..._messages import NORMALIZED
from ..._status import StatusClass, status_class
from ._diagnosis import LOGGER as PARENT
from ._diagnosis import is_a_request, one_line, place

LOGGER: Final = PARENT.getChild("sop_classes")
_MOST_NAMED: Final = 9
_TABLES: Final = f"{__name__.rpartition('.contrib.')[0]}.sop_classes"
# Taken before anything is replaced: this module is imported by the first installation.
_THEIR_SEND: Final[Any] = DIMSEServiceProvider.send_msg


def replacements() -> Iterator[tuple[Any, str, object]]:
    """Yield what takes the place of which attribute of which class or module."""
    yield DIMSEServiceProvider, "send_msg", _send


def _send(provider: Any, primitive: Any, context_id: int) -> None:
    """Stand in for ``DIMSEServiceProvider.send_msg``."""
    if primitive.MessageIDBeingRespondedTo is None and _is_normalized(primitive):
        provider._asked = primitive
        tell(provider, primitive, context_id, "request to be sent")
    _THEIR_SEND(provider, primitive, context_id)


def tell(provider: Any, primitive: Any, context_id: int, kind: str = "request") -> None:
    """Log what there is to say of a message that was received, or of a request to be sent.

    A request of an N-service that is not as its SOP class asks, and a response that says that
    something failed, are a WARNING; a response that is not as its SOP class asks, and one with a
    warning, are INFO.
    """
    try:
        if is_a_request(primitive):
            _tell_of_data_set(provider, primitive, context_id, kind, logging.WARNING)
        elif primitive.Status is not None:
            _tell_of_response(provider, primitive, context_id)
    except Exception as error:
        # It is told of, not acted on: what cannot be looked at is no reason to lose it.
        LOGGER.debug("%s%s: %s", primitive.msg_type, place(primitive), one_line(error))


def _tell_of_response(provider: Any, response: Any, context_id: int) -> None:
    request = vars(provider).get("_asked")
    if request is not None and request.MessageID != response.MessageIDBeingRespondedTo:
        request = None
    kind = status_class(response.Status)
    if kind in (StatusClass.SUCCESS, StatusClass.PENDING, StatusClass.CANCEL):
        _tell_of_data_set(provider, response, context_id, "response", logging.INFO, request)
        return
    level = logging.INFO if kind is StatusClass.WARNING else logging.WARNING
    if LOGGER.isEnabledFor(level):
        said = [status_in_words(response, response.Status, request), *_fields(response)]
        LOGGER.log(
            level,
            "%s response%s: %s",
            response.msg_type,
            place(response, context_id),
            "; ".join(said),
        )


def _fields(response: Any) -> Iterator[str]:
    """Yield what a response says besides its status."""
    for keyword in ("AttributeIdentifierList", "OffendingElement"):
        given: Any = getattr(response, keyword, None) or []
        for tag in (given if isinstance(given, list) else [given])[:_MOST_NAMED]:
            yield f"{tag} {dictionary_description(tag)}" if dictionary_has_tag(tag) else str(tag)
    if getattr(response, "ErrorComment", None):
        yield f"Error Comment: {one_line(ValueError(response.ErrorComment))}"


def _tell_of_data_set(
    provider: Any, primitive: Any, context_id: int, kind: str, level: int, request: Any = None
) -> None:
    tables = _tables() if _is_normalized(primitive) and LOGGER.isEnabledFor(level) else None
    if tables is None:
        return
    try:
        found = tables.check(
            primitive,
            _data_set(primitive),
            request=request,
            transfer_syntax=_transfer_syntax(provider, context_id),
        )
    except tables.DataSetError as error:
        found = [f"the data set cannot be read: {one_line(error)}"]
    if found:
        said = "; ".join(_named(found))
        LOGGER.log(
            level, "%s %s%s: %s", primitive.msg_type, kind, place(primitive, context_id), said
        )


def _log(level: int, primitive: Any, kind: str, context_id: int, told: Iterable[str]) -> None:
    where = place(primitive, context_id)
    LOGGER.log(level, "%s %s%s: %s", primitive.msg_type, kind, where, "; ".join(told))


def _named(found: Any) -> Iterator[str]:
    first, *others = found
    yield one_line(ValueError(str(first)), 400)
    if others:
        named = ", ".join(f"{each.rule} {each.path}" for each in others[:_MOST_NAMED])
        yield f"{len(others)} more: {named}{', ...' if len(others) > _MOST_NAMED else ''}"


def _data_set(primitive: Any) -> bytes:
    """Return the bytes of the data set of a primitive of pynetdicom, whatever it is called."""
    data = primitive._dataset
    return data.getvalue() if isinstance(data, BytesIO) else b""


def _transfer_syntax(provider: Any, context_id: int) -> str:
    context = provider.assoc._accepted_cx[context_id]
    return str(context.transfer_syntax[0])


def _is_normalized(primitive: Any) -> bool:
    return primitive.msg_type in NORMALIZED


@cache
def _tables() -> Any:
    """Return what knows SOP classes; None in a package without their tables."""
    return import_module(_TABLES) if find_spec(_TABLES) is not None else None
