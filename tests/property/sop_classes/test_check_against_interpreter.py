"""`check` says of any data set what the YAML says of it, whatever the encoding."""

from __future__ import annotations

import random

import pytest
from dimse_primitives import N_ACTION, N_CREATE, N_EVENT_REPORT, N_GET, N_SET
from dimse_primitives._runtime import DIMSEPrimitive
from dimse_primitives.sop_classes import check
from dimsegen.sop_classes.model import ColumnKind, SOPClass
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset

from .data_sets import SCHEMA, SYNTAXES, data_set, encoded
from .interpreter import broken, rows_of

CLASSES: dict[str, type[DIMSEPrimitive]] = {
    "N-ACTION": N_ACTION,
    "N-CREATE": N_CREATE,
    "N-EVENT-REPORT": N_EVENT_REPORT,
    "N-GET": N_GET,
    "N-SET": N_SET,
}
Case = tuple[SOPClass, str, str, "int | None"]


def _cases() -> list[Case]:
    """Every SOP class, service, direction and type that has a table of usages."""
    found = []
    for file in SCHEMA.files:
        types = sorted(
            {t.id for table in file.tables for t in (*table.event_types, *table.action_types)}
        )
        for sop_class in file.sop_classes:
            for service in CLASSES:
                for direction in ("request", "response"):
                    found += [
                        (sop_class, service, direction, number)
                        for number in (
                            types if service in ("N-ACTION", "N-EVENT-REPORT") else (None,)
                        )
                        if any(rows_of(SCHEMA, sop_class, service, direction, number))
                        and service in sop_class.services
                    ]
    return found


CASES = _cases()


def message(case: Case) -> DIMSEPrimitive:
    sop_class, service, direction, type_id = case
    made = CLASSES[service]()
    known = type(made).PARAMETERS
    uid = "AffectedSOPClassUID" if direction == "response" else "RequestedSOPClassUID"
    setattr(made, uid if uid in known else "AffectedSOPClassUID", sop_class.uid)
    if direction == "response":
        made.MessageIDBeingRespondedTo, made.Status = 1, 0  # type: ignore[attr-defined]
    for keyword in ("ActionTypeID", "EventTypeID"):
        if keyword in known and type_id is not None:
            setattr(made, keyword, type_id)
    return made


def found(case: Case, made: Dataset | bytes, syntax: str | None = None) -> list[tuple[str, str]]:
    given = {} if syntax is None else {"transfer_syntax": syntax}
    # A request that asks for everything.
    request = CLASSES[case[1]]() if case[2] == "response" else None
    violations = check(message(case), made, request=request, **given)
    return [(each.rule, each.path) for each in violations]


def test_there_are_tables_of_every_kind() -> None:
    columns = {SCHEMA.columns[name] for f in SCHEMA.files for t in f.tables for name in t.columns}
    kinds = {(c.services, c.direction) for c in columns if c.kind is ColumnKind.USAGE}
    covered = {((case[1],), case[2]) for case in CASES}
    assert kinds <= covered


@settings(max_examples=300, deadline=None)
@given(st.sampled_from(CASES), st.integers(0, 2**32), st.sampled_from([0.3, 0.8, 0.95, 1]))
def test_it_says_what_the_yaml_says(case: Case, seed: int, how_full: float) -> None:
    rows = [row for _, part in rows_of(SCHEMA, *case) for row in part]
    made = data_set(rows, random.Random(seed), how_full)
    expected = broken(SCHEMA, *case, made)
    assert found(case, made) == expected
    chance = random.Random(seed)
    for syntax in SYNTAXES:
        data = encoded(made, syntax, undefined=chance.random() < 0.5)
        assert found(case, data, syntax) == expected, syntax


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c[0].keyword}-{c[1]}-{c[2]}-{c[3]}")
def test_an_empty_data_set_lacks_what_is_mandatory(case: Case) -> None:
    assert found(case, Dataset()) == broken(SCHEMA, *case, Dataset())
