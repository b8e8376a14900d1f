"""The schemas against every edition of PS3.8 in DocBook that is at hand, and Annex D of PS3.7."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from dimsegen.document.book import read_book
from dimsegen.sets.edition_check import Verification
from dimsegen.sets.finding import Level
from dimsegen.upper_layer.docbook import PARTS, verify_book
from dimsegen.upper_layer.loader import load_schema

from ...conftest import ROOT, Run
from ..editions import EDITIONS, FOLDER, HOW

LAYER = load_schema(ROOT / "schemas")
UPPER_LAYERS = {path.parent.name: path for path in sorted(FOLDER.glob("*/part08.xml"))}
# Until 2024a Table 9-26 has a comma in the name of its last field.
COMMA = {("A-ABORT PDU 10 Reason/Diag.", "Reason/Diag., -> Reason/Diag.")}
# PS3.7 D.3.3.7.1: JSON Web Token came with 2018b.
TOKEN = {
    ("User Identity Negotiation Sub-Item User-Identity-Type 5", "nothing -> JSON Web Token (JWT)")
}
NO_TOKEN, REQUESTOR = "2018a", "2024a"

needs_editions = pytest.mark.skipif(
    not UPPER_LAYERS,
    reason="no edition of PS3.8 at hand: put EDITION/part08.xml of dicom.nema.org into a folder, "
    "and name it in PS37_DOCBOOK",
)


@cache
def verified(path: Path) -> Verification:
    documents = dict(zip(PARTS, ("part08.xml", "part07.xml"), strict=True))
    return verify_book(read_book(path.read_bytes(), path.as_posix(), documents), LAYER)


def told(found: Verification) -> set[tuple[str, str]]:
    return {(each.cell, each.change) for each in found.findings}


@needs_editions
@pytest.mark.parametrize("edition", UPPER_LAYERS)
def test_ps3_8_differs_in_nothing_but_errata(edition: str) -> None:
    found = verified(UPPER_LAYERS[edition])
    assert told(found) == (set() if edition >= "2024c" else COMMA)
    assert (dict(found.missing), dict(found.alone)) == ({}, {})
    assert [each.identifier for _, each in found.explained] == ["U14", "U14", "U5", "U10", "U9"]
    assert [number for number, _ in found.compared] == [34, 99, 95, 31, 13, 28, 123]


@pytest.mark.skipif(not EDITIONS, reason=f"no edition of PS3.7 is at hand: {HOW}")
@pytest.mark.parametrize("edition", EDITIONS)
def test_annex_d_of_ps3_7_differs_in_what_has_changed_since(edition: str) -> None:
    found = verified(EDITIONS[edition])
    changes = {
        (each.cell, each.change) for each in found.findings if each.level() is not Level.NOTE
    }
    assert changes == (TOKEN if edition <= NO_TOKEN else set())
    # It was "requester" until then, and the bytes had blanks until 2020a.
    assert bool(told(found) - changes) == (edition < REQUESTOR)
    assert (dict(found.missing), dict(found.alone)) == ({}, {})
    assert [each.identifier for _, each in found.explained] == ["U12"]
    assert [number for number, _ in found.compared][:2] == [13, 72]


@needs_editions
def test_the_newest_edition_agrees(dimsegen: Run) -> None:
    said = dimsegen("verify", UPPER_LAYERS[max(UPPER_LAYERS)])
    assert (said.code, said.err) == (0, "")
    last = said.out.splitlines()[-1]
    assert last.endswith(" agree: 0 differences, 5 explained by errata")
    assert f"({LAYER.edition}) and PS3.8 {LAYER.edition} agree" in last
