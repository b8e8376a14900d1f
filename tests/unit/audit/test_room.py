"""However many associations are open at once, memory is bounded, and what is let go is told."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from io import BytesIO

import pytest
from dimse_primitives.audit import Association, File, _capture, _repeats
from dimse_primitives.audit import _room as room
from dimse_primitives.audit._files import FileReader, Options

from .captures import VERIFICATION, Wire, echoes, established, frames, pcap, released

FILE_HEADER = len(pcap([]))
START = established(Wire(), (1, VERIFICATION))
LET_GO = "associations from where they were let go: too many are open at once"


def capture(count: int, *, of: Wire = START) -> Iterator[bytes]:
    """Yield a capture of as many dialogues, each with a client of its own, without their ends."""
    yield pcap([])
    found = frames(of)
    for number in range(count):
        client = (0x0B000000 + number).to_bytes(4, "big")
        moved = [(time, packet.replace(b"\x0a\0\0\x01", client)) for time, packet in found]
        yield pcap(moved)[FILE_HEADER:]


def read(data: bytes) -> tuple[list[Association], File]:
    reader = FileReader("open", Options())
    return list(reader.read(BytesIO(data))), reader.file


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "MOST_KEPT", 1 << 19)
    monkeypatch.setattr(room, "_FEWEST", 32)
    # What has other bounds, which are larger.
    monkeypatch.setattr(_capture, "_CHUNK", 4096)
    monkeypatch.setattr(_repeats, "_MOST_SEGMENTS", 64)


@pytest.mark.usefixtures("_small")
def test_what_is_idle_longest_is_let_go_and_that_is_told() -> None:
    found, file = read(b"".join(capture(100)))
    assert len(found) == 100
    gone = [each for each in found if each.not_checked[LET_GO]]
    assert 20 < len(gone) < 90
    assert file.not_checked[LET_GO] == len(gone)
    assert {(each.outcome.value, each.outcome_text) for each in gone} == {
        ("open", "not followed to its end")
    }
    # Nobody is blamed for what was not looked at, nor is the capture.
    assert not [finding for each in gone for finding in each.findings]
    first = [each.requestor for each in found[: len(gone)]]
    assert [each.requestor for each in gone] == first


@pytest.mark.usefixtures("_small")
def test_what_follows_of_them_is_counted() -> None:
    seq = list(START.seq)
    rest = Wire(is_opened=False)
    rest.seq = seq
    released(echoes(rest, 1))
    data = b"".join(capture(60)) + b"".join(capture(60, of=rest))[FILE_HEADER:]
    found, file = read(data)
    gone = [each for each in found if each.not_checked[LET_GO]]
    whole = [each for each in found if each.outcome.value == "released"]
    assert len(found) == 60 == len(gone) + len(whole)
    assert gone
    assert whole
    (frames_of_them,) = [n for what, n in file.not_checked.items() if what.startswith("frames of")]
    assert frames_of_them >= 4 * len(gone)


@pytest.mark.usefixtures("_small")
def test_memory_does_not_grow_with_their_number() -> None:
    def peak(count: int) -> int:
        reader = FileReader("open", Options())
        data = BytesIO(b"".join(capture(count)))
        tracemalloc.start()
        for _ in reader.read(data):
            pass
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return most

    few, many = peak(60), peak(240)
    assert many < 1.5 * few


@pytest.mark.usefixtures("_small")
def test_connections_that_say_nothing_make_room_first() -> None:
    silent = Wire()
    silent.packets = silent.packets[:1]
    wires = b"".join(capture(5)) + b"".join(capture(600, of=silent))[FILE_HEADER:]
    found, _ = read(wires)
    assert len(found) == 5
    assert not any(each.not_checked[LET_GO] for each in found)
