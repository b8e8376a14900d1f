"""A large data set goes to a file, and no half message stays behind."""

from __future__ import annotations

import errno
import os
import tracemalloc
from collections.abc import Callable
from io import BytesIO, FileIO
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO, Any

import pytest
from dimse_primitives import (
    C_STORE,
    Message,
    Reassembler,
    fragment,
)

from .fragment_samples import (
    DATA_SET,
    ECHO,
    FIND,
    MIB,
    STORE,
    command,
    data,
    feed_all,
    refusal,
)


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
    now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert now < MIB // 2
    assert peak < 4 * MIB
    received = reassembler.feed(data(bytes(64 << 10)))
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


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_full_disk_is_an_os_error_as_documented() -> None:
    file = open("/dev/full", "wb", buffering=0)  # noqa: SIM115 - the reassembler closes it
    reassembler = Reassembler(spool_to=lambda message, context_id: file)
    reassembler.feed(command(STORE))
    with pytest.raises(OSError, match=os.strerror(errno.ENOSPC)):
        reassembler.feed(data(last=False))
    assert refusal(reassembler, data()).reason == "unusable"
    assert file.closed
    assert "OSError" in (Reassembler.feed.__doc__ or "")


def test_a_failing_choice_of_file_leaves_no_half_message() -> None:
    def spool_to(message: Message, context_id: int) -> IO[bytes]:
        raise KeyboardInterrupt

    reassembler = Reassembler(spool_to=spool_to)
    with pytest.raises(KeyboardInterrupt):
        reassembler.feed(command(STORE))
    error = refusal(reassembler, data())
    assert error.reason == "unusable"
    assert "because of KeyboardInterrupt" in str(error)
