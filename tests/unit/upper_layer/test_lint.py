"""`dimsegen lint` on the tables of the Upper Layer: what nobody needs, and what is missing."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from dimsegen.upper_layer.lint import review
from dimsegen.upper_layer.lint.objections import RULES

from tests.conftest import ROOT, Run

SCHEMAS = ROOT / "schemas"
RJ = "  A_ASSOCIATE_RJ_PDU:                 "
# A rule; a file, what is taken out of it, and what is put there instead.
CASES = {
    "missing-clause": (
        "services/p_data.yaml",
        ', see: "7.6.1"}',
        "}",
        "presentation data value list: no clause: add see",
    ),
    "unused-structure": (
        "pdus/user_information_item.yaml",
        "  ImplementationVersionNameSubItem:     {occurs: at most one, "
        "as: implementation_version_name, see: PS3.7 D.3.3.2}\n",
        "",
        "ImplementationVersionNameSubItem: no PDU has it in it",
    ),
    "unreceived-pdu": (
        "states.yaml",
        ", pdu: A_RELEASE_RP}",
        "}",
        "A_RELEASE_RP: no event is its arrival",
    ),
    "unused-action": (
        "states.yaml",
        "  AA-1:",
        '  AA-9:  {text: "Wait", next: Sta1, see: "9-9"}\n  AA-1:',
        "AA-9: no cell of the table has it: remove it",
    ),
    "erratum-order": ("errata.yaml", "  U2:", "  U99:", "U99: is not in the order of numbers"),
}
# What nothing uses has a file of its own.
OTHERS = {
    "unused-structure": "pdus/implementation_version_name_sub_item.yaml",
    "unreceived-pdu": "pdus/a_release_rp.yaml",
}


def changed(tmp_path: Path, file: str, before: str, after: str) -> Path:
    folder = Path(shutil.copytree(SCHEMAS, tmp_path / "schemas"))
    path = folder / "upper_layer" / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    return folder


def test_there_is_nothing_to_object_to() -> None:
    found = review(SCHEMAS)
    assert found.problems == ()
    assert len(found.sources) == len(list((SCHEMAS / "upper_layer").rglob("*.yaml")))


@pytest.mark.parametrize("rule", CASES)
def test_what_is_objected_to(rule: str, tmp_path: Path) -> None:
    file, before, after, said = CASES[rule]
    problems = review(changed(tmp_path, file, before, after)).problems
    (problem,) = [each for each in problems if each.rule == rule]
    assert said in str(problem)
    folder = tmp_path / "schemas" / "upper_layer"
    assert problem.position.file == str(folder / OTHERS.get(rule, file))


def test_a_blank_row_and_a_state_that_nothing_reaches(tmp_path: Path) -> None:
    folder = changed(tmp_path, "states.yaml", "transitions:", "transitions:")
    path = folder / "upper_layer" / "states.yaml"
    text = path.read_text(encoding="utf-8")
    head, _, table = text.partition("transitions:\n")
    lines = [
        re.sub(r"(Sta\d+): [^,}\"]+", r'\1: ""', line) if "ARTIM_TIMER" in line else line
        for line in table.split("\n")
    ]
    path.write_text(f"{head}transitions:\n" + "\n".join(lines), encoding="utf-8")
    rules = [each.rule for each in review(folder).problems]
    assert rules == ["idle-event"]
    moved = path.read_text(encoding="utf-8").replace("AR-10 Sta12", "AA-8 Sta13")
    path.write_text(moved, encoding="utf-8")
    found = {each.rule: str(each) for each in review(folder).problems}
    assert set(found) == {"idle-event", "unused-action", "unreached-state"}
    assert "Sta12: no cell ends in it" in found["unreached-state"]


def test_every_rule_has_a_case() -> None:
    assert {*CASES, "idle-event", "unreached-state"} == set(RULES)


def test_the_command_reports_all_families(dimsegen: Run, tmp_path: Path) -> None:
    folder = changed(tmp_path, *CASES["erratum-order"][:3])
    said = dimsegen("lint", "--schemas", folder)
    assert said.code == 1
    assert "U99: is not in the order of numbers: move it after U" in said.out
    assert "[erratum-order]" in said.out
