"""The attribute tables of SOP classes in the explorer: by class, service, attribute and usage."""

from __future__ import annotations

import pytest
from dimsegen.sop_classes.loader import load_schema

from ...conftest import ROOT
from .explorer import Explorer

pytestmark = pytest.mark.explorer
MPPS = "Modality Performed Procedure Step SOP Class"


def test_they_are_filtered_by_class_service_attribute_and_usage(explorer: Explorer) -> None:
    model = load_schema(ROOT / "schemas")
    explorer.open("#view=data")
    assert len(explorer.services) == sum(
        bool(table.lines) for file in model.files for table in file.tables
    )
    explorer.choose("sop_class", MPPS)
    assert explorer.services == ["F.7.2-1"]
    explorer.choose("service", "N-CREATE")
    explorer.choose("code", "1/1")
    names = [row[0] for row in explorer.rows]
    assert names[:2] == ["Scheduled Step Attributes Sequence", ">Study Instance UID"]
    assert {row[1] for row in explorer.rows} == {"1/1"}
    explorer.type("parameter", "0020,000d")
    assert [row[0] for row in explorer.rows] == [">Study Instance UID"]
    assert explorer.text("#count") == "1 attribute in 1 table"
    assert explorer.complaints == []


def test_a_cell_says_what_it_means_and_where(explorer: Explorer) -> None:
    explorer.open(f"#view=data&sop_class={MPPS.replace(' ', '+')}&parameter=study+instance")
    explorer.click("main [data-cell]")
    said = explorer.text("#detail")
    assert "Study Instance UID: 1/1" in said
    assert "SCU shall provide a value, SCP shall take it" in said
    assert "PS3.4 F.7.2.1.1, Table F.7.2-1" in said
    assert "A message that keeps the table: A CT of the chest has begun" in said
    assert 'item_1.StudyInstanceUID = "2.25.4711"' in said
