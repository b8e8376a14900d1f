"""What the rows of PDUs say beyond the printed tables is what the prose says, in these words."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from dimsegen.upper_layer.loader import load_schema as load_upper_layer

from ...printed import printed_folder
from ..editions import EDITIONS, FOLDER
from .printed import transcription

LAYER = load_upper_layer(printed_folder())

ODD = "Presentation-context-ID values shall be odd integers between 1 and 255"
EVEN = "Each fragment of a message shall consist of an even number of bytes"
NAME = "1.2.840.10008.3.1.1.1"
# Structure, field: what the row says, the part that says it, in these words.
EXPECTED = {
    ("ApplicationContextItem", "Application-context-name"): (NAME, 7, f'This name is "{NAME}"'),
    ("PresentationContextItemAC", "Presentation-context-ID"): ("odd", 8, ODD),
    ("PresentationContextItemRQ", "Presentation-context-ID"): ("odd", 8, ODD),
    ("PresentationDataValueItem", "Presentation-context-ID"): ("odd", 8, ODD),
    ("PresentationDataValueItem", "Presentation-data-value"): ("even", 8, EVEN),
}


def test_rows_say_what_the_prose_says_and_nothing_more() -> None:
    found = {
        (structure.class_name, field.name): field.parity.value if field.parity else field.well_known
        for structure in LAYER.structures.values()
        for field in structure.fields
        if field.parity or field.well_known
    }
    assert found == {key: value for key, (value, *_) in EXPECTED.items()}


@pytest.mark.skipif(not EDITIONS, reason="no edition is at hand: see tests/conformance/editions.py")
@pytest.mark.parametrize("part", [7, 8])
def test_the_words_are_those_of_the_standard(part: int) -> None:
    text = (FOLDER / LAYER.edition / f"part{part:02}.xml").read_text(encoding="utf-8")
    words = [words for _, number, words in EXPECTED.values() if number == part]
    for each in words:
        assert text.count(each) >= words.count(each)


@pytest.mark.skipif(not EDITIONS, reason="no edition is at hand: see tests/conformance/editions.py")
def test_who_issues_a_primitive_is_said_in_these_words() -> None:
    root = ElementTree.parse(FOLDER / LAYER.edition / "part08.xml").getroot()
    sections = {
        each.get("label"): " ".join("".join(each.itertext()).split())
        for each in root.iter()
        if each.tag.endswith("}section")
    }
    for *_, clause, words in transcription("issued"):
        # The paragraphs of a procedure are numbered, and are no sections of the file.
        section = clause if clause in sections else clause.rpartition(".")[0]
        assert words in sections[section]
