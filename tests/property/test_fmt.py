"""The canonical form of a schema file means what the file means, whatever style that is in."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from functools import lru_cache
from random import Random

from dimsegen.dimse.documents import DOCUMENTS
from dimsegen.dimse.form import longest_keyword
from dimsegen.dimse.loader import SchemaError
from dimsegen.dimse.loader.assemble import assemble
from dimsegen.dimse.loader.prose_rules import ADVICE, RULES
from dimsegen.dimse.model import Schema
from dimsegen.reading.problems import Report
from dimsegen.reading.sources import Source
from dimsegen.style import format_text
from dimsegen.style.comments import comments_in
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.yaml_text import rows

from .restyle import restyled
from .test_loader_never_crashes import SMALL, SOURCES, Edited, folders

seeds = st.integers(0, 2**32 - 1)


def canonical(sources: Sequence[Source]) -> list[Source]:
    width = longest_keyword(DOCUMENTS, sources[0].text)
    return [formatted(source, width) for source in sources]


@lru_cache(64)  # folders that differ in a file have all others in common
def formatted(source: Source, width: int) -> Source:
    text = format_text(DOCUMENTS, source.kind, source.text, width, source.file)
    return Source(source.kind, source.file, text)


def meaning(sources: Sequence[Source]) -> Schema:
    return assemble(sources, Report(RULES, ADVICE))


SMALL_MEANING, MEANING = meaning(SMALL), meaning(SOURCES)


def broken_rules(sources: Sequence[Source]) -> list[str]:
    report = Report(RULES, ADVICE)
    with suppress(SchemaError):
        assemble(sources, report)
    return sorted(problem.rule for problem in report.problems)


SMALL_ROWS = [rows(source.text) for source in canonical(SMALL)]


def check_form(text: str) -> None:
    assert text.endswith("\n")
    assert "\n\n\n" not in text
    assert not text.startswith("\n")
    assert all(line == line.rstrip() for line in text.split("\n"))


@settings(max_examples=60)
@given(seeds)
def test_every_style_has_the_meaning_and_the_rows_of_its_canonical_form(seed: int) -> None:
    random = Random(seed)
    before = [restyled(source, random, with_comments=False) for source in SMALL]
    after = canonical(before)
    assert meaning(before) == meaning(after) == SMALL_MEANING
    assert [rows(source.text) for source in after] == SMALL_ROWS


@settings(max_examples=150)
@given(seeds, st.integers(0, len(SMALL) - 1))
def test_every_comment_is_kept_and_a_canonical_form_is_its_own(seed: int, number: int) -> None:
    width = longest_keyword(DOCUMENTS, SMALL[0].text)
    before = restyled(SMALL[number], Random(seed), with_comments=True)
    after = format_text(DOCUMENTS, before.kind, before.text, width)
    assert Counter(comment.text for comment in comments_in(after)) == Counter(
        comment.text for comment in comments_in(before.text)
    )
    assert format_text(DOCUMENTS, before.kind, after, width) == after
    check_form(after)


@settings(max_examples=15)
@given(seeds)
def test_the_real_schemas_mean_the_same_in_every_style_and_formatted(seed: int) -> None:
    random = Random(seed)
    before = [restyled(source, random, with_comments=True) for source in SOURCES]
    after = canonical(before)
    assert meaning(after) == MEANING
    assert canonical(after) == after


@settings(max_examples=150)
@given(folders(SMALL))
def test_an_edited_file_is_refused_or_formatted_without_a_change_of_meaning(folder: Edited) -> None:
    try:
        after = canonical(folder.files)
    except SchemaError:
        return
    assert canonical(after) == after
    check_form(after[folder.number].text)
    assert broken_rules(after) == (rules := broken_rules(folder.files))
    assert rules or meaning(after) == meaning(folder.files)
