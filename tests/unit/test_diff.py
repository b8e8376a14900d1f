"""`dimsegen diff` answers with 0, 1 or 2, and on 2 says nothing that could be read as clean."""

from __future__ import annotations

import json
import os
import pty
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from dimsegen.reports.json import json_schema

from ..conftest import ROOT, Run
from .git_repository import M_CELL, PING, U_CELL, Git, make_repository

PROGRAM = "import sys; from dimsegen.cli import main; sys.exit(main())"


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    return make_repository(tmp_path / "repository", monkeypatch)


def test_nothing_changed_is_0_and_says_what_was_compared(dimsegen: Run, git: Git) -> None:
    said = dimsegen("diff")
    assert (said.code, said.err) == (0, "")
    short = git("rev-parse", "--short=7", "HEAD")
    assert said.out == (
        f"old  main@merge-base {short}\nnew  working tree\n"
        "2 services, 23 parameters, 63 cells compared\n\nno findings; nothing fails\n"
    )


def test_a_cell_that_became_mandatory_is_1_and_comes_with_a_message_that_ran(
    dimsegen: Run, git: Git
) -> None:
    git.edit(U_CELL, M_CELL)
    said = dimsegen("diff")
    assert (said.code, said.err) == (1, "")
    assert "error  usage-u-to-m  X-PING request Payload  U -> M" in said.out
    assert "Accepted by the old version, rejected by the new one:" in said.out
    assert "missing-mandatory: Payload is missing" in " ".join(said.out.split())


@pytest.mark.parametrize(
    ("options", "code"),
    [
        (["--side", "senders"], 1),
        (["--side", "receivers"], 0),
        (["--side", "both"], 1),
        (["--role", "invoker"], 1),
        (["--role", "performer"], 0),
        (["--side", "receivers", "--fail-on", "note"], 1),
        (["--fail-on", "error"], 1),
        (["--tolerant"], 1),
        (["--strict"], 1),
        (["--verify", "none"], 1),
    ],
)
def test_the_audience_decides_what_fails(
    options: list[str], code: int, dimsegen: Run, git: Git
) -> None:
    git.edit(U_CELL, M_CELL)
    said = dimsegen("diff", *options)
    assert (said.code, said.err) == (code, "")
    assert "usage-u-to-m" in said.out


def remove_row() -> int:
    """Remove a row, and return the number of the line above it."""
    file = Path(PING)
    lines = file.read_text("utf-8").split("\n")
    kept = [line for line in lines if not line.lstrip().startswith("Urgency:")]
    file.write_text("\n".join(kept), "utf-8")
    return next(number for number, line in enumerate(lines) if "Urgency:" in line)


@pytest.mark.parametrize(
    ("reading", "verdict"), [([], "breaks"), (["--strict"], "breaks"), (["--tolerant"], "ok")]
)
def test_tolerant_receivers_ignore_what_shall_not_be_present(
    reading: list[str], verdict: str, dimsegen: Run, git: Git
) -> None:
    remove_row()
    said = json.loads(dimsegen("diff", "-o", "json", "--verify", "none", *reading).out)
    (finding,) = (each for each in said["findings"] if each["rule"] == "usage-u-to-na")
    assert finding["senders"]["verdict"] == verdict


def test_exhaustive_verification_says_what_was_run(dimsegen: Run, tmp_path: Path) -> None:
    new = Path(shutil.copytree(ROOT / "schemas", tmp_path / "schemas"))
    file = new / "services" / "n_get.yaml"
    text = file.read_text("utf-8")
    changed = re.sub(r"(AttributeIdentifierList: +\{request: )U", r"\1M", text, count=1)
    file.write_text(changed, "utf-8")
    said = dimsegen("diff", "--verify", "exhaustive", ROOT / "schemas", new)
    assert said.code == 1
    shown = " ".join(said.out.split())
    assert re.search(r"both versions judged \d+ messages on \d+ presence patterns of N-GET", shown)
    assert "the findings and the generated code agree" in shown


