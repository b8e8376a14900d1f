"""Whoever does what violations say gets, from nothing, a data set that is right.

So there is an example for every SOP class, service and type: no table asks for what another of its
rows forbids, and each violation says enough to mend what is wrong.
"""

from __future__ import annotations

import re

import pytest
from dimse_primitives.sop_classes import SOPClassViolation, check
from dimsegen.sop_classes.model import Row
from pydicom.dataset import Dataset

from .data_sets import SCHEMA, SYNTAXES, VALUES, element, encoded
from .interpreter import rows_of
from .test_check_against_interpreter import CASES, CLASSES, Case, message

# More than any message has to say.
_ROUNDS = 400
_STEP = re.compile(r"(\w+)(?:\[(\d+)\])?")
_PRIVATE = re.compile(r"; (\w+) is \(([0-9A-F]{4}),xx([0-9A-F]{2})\) of (.+), VR ([A-Z]{2})$")


def put(item: Dataset, row: Row, violation: SOPClassViolation, value: object) -> None:
    """Give an attribute a value: a private one is where `violation` says that it is."""
    if not row.tag >> 16 & 1:
        item.add_new(row.tag, row.vr.partition(" ")[0], value)
        return
    said = _PRIVATE.search(violation.message)
    assert said is not None, violation.message
    keyword, group, digits, creator, vr = said.groups()
    assert keyword == row.keyword
    item.private_block(int(group, 16), creator, create=True).add_new(int(digits, 16), vr, value)


def mended(made: Dataset, violation: SOPClassViolation, rows: tuple[Row, ...]) -> None:
    """Do to a data set what `violation` says."""
    item = made
    *above, (keyword, _) = _STEP.findall(violation.path)
    for sequence, number in above:
        above_it = element(item, sequence)
        assert above_it is not None
        item = above_it.value[int(number) - 1]
        rows = next(row.rows for row in rows if row.keyword == sequence and row.rows)
    if violation.rule == "attribute-not-allowed":
        unwanted = element(item, keyword)
        assert unwanted is not None
        del item[unwanted.tag]
        return
    row = next(each for each in rows if each.keyword == keyword)
    vr = row.vr.partition(" ")[0]
    if "shall be empty" in violation.message:
        put(item, row, violation, None if vr != "SQ" else [])
    elif keyword == "SpecificCharacterSet":
        put(item, row, violation, "ISO_IR 100")
    elif vr == "SQ":
        count = re.search(r"shall have (\d+)", violation.message)
        items = [Dataset() for _ in range(int(count[1]) if count else 1)]
        put(item, row, violation, items)
    else:
        known = [value for cell in row.cells.values() for value in cell.values]
        said = re.search(r"shall be (.+?) (?:or .*)?in an? ", violation.message)
        value: object = said[1] if said else [*known, *VALUES.get(vr, ["X"])][0]
        put(item, row, violation, int(str(value)) if vr in ("US", "UL") else value)


@pytest.mark.parametrize("case", CASES, ids=lambda c: f"{c[0].keyword}-{c[1]}-{c[2]}-{c[3]}")
def test_advice_leads_to_a_data_set_that_is_right(case: Case) -> None:
    primitive = message(case)
    request = CLASSES[case[1]]() if case[2] == "response" else None
    rows = tuple(row for _, part in rows_of(SCHEMA, *case) for row in part)
    made = Dataset()
    for _ in range(_ROUNDS):
        found = check(primitive, made, request=request)
        if not found:
            break
        # One after another: of two alternatives that are both missing, one will do.
        mended(made, found[0], rows)
    assert found == ()
    for syntax in SYNTAXES:
        data = encoded(made, syntax)
        assert check(primitive, data, request=request, transfer_syntax=syntax) == ()
