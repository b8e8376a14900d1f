"""Fragments (PS3.8 Annex E): what is sent, what is received, and what is refused with which words.

What pynetdicom makes of the same messages is compared at the end.
"""

from __future__ import annotations

import copy
import pickle
import tracemalloc
from collections.abc import Callable, Iterable
from dataclasses import FrozenInstanceError
from io import BytesIO, FileIO, RawIOBase
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import dimse_primitives
import pytest
from dimse_primitives import (
    C_CANCEL,
    C_ECHO,
    C_FIND,
    C_STORE,
    N_GET,
    PDV,
    DecodeError,
    FragmentError,
    Message,
    Reassembler,
    decode,
    fragment,
    read_pdvs,
)
from dimse_primitives._fragments import ReceivedMessage
from pynetdicom.dimse_messages import C_STORE_RQ, N_GET_RQ, DIMSEMessage
from pynetdicom.dimse_primitives import C_STORE as PYNETDICOM_C_STORE
from pynetdicom.dimse_primitives import N_GET as PYNETDICOM_N_GET
from pynetdicom.pdu import P_DATA_TF

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


# Presentation data values


@pytest.mark.parametrize(
    ("pdv", "header", "item"),
    [
        (PDV(1, True, False, b"ab"), 0x01, "00000004 01 01 6162"),
        (PDV(3, True, True, b"abcd"), 0x03, "00000006 03 03 61626364"),
        (PDV(255, False, False, b"ab"), 0x00, "00000004 ff 00 6162"),
        (PDV(1, False, True, b""), 0x02, "00000002 01 02"),
    ],
)
def test_an_item_byte_by_byte(pdv: PDV, header: int, item: str) -> None:  # 9.3.5.1, E.2
    assert pdv.header == header
    assert pdv.to_bytes() == bytes.fromhex(item)
    assert list(read_pdvs(bytes.fromhex(item))) == [pdv]


def test_a_whole_message_byte_by_byte() -> None:
    items = [pdv.to_bytes() for pdv in fragment(CANCEL, None, 40, 5)]
    assert items == [
        bytes.fromhex(
            "00000024 05 01 0000000004000000 1e000000 0000000102000000 ff0f"
            "0000200102000000 0300 0000"
        ),
        bytes.fromhex("0000000a 05 03 0008020000000101"),
    ]
    assert list(map(len, items)) == [40, 14]


def test_a_value_cannot_be_changed() -> None:
    with pytest.raises(FrozenInstanceError):
        command().data = b""  # type: ignore[misc]
    assert "e" * 100 not in repr(data(b"e" * 100))


@pytest.mark.parametrize("kind", [bytes, bytearray, memoryview])
def test_items_one_after_the_other(kind: Callable[[bytes], Any]) -> None:
    pdvs = list(fragment(STORE, DATA_SET, 64, 3))
    assert list(read_pdvs(kind(b"".join(pdv.to_bytes() for pdv in pdvs)))) == pdvs


def test_no_items() -> None:
    assert list(read_pdvs(b"")) == []


@pytest.mark.parametrize(
    ("items", "offset", "left"),
    [
        ("00", 0, "length 0 in the 1 bytes"),
        ("00000002 01", 0, "length 2 in the 5 bytes"),
        ("00000000 0000", 0, "length 0 in the 6 bytes"),
        ("00000001 01 03", 0, "length 1 in the 6 bytes"),
        ("00000005 01 03 6162", 0, "length 5 in the 8 bytes"),
        ("ffffffff 01 03 6162", 0, "length 4294967295 in the 8 bytes"),
        ("00000004 01 03 6162 0000", 8, "length 0 in the 2 bytes"),
    ],
)
def test_a_malformed_length_is_refused_at_its_offset(items: str, offset: int, left: str) -> None:
    with pytest.raises(FragmentError, match=f"at offset {offset}: {left} .*9.3.5.1") as caught:
        list(read_pdvs(bytes.fromhex(items)))
    assert caught.value.reason == "item-length"
    assert (caught.value.offset, caught.value.context_id) == (offset, None)


