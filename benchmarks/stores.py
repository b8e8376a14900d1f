"""C-STORE of large and of many data sets: asyncio's ends against DCMTK's, in turn.

Invariant: every end is a process of its own and reads the same files; the receivers keep nothing.
Of DCMTK's sender, the time to do the same with one tiny file is not counted: that is its start.
The fastest run of each counts, of its start too, because another process only ever adds.
"""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.uid import ExplicitVRLittleEndian, SecondaryCaptureImageStorage

from .result import Measure, Result, Unit

# 1000 responses of storescp wait for 1000 delayed acknowledgements of storescu, 40 ms each.
CASES = (("100 MB", 1, 100 * 10**6, 10), ("1000 x 512 KiB", 1000, 512 << 10, 2))
_MB = 10**6
# How much the most memory of an end may grow from a data set of 10 MB to one of 100 MB.
_GROWTH = 1.2
TOOLS = ("storescu", "storescp")
Send = Callable[[int, list[Path]], float]


def measure_dcmtk() -> Iterator[Result]:
    """Store 100 MB at once, then 1000 times 512 KiB, between all four pairs of ends."""
    if missing := [name for name in TOOLS if shutil.which(name) is None]:
        raise RuntimeError(f"{', '.join(missing)}: not found: install dcmtk, or run make .peers")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        tiny = _files(folder / "tiny", 1, 64)
        for what, number, size, rounds in CASES:
            paths = _files(folder / what.replace(" ", ""), number, size)
            yield from _pairs(what, tiny, paths, rounds)
            shutil.rmtree(paths[0].parent)
        yield from _memory(folder)


def _pairs(what: str, tiny: list[Path], paths: list[Path], rounds: int) -> Iterator[Result]:
    ends = {"ours": (_our_server, _send_ours), "DCMTK's": (_their_server, _send_theirs)}
    taken: dict[tuple[str, str], list[float]] = {}
    starts: dict[str, list[float]] = {}
    for _ in range(rounds):
        for receiver, (server, _) in ends.items():
            for sender, (_, send) in ends.items():
                with server() as port:
                    starts.setdefault(sender, []).append(send(port, tiny))
                    taken.setdefault((sender, receiver), []).append(send(port, paths))
    # Ours says itself how long it took, without its start.
    start = {"ours": 0.0, "DCMTK's": min(starts["DCMTK's"])}
    times = {pair: (min(each) - start[pair[0]]) * 1e9 for pair, each in taken.items()}
    theirs = times["DCMTK's", "DCMTK's"]
    for (sender, receiver), ours in times.items():
        if (sender, receiver) != ("DCMTK's", "DCMTK's"):
            name = f"dcmtk: {what}, {sender} to {receiver}"
            yield Result(name, ours, theirs, Unit.NANOSECONDS, Measure.SHARE, 1)


def _memory(folder: Path) -> Iterator[Result]:
    found: dict[int, tuple[float, float]] = {}
    for size in (10, 100):
        paths = _files(folder / f"{size}", 1, size * _MB)
        with _our_process("serve") as server:
            port = int(server.stdout.readline()) if server.stdout else 0
            sent = _run_ours(port, paths)["memory"]
            said, _ = server.communicate()
            found[size] = sent, json.loads(said)["memory"]
    for number, end in enumerate(("sender", "receiver")):
        large, small = found[100][number], found[10][number]
        name = f"dcmtk: memory of our {end}, 100 MB to 10 MB"
        yield Result(name, large, small, Unit.BYTES, Measure.SHARE, _GROWTH)


def _files(folder: Path, number: int, size: int) -> list[Path]:
    folder.mkdir()
    return [_file(folder / f"{each}.dcm", each, size) for each in range(number)]


def _file(path: Path, number: int, size: int) -> Path:
    image = Dataset()
    image.SOPClassUID, image.SOPInstanceUID = SecondaryCaptureImageStorage, f"1.2.3.{number + 1}"
    image.PatientName, image.PatientID = "Bench^Mark", "1"
    image.Rows, image.Columns = 1, 1
    image.SamplesPerPixel, image.PhotometricInterpretation = 1, "MONOCHROME2"
    image.BitsAllocated = image.BitsStored = 8
    image.HighBit, image.PixelRepresentation = 7, 0
    image.PixelData = bytes(size)
    image.file_meta = FileMetaDataset()
    image.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
    image.save_as(path, enforce_file_format=True)
    return path


@contextmanager
def _our_process(*words: object) -> Iterator[subprocess.Popen[str]]:
    command = [sys.executable, "-m", "benchmarks.store_end", *map(str, words)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, text=True) as process:
        yield process


@contextmanager
def _our_server() -> Iterator[int]:
    with _our_process("serve") as server:
        assert server.stdout is not None
        yield int(server.stdout.readline())
        server.communicate()


def _run_ours(port: int, paths: list[Path]) -> dict[str, float]:
    with _our_process("send", port, *paths) as sender:
        said, _ = sender.communicate()
    if sender.returncode:
        raise RuntimeError(f"our sender ended with {sender.returncode}")
    found: dict[str, float] = json.loads(said)
    return found


def _send_ours(port: int, paths: list[Path]) -> float:
    return _run_ours(port, paths)["wall"]


@contextmanager
def _their_server() -> Iterator[int]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    command = ["storescp", "--ignore", str(port)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        try:
            _wait_for(port)
            yield port
        finally:
            server.terminate()


def _wait_for(port: int) -> None:
    for _ in range(200):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise RuntimeError(f"nobody listens on port {port}")


def _send_theirs(port: int, paths: list[Path]) -> float:
    started = time.perf_counter()
    command = ["storescu", "127.0.0.1", str(port), *map(str, paths)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started
