"""Each thing that a reviewer would object to gives one finding, in these very words.

The cases are in `cases`, one file each, named by the rule of `style.rules.RULES` that is broken;
`tests.golden.errors.case` says how to read and write them. After a change of words, review what has
changed:

    UPDATE_GOLDEN=1 .venv/bin/pytest tests/golden/lint && git diff tests/golden/lint
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from dimsegen.cli import main
from dimsegen.dimse.lint import lint
from dimsegen.dimse.lint.objections import RULES
from dimsegen.reading.mistakes import RULES as LOADER_RULES

from ..errors.case import Case, read_case

HERE = Path(__file__).parent
BASE = HERE / "base"
CASES = [read_case(path, BASE) for path in sorted((HERE / "cases").glob("*.txt"))]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_finding_is_told_in_these_words(
    case: Case,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    case.prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    code = main(case.arguments)
    output = capsys.readouterr()
    if os.environ.get("UPDATE_GOLDEN"):
        case.accept(output.out)
    else:
        assert output.out == case.expected
    assert (code, output.err) == (1, "")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_breaks_the_one_rule_that_it_is_named_for(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    case.prepare(tmp_path)
    monkeypatch.chdir(tmp_path)
    assert {problem.rule for problem in lint(Path("schemas"))} == {case.rule}


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert {case.rule for case in CASES} == set(RULES)


def test_no_rule_has_the_identifier_of_one_of_the_loader() -> None:
    assert not set(RULES) & set(LOADER_RULES)


def test_there_is_nothing_to_object_to_in_the_base() -> None:
    assert lint(BASE) == ()
