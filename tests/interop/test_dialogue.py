"""What is taken from a connection is what was said on it, however TCP has cut it."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

import pytest
from dimse_primitives import C_GET, C_STORE, fragment

from .peers.dialogue import listen
from .peers.proxy import Piece

CLASS, INSTANCE = "1.2.840.10008.5.1.4.1.1.7", "1.2.3"
RELEASE = b"\5\0" + (4).to_bytes(4, "big") + bytes(4)
GET = C_GET.request(
    MessageID=7, AffectedSOPClassUID=CLASS, Priority=0, Identifier=BytesIO(bytes(2))
)
STORE = C_STORE.request(
    MessageID=7,
    AffectedSOPClassUID=CLASS,
    AffectedSOPInstanceUID=INSTANCE,
    Priority=0,
    DataSet=BytesIO(bytes(100)),
)


def pdus(command: bytes, data_set: bytes | None = None) -> bytes:
    """Return a message as P-DATA-TF PDUs of at most 64 bytes."""

    def each() -> Iterator[bytes]:
        for pdv in fragment(command, data_set, 64, 1):
            item = pdv.to_bytes()
            yield b"\4\0" + len(item).to_bytes(4, "big") + item

    return b"".join(each())


GETTING = pdus(GET.encode_request(), b"\0\0")
STORING = pdus(STORE.encode_request(), b"\0" * 100)
STORED = pdus(STORE.respond(Status=0).encode_response())
GOT = pdus(GET.respond(Status=0).encode_response())


@pytest.mark.parametrize("size", [1, 5, 64, 10_000])
def test_it_does_not_matter_how_the_bytes_are_cut(size: int) -> None:
    said = RELEASE + GETTING + RELEASE
    cuts = range(0, len(said), size)
    (heard,) = listen([Piece(True, said[start : start + size]) for start in cuts])
    assert heard.type == "C-GET-RQ"
    assert heard.by_client
    assert heard.message.command == GET.encode_request()


def test_a_response_answers_the_request_of_the_other_end_with_its_message_id() -> None:
    heard = listen(
        [Piece(True, GETTING), Piece(False, STORING), Piece(True, STORED), Piece(False, GOT)]
    )
    get, store, stored, got = heard
    assert (get.answers, store.answers) == (None, None)
    assert stored.answers is store
    assert got.answers is get


def test_a_response_to_nothing_answers_nothing() -> None:
    (heard,) = listen([Piece(False, GOT)])
    assert heard.answers is None


@pytest.mark.parametrize("rest", [1, 60, 130])
def test_a_connection_that_ends_within_a_message_is_an_error(rest: int) -> None:
    with pytest.raises(ValueError, match="within a message"):
        listen([Piece(True, STORING[:-rest])])
