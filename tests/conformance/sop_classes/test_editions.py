"""The schemas against every edition of PS3.4 in DocBook that is at hand."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pytest
from dimsegen.document.book import read_book
from dimsegen.sets.edition_check import Verification
from dimsegen.sop_classes.docbook import PARTS, verify_book
from dimsegen.sop_classes.loader import load_schema
from dimsegen.sop_classes.model import SOPClasses

from ...printed import printed_folder
from ..editions import FOLDER
from . import printed

EDITIONS = {path.parent.name: path for path in sorted(FOLDER.glob("*/part04.xml"))}
# Tables that came later than the editions at hand.
LATER = {
    *("C.6.4.1-1", "C.6.4.3-1", "JJ.2-1", "JJ.4-2"),
    *("KK.1-1", "KK.2-1", "KK.2-2", "KK.2.2.3-1"),
}
NEWEST = ("2020b", "2020c")

needs_editions = pytest.mark.skipif(
    not EDITIONS,
    reason="no edition of PS3.4 at hand: put EDITION/part04.xml of dicom.nema.org into a folder, "
    "and name it in PS37_DOCBOOK",
)


@cache
def model() -> SOPClasses:
    return load_schema(printed_folder())


@cache
def verified(path: Path) -> Verification:
    documents = dict(zip(PARTS, ("part04.xml",), strict=True))
    book = read_book(path.read_bytes(), path.as_posix(), documents)
    return verify_book(book, model())


@needs_editions
@pytest.mark.parametrize("edition", EDITIONS)
def test_an_edition_is_read_and_every_difference_has_its_place(edition: str) -> None:
    found = verified(EDITIONS[edition])
    assert found.findings
    assert all(each.position and each.reference for each in found.findings)
    assert set(found.missing) >= LATER
    assert not found.alone


@needs_editions
@pytest.mark.parametrize("edition", [each for each in NEWEST if each in EDITIONS])
def test_it_differs_where_the_transcription_of_the_same_text_does(edition: str) -> None:
    found = verified(EDITIONS[edition])
    assert set(found.missing) == LATER
    changed = {line[1] for line in printed.transcription("later")} - LATER
    # The text of the transcription has one table in another section.
    changed -= {"DD.3.2.2.1-1"}
    assert {each.service.removeprefix("Table ") for each in found.findings} == changed
    # All but the one that only 2024c has.
    assert {each.identifier for _, each in found.explained} == {
        *("P1", "P2", "P3", "P5", "P6", "P7", "P8", "P10")
    }
    tables, lines, cells, others = (number for number, _ in found.compared)
    assert (tables, lines, cells, others) == (143, 1626, 3156, 251)
