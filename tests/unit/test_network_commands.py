"""`python -m dimse_primitives echo` and `serve`, as processes."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pydicom
import pytest
from dimse_primitives.upper_layer._commands import run_serve, storage_classes
from pydicom.data import get_testdata_file
from pynetdicom import AE

COMMAND = (sys.executable, "-m", "dimse_primitives")


@contextmanager
def serving(*options: object, ends_by: signal.Signals = signal.SIGINT) -> Iterator[int]:
    command = [*COMMAND, "serve", "0", *map(str, options)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as server:
        assert server.stdout is not None
        said = server.stdout.readline()
        try:
            yield int(said.split(";")[0].rpartition(":")[2])
        finally:
            server.send_signal(ends_by)
            try:
                server.wait(60)
            finally:
                server.kill()  # leaving the context waits for it without end
        assert server.returncode == 0


def echo(port: int, *options: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [*COMMAND, "echo", "127.0.0.1", str(port), *options],
        capture_output=True,
        text=True,
        check=False,
    )


def test_an_echo_says_the_status() -> None:
    with serving() as port:
        said = echo(port)
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith(f"127.0.0.1:{port}: 0000H (Success), association ")


def test_a_rejection_is_1_and_in_words() -> None:
    with serving("--title", "OTHER", ends_by=signal.SIGTERM) as port:
        said = echo(port)
    assert (said.returncode, said.stdout) == (1, "")
    assert "called-AE-title-not-recognized" in said.stderr


def test_nobody_there_is_2() -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    said = echo(port)
    assert (said.returncode, said.stdout) == (2, "")
    assert str(port) in said.stderr
    assert "Traceback" not in said.stderr


def test_a_title_that_is_none_is_2() -> None:
    said = echo(104, "--called", "A TITLE THAT IS TOO LONG")
    assert said.returncode == 2
    assert "Traceback" not in said.stderr


@pytest.mark.parametrize(
    ("port", "title", "text"),
    [(70_000, None, "port must be 0-65535"), (-1, None, "port"), (0, "A" * 17, "at most 16")],
)
def test_where_nobody_can_listen_is_2(
    port: int, title: str | None, text: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run_serve("127.0.0.1", port, title, None) == 2
    assert text in capsys.readouterr().err


def test_what_is_stored_is_a_file_of_the_same_content(tmp_path: Path) -> None:
    path = get_testdata_file("CT_small.dcm")
    assert path is not None
    image = pydicom.dcmread(path)
    entity = AE()
    entity.add_requested_context(image.SOPClassUID, image.file_meta.TransferSyntaxUID)
    with serving("--folder", tmp_path / "kept") as port:
        association = entity.associate("127.0.0.1", port)
        assert association.is_established
        assert association.send_c_store(image).Status == 0x0000
        association.release()
    (kept,) = (tmp_path / "kept").iterdir()
    assert pydicom.dcmread(kept) == image


def test_the_storage_classes_are_those_of_storage() -> None:
    names = {uid.name for uid in storage_classes()}
    assert {"CT Image Storage", "Encapsulated PDF Storage"} <= names
    assert not {name for name in names if "Commitment" in name or "Find" in name}


@pytest.mark.parametrize("command", ["echo", "serve"])
def test_help_says_what_the_exit_codes_are_or_how_it_ends(command: str) -> None:
    said = subprocess.run(
        [*COMMAND, command, "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert "Exit code" in said or "interrupted" in said