def test_every_format_is_written_in_one_run(dimsegen: Run, git: Git) -> None:
    git.edit(U_CELL, M_CELL)
    said = dimsegen("diff", "-o", "text", "-o", "json=out/a.json", "-o", "sarif=b.sarif")
    assert said.code == 1
    assert said.out.startswith("old  main@merge-base ")
    assert json.loads(Path("out/a.json").read_text("utf-8"))["summary"]["failing"] == 1
    assert json.loads(Path("b.sarif").read_text("utf-8"))["version"] == "2.1.0"


def test_a_device_is_written_to_and_stays_one(dimsegen: Run, git: Git) -> None:
    os.symlink(os.devnull, "link")
    assert dimsegen("diff", "-o", "json=link").code == 0
    assert Path("link").is_symlink()
    assert Path(os.devnull).is_char_device()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["nothing-like-it"], "nothing-like-it: no such file, folder or revision"),
        (["-o", "xml"], "-o xml: no such format: use text, markdown, json, github, sarif"),
        (["-o", "json="], "-o json=: no file: write -o json=FILE or -o json"),
        (["-o", "text", "-o", "json=schemas"], "schemas: "),
        (["-o", "text", "-o", "json=README/a.json"], "README/a.json: cannot be written"),
        (["a", "b", "c"], "c: two versions are compared: name OLD and NEW"),
        (["--templates", "none"], "no such template"),
    ],
)
def test_what_cannot_be_answered_is_2_with_nothing_on_standard_output(
    words: list[str], told: str, dimsegen: Run, git: Git
) -> None:
    git.edit(U_CELL, M_CELL)
    Path("README").write_text("", "utf-8")
    said = dimsegen("diff", *words)
    assert (said.code, said.out) == (2, "")
    assert told in said.err


def test_a_schema_that_does_not_load_is_2(dimsegen: Run, git: Git) -> None:
    git.edit(U_CELL, U_CELL.replace("U", "X"))
    said = dimsegen("diff", "-o", "github")
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"{PING}:22:")
    assert said.err.endswith("1 error; nothing was compared\n")


def test_an_argument_that_is_wrong_is_2(dimsegen: Run, git: Git) -> None:
    assert dimsegen("diff", "--side", "left").code == 2


def test_the_json_schema_is_printed(dimsegen: Run) -> None:
    said = dimsegen("diff", "--json-schema")
    assert said.code == 0
    assert json.loads(said.out) == json_schema()


def test_a_removed_row_stands_at_the_nearest_line_that_is_left(dimsegen: Run, git: Git) -> None:
    above = remove_row()
    said = dimsegen("diff", "-o", "json", "--verify", "none")
    (found,) = (f for f in json.loads(said.out)["findings"] if f["rule"] == "usage-u-to-na")
    assert (found["file"], found["line"]) == (PING, above)


def in_terminal(*arguments: str, **environment: str) -> str:
    """Return what a process writes to a terminal of 80 columns."""
    leader, follower = pty.openpty()
    env = {key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "COLUMNS")}
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        stdout=follower,
        env=env | {"COLUMNS": "80", "TERM": "xterm"} | environment,
    )
    os.close(follower)
    read = bytearray()
    try:
        while part := os.read(leader, 4096):
            read += part
    except OSError:
        pass  # The terminal is gone with the process.
    process.wait()
    os.close(leader)
    return read.decode("utf-8")


def test_a_terminal_gets_colours_unless_its_user_wants_none(git: Git) -> None:
    git.edit(U_CELL, M_CELL)
    painted = in_terminal("diff")
    assert "\x1b[1;31merror\x1b[0m" in painted
    plain = in_terminal("diff", NO_COLOR="1")
    assert "\x1b" not in plain
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == plain
    assert max(map(len, plain.split("\r\n"))) <= 80
    assert "\x1b" not in in_terminal("diff", TERM="dumb")
