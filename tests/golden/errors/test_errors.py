"""Each mistake an editor of the schemas can make gives one message, in these very words.

The cases are in `cases`, one file each, named by the rule of `RULES` that is broken;
`several` has those in which more than one is. `case` says how to read and write them. After a
change of words, review what has changed:

    UPDATE_GOLDEN=1 .venv/bin/pytest tests/golden/errors && git diff tests/golden/errors
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from dimsegen.cli import main
from dimsegen.dimse.loader import SchemaError, load_schema
from dimsegen.dimse.loader.prose_rules import ADVICE, RULES
from dimsegen.reading.mistakes import RULES as OF_READING

from .case import BASE, Case, read_cases

CASES = read_cases("cases")
SEVERAL = read_cases("several")
# One of each stage: the folder, the text, the shape, the meaning.
IN_A_PROCESS = ("missing-folder", "not-utf-8.latin-1", "too-deep", "wrong-kind", "missing-column")
PROGRAM = "import sys; from dimsegen.cli import main; sys.exit(main())"


def run(case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    case.prepare(folder)
    monkeypatch.chdir(folder)
    return main(case.arguments)


@pytest.mark.parametrize("case", [*CASES, *SEVERAL], ids=lambda case: case.name)
def test_a_mistake_is_told_in_these_words(
    case: Case,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    code = run(case, tmp_path, monkeypatch)
    output = capsys.readouterr()
    assert "internal error" not in output.err
    if os.environ.get("UPDATE_GOLDEN"):
        case.accept(output.err)
    else:
        assert output.err == case.expected
    assert code == 2
    assert output.out == ""
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_breaks_the_one_rule_that_the_case_is_named_for(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SchemaError) as caught:
        load_schema(Path(case.arguments[2]))
    assert [problem.rule for problem in caught.value.problems] == [case.rule]


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    # An empty folder of services has a rule of its own.
    assert {case.rule for case in CASES} == {*OF_READING, *RULES} - {"no-files"}


def test_every_advice_is_for_a_rule_that_gives_a_hint() -> None:
    assert all("{hint}" in RULES[rule] for rule in ADVICE)


def test_the_base_has_no_mistake() -> None:
    assert [service.name for service in load_schema(BASE).services] == ["X-PING", "X-TELL"]


@pytest.mark.parametrize("case", SEVERAL, ids=lambda case: case.name)
def test_all_mistakes_are_told_in_one_run_by_file_and_place(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SchemaError) as caught:
        load_schema(Path("schemas"))
    positions = [problem.position for problem in caught.value.problems]
    assert positions == sorted(positions)
    assert len(positions) == int(case.name.partition("-")[0])
    assert len({position.file for position in positions}) > 1


@pytest.mark.parametrize("name", IN_A_PROCESS)
def test_a_process_ends_with_2_and_without_a_traceback(name: str, tmp_path: Path) -> None:
    (case,) = (case for case in CASES if case.name == name)
    case.prepare(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, *case.arguments],
        cwd=tmp_path,
        env={**os.environ, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
    )
    assert done.stderr.decode() == case.expected
    assert done.stdout == b""
    assert done.returncode == 2
