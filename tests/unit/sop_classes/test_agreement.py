"""Tables of SOP classes name parameters of requests: those that PS3.7 gives them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.conftest import ROOT, Run

WAS = "N-CREATE:                               {sop_class: AffectedSOPClassUID, "
NOW = f"  {WAS}".replace("Affected", "Requested")


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    folder = Path(shutil.copytree(ROOT / "schemas", tmp_path / "schemas"))
    path = folder / "sop_classes" / "usages.yaml"
    text = path.read_text("utf-8")
    assert WAS in text
    path.write_text(text.replace(WAS, WAS.replace("Affected", "Requested")), "utf-8")
    return folder


@pytest.mark.parametrize("command", ["generate --check", "lint", "diff"])
def test_a_parameter_that_no_request_has_is_told_at_its_place(
    dimsegen: Run, edited: Path, command: str
) -> None:
    words = ("diff", edited, ROOT / "schemas") if command == "diff" else command.split()
    said = dimsegen(*words, "--schemas", edited)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(
        f"{edited}/sop_classes/usages.yaml:31:55: N-CREATE: RequestedSOPClassUID is no parameter "
        "of its request (did you mean AffectedSOPClassUID?)\n"
        f"    {NOW}"
    )
    line, mark = said.err.splitlines()[1:3]
    assert line[mark.index("^") :].startswith("RequestedSOPClassUID, ")
    assert said.err.count("^") == 1


@pytest.mark.parametrize("is_new", [True, False])
def test_it_is_told_of_the_version_that_lacks_it_where_both_have_the_table(
    dimsegen: Run, tmp_path: Path, is_new: bool
) -> None:
    folder = Path(shutil.copytree(ROOT / "schemas", tmp_path / "schemas"))
    for path in (*folder.glob("*.yaml"), *(folder / "services").glob("*.yaml")):
        text = path.read_text("utf-8")
        path.write_text(text.replace("ActionTypeID", "ActionKindID"), "utf-8")
    versions = (ROOT / "schemas", folder) if is_new else (folder, ROOT / "schemas")
    said = dimsegen("diff", *versions)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith(f"{folder}/sop_classes/usages.yaml:30:83: N-ACTION: ActionTypeID")
    assert said.err.count("^") == 1


def test_mistakes_in_two_families_are_told_at_once(dimsegen: Run, edited: Path) -> None:
    for name, old, new in (
        ("elements.yaml", "MessageID:", "MessageIDD:"),
        ("upper_layer/states.yaml", "next: Sta4", "next: Sta44"),
    ):
        path = edited / name
        path.write_text(path.read_text("utf-8").replace(old, new, 1), "utf-8")
    said = dimsegen("lint", "--schemas", edited)
    assert (said.code, said.out) == (2, "")
    for found in ("elements.yaml:18:3: MessageIDD: not", "Sta44: no such state"):
        assert found in said.err
    assert said.err.endswith("; style was not looked at\n")


def test_the_rule_is_known_to_explain(dimsegen: Run) -> None:
    assert "is no parameter of its request" in dimsegen("explain", "no-such-parameter").out
