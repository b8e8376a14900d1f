"""`dimsegen rules` lists every rule that anything in this project can report."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from dimsegen.dimse.explain.catalogue import entries
from dimsegen.dimse.family import USAGES
from dimsegen.dimse.findings import ANOMALIES, VIOLATIONS
from dimsegen.dimse.lint.objections import RULES as LINT_RULES
from dimsegen.dimse.loader import load_schema
from dimsegen.dimse.loader.prose_rules import RULES as LOADER_RULES
from dimsegen.dimse.primitives import primitives_of
from dimsegen.dimse.views.row_rules import rules_of
from dimsegen.explanation.rule_entries import Group, every_entry
from dimsegen.reading.mistakes import RULES as READING_RULES
from dimsegen.sets.diff_rules import rules_between

from ..conftest import ROOT, TINY, Run

NOTES = ("_note", "note", "Anomaly")


def noted_kinds(path: Path) -> Iterator[str]:
    """Yield every kind of anomaly that the code in `path` names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Call(func=ast.Attribute(attr=name) | ast.Name(id=name), args=[first, *_]):
                if name in NOTES and isinstance(first, ast.Constant):
                    yield str(first.value)
            case ast.AnnAssign(target=ast.Name(id="UNLISTED"), value=ast.Constant(value=kind)):
                yield str(kind)


def test_the_list_has_every_rule_of_every_room_and_each_once() -> None:
    rules = entries()
    assert len({rule.identifier for rule in rules}) == len(rules)
    by_group = {group: {r.identifier for r in rules if r.group is group} for group in Group}
    assert by_group == {
        Group.LOADER: {*READING_RULES, *LOADER_RULES},
        Group.LINT: set(LINT_RULES),
        Group.DIFF: set(rules_between(USAGES)),
        Group.VIOLATION: set(VIOLATIONS),
        Group.ANOMALY: set(ANOMALIES),
        Group.PDU: set(),
        Group.DIALOGUE: set(),
    }


def test_identifiers_are_in_kebab_case() -> None:
    for rule in entries():
        assert rule.identifier == rule.identifier.lower()
        assert all(part.isalnum() for part in rule.identifier.split("-")), rule.identifier


def test_the_generated_rules_report_the_violations_of_the_catalogue_and_all_of_them() -> None:
    reported = {
        constant.rule
        for folder in (ROOT / "schemas", TINY)
        for primitive in primitives_of(load_schema(folder))
        for direction in (primitive.request, primitive.response)
        if direction is not None
        for constant in rules_of(primitive, direction).constants.values()
    }
    assert reported == set(VIOLATIONS)


def test_the_generated_codec_notes_the_anomalies_of_the_catalogue_and_all_of_them() -> None:
    sources = (ROOT / "generated" / "dimse_primitives").glob("_*.py")
    assert {kind for path in sources for kind in noted_kinds(path)} == set(ANOMALIES)


def test_the_text_fits_80_columns_and_has_the_groups_one_after_another(dimsegen: Run) -> None:
    said = dimsegen("rules")
    assert (said.code, said.err) == (0, "")
    lines = said.out.splitlines()
    assert max(map(len, lines)) <= 80
    heads = [line.partition(":")[0] for line in lines if line and line[0] not in " 0123456789"]
    assert heads == [group.word for group in Group]
    assert lines[-1] == f"{len(every_entry())} rules; dimsegen explain RULE says more of one"
    assert "\033" not in said.out


def test_a_change_says_whom_it_breaks(dimsegen: Run) -> None:
    assert "\n  usage-u-to-m           breaks    ok         optional (U) " in dimsegen("rules").out


def test_the_json_has_what_a_program_needs(dimsegen: Run) -> None:
    rules = {rule["rule"]: rule for rule in json.loads(dimsegen("rules", "--format", "json").out)}
    assert set(rules) == {rule.identifier for rule in every_entry()}
    change = rules["usage-u-to-m"]
    assert (change["group"], change["senders"], change["receivers"], change["rollout"]) == (
        "diff",
        "breaks",
        "ok",
        "senders first",
    )
    assert rules["condition-changed"]["rollout"] is None
    assert rules["missing-mandatory"]["senders"] is None


@pytest.mark.parametrize("rule", ["alias", "long-line", "usage-c-to-m", "must-be-absent", "order"])
def test_the_markdown_has_a_row_for_each_rule(dimsegen: Run, rule: str) -> None:
    rows = dimsegen("rules", "--format", "markdown").out.splitlines()
    row = next(row for row in rows if row.startswith(f"| `{rule}` |"))
    bars = row.replace("\\|", "").count("|")
    assert bars == (5 if "to" in rule.split("-") else 3)


def test_no_text_has_a_name_that_is_left_over() -> None:
    for rule in every_entry():
        assert "{label}" not in rule.title
        assert "  " not in rule.title, rule


@pytest.mark.parametrize("group", Group, ids=lambda group: group.word)
def test_one_kind_can_be_asked_for(dimsegen: Run, group: Group) -> None:
    wanted = [rule.identifier for rule in every_entry() if rule.group is group]
    found = json.loads(dimsegen("rules", group.word, "--format", "json").out)
    assert [rule["rule"] for rule in found] == wanted
    for form in ("text", "markdown"):
        said = dimsegen("rules", group.word, "--format", form).out
        assert all(rule in said for rule in wanted)
        others = [each for each in Group if each is not group]
        assert not any(each.value in said for each in others)


def test_an_unknown_kind_is_refused_with_those_that_there_are(dimsegen: Run) -> None:
    said = dimsegen("rules", "lnit")
    assert (said.code, said.out) == (2, "")
    kinds = ", ".join(group.word for group in Group)
    assert said.err == (f"lnit: no such kind: use one of {kinds}\n")
