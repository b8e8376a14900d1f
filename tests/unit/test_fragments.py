"""Messages to fragments, as PS3.8 Annex E wants them."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from dataclasses import FrozenInstanceError
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

import pytest
from dimse_primitives import (
    C_STORE,
    PDV,
    FragmentError,
    decode,
    fragment,
    read_pdvs,
)

from .fragment_samples import (
    CANCEL,
    DATA_SET,
    ECHO,
    MIB,
    STORE,
    Trickle,
    command,
    data,
)

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


@pytest.mark.parametrize(
    "items", ["00000004 01 01 6162 00000009 01", "00000004 02 01 6162", "00000001 01"]
)
def test_an_error_holds_no_buffer_of_the_caller(items: str) -> None:
    buffer = bytearray.fromhex(items)
    with pytest.raises(FragmentError) as raised:
        list(read_pdvs(buffer))
    buffer += b"more"
    buffer.clear()
    assert raised.value.reason in ("item-length", "context-id")


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


def test_a_text_file_is_refused_before_anything_is_sent(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("abc")
    with (
        (tmp_path / "file").open() as file,
        pytest.raises(TypeError, match="a binary file, not TextIOWrapper"),
    ):
        fragment(ECHO, file, 0, 1)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="a binary file, not StringIO"):
        fragment(ECHO, StringIO("abc"), 0, 1)  # type: ignore[arg-type]


class Generous:
    """A file that does not give what is asked for."""

    def __init__(self, *pieces: Any) -> None:
        self._pieces = [*pieces]

    def read(self, size: int) -> Any:
        return self._pieces.pop(0) if self._pieces else b""


@pytest.mark.parametrize(
    ("file", "error", "words"),
    [
        (Generous(b"x" * 100), ValueError, r"returned 100 bytes to read\(14\)"),
        (Generous(b"x" * 10, b"x" * 5), ValueError, r"returned 5 bytes to read\(4\)"),
        (Generous("text"), TypeError, r"its read\(\) returned str"),
        (Generous(b"ab", None, b"c"), TypeError, r"its read\(\) returned NoneType"),
        (Generous([1, 2]), TypeError, r"its read\(\) returned list"),
    ],
)
def test_a_file_that_gives_something_else_than_was_asked_is_refused(
    file: Any, error: type[Exception], words: str
) -> None:
    with pytest.raises(error, match=words):
        list(fragment(ECHO, file, 20, 1))


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
