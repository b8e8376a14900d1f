"""Whatever becomes of standard output, a command ends with a word and exit code 2.

Invariant: real processes and real pipes; nothing is imitated.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from dimse_primitives import N_GET

REPOSITORY = Path(__file__).resolve().parents[2]
SENT = N_GET(
    MessageID=7,
    RequestedSOPClassUID="1.2\x1b]0;title\x07\r\nconforms: no rule is broken",
    RequestedSOPInstanceUID="1.3",
).encode_request(allow_invalid=True)
INSPECT = [sys.executable, "-m", "dimse_primitives", "inspect", "-"]
# Small ones: what is tried is the streams.
SCHEMAS = str(REPOSITORY / "tests" / "golden" / "package" / "ping" / "schemas")
SHOW = [str(Path(sys.executable).with_name("dimsegen")), "show", "X-PING", "--schemas", SCHEMAS]
HELP = (
    [sys.executable, "-m", "dimse_primitives", "--help"],
    [sys.executable, "-m", "dimse_primitives.contrib.pynetdicom", "--help"],
    [str(Path(sys.executable).with_name("dimsegen")), "-h"],
)
# Text and JSON are written by one statement: each program once is enough, but where bytes count.
PROGRAMS = [INSPECT, SHOW, *HELP]
each_program, COMMANDS = (
    pytest.mark.parametrize("command", commands, ids=lambda words: " ".join(words[2:5]))
    for commands in (PROGRAMS, [*PROGRAMS, [*INSPECT, "--json"]])
)
full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")


def run(command: list[str], shell: str, **environment: str) -> subprocess.CompletedProcess[bytes]:
    """Run `command` as ``"$@"`` in a line of shell."""
    return subprocess.run(
        ["sh", "-c", shell, "sh", *command],
        input=SENT,
        capture_output=True,
        env=os.environ | environment,
        timeout=60,
        check=False,
    )


@each_program
def test_a_reader_that_has_gone(command: list[str]) -> None:
    read, write = os.pipe()
    os.close(read)
    with os.fdopen(write, "wb") as broken:
        done = subprocess.run(
            command,
            input=SENT,
            stdout=broken,
            stderr=subprocess.PIPE,
            env=os.environ | {"PYTHONUNBUFFERED": ""},
            timeout=60,
            check=False,
        )
    assert (done.returncode, done.stderr) == (2, b"")


@full
@COMMANDS
@pytest.mark.parametrize("unbuffered", ["", "1"])
def test_a_full_disk(command: list[str], unbuffered: str) -> None:
    done = run(command, '"$@" > /dev/full', PYTHONUNBUFFERED=unbuffered)
    assert done.returncode == 2
    assert done.stderr == b"standard output: No space left on device\n"


@each_program
def test_a_closed_standard_output(command: list[str]) -> None:
    done = run(command, '"$@" >&-')
    assert (done.returncode, done.stderr) == (2, b"standard output: it is closed\n")


@full
@each_program
@pytest.mark.parametrize("shell", ['"$@" >/dev/full 2>/dev/full', '"$@" >&- 2>&-'])
def test_nothing_can_be_written_at_all(command: list[str], shell: str) -> None:
    done = run(command, shell, PYTHONUNBUFFERED="")
    assert (done.returncode, done.stdout, done.stderr) == (2, b"", b"")


def test_a_closed_standard_input() -> None:
    done = run(INSPECT, '"$@" <&-')
    assert (done.returncode, done.stderr) == (2, b"-: standard input is closed\n")


@COMMANDS
@pytest.mark.parametrize(
    "environment", [{"LC_ALL": "C", "PYTHONUTF8": "0"}, {"PYTHONIOENCODING": "ascii"}], ids=str
)
def test_a_terminal_of_ascii(command: list[str], environment: dict[str, str]) -> None:
    done = run(command, '"$@"', **environment)
    assert done.returncode == (1 if command[:5] == INSPECT else 0)
    assert done.stdout
    assert done.stderr == b""
    if "ascii" in environment.values():
        assert done.stdout.isascii()


def test_a_peer_writes_no_line_and_no_title_on_the_terminal() -> None:
    done = run(INSPECT, '"$@"')
    assert done.returncode == 1
    text = done.stdout.decode()
    assert r"\x1b]0;title\x07\r\nconforms: no rule is broken" in text
    assert all(line.isprintable() for line in text.split("\n"))
    assert "conforms: no rule is broken" not in text.splitlines()


@pytest.mark.parametrize("content", [b"\x1b[2J", b"\x1b\n\x07 41", bytes(range(256))])
def test_what_is_no_message_writes_none_either(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "no.bin"
    file.write_bytes(content)
    done = run([*INSPECT[:-1], str(file)], '"$@"')
    assert done.returncode == 2
    assert all(line.isprintable() for line in done.stderr.decode().split("\n"))


@pytest.mark.parametrize("name", ["\udcff.bin", "\x1b[2J.bin"])
def test_a_file_name_that_is_no_text(name: str) -> None:
    done = run([*INSPECT[:-1], name], '"$@"')
    assert done.returncode == 2
    assert b"Traceback" not in done.stderr
    assert b"No such file" in done.stderr
    assert b"\x1b" not in done.stderr


@full
@pytest.mark.parametrize(
    "words",
    [
        ["generate", "--schemas", "{schemas}", "--output", "{tmp}/out"],
        ["json-schema", "--output", "{tmp}/out"],
        ["docs", "--schemas", "{schemas}", "--output", "{tmp}/out"],
        ["diff", "{schemas}", "{schemas}", "-o", "json=/dev/full"],
    ],
    ids=lambda words: words[0],
)
def test_a_full_disk_where_files_are_written(words: list[str], tmp_path: Path) -> None:
    names = {"tmp": str(tmp_path), "schemas": SCHEMAS}
    command = [
        str(Path(sys.executable).with_name("dimsegen")),
        *(word.format(**names) for word in words),
    ]
    # No file may have a byte: the way of a full disk that needs no disk.
    done = run(command, 'ulimit -f 0; exec "$@"', PYTHONDONTWRITEBYTECODE="1")
    assert done.returncode == 2, done
    assert b"Traceback" not in done.stderr
    assert b"internal error" not in done.stderr
    assert b"cannot be written" in done.stderr
    assert not [each for each in tmp_path.rglob("*") if each.is_file()]
