"""The canonical form of a file of the Upper Layer means what the file means, in whatever style."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from random import Random

from dimsegen.reading.places import Disk, Memory
from dimsegen.reading.problems import Report
from dimsegen.reading.sources import Source
from dimsegen.style import format_text
from dimsegen.style.comments import comments_in
from dimsegen.upper_layer.documents import DOCUMENTS
from dimsegen.upper_layer.form import NO_WIDTH
from dimsegen.upper_layer.loader import load_schema, read_folder
from dimsegen.upper_layer.model import UpperLayer
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.yaml_text import rows

from ..restyle import restyled

SCHEMAS = ROOT / "schemas"
SOURCES = read_folder(Disk(SCHEMAS), Report())
MEANING = load_schema(SCHEMAS)
seeds = st.integers(0, 2**32 - 1)


def canonical(source: Source) -> Source:
    text = format_text(DOCUMENTS, source.kind, source.text, NO_WIDTH, source.file)
    return Source(source.kind, source.file, text)


def meaning(sources: Sequence[Source]) -> UpperLayer:
    files = {each.file.partition("schemas/")[2]: each.text.encode() for each in sources}
    return load_schema(Memory(files, "tried"))


@settings(max_examples=8)
@given(seeds)
def test_every_style_has_the_meaning_and_the_rows_of_its_canonical_form(seed: int) -> None:
    random = Random(seed)
    before = [restyled(each, random, False, DOCUMENTS) for each in SOURCES]
    after = [canonical(each) for each in before]
    assert meaning(before) == meaning(after) == MEANING
    assert [rows(each.text) for each in after] == [rows(each.text) for each in SOURCES]


@settings(max_examples=60)
@given(seeds, st.sampled_from(SOURCES))
def test_every_comment_is_kept_and_a_canonical_form_is_its_own(seed: int, source: Source) -> None:
    before = restyled(source, Random(seed), True, DOCUMENTS)
    after = canonical(before)
    assert Counter(each.text for each in comments_in(after.text)) == Counter(
        each.text for each in comments_in(before.text)
    )
    assert canonical(after) == after
    assert after.text.endswith("\n")
    assert "\n\n\n" not in after.text
    assert all(line == line.rstrip() for line in after.text.split("\n"))