@pytest.mark.parametrize("context_id", [0, 2, 254])
def test_a_context_id_in_an_item_is_odd(context_id: int) -> None:
    items = command(b"ab").to_bytes() + command(b"cd", context_id=context_id).to_bytes()
    pdvs = read_pdvs(items)
    assert next(pdvs) == command(b"ab")
    with pytest.raises(FragmentError, match=f"context {context_id} at offset 8: ") as caught:
        next(pdvs)
    assert caught.value.reason == "context-id"
    assert (caught.value.offset, caught.value.context_id) == (8, context_id)


def test_the_other_bits_of_the_header_are_never_checked() -> None:  # E.2
    assert list(read_pdvs(bytes.fromhex("00000004 01 ff 6162"))) == [command(b"ab")]
    assert list(read_pdvs(bytes.fromhex("00000004 01 fc 6162"))) == [data(b"ab", last=False)]


@pytest.mark.parametrize("bit", range(2, 8))
def test_the_other_bits_of_the_header_are_checked_when_asked_for(bit: int) -> None:
    items = bytes((0, 0, 0, 4, 1, 1 << bit | 3, 0, 0))
    with pytest.raises(FragmentError, match=f"0x{1 << bit | 3:02X} are not 0 .*E.2") as caught:
        list(read_pdvs(items, strict=True))
    assert caught.value.reason == "reserved-bits"
    assert caught.value.offset == 0


def test_items_are_bytes() -> None:
    with pytest.raises(TypeError):
        list(read_pdvs("00"))  # type: ignore[arg-type]


# To fragments


@pytest.mark.parametrize(("max_pdu", "most"), [(8, 2), (9, 2), (16, 10), (17, 10), (4096, 4090)])
def test_an_item_fits_and_a_fragment_is_even(max_pdu: int, most: int) -> None:  # D.1, E.1
    pdvs = list(fragment(STORE, DATA_SET, max_pdu, 1))
    for is_command, whole in ((True, STORE), (False, DATA_SET)):
        pieces = [pdv.data for pdv in pdvs if pdv.is_command is is_command]
        assert b"".join(pieces) == whole
        assert {len(piece) for piece in pieces[:-1]} <= {most}
        assert 0 < len(pieces[-1]) <= most
        assert len(pieces[-1]) % 2 == 0
    assert all(len(pdv.to_bytes()) <= max_pdu for pdv in pdvs)


def test_the_command_comes_first_and_each_stream_has_one_last_fragment() -> None:
    headers = [pdv.header for pdv in fragment(STORE, DATA_SET, 256, 1)]
    assert headers == sorted(headers, key=[1, 3, 0, 2].index)
    assert (headers.count(3), headers.count(2)) == (1, 1)


def test_without_a_limit_each_is_one_fragment() -> None:
    assert list(fragment(STORE, DATA_SET, 0, 1)) == [command(STORE), data(DATA_SET)]


def test_what_is_odd_is_not_padded() -> None:
    pieces = [pdv.data for pdv in fragment(b"abc", b"defgh", 8, 1)]
    assert pieces == [b"ab", b"c", b"de", b"fg", b"h"]


@pytest.mark.parametrize(
    "empty", [None, b"", bytearray(), memoryview(b""), BytesIO(), Trickle(b"")]
)
def test_an_empty_data_set_has_no_fragment(empty: Any) -> None:  # E.1: no empty fragments
    assert list(fragment(ECHO, empty, 0, 1)) == [command(ECHO)]


@pytest.mark.parametrize(
    "make",
    [bytes, bytearray, memoryview, BytesIO, Trickle, lambda content: memoryview(content).cast("H")],
)
@pytest.mark.parametrize("max_pdu", [0, 9, 128])
def test_a_data_set_comes_in_many_forms(make: Callable[[bytes], Any], max_pdu: int) -> None:
    assert list(fragment(ECHO, make(DATA_SET), max_pdu, 1)) == list(
        fragment(ECHO, DATA_SET, max_pdu, 1)
    )


def test_a_file_is_read_from_its_position(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"preamble" + DATA_SET)
    with (tmp_path / "file").open("rb") as file:
        file.seek(8)
        assert b"".join(pdv.data for pdv in fragment(b"ab", file, 64, 1)) == b"ab" + DATA_SET


