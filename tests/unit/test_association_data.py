"""Messages and data sets on an association: how they are cut, sent from files, and kept."""

from __future__ import annotations

from io import BytesIO, UnsupportedOperation

import pytest
from dimse_primitives import (
    InvalidPrimitiveError,
    Reassembler,
)
from dimse_primitives.upper_layer import (
    P_DATA_TF,
    Aborted,
    Policy,
    PresentationDataValueItem,
    State,
    decode_pdu,
    split_pdus,
)
from dimse_primitives.upper_layer._one_fragment import pdu_of_fragment

from .associations import (
    POLICY,
    established,
    message_of,
    received,
    sent,
    store,
)


@pytest.mark.parametrize("longest", [0, 8, 9, 16, 17, 4096, 131072])
@pytest.mark.parametrize("size", [1, 2, 3, 4096, 300_001])
def test_fragments_fit_and_are_even(longest: int, size: int) -> None:  # PS3.8 D.1, E.1
    if size > 4096 and 0 < longest < 100:
        size = 1001
    policy = Policy(contexts=POLICY.contexts, maximum_length=longest)
    asking, answering = established(policy)
    content = bytes(range(256)) * (size // 256 + 1)
    asking.send(store(content[:size]))
    data = sent(asking)
    for pdu in split_pdus(data):
        decoded = decode_pdu(bytes(pdu)).pdu
        assert isinstance(decoded, P_DATA_TF)
        assert not longest or len(pdu) - 6 <= longest
        (item,) = decoded.presentation_data_value_items
        assert len(item.fragment) % 2 == 0 or (item.is_last and not item.is_command)
    primitive = received(answering, data)
    assert primitive.DataSet.getvalue() == content[:size]


@pytest.mark.parametrize("size", [0, 1, 16_384])
def test_a_fragment_is_sent_as_the_pdu_that_has_it(size: int) -> None:
    item = PresentationDataValueItem(3, 2, bytes(size))
    assert b"".join(pdu_of_fragment(4, 3, 2, bytes(size))) == P_DATA_TF((item,)).encode()


@pytest.mark.parametrize("size", [1, 1 << 20, (1 << 20) + 1, 3_000_000])
def test_a_file_is_read_while_it_is_sent(size: int) -> None:
    content = bytes(size)

    class File(BytesIO):
        most = 0

        def read(self, size: int | None = -1, /) -> bytes:
            assert size is not None
            assert size >= 0
            File.most = max(File.most, size)
            return super().read(min(size, 100_000))

    asking, answering = established()
    file = File(content)
    asking.send(store(None), data_set=file)
    if size > 1 << 20:
        assert file.tell() < size
    events = [
        event
        for pdu in iter(lambda: b"".join(asking.data_to_send()), b"")
        for event in answering.receive_data(pdu)
    ]
    (event,) = events
    assert message_of(event).DataSet.getvalue() == content
    assert File.most <= 1 << 20


def test_a_file_without_bytes_is_no_data_set() -> None:
    asking, _ = established()
    with pytest.raises(InvalidPrimitiveError, match="Data Set is missing"):
        asking.send(store(None), data_set=BytesIO())


def test_a_file_that_cannot_be_read_aborts() -> None:
    class Broken(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            if self.tell():
                raise UnsupportedOperation("gone")
            return super().read(size)

    asking, answering = established()
    asking.send(store(None), data_set=Broken(bytes(2_000_000)))
    with pytest.raises(OSError, match="gone"):
        sent(asking)
    assert asking.state is State.Sta13
    (event,) = answering.receive_data(sent(asking))
    assert isinstance(event, Aborted)


def test_an_abort_overtakes_what_is_queued() -> None:
    asking, answering = established()
    asking.send(store(bytes(1_000_000)))
    asking.abort()
    (event,) = answering.receive_data(sent(asking))
    assert isinstance(event, Aborted)
    assert (event.source, event.is_local) == (0, False)


@pytest.mark.parametrize(
    ("item", "text"),
    [
        (
            PresentationDataValueItem(9, 3, b"\0\0"),
            "context 9, which was not accepted",
        ),
        (PresentationDataValueItem(1, 2, b"\0\0"), "data-before-command"),
        (PresentationDataValueItem(1, 3, b"\0\0"), "command-undecodable"),
    ],
)
def test_a_fragment_that_does_not_belong_aborts(item: PresentationDataValueItem, text: str) -> None:
    asking, answering = established()
    (event,) = answering.receive_data(P_DATA_TF((item,)).encode())
    assert isinstance(event, Aborted)
    assert event.is_local
    assert text in event.text
    (told,) = asking.receive_data(sent(answering))
    assert isinstance(told, Aborted)
    assert (told.source, told.reason) == (2, 6)


def test_a_pdu_longer_than_agreed_aborts_at_its_header() -> None:  # PS3.8 D.1
    _, answering = established(Policy(contexts=POLICY.contexts, maximum_length=1000))
    assert answering.receive_data(b"\4\0\0\0\3\xe8") == []
    _, answering = established(Policy(contexts=POLICY.contexts, maximum_length=1000))
    (event,) = answering.receive_data(b"\4\0\0\0\3\xe9")
    assert isinstance(event, Aborted)
    assert "1001 bytes, where at most 1000" in event.text
    assert answering.receive_data(b"\5\0\0\0\0\4\0\0\0\0") == []
    assert answering.state is State.Sta13


def test_a_data_set_that_cannot_be_kept_aborts() -> None:
    class Full(BytesIO):
        def write(self, data: object, /) -> int:
            raise OSError(28, "No space left on device")

    asking, answering = established(reassembler=Reassembler(spool_to=lambda *_: Full()))
    asking.send(store(b"\0\0"))
    (event,) = answering.receive_data(sent(asking))
    assert isinstance(event, Aborted)
    assert "No space left" in event.text
    assert answering.state is State.Sta13
