"""Each thing that a reviewer would object to gives one finding, in these very words.

The cases are in `cases` of each family, one file each, named by the rule that is broken;
`tests.golden.errors.case` says how to read and write them. After a change of words, review what has
changed:

    UPDATE_GOLDEN=1 .venv/bin/pytest tests/golden/lint && git diff tests/golden/lint
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

import pytest
from dimsegen.cli import main
from dimsegen.families import families
from dimsegen.reading.mistakes import RULES as OF_READING
from dimsegen.style.canonical import Review

from ..errors.case import Case, read_case

HERE = Path(__file__).parent
ABLE = {each.name: each for each in families() if each.has("lint")}
# The cases of the tables that stand in the folder of schemas itself do so here.
FOLDERS = {name: HERE / each.folder for name, each in ABLE.items()}
RULES: Mapping[str, Mapping[str, str]] = {
    name: each.step("lint").RULES for name, each in ABLE.items()
}
CASES = [
    (name, read_case(path, folder / "base"))
    for name, folder in FOLDERS.items()
    for path in sorted((folder / "cases").glob("*.txt"))
]


def review(family: str, schemas: Path) -> Review:
    found: Review = ABLE[family].step("lint").review(schemas)
    return found


@pytest.mark.parametrize(("family", "case"), CASES, ids=lambda each: getattr(each, "name", each))
def test_a_finding_is_told_in_these_words_and_breaks_one_rule(
    family: str,
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
    rules = {problem.rule for problem in review(family, Path("schemas")).problems}
    assert rules == {case.rule}


@pytest.mark.parametrize("family", ABLE)
def test_every_rule_has_a_case_and_every_case_a_rule(family: str) -> None:
    assert {case.rule for name, case in CASES if name == family} == set(RULES[family])


def test_no_rule_has_the_identifier_of_one_of_the_loader() -> None:
    assert not {rule for rules in RULES.values() for rule in rules} & set(OF_READING)


@pytest.mark.parametrize("family", ABLE)
def test_there_is_nothing_to_object_to_in_the_base(family: str) -> None:
    assert review(family, FOLDERS[family] / "base").problems == ()