def test_a_bytes_io_is_sent_whole_as_the_command_set_announces_it() -> None:
    stream = BytesIO()
    stream.write(DATA_SET)
    request = C_STORE(DataSet=stream, MessageID=1)
    assert decode(request.encode_request(allow_invalid=True)).has_data_set
    assert list(fragment(ECHO, stream, 0, 1))[-1] == data(DATA_SET)


def test_a_file_is_read_as_the_fragments_are_taken() -> None:
    file: Any = Trickle(DATA_SET)
    pdvs = fragment(ECHO, file, 20, 1)
    assert file.asked == []
    for pdv in pdvs:
        if not pdv.is_command:
            break
    assert len(file.asked) <= 2 * 2  # a fragment, and the one after it, of two reads each


def test_a_large_file_is_not_in_memory(tmp_path: Path) -> None:
    with (tmp_path / "large").open("wb") as file:
        file.truncate(32 * MIB)
    for max_pdu in (0, 16384, 0xFFFFFFFF):
        with (tmp_path / "large").open("rb") as file:
            tracemalloc.start()
            sizes = [len(pdv.data) for pdv in fragment(ECHO, file, max_pdu, 1)]
            peak = tracemalloc.get_traced_memory()[1]
            tracemalloc.stop()
        assert sum(sizes) == len(ECHO) + 32 * MIB
        assert peak < 5 * MIB


def test_bytes_are_not_copied_but_for_the_fragment() -> None:
    view = memoryview(bytearray(16 * MIB))
    tracemalloc.start()
    for _ in fragment(ECHO, view, 16384, 1):
        pass
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < MIB
    whole = bytes(MIB)
    assert list(fragment(ECHO, whole, 0, 1))[-1].data is whole


@pytest.mark.parametrize("max_pdu", [-1, 1, 6, 7, 1 << 32])
def test_a_limit_that_no_fragment_can_keep(max_pdu: int) -> None:
    with pytest.raises(ValueError, match=f"max_pdu must be 0 or from 8 .* not {max_pdu}"):
        fragment(ECHO, None, max_pdu, 1)


@pytest.mark.parametrize("context_id", [-1, 0, 2, 256, 257])
def test_a_context_id_to_send_is_odd(context_id: int) -> None:
    with pytest.raises(FragmentError, match="odd number from 1 to 255") as caught:
        fragment(ECHO, None, 0, context_id)
    assert caught.value.reason == "context-id"


def test_a_message_has_a_command_set() -> None:
    with pytest.raises(ValueError, match="empty"):
        fragment(b"", DATA_SET, 0, 1)


def test_other_types_are_refused_before_anything_is_sent() -> None:
    wrong: Any = "text"
    with pytest.raises(TypeError, match=r"command set must be bytes.* not str"):
        fragment(wrong, None, 0, 1)
    with pytest.raises(TypeError, match="data set must be bytes or a file, not str"):
        fragment(ECHO, wrong, 0, 1)


# To messages


def test_a_message_without_a_data_set() -> None:
    reassembler = Reassembler()
    assert reassembler.feed(command(ECHO[:20], last=False, context_id=9)) is None
    received = reassembler.feed(command(ECHO[20:], context_id=9))
    assert received is not None
    assert received.message == decode(ECHO)
    assert (received.context_id, received.command, received.data_set) == (9, ECHO, None)


def test_a_message_with_a_data_set() -> None:
    (received,) = feed_all(Reassembler(), fragment(STORE, DATA_SET, 100, 3))
    assert received.message.message_type == "C-STORE-RQ"
    assert isinstance(received.message.primitive, C_STORE)
    assert isinstance(received.data_set, BytesIO)
    assert received.message.primitive.DataSet is received.data_set
    assert received.data_set.tell() == 0
    assert received.data_set.read() == DATA_SET
    assert (received.context_id, received.command) == (3, STORE)


def test_one_message_after_the_other_on_any_context() -> None:
    reassembler = Reassembler()
    received = [
        *feed_all(reassembler, fragment(STORE, DATA_SET, 50, 1)),
        *feed_all(reassembler, fragment(ECHO, None, 50, 3)),
        *feed_all(reassembler, fragment(FIND, b"\x08\x00", 50, 1)),
        *feed_all(reassembler, fragment(CANCEL, None, 50, 1)),
    ]
    types = [message.message.message_type for message in received]
    assert types == ["C-STORE-RQ", "C-ECHO-RQ", "C-FIND-RQ", "C-CANCEL-RQ"]
    assert [message.context_id for message in received] == [1, 3, 1, 1]


