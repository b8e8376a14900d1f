"""Each mistake in the schemas of SOP classes gives one message, in these very words.

As `tests.golden.errors`, which says how a case is written. After a change of words:

    UPDATE_GOLDEN=1 .venv/bin/pytest tests/golden/sop_classes && git diff tests/golden
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from dimsegen.reading.problems import SchemaError
from dimsegen.sop_classes.loader import load_schema
from dimsegen.sop_classes.loader.prose_rules import ADVICE, RULES

from ..errors.case import Case, read_case

HERE = Path(__file__).parent
BASE = HERE / "base"
CASES = [read_case(path, BASE) for path in sorted((HERE / "cases").glob("*.txt"))]


def failed(case: Case, folder: Path, monkeypatch: pytest.MonkeyPatch) -> SchemaError:
    case.prepare(folder)
    monkeypatch.chdir(folder)
    with pytest.raises(SchemaError) as caught:
        load_schema(Path("schemas"))
    return caught.value


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_mistake_is_told_in_these_words(
    case: Case, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    error = failed(case, tmp_path, monkeypatch)
    output = f"{error.explain()}\n"
    if os.environ.get("UPDATE_GOLDEN"):
        case.accept(output)
    else:
        assert output == case.expected
    assert {problem.rule for problem in error.problems} == {case.rule}


def test_every_rule_has_a_case_and_every_case_a_rule() -> None:
    assert {case.rule for case in CASES} == {*RULES, "no-files"}


def test_every_advice_is_for_a_rule_that_gives_a_hint() -> None:
    assert all("{hint}" in RULES[rule] for rule in ADVICE)


def test_the_base_has_no_mistake() -> None:
    model = load_schema(BASE)
    assert [each.keyword for each in model.sop_classes] == [
        "StorageCommitmentPushModel",
        "ModalityPerformedProcedureStep",
    ]
