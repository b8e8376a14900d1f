"""Run the programs of the peers: servers until the test ends, tools until they end.

Invariant: whatever is started here has ended, with the processes that it started, when the block
that started it is left.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from time import monotonic, sleep

from .proxy import LOOPBACK

_START, _RUN, _STOP = 20.0, 30.0, 5.0


def where(name: str) -> str:
    """Return the path of a program, of the folder for administrators included."""
    path = os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/sbin", "/usr/local/sbin"))
    found = shutil.which(name, path=path)
    if found is None:
        raise RuntimeError(f"{name} is not installed: `make interop-peers` as root installs it")
    return found


def version(name: str) -> str:
    """Return the version that a program of DCMTK or Orthanc states."""
    said = subprocess.run([where(name), "--version"], capture_output=True, text=True, check=True)
    words = said.stdout.split()
    # "$dcmtk: echoscu v3.6.7 2022-04-22 $" and "Orthanc 1.10.1"
    return next(word.lstrip("v") for word in words if word.lstrip("v")[0].isdigit())


def free_port() -> int:
    """Return a port of loopback that nothing listens on."""
    with socket.create_server((LOOPBACK, 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def run(name: str, *arguments: object, folder: Path, ends_with: int = 0) -> str:
    """Run a tool in `folder` to its end and return what it said."""
    command = [where(name), *map(str, arguments)]
    said = subprocess.run(
        command,
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        errors="replace",
        timeout=_RUN,
        check=False,
    )
    ended = f"{' '.join(command)}\nended with {said.returncode}:\n{said.stdout}"
    assert said.returncode == ends_with, ended
    return said.stdout


@contextmanager
def server(name: str, *arguments: object, port: int, folder: Path) -> Iterator[None]:
    """Run a server in `folder` that listens on `port`."""
    log = folder / f"{name}.log"
    command = [where(name), *map(str, arguments)]
    with log.open("wb") as output:
        process = subprocess.Popen(
            command,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
        try:
            wait(port, process, log)
            yield
        finally:
            _stop(process)


def wait(
    port: int, process: subprocess.Popen[bytes] | None = None, log: Path | None = None
) -> None:
    """Wait until something listens on `port`; `process` is what will, `log` what it says."""
    deadline = monotonic() + _START
    while True:
        with suppress(OSError), socket.create_connection((LOOPBACK, port), 1.0):
            return
        ended = process is not None and process.poll() is not None
        if ended or monotonic() > deadline:
            said = "" if log is None else log.read_text("utf-8", "replace")
            raise RuntimeError(f"nothing listens on port {port}:\n{said}")
        sleep(0.02)


def _stop(process: subprocess.Popen[bytes]) -> None:
    # The group is that of the process, so that the ones it has forked end, too.
    for number in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        with suppress(subprocess.TimeoutExpired):
            process.wait(_STOP)