def test_empty_and_odd_fragments_are_taken() -> None:  # E.1, the notes
    pieces = [command(b"", last=False), command(FIND[:7], last=False), command(FIND[7:])]
    pieces += [
        data(b"", last=False),
        data(b"\x08", last=False),
        data(b"\x00", last=False),
        data(b""),
    ]
    (received,) = feed_all(Reassembler(), pieces)
    assert received.command == FIND
    assert received.data_set is not None
    assert received.data_set.read() == b"\x08\x00"


def test_an_announced_data_set_may_turn_out_empty() -> None:
    (received,) = feed_all(Reassembler(), [command(FIND), data(b"")])
    assert received.data_set is not None
    assert received.data_set.read() == b""


def test_anomalies_of_the_command_set_are_kept() -> None:
    (received,) = feed_all(Reassembler(), [command(FIND + b"\0"), data()])
    assert received.message.anomalies == decode(FIND + b"\0").anomalies != ()


def test_unfinished() -> None:
    reassembler = Reassembler()
    seen = [reassembler.unfinished]
    for pdv in [command(b"", last=False), command(FIND), data(last=False), data()]:
        reassembler.feed(pdv)
        seen.append(reassembler.unfinished)
    assert seen == [False, True, True, True, False]


# What is refused


def test_data_before_the_command() -> None:
    error = refusal(Reassembler(), data(context_id=5))
    assert error.reason == "data-before-command"
    expected = "data-before-command on context 5: its command set is not complete (PS3.7 6.3)"
    assert str(error) == expected


def test_data_before_the_last_command_fragment() -> None:
    error = refusal(Reassembler(), command(FIND[:20], last=False), data())
    assert error.reason == "data-before-command"


def test_data_after_the_last_data_fragment() -> None:
    error = refusal(Reassembler(), command(FIND), data(), data())
    assert error.reason == "data-before-command"


@pytest.mark.parametrize("context_id", [1, 3])
def test_data_that_the_command_did_not_announce(context_id: int) -> None:
    error = refusal(Reassembler(), command(ECHO), data(context_id=context_id))
    assert error.reason == "data-unannounced"
    assert "the C-ECHO-RQ before it announced none (PS3.7 E.1)" in str(error)


def test_data_inside_the_command_after_one_without_data() -> None:
    error = refusal(Reassembler(), command(ECHO), command(FIND[:20], last=False), data())
    assert error.reason == "data-before-command"


@pytest.mark.parametrize("last", [True, False])
def test_a_second_command_before_the_last_data_fragment(last: bool) -> None:
    error = refusal(Reassembler(), command(FIND), data(last=False), command(ECHO, last=last))
    assert error.reason == "command-in-data-set"
    assert "the data set of C-FIND-RQ is not complete (PS3.8 E.1)" in str(error)
    error = refusal(Reassembler(), command(FIND), command(ECHO, last=last))
    assert error.reason == "command-in-data-set"


@pytest.mark.parametrize(
    "pdvs",
    [
        [command(FIND[:20], last=False), command(FIND[20:], context_id=3)],
        [command(FIND), data(context_id=3)],
        [command(FIND), data(last=False), data(context_id=3)],
        [command(FIND), data(last=False), command(ECHO, context_id=3)],
    ],
)
def test_interleaved_contexts(pdvs: list[PDV]) -> None:  # E.1
    error = refusal(Reassembler(), *pdvs)
    assert error.reason == "interleaved"
    assert "the message on context 1 is not complete (PS3.8 E.1)" in str(error)


@pytest.mark.parametrize("context_id", [-1, 0, 2, 256, 257])
def test_a_context_id_that_is_none(context_id: int) -> None:
    assert refusal(Reassembler(), command(ECHO, context_id=context_id)).reason == "context-id"


