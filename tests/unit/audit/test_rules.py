"""The rules of dialogues: one line each, known to `explain`; mistakes in their file are told."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from dimse_primitives.audit._rules import RULES
from dimsegen.audit.loader import load_schema
from dimsegen.cli import main
from dimsegen.reading.problems import SchemaError

from ...conftest import ROOT

SCHEMA = load_schema(ROOT / "schemas")


def test_the_package_has_every_rule_of_the_schema() -> None:
    assert list(RULES) == [rule.identifier for rule in SCHEMA.rules]
    for rule in SCHEMA.rules:
        found = RULES[rule.identifier]
        assert (found.about, found.mends) == (rule.about.value, rule.mends.value)
        assert (found.advice, found.reference) == (rule.advice, rule.see)


@pytest.mark.parametrize("name", RULES)
def test_explain_knows_every_rule(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", name]) == 0
    printed = " ".join(capsys.readouterr().out.split())
    assert printed.startswith(f"{name} (dialogue)")
    assert f"clause {RULES[name].reference}" in printed


def test_rules_lists_them(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["rules", "dialogue"]) == 0
    assert f"{len(RULES)} rules; dimsegen explain RULE" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("{count} bytes are not", "{Count} bytes are not", "{Count} is no name of a fact"),
        ("{count} bytes are not", "{count bytes are not", "missing-bytes: expected '}'"),
        ("mends: acceptor", "mends: nobody", "nobody"),
        ("about: state", "abuot: state", "did you mean about?"),
    ],
)
def test_a_mistake_is_told_with_its_line(old: str, new: str, said: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "schemas/audit", tmp_path / "audit")
    path = tmp_path / "audit/rules.yaml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))
    line = text[: text.index(old)].count("\n") + 1
    with pytest.raises(SchemaError) as error:
        load_schema(tmp_path)
    told = error.value.explain()
    assert said in told
    assert f"rules.yaml:{line}:" in told


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match=r"rules\.yaml"):
        load_schema(tmp_path)
