"""`make interop-peers` fails if less is exchanged than is recorded, or other rules are broken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from . import corpus
from .corpus import FOLDER, Entry
from .findings import Finding
from .peers.__main__ import check, main


def run(folder: Path, change: Callable[[Entry], Entry | None]) -> int:
    """Return the exit code for a run that has seen what is recorded, but for a change."""
    entries = corpus.load()
    changed = [(change(entry), (FOLDER / entry.file).read_bytes()) for entry in entries]
    corpus.save(folder, [(entry, data) for entry, data in changed if entry is not None])
    return check(folder)


def test_what_is_recorded_is_no_difference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, lambda entry: entry) == 0
    said = capsys.readouterr()
    assert "| C-ECHO | echoscu |" in said.out
    assert said.err == ""


def test_an_exchange_that_no_longer_happens_is_a_difference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, lambda entry: None if entry.program == "echoscu" else entry) == 1
    assert "echoscu invokes C-ECHO no longer\n" in capsys.readouterr().err


def test_a_rule_that_a_peer_had_not_broken_is_a_difference(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = Finding("must-be-absent", "Priority", "PS3.7 9.1.5", "Priority must be absent")

    def change(entry: Entry) -> Entry:
        return replace(entry, findings=(broken,)) if entry.program == "echoscu" else entry

    assert run(tmp_path, change) == 1
    said = capsys.readouterr().err
    assert "not recorded: DCMTK 3.6.7 echoscu C-ECHO-RQ must-be-absent Priority\n" in said
    assert "`make interop-record`" in said


def test_another_version_of_a_peer_may_break_other_rules(tmp_path: Path) -> None:
    broken = Finding("must-be-absent", "Priority", "PS3.7 9.1.5", "Priority must be absent")

    def change(entry: Entry) -> Entry:
        newer = replace(entry, version="99") if entry.peer == "DCMTK" else entry
        return replace(newer, findings=(broken,)) if entry.program == "echoscu" else newer

    assert run(tmp_path, change) == 0


def test_a_command_that_it_does_not_know_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["forget", "it"]) == 2
    assert "check FOLDER" in capsys.readouterr().err
