"""The schemas against every edition of PS3.8 in DocBook that is at hand, and Annex D of PS3.7."""

from __future__ import annotations

from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest
from dimsegen.document.book import read_book
from dimsegen.render import render_pages
from dimsegen.sets.edition_check import Verification
from dimsegen.sets.finding import Level
from dimsegen.upper_layer.compare import compare
from dimsegen.upper_layer.docbook import PARTS, Edition, edition_of, verify_book
from dimsegen.upper_layer.docbook.edition import changes, model_of
from dimsegen.upper_layer.edition_pages import page
from dimsegen.upper_layer.loader import load_schema

from ...conftest import ROOT, Run
from ...printed import printed_folder
from ..editions import EDITIONS, FOLDER, HOW

LAYER = load_schema(printed_folder())
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
def read(path: Path) -> tuple[Verification, Edition]:
    documents = dict(zip(PARTS, ("part08.xml", "part07.xml"), strict=True))
    book = read_book(path.read_bytes(), path.as_posix(), documents)
    return verify_book(book, LAYER), edition_of(book, LAYER)


def verified(path: Path) -> Verification:
    return read(path)[0]


def told(found: Verification) -> set[tuple[str, str]]:
    return {(each.cell, each.change) for each in found.findings}


@needs_editions
@pytest.mark.parametrize("edition", UPPER_LAYERS)
def test_ps3_8_differs_in_nothing_but_errata(edition: str) -> None:
    found = verified(UPPER_LAYERS[edition])
    assert told(found) == (set() if edition >= "2024c" else COMMA)
    assert (dict(found.missing), dict(found.alone)) == ({}, {})
    assert [each.identifier for _, each in found.explained] == ["U14", "U14", "U5", "U10", "U9"]
    assert [number for number, _ in found.compared] == [35, 5, 99, 95, 31, 13, 28, 123]
    assert compare(model_of(read(UPPER_LAYERS[edition])[1]), LAYER) == ()


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
    # The model that code is made of lacks the same.
    lacks = compare(model_of(read(EDITIONS[edition])[1]), LAYER)
    broken = {each.change for each in lacks if each.level() is not Level.NOTE}
    assert broken == ({"nothing -> 5 JSON Web Token (JWT)"} if edition <= NO_TOKEN else set())


CHANGES = {
    ("PS3.8", "2024a", "2024c"): {"Reason/Diag., -> Reason/Diag."},
    ("PS3.7", "2018a", "2018b"): {"nothing -> JSON Web Token (JWT)"},
    ("PS3.7", "2020a", "2020b"): {"Sub-item-version -> Sub-Item-version"},
}
"""What was read in the texts; beside it, 2024a wrote "requestor" in the texts of four codes."""


@needs_editions
def test_editions_differ_in_what_was_read_in_their_texts(dimsegen: Run) -> None:
    parts = [[read(path)[1] for path in each.values()] for each in (UPPER_LAYERS, EDITIONS)]
    for each in parts:
        for old, new in pairwise(each):
            found = {finding.change for finding in changes(old, new)}
            if (old.name, new.part) != ("2022a", "PS3.7"):
                assert found == CHANGES.get((old.part, old.name, new.name), set())
            else:
                assert all(one.replace("requester", "requestor") != one for one in found)
    printed = ROOT / "docs" / "editions" / "upper_layer.rst"
    names = "; ".join(f"{e[0].part} {', '.join(x.name for x in e)}" for e in parts if e)
    if f"{names}." not in printed.read_text("utf-8"):
        pytest.skip(f"docs/editions was made from other editions: {HOW}")
    (text,) = render_pages([page(parts)], ROOT / "templates").values()
    assert text == printed.read_bytes()
    said = dimsegen("diff", *(UPPER_LAYERS[each] for each in ("2024a", "2024c")))
    assert (said.code, said.err, said.out.count("\nnote  ")) == (0, "", 1)


@needs_editions
def test_the_newest_edition_agrees(dimsegen: Run) -> None:
    said = dimsegen("verify", UPPER_LAYERS[max(UPPER_LAYERS)])
    assert (said.code, said.err) == (0, "")
    last = said.out.splitlines()[-1]
    assert last.endswith(" agree: 0 differences, 5 explained by errata")
    assert f"({LAYER.edition}) and PS3.8 {LAYER.edition} agree" in last
