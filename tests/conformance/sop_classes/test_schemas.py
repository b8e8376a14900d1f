"""The schemas of the SOP classes: they load, and stand in their canonical form."""

from __future__ import annotations

from pathlib import Path

import pytest
from dimsegen.sop_classes.documents import DOCUMENTS
from dimsegen.sop_classes.loader import load_schema
from dimsegen.style.formatting import format_text

from tests.conftest import ROOT

FOLDER = ROOT / "schemas" / "sop_classes"
MODEL = load_schema(ROOT / "schemas")


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.yaml")), ids=lambda path: path.stem)
def test_a_file_is_in_its_canonical_form(path: Path) -> None:
    kind = path.stem if path.stem in DOCUMENTS else "sop_class"
    text = path.read_text(encoding="utf-8")
    assert format_text(DOCUMENTS, kind, text, 38) == text


def test_every_status_of_a_transition_is_one_that_its_class_or_ps3_7_defines() -> None:
    own = {status.code for file in MODEL.files for t in file.statuses for status in t.statuses}
    common = {"0110", "0111", "0112"}
    for file in MODEL.files:
        for transition in file.states.transitions if file.states else ():
            for outcome in transition.outcomes.values():
                assert outcome.status in {"", *own, *common}


def test_mpps_n_create_shall_have_the_study_in_each_item() -> None:  # F.7.2.1.1
    (table,) = (t for file in MODEL.files for t in file.tables if t.label == "F.7.2-1")
    (sequence,) = (row for row in table.rows if row.keyword == "ScheduledStepAttributesSequence")
    study = sequence.rows[0]
    assert (study.keyword, study.vr, study.cells["create"].code) == (
        "StudyInstanceUID",
        "UI",
        "1/1",
    )
    assert not study.cells["set"].is_allowed


def test_a_macro_stands_in_place_of_what_includes_it() -> None:  # F.7.2-1a, F.7.2-1b
    (table,) = (t for file in MODEL.files for t in file.tables if t.label == "F.7.2-1")
    (sequence,) = (row for row in table.rows if row.keyword == "ScheduledStepAttributesSequence")
    (codes,) = (row for row in sequence.rows if row.keyword == "ScheduledProtocolCodeSequence")
    keywords = [row.keyword for row in codes.rows]
    assert keywords[0] == "CodeValue"
    assert keywords[-1] == "EquivalentCodeSequence"
    assert [row.keyword for row in codes.rows[-1].rows] == keywords[:-1]
    assert {row.table for row in codes.rows} == {"F.7.2-1a", "F.7.2-1b"}