@pytest.mark.parametrize("content", [b"", b"\0", bytes(12), ECHO[:20], b"\xff" * 40])
def test_a_command_set_that_cannot_be_decoded(content: bytes) -> None:
    error = refusal(Reassembler(), command(content))
    assert error.reason == "command-undecodable"
    assert isinstance(error.__cause__, DecodeError)
    assert str(error.__cause__) in str(error)


def test_a_command_set_that_is_too_long() -> None:
    assert feed_all(Reassembler(max_command=len(ECHO)), fragment(ECHO, None, 20, 1))
    error = refusal(
        Reassembler(max_command=len(ECHO)), command(ECHO, last=False), command(b"\0", last=False)
    )
    assert error.reason == "command-too-long"
    assert f"more than {len(ECHO)} bytes" in str(error)


def test_a_command_set_has_a_limit_unless_told_otherwise() -> None:
    assert refusal(Reassembler(), command(bytes(MIB + 1), last=False)).reason == "command-too-long"


def test_a_data_set_that_is_too_long() -> None:
    assert feed_all(Reassembler(max_data_set=2), [command(FIND), data(b"ab")])
    error = refusal(Reassembler(max_data_set=2), command(FIND), data(b"ab", last=False), data(b"c"))
    assert error.reason == "data-set-too-long"
    assert "more than 2 bytes" in str(error)


def test_an_error_is_a_value_error_that_can_be_copied() -> None:
    error = refusal(Reassembler(), data())
    assert isinstance(error, ValueError)
    for other in (copy.copy(error), pickle.loads(pickle.dumps(error))):
        assert (other.reason, other.context_id, other.offset) == ("data-before-command", 1, None)
        assert str(other) == str(error)


def test_after_an_error_nothing_is_taken_until_reset() -> None:
    reassembler = Reassembler()
    first = refusal(reassembler, command(FIND), data(last=False), data(context_id=3))
    for pdv in (data(), command(ECHO), command(ECHO, context_id=3)):
        error = refusal(reassembler, pdv)
        assert error.reason == "unusable"
        assert str(first) in str(error)
    reassembler.reset()
    assert not reassembler.unfinished
    assert refusal(reassembler, data()).reason == "data-before-command"
    reassembler.reset()
    assert len(feed_all(reassembler, fragment(STORE, DATA_SET, 64, 1))) == 1


def test_reset_forgets_what_is_half_received() -> None:
    reassembler = Reassembler()
    reassembler.feed(command(FIND))
    reassembler.feed(data(b"ab", last=False))
    reassembler.reset()
    assert not reassembler.unfinished
    (received,) = feed_all(reassembler, [command(FIND, context_id=3), data(b"cd", context_id=3)])
    assert received.data_set is not None
    assert received.data_set.read() == b"cd"


# To a file


def test_a_large_data_set_goes_to_a_file_a_small_one_does_not() -> None:
    reassembler = Reassembler(spool_threshold=1000)
    (small,) = feed_all(reassembler, fragment(STORE, DATA_SET[:1000], 64, 1))
    assert isinstance(small.data_set, BytesIO)
    (large,) = feed_all(reassembler, fragment(STORE, DATA_SET + b"ab", 64, 1))
    assert large.data_set is not None
    assert not isinstance(large.data_set, BytesIO)
    assert isinstance(large.message.primitive, C_STORE)
    assert large.message.primitive.DataSet is None
    with large.data_set as file:
        assert file.read() == DATA_SET + b"ab"


def test_a_file_is_chosen_message_by_message(tmp_path: Path) -> None:
    asked: list[tuple[str, int]] = []

    def spool_to(message: Message, context_id: int) -> IO[bytes] | None:
        asked.append((message.message_type, context_id))
        is_store = message.message_type == "C-STORE-RQ"
        return (tmp_path / "stored").open("w+b") if is_store else None

    reassembler = Reassembler(spool_to=spool_to)
    (found,) = feed_all(reassembler, fragment(FIND, b"ab", 64, 1))
    (echo,) = feed_all(reassembler, fragment(ECHO, None, 64, 1))
    (stored,) = feed_all(reassembler, fragment(STORE, DATA_SET, 64, 3))
    assert asked == [("C-FIND-RQ", 1), ("C-STORE-RQ", 3)]
    assert isinstance(found.data_set, BytesIO)
    assert echo.data_set is None
    assert stored.data_set is not None
    with stored.data_set as file:
        assert file.read() == DATA_SET
    assert (tmp_path / "stored").read_bytes() == DATA_SET


