"""A pair of functions for every message, written by hand for that one message.

Invariant: each yields the same bytes, or an equal primitive, as the generated code for every
regular message of its type: any optional parameter there or not, any length. What a function relies
on it checks, so that other bytes are refused (`ValueError`, `struct.error`) and never misread.

They are what a careful engineer would write who has one message to do and wants it fast: `struct`
for everything of known size, UIDs of pydicom made without pydicom's own checks, nothing shared
between messages that would cost a call on the usual way. They do what the task is: what is
mandatory must be there to be encoded, an empty data set counting as none, and what is decoded is
returned as a `Message`. They do less than the generated code where that is more: no name for what
is missing, no list of anomalies, no look at the characters of a UID, no bytearray or memoryview, no
message of another type.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, Final, TypeAlias

from dimse_primitives import Message

from . import (
    c_cancel,
    c_echo,
    c_find,
    c_get,
    c_move,
    c_store,
    n_action,
    n_create,
    n_delete,
    n_event_report,
    n_get,
    n_set,
)

Encode: TypeAlias = Callable[[Any], bytes]
Decode: TypeAlias = Callable[[bytes], Message]

HANDWRITTEN: Final[Mapping[str, tuple[Encode, Decode]]] = {
    "C-ECHO-RQ": (c_echo.encode_request, c_echo.decode_request),
    "C-ECHO-RSP": (c_echo.encode_response, c_echo.decode_response),
    "C-STORE-RQ": (c_store.encode_request, c_store.decode_request),
    "C-STORE-RSP": (c_store.encode_response, c_store.decode_response),
    "C-FIND-RQ": (c_find.encode_request, c_find.decode_request),
    "C-FIND-RSP": (c_find.encode_response, c_find.decode_response),
    "C-GET-RQ": (c_get.encode_request, c_get.decode_request),
    "C-GET-RSP": (c_get.encode_response, c_get.decode_response),
    "C-MOVE-RQ": (c_move.encode_request, c_move.decode_request),
    "C-MOVE-RSP": (c_move.encode_response, c_move.decode_response),
    "C-CANCEL-RQ": (c_cancel.encode_request, c_cancel.decode_request),
    "N-EVENT-REPORT-RQ": (n_event_report.encode_request, n_event_report.decode_request),
    "N-EVENT-REPORT-RSP": (n_event_report.encode_response, n_event_report.decode_response),
    "N-GET-RQ": (n_get.encode_request, n_get.decode_request),
    "N-GET-RSP": (n_get.encode_response, n_get.decode_response),
    "N-SET-RQ": (n_set.encode_request, n_set.decode_request),
    "N-SET-RSP": (n_set.encode_response, n_set.decode_response),
    "N-ACTION-RQ": (n_action.encode_request, n_action.decode_request),
    "N-ACTION-RSP": (n_action.encode_response, n_action.decode_response),
    "N-CREATE-RQ": (n_create.encode_request, n_create.decode_request),
    "N-CREATE-RSP": (n_create.encode_response, n_create.decode_response),
    "N-DELETE-RQ": (n_delete.encode_request, n_delete.decode_request),
    "N-DELETE-RSP": (n_delete.encode_response, n_delete.decode_response),
}
