"""Captures that tcpdump makes of real dialogues, as they are and as a bad network would have them.

Invariant: what a network does to segments changes nothing that is said of a dialogue; what is lost
from the capture is named, and nobody is blamed for it.
"""

from __future__ import annotations

import asyncio
import os
import random
import signal
import socket
import struct
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from dimse_primitives import C_ECHO
from dimse_primitives.aio import connect
from dimse_primitives.audit import Audit, audit
from dimse_primitives.audit._capture import CaptureError, Frame, is_capture, read_frames
from dimse_primitives.audit._segments import Segments
from pydicom.uid import ImplicitVRLittleEndian
from pynetdicom import AE

from . import programs
from .dcmtk import Dcmtk
from .orthanc import Orthanc
from .samples import save_images
from .sop_classes import SECONDARY_CAPTURE, VERIFICATION

pytestmark = pytest.mark.peers
HOST = "127.0.0.1"
# KiB of packets that wait to be written, and how long to wait for tcpdump.
_BUFFER, _PATIENCE = 1 << 16, 60


@contextmanager
def capturing(path: Path, *ports: int, interface: str = "lo") -> Iterator[None]:
    """Have tcpdump write what goes to ports and comes from them, from the first packet to the last.

    Whether it does is seen by packets to a port that refuses them, before and after the others.
    """
    with socket.socket() as silent:
        # Bound and not listening: nobody else gets it, and what is sent to it is refused.
        silent.bind((HOST, 0))
        probed: int = silent.getsockname()[1]
        asked = " or ".join(f"tcp port {port}" for port in (*ports, probed))
        command = [programs.where("tcpdump"), "-U", "-w", str(path), "--immediate-mode"]
        # Packets of loopback have 64 KiB: of the usual buffer, a few fill it.
        command += ["-B", str(_BUFFER), "-Z", "root", "-i", interface, asked]
        process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
        try:
            _until_probed(path, probed, process)
            yield
            _until_probed(path, probed, process)
        finally:
            process.send_signal(signal.SIGINT)
            process.communicate(timeout=_PATIENCE)


def _until_probed(path: Path, port: int, process: subprocess.Popen[str]) -> None:
    """Send packets to a port that refuses them until one of them is in the capture."""
    deadline = time.monotonic() + _PATIENCE
    sent: set[bytes] = set()
    while not sent & _sources(path):
        assert process.poll() is None, "tcpdump has ended"
        assert time.monotonic() < deadline, "tcpdump does not see what is sent"
        with socket.socket() as probe:
            probe.bind((HOST, 0))
            sent.add(probe.getsockname()[1].to_bytes(2, "big") + port.to_bytes(2, "big"))
            assert probe.connect_ex((HOST, port)) != 0
        time.sleep(0.02)


def _sources(path: Path) -> set[bytes]:
    """Return the ports of each segment that is in a capture so far, sender and receiver."""
    found: set[bytes] = set()
    if not path.exists():
        return found
    segments = Segments()
    with path.open("rb") as stream, suppress(CaptureError):
        start = stream.read(24)
        for _, link, frame, original in read_frames(stream, start) if is_capture(start) else ():
            segment = segments.read(link, frame, original)
            if segment is not None:
                found.add(segment[0][-4:])
    return found


@pytest.fixture(scope="module")
def capture(tmp_path_factory: pytest.TempPathFactory, orthanc: Orthanc, dcmtk_version: str) -> Path:
    """Give a capture of DCMTK, Orthanc, pynetdicom and our asyncio, talking to each other."""
    folder = tmp_path_factory.mktemp("tcpdump")
    images = save_images(folder / "images", 3)

    path = folder / "dialogues.pcap"
    dcmtk = Dcmtk(dcmtk_version, folder)
    # Others may speak DICOM over loopback, too.
    with dcmtk.serve("storescp") as port, capturing(path, port, orthanc.port):
        dcmtk.run("echoscu", HOST, port)
        dcmtk.run("storescu", HOST, port, *images)
        assert asyncio.run(_echo(port)) == 0
        assert _pynetdicom(orthanc.port) == 0
        assert asyncio.run(_echo(orthanc.port)) == 0
    return path


async def _echo(port: int) -> int:
    contexts = [(VERIFICATION, [ImplicitVRLittleEndian])]
    async with await connect(HOST, port, contexts=contexts) as association:
        response: Any = await association.exchange(C_ECHO(AffectedSOPClassUID=VERIFICATION))
    status: int = response.Status
    return status