def test_what_stands_in_front_of_the_data_set_stays_there() -> None:
    def spool_to(message: Message, context_id: int) -> IO[bytes]:
        file: IO[bytes] = TemporaryFile()  # noqa: SIM115 - who gets the message closes it
        file.write(b"File Meta Information")
        return file

    (received,) = feed_all(Reassembler(spool_to=spool_to), fragment(STORE, DATA_SET, 64, 1))
    assert received.data_set is not None
    with received.data_set as file:
        assert file.read() == DATA_SET
        file.seek(0)
        assert file.read() == b"File Meta Information" + DATA_SET


def test_a_file_of_some_mebibytes_is_not_held_in_memory() -> None:
    reassembler = Reassembler(spool_threshold=MIB)
    reassembler.feed(command(STORE))
    tracemalloc.start()
    for _ in range(255):
        reassembler.feed(data(bytes(64 << 10), last=False))
    received = reassembler.feed(data(bytes(64 << 10)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4 * MIB
    assert received is not None
    assert received.data_set is not None
    with received.data_set as file:
        assert file.seek(0, 2) == 16 * MIB


@pytest.mark.parametrize("end", ["error", "reset"])
def test_the_file_of_half_a_message_is_closed(end: str) -> None:
    file = BytesIO()
    reassembler = Reassembler(spool_to=lambda message, context_id: file)
    reassembler.feed(command(STORE))
    reassembler.feed(data(last=False))
    if end == "error":
        refusal(reassembler, data(context_id=3))
    else:
        reassembler.reset()
    assert file.closed


def test_the_file_of_a_whole_message_is_left_open() -> None:
    reassembler = Reassembler(spool_threshold=0)
    (received,) = feed_all(reassembler, fragment(STORE, DATA_SET, 64, 1))
    refusal(reassembler, data())
    reassembler.reset()
    assert received.data_set is not None
    with received.data_set as file:
        assert file.read() == DATA_SET


class FullDisk(BytesIO):
    """A file that takes nothing any more, not even when it is closed."""

    def write(self, content: Any, /) -> int:
        raise OSError("No space left on device")

    def close(self) -> None:
        super().close()
        raise OSError("No space left on device")


class HalfWriter(FileIO):
    """A file without a buffer that takes half of what it is given."""

    def write(self, content: Any, /) -> int:
        return super().write(content[: len(content) // 2])


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda path: FullDisk(), "No space left"),
        (lambda path: HalfWriter(path, "w+"), "did not take a whole fragment"),
    ],
)
def test_a_failing_file_leaves_no_half_message(
    make: Callable[[Path], IO[bytes]], words: str, tmp_path: Path
) -> None:
    file = make(tmp_path / "file")
    reassembler = Reassembler(spool_to=lambda message, context_id: file)
    reassembler.feed(command(STORE))
    with pytest.raises(OSError, match=words):
        reassembler.feed(data(last=False))
    assert refusal(reassembler, data()).reason == "unusable"
    assert file.closed


def test_a_failing_choice_of_file_leaves_no_half_message() -> None:
    def spool_to(message: Message, context_id: int) -> IO[bytes]:
        raise KeyboardInterrupt

    reassembler = Reassembler(spool_to=spool_to)
    with pytest.raises(KeyboardInterrupt):
        reassembler.feed(command(STORE))
    error = refusal(reassembler, data())
    assert error.reason == "unusable"
    assert "because of KeyboardInterrupt" in str(error)


# Against pynetdicom


def pynetdicom_message(kind: type[DIMSEMessage], primitive: Any) -> DIMSEMessage:
    message = kind()
    message.primitive_to_message(primitive)
    return message


def pynetdicom_store() -> DIMSEMessage:
    primitive = PYNETDICOM_C_STORE()
    primitive.MessageID = 7
    primitive.AffectedSOPClassUID = "1.2.840.10008.5.1.4.1.1.7"
    primitive.AffectedSOPInstanceUID = "1.2.3"
    primitive.Priority = 0
    primitive.DataSet = BytesIO(DATA_SET * 40)
    return pynetdicom_message(C_STORE_RQ, primitive)


def pynetdicom_get() -> DIMSEMessage:
    primitive = PYNETDICOM_N_GET()
    primitive.MessageID = 7
    primitive.RequestedSOPClassUID = "1.2.840.10008.5.1.1.16"
    primitive.RequestedSOPInstanceUID = "1.2.840.10008.5.1.1.17"
    return pynetdicom_message(N_GET_RQ, primitive)


def our_get() -> bytes:
    return N_GET.request(
        MessageID=7,
        RequestedSOPClassUID="1.2.840.10008.5.1.1.16",
        RequestedSOPInstanceUID="1.2.840.10008.5.1.1.17",
    ).encode_request()


MESSAGES = pytest.mark.parametrize(
    ("theirs", "ours", "data_set"),
    [
        pytest.param(pynetdicom_store, STORE, DATA_SET * 40, id="C-STORE"),
        pytest.param(pynetdicom_get, our_get(), None, id="N-GET"),
    ],
)


@MESSAGES
@pytest.mark.parametrize("max_pdu", [0, 8, 16, 128, 16382, 16384])
def test_the_same_pdus_as_pynetdicom(
    theirs: Callable[[], DIMSEMessage], ours: bytes, data_set: bytes | None, max_pdu: int
) -> None:
    expected = []
    for primitive in theirs().encode_msg(5, max_pdu):
        pdu = P_DATA_TF()
        pdu.from_primitive(primitive)
        expected.append(pdu.encode()[6:])
    assert [pdv.to_bytes() for pdv in fragment(ours, data_set, max_pdu, 5)] == expected


@MESSAGES
@pytest.mark.parametrize("max_pdu", [9, 17, 129, 16383])
def test_with_an_odd_limit_pynetdicom_sends_odd_fragments(
    theirs: Callable[[], DIMSEMessage], ours: bytes, data_set: bytes | None, max_pdu: int
) -> None:  # E.1: "Each fragment of a message shall consist of an even number of bytes."
    values = [
        value
        for primitive in theirs().encode_msg(5, max_pdu)
        for _, value in primitive.presentation_data_value_list
    ]
    pdvs = list(fragment(ours, data_set, max_pdu, 5))
    for headers in ((1, 3), (0, 2)):
        whole = b"".join(value[1:] for value in values if value[0] in headers)
        assert b"".join(pdv.data for pdv in pdvs if pdv.header in headers) == whole
    if any(len(value) % 2 == 0 for value in values):
        assert max(len(pdv.data) for pdv in pdvs) == max_pdu - 7
    assert all(len(pdv.data) % 2 == 0 for pdv in pdvs)


@MESSAGES
def test_we_read_what_pynetdicom_sends_with_an_odd_limit(
    theirs: Callable[[], DIMSEMessage], ours: bytes, data_set: bytes | None
) -> None:
    items = b""
    for primitive in theirs().encode_msg(5, 17):
        pdu = P_DATA_TF()
        pdu.from_primitive(primitive)
        items += pdu.encode()[6:]
    (received,) = feed_all(Reassembler(), read_pdvs(items, strict=True))
    assert received.command == ours
    assert (received.data_set.read() if received.data_set else None) == data_set


def test_pynetdicom_reads_what_we_send() -> None:
    pdu = P_DATA_TF()
    items = b"".join(pdv.to_bytes() for pdv in fragment(STORE, DATA_SET, 32, 5))
    pdu.decode(b"\x04\x00" + len(items).to_bytes(4, "big") + items)
    message = DIMSEMessage()
    assert message.decode_msg(pdu.to_primitive())
    primitive = message.message_to_primitive()
    assert isinstance(primitive, PYNETDICOM_C_STORE)
    assert primitive.DataSet is not None
    assert primitive.DataSet.getvalue() == DATA_SET


def test_all_is_found_at_the_root_of_the_package() -> None:
    names = {"PDV", "FragmentError", "Reassembler", "fragment", "read_pdvs"}
    assert names <= set(dimse_primitives.__all__)
