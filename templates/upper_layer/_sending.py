"""A DIMSE message to P-DATA-TF PDUs, which share the memory of what they carry (PS3.8 Annex E).

This file is copied as it is from `templates/upper_layer/_sending.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import copy
from io import BytesIO
from typing import IO, Any, Final

from .._codec import Buffer
from .._coercion import HINT_AT_ENCODING
from .._dictionary import MessageType
from .._fragments import COMMAND as _COMMAND
from .._fragments import LAST as _LAST
from .._messages import _TYPES
from ._facts import FRAGMENT_OVERHEAD, FRAGMENT_STEP
from ._one_fragment import pdu_of_fragment
from .p_data_tf import P_DATA_TF

_TYPE: Final = P_DATA_TF.TYPE
# The largest fragment for a peer that takes any, and the most that is read of a file at once.
_LONGEST: Final = 1 << 20
_ANNOUNCED: Final = BytesIO(b"\0\0")


def message_type_of(primitive: Any) -> MessageType:
    """Return which message a primitive is sent as: a response if it answers a Message ID."""
    name = primitive.msg_type
    answer = f"{name}-RSP"
    is_answer = primitive.MessageIDBeingRespondedTo is not None and answer in _TYPES
    return _TYPES[answer if is_answer else f"{name}-RQ"]


class Outgoing:
    """A message on its way out.

    Parameters
    ----------
    primitive : DIMSEPrimitive
        The message.
    data_set : bytes, bytearray, memoryview, binary file or None
        Its data set, where that is not the parameter of the primitive. A file is read from its
        position on while it is sent.

    Raises
    ------
    InvalidPrimitiveError
        If a mandatory parameter is missing.
    """

    __slots__ = ("_data_set", "_first", "command", "message_type")

    def __init__(self, primitive: Any, data_set: Buffer | IO[bytes] | None) -> None:
        self.message_type = message_type_of(primitive)
        self._first = b""
        if data_set is None:
            data_set = _data_set_of(primitive, self.message_type)
        else:
            data_set = self._announced(data_set)
            primitive = copy(primitive)
            keyword = _keyword_of(primitive, self.message_type)
            setattr(primitive, keyword, None if data_set is None else _ANNOUNCED)
        self._data_set = data_set
        if self.message_type.name.endswith("-RSP"):
            self.command: bytes = primitive.encode_response()
        else:
            self.command = primitive.encode_request()

    def _announced(self, data_set: Buffer | IO[bytes]) -> Buffer | IO[bytes] | None:
        """Return `data_set`, None if it has no bytes; the first of a file are kept."""
        if isinstance(data_set, bytes | bytearray | memoryview):
            return data_set or None
        if not hasattr(data_set, "read"):
            hint = HINT_AT_ENCODING if hasattr(data_set, "save_as") else ""
            given = type(data_set).__name__
            raise TypeError(f"a data set must be bytes or a file, not {given}{hint}")
        self._first = data_set.read(_LONGEST)
        if not isinstance(self._first, bytes):
            text = f"a data set is read as bytes, not {type(self._first).__name__}"
            raise TypeError(f"{text}: open its file with mode 'rb'")
        return data_set if self._first else None

    @property
    def is_in_memory(self) -> bool:
        """Whether making the PDUs reads no file."""
        return self._data_set is None or isinstance(self._data_set, bytes | bytearray | memoryview)

    def pdus(self, context_id: int, longest: int) -> Iterator[list[Buffer]]:
        """Yield the buffers of each P-DATA-TF PDU; `longest` is what the peer takes, 0 for any.

        Every fragment but the last of an odd stream has an even number of bytes (PS3.8 E.1).
        """
        size = min((longest or _LONGEST) - FRAGMENT_OVERHEAD, _LONGEST)
        size -= size % FRAGMENT_STEP
        yield from _fragments(self.command, _COMMAND, context_id, size)
        if self._data_set is None:
            return
        if isinstance(self._data_set, bytes | bytearray | memoryview):
            yield from _fragments(self._data_set, 0, context_id, size)
        else:
            yield from self._file_fragments(self._data_set, context_id, size)

    def _file_fragments(
        self, file: IO[bytes], context_id: int, size: int
    ) -> Iterator[list[Buffer]]:
        # One block is read ahead, to know the last fragment. A block is a whole number of them.
        block, blocks = self._first, max(_LONGEST // size, 1) * size
        block += _read(file, blocks - len(block) % blocks if len(block) % blocks else 0)
        while block:
            following = _read(file, blocks)
            yield from _fragments(block, 0, context_id, size, is_end=not following)
            block = following


def _read(file: IO[bytes], size: int) -> bytes:
    # A read may give fewer bytes than asked for.
    piece = file.read(size) if size else b""
    while piece and len(piece) < size and (part := file.read(size - len(piece))):
        piece += part
    return piece


def _fragments(
    data: Buffer, kind: int, context_id: int, size: int, *, is_end: bool = True
) -> Iterator[list[Buffer]]:
    view = memoryview(data)
    end = len(view)
    for start in range(0, end, size):
        header = kind | _LAST if is_end and start + size >= end else kind
        yield pdu_of_fragment(_TYPE, context_id, header, view[start : start + size])


def _keyword_of(primitive: Any, message_type: MessageType) -> str:
    keywords = _keywords(primitive, message_type)
    if not keywords:
        raise ValueError(f"{message_type.name} has no data set (PS3.7)")
    return keywords[-1]


def _data_set_of(primitive: Any, message_type: MessageType) -> bytes | None:
    # The first that has any bytes is the one that the command set announces.
    for keyword in _keywords(primitive, message_type):
        data_set = getattr(primitive, keyword)
        data: bytes = b"" if data_set is None else data_set.getvalue()
        if data:
            return data
    return None


def _keywords(primitive: Any, message_type: MessageType) -> list[str]:
    """Return the parameters that can be the data set: the usual one, that of the status."""
    status = getattr(primitive, message_type.status) if message_type.status is not None else None
    further = None if status is None else message_type.data_set_with.get(status)
    keywords = (message_type.data_set, further)
    return [keyword for keyword in keywords if keyword is not None]
