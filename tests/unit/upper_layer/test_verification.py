"""`dimsegen diff --verify exhaustive` on the Upper Layer: whatever can differ is run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest
from dimsegen.sets.report import Version
from dimsegen.upper_layer.compare import compare
from dimsegen.upper_layer.model import Occurs, UpperLayer
from dimsegen.upper_layer.witness import VerifyResult, judged_octets, judged_primitives, verify

from .test_diff import LAYER, below, rendered, with_cell, with_row, with_structure

__all__ = ["below"]

OTHER = with_row("A-RELEASE", "result", cells={"response": "U"})


def verified(new: UpperLayer, below: Mapping[str, bytes], *, is_told: bool = True) -> VerifyResult:
    findings = compare(LAYER, new) if is_told else ()
    files = ({**below, **rendered(each)} for each in (LAYER, new))
    return verify(findings, Version("old", LAYER), Version("new", new), *files)


def test_what_is_run_agrees_with_the_findings(below: Mapping[str, bytes]) -> None:
    result = verified(OTHER, below)
    assert result.disagreements == ()
    assert " patterns of A-RELEASE and 247 cells of the state machine" in result.sentence
    assert result.sentence.endswith("the findings and the generated code agree")


def test_equal_versions_are_not_run(below: Mapping[str, bytes]) -> None:
    assert verified(LAYER, below) == VerifyResult()


def test_a_change_without_a_finding_is_told(below: Mapping[str, bytes]) -> None:
    lines = verified(OTHER, below, is_told=False).disagreements
    assert any(
        line.startswith("A-RELEASE response result: no finding says that receivers break; see ")
        for line in lines
    )


def test_a_finding_on_another_side_explains_nothing(below: Mapping[str, bytes]) -> None:
    turned = [
        replace(each, senders=each.receivers, receivers=each.senders)
        for each in compare(LAYER, OTHER)
    ]
    files = [{**below, **rendered(each)} for each in (LAYER, OTHER)]
    result = verify(turned, Version("old", LAYER), Version("new", OTHER), *files)
    assert any("no finding says that receivers break" in line for line in result.disagreements)


def test_an_item_that_becomes_mandatory_is_told_for_what_stands_beside_it(
    below: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judged_octets, "MOST", 4)
    monkeypatch.setattr(judged_primitives, "MOST", 4)
    contains = tuple(
        replace(each, occurs=Occurs.ONE) if each.occurs is Occurs.AT_MOST_ONE else each
        for each in LAYER.structures["UserInformationItem"].contains[:4]
    )
    new = with_structure("UserInformationItem", contains=contains)
    # The least PDU with any other item in it is refused for the same reason.
    assert verified(new, below).disagreements == ()


def test_a_template_that_alters_a_rule_is_caught(below: Mapping[str, bytes]) -> None:
    files = {**below, **rendered(LAYER)}
    module = "upper_layer/a_release.py"
    other = {**files, module: files[module].replace(b'!= "affirmative"', b'!= "yes"')}
    versions = Version("old", LAYER), Version("new", LAYER)
    lines = verify((), *versions, files, other).disagreements
    assert {line.partition(":")[0] for line in lines} == {
        "A-RELEASE response result",
        "A-RELEASE confirmation result",
    }


def test_a_cell_of_the_state_machine_needs_a_finding(below: Mapping[str, bytes]) -> None:
    cell = LAYER.machine.transitions[0]
    new = with_cell(cell, None)
    assert verified(new, below).disagreements == ()
    (line,) = verified(new, below, is_told=False).disagreements
    assert line == f"STATES {cell.state} + {cell.event}: no finding says so"


def test_a_sample_is_said_to_be_one(
    below: Mapping[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(judged_primitives, "MOST", 2)
    result = verified(OTHER, below)
    assert result.sentence.endswith(
        "; a sample only: 2 of the 4 patterns of A-RELEASE response, "
        "2 of the 4 patterns of A-RELEASE confirmation"
    )
