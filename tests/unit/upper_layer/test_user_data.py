"""The rules on user information come from the rows that say what may stand in it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from dimse_primitives.upper_layer import (
    ImplementationClassUIDSubItem,
    ImplementationVersionNameSubItem,
    MaximumLengthSubItem,
    SCPSCURoleSelectionSubItem,
    UserDataSubItem,
    UserIdentitySubItemRQ,
)
from dimse_primitives.upper_layer._user_data import check_requested
from dimsegen.reading.problems import SchemaError
from dimsegen.upper_layer.loader import load_schema

from ...conftest import ROOT

NEEDED = (MaximumLengthSubItem(0), ImplementationClassUIDSubItem("1.2"))


@pytest.mark.parametrize(
    ("item", "rule", "text", "clause"),
    [
        (
            UserIdentitySubItemRQ(6, b"x"),
            "invalid-value",
            "6 is no User-Identity-Type: use 1, 2, 3, 4, 5",
            "PS3.7 D.3.3.7.1",
        ),
        (
            UserIdentitySubItemRQ(1, b"x", secondary_field=b"y"),
            "forbidden-conditional",
            "Secondary-field is only for the User-Identity-Type 2: remove it",
            "PS3.7 D.3.3.7.1",
        ),
        (
            UserIdentitySubItemRQ(1, b"x", positive_response_requested=2),
            "invalid-value",
            "2 is no Positive-response-requested: use 0, 1",
            "PS3.7 D.3.3.7.1",
        ),
        (
            SCPSCURoleSelectionSubItem("1.2", 2, 0),
            "invalid-value",
            "2 is no SCU-role: use 0, 1",
            "PS3.7 D.3.3.4.1",
        ),
        (
            ImplementationVersionNameSubItem(""),
            "invalid-value",
            "Implementation-version-name has 0 characters, not 1 to 16",
            "PS3.7 D.3.3.2.3",
        ),
    ],
)
def test_a_field_keeps_its_values(item: UserDataSubItem, rule: str, text: str, clause: str) -> None:
    assert list(check_requested((*NEEDED, item))) == [(rule, text, clause)]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("one_for: SOP-class-uid", "one_for: SOP-uid", "SOP-uid is no field of this structure"),
        ("at_most: [SCU-role", "at_most: [SCU", "SCU is no field of this structure"),
        ("asked_by: Positive", "asked_by: Negative", "Negative-response-requested is no field"),
        ("answers: SOPClass", "answers: Class", "no file describes this structure"),
    ],
)
def test_a_row_names_what_there_is(tmp_path: Path, old: str, new: str, said: str) -> None:
    schemas = tmp_path / "schemas"
    shutil.copytree(ROOT / "schemas", schemas)
    path = schemas / "upper_layer" / "pdus" / "user_information_item.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    with pytest.raises(SchemaError) as caught:
        load_schema(schemas)
    assert said in caught.value.explain()
    assert f"{path.as_posix()}:" in caught.value.explain()
