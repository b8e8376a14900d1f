"""What the tests of fragments share: command sets, fragments and a slow file."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO, RawIOBase

import pytest
from dimse_primitives import (
    C_CANCEL,
    C_ECHO,
    C_FIND,
    C_STORE,
    PDV,
    FragmentError,
    Reassembler,
    ReceivedMessage,
)

DATA_SET = bytes(range(200)) * 5
ECHO = C_ECHO.request(MessageID=1, AffectedSOPClassUID="1.2.840.10008.1.1").encode_request()
STORE = C_STORE.request(
    MessageID=7,
    AffectedSOPClassUID="1.2.840.10008.5.1.4.1.1.7",
    AffectedSOPInstanceUID="1.2.3",
    Priority=0,
    DataSet=BytesIO(DATA_SET),
).encode_request()
FIND = C_FIND.request(
    MessageID=3,
    AffectedSOPClassUID="1.2.840.10008.5.1.4.1.2.1.1",
    Priority=0,
    Identifier=BytesIO(b"\x08\x00"),
).encode_request()
CANCEL = C_CANCEL(MessageIDBeingRespondedTo=3).encode_request()
MIB = 1 << 20


def feed_all(reassembler: Reassembler, pdvs: Iterable[PDV]) -> list[ReceivedMessage]:
    return [message for pdv in pdvs if (message := reassembler.feed(pdv)) is not None]


def command(data: bytes = ECHO, *, last: bool = True, context_id: int = 1) -> PDV:
    return PDV(context_id, is_command=True, is_last=last, data=data)


def data(content: bytes = b"\x08\x00", *, last: bool = True, context_id: int = 1) -> PDV:
    return PDV(context_id, is_command=False, is_last=last, data=content)


def refusal(reassembler: Reassembler, *pdvs: PDV) -> FragmentError:
    """Feed the fragments, the last of which is refused; return how."""
    *taken, refused = pdvs
    for pdv in taken:
        reassembler.feed(pdv)
    with pytest.raises(FragmentError) as caught:
        reassembler.feed(refused)
    assert caught.value.context_id == refused.context_id
    assert caught.value.offset is None
    return caught.value


class Trickle(RawIOBase):
    """A file that never gives more than 7 bytes."""

    def __init__(self, content: bytes) -> None:
        self._rest = content
        self.asked: list[int] = []

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        self.asked.append(size)
        part, self._rest = self._rest[: min(size, 7)], self._rest[min(size, 7) :]
        return part