def _pynetdicom(port: int) -> int:
    entity = AE()
    entity.add_requested_context(VERIFICATION)
    association = entity.associate(HOST, port)
    status: int = association.send_c_echo().Status
    association.release()
    return status


def told(found: Audit) -> list[tuple[str, list[str]]]:
    """Return how each association ended, and its messages."""
    return [
        (each.outcome.value, [message.kind for message in each.messages])
        for each in sorted(found.associations, key=lambda each: each.started or 0)
    ]


ECHO = ["C-ECHO-RQ", "C-ECHO-RSP"]
EXPECTED = [
    ("released", ECHO),
    ("released", ["C-STORE-RQ", "C-STORE-RSP"] * 3),
    *[("released", ECHO)] * 3,
]


def test_every_dialogue_is_followed(capture: Path) -> None:
    found = audit(capture)
    assert told(found) == EXPECTED
    assert not found.files[0].problem
    findings = [each for association in found.associations for each in association.findings]
    assert [each for each in findings if each.about == "capture"] == []
    assert {each.sender for each in (f.place for f in findings)} <= {"requestor", "acceptor"}
    ours = [each for each in found.associations if each.calling_ae_title == "DIMSE"]
    assert not [each for association in ours for each in association.findings]


def test_a_capture_of_any_interface(tmp_path: Path, dcmtk: Dcmtk) -> None:
    path = tmp_path / "any.pcap"
    with dcmtk.serve("storescp") as port, capturing(path, port, interface="any"):
        dcmtk.run("echoscu", HOST, port)
    assert told(audit(path)) == [("released", ECHO)]


def rewritten(path: Path, change: Callable[[list[Frame]], list[Frame]]) -> bytes:
    """Return the capture with other frames, or in another order."""
    data = path.read_bytes()
    with path.open("rb") as stream:
        frames = list(read_frames(stream, stream.read(24)))
    parts = [struct.pack("<IHHiIII", 0xA1B23C4D, 2, 4, 0, 0, 1 << 18, frames[0][1])]
    assert data[:4] in (b"\xd4\xc3\xb2\xa1", b"\x4d\x3c\xb2\xa1")
    for nanoseconds, _, frame, original in change(frames):
        seconds, rest = divmod(nanoseconds, 1_000_000_000)
        parts.append(struct.pack("<IIII", seconds, rest, len(frame), original) + frame)
    return b"".join(parts)


def copied(frames: list[Frame]) -> list[Frame]:
    return [frame for frame in frames for _ in range(2)]


def shuffled(frames: list[Frame]) -> list[Frame]:
    places = random.Random(7)
    order = {index: index + places.random() * 4 for index in range(len(frames))}
    return [frames[index] for index in sorted(order, key=order.__getitem__)]


@pytest.mark.parametrize("change", [copied, shuffled, lambda frames: copied(shuffled(frames))])
def test_copies_and_disorder_change_nothing(
    change: Callable[[list[Frame]], list[Frame]], capture: Path
) -> None:
    before, after = audit(capture), audit(rewritten(capture, change))
    assert told(after) == told(before)
    assert after.summary == before.summary


@pytest.mark.parametrize("seed", range(6))
def test_what_is_lost_is_named_and_nobody_blamed(seed: int, capture: Path) -> None:
    lost = random.Random(seed)
    before = audit(capture)
    blamed = {
        (each.rule, each.mends)
        for association in before.associations
        for each in association.findings
    }
    found = audit(rewritten(capture, lambda frames: [f for f in frames if lost.random() > 0.05]))
    for association in found.associations:
        for each in association.findings:
            assert each.about == "capture" or (each.rule, each.mends) in blamed, each
        assert not [each for message in association.messages for each in message.findings]


def test_a_store_is_the_size_of_its_file(capture: Path) -> None:
    found = audit(capture)
    stores = [m for a in found.associations for m in a.messages if m.kind == "C-STORE-RQ"]
    assert len({each.data_set_bytes for each in stores}) == 1
    assert stores[0].data_set_bytes > 0
    assert stores[0].sop_class == SECONDARY_CAPTURE
    assert os.path.getsize(capture) > sum(each.data_set_bytes for each in stores)
