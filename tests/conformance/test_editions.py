"""Every edition of PS3.7 in DocBook is read, and what changed between them is known.

What is expected here was read in the texts of the editions, not taken from the program.
"""

from __future__ import annotations

import time
from collections import Counter
from functools import cache

import dimse_primitives
import pytest
from dimsegen.dimse.compare import compare
from dimsegen.dimse.docbook import verify
from dimsegen.dimse.pages.edition_page import Edition, editions_page
from dimsegen.render import render_pages
from dimsegen.sets.finding import Finding, Level

from ..conftest import ROOT, Run
from .editions import (
    EDITIONS,
    HOW,
    NEIGHBOURS,
    needs_editions,
    part_of,
    require,
    schema_of,
    schemas,
)

pytestmark = needs_editions

WARNING, FAILED = "Warning (0001H, Bxxx)", "Failed (Axxx, Cxxx)"
ANY = "not listed"

OPENED = {
    *(
        ("status-added", f"{service} response Status", f"{ANY} -> {WARNING}")
        for service in ("C-GET", "C-MOVE", "N-GET", "N-SET", "N-ACTION", "N-CREATE")
    ),
    *(
        ("status-added", f"{service} response Status", f"{ANY} -> {FAILED}")
        for service in ("N-GET", "N-SET", "N-ACTION", "N-CREATE")
    ),
}
"""2017e printed the codes, and let six services return what the Service Classes define."""

BROKEN = {("status-codes-changed", "C-STORE response Status", "0122H -> 0112H")}
"""With the codes, 9.1.1.1.9 got a wrong one: 0112H is No such SOP Instance."""

MENDED = {("status-codes-changed", "C-STORE response Status", "0112H -> 0122H")}

WIDENED = {("status-added", "C-FIND response Status", f"{ANY} -> {WARNING}")}
"""9.1.2.1.6: the search ended, and may have found less than there is."""

CHANGES = {
    ("2017d", "2017e"): OPENED | BROKEN,
    ("2020a", "2020b"): MENDED,
    ("2022a", "2024a"): WIDENED,
}
"""What breaks somebody. Between all other neighbours nobody is broken."""

EDITED = {("2017d", "2017e"), ("2018e", "2019a"), ("2019e", "2020a"), ("2024b", "2024c")}
"""Where names, classes or the words about an element were edited as well."""


def told(findings: tuple[Finding, ...], *levels: Level) -> set[tuple[str, str, str]]:
    """Return rule, cell and change of the findings of these levels."""
    return {(each.rule, each.cell, each.change) for each in findings if each.level() in levels}


@cache
def between(old: str, new: str) -> tuple[Finding, ...]:
    return compare(schema_of(old), schema_of(new))


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_edition_is_read_whole(edition: str) -> None:
    part = part_of(edition)
    assert part.name == f"PS3.7 {edition}"
    services, schema = part.schema.services, part.schema
    rows = [row for service in services for row in service.rows]
    assert (part.missing, dict(part.alone)) == ((), {})
    assert (len(part.tables), sum(len(row.cells) for row in rows)) == (81, 205)
    assert len([each for each in schema.parameters.values() if not each.is_data_set]) == 24
    assert (len(schema.status_types), len(schema.status_classes)) == (31, 5)


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_schemas_differ_from_an_edition_in_what_has_changed_since(edition: str) -> None:
    later = [changes for (old, _), changes in CHANGES.items() if edition <= old]
    expected = set().union(*later)
    # What one edition broke, a later one mended.
    expected -= (BROKEN | MENDED) if expected >= BROKEN else set()
    found = verify(part_of(edition), schemas())
    assert told(found.findings, Level.ERROR, Level.WARNING) == expected
    assert not found.missing


@pytest.mark.parametrize(
    "edition", [each for each in ("2013", "2018a", "2024c") if each in EDITIONS]
)
def test_verify_answers_in_two_seconds(dimsegen: Run, edition: str) -> None:
    # Time of the processor, for others may be working on the machine.
    start = time.process_time()
    said = dimsegen("verify", EDITIONS[edition])
    assert time.process_time() - start < 2
    assert (said.code in {0, 1}, said.err) == (True, "")
    assert f"and PS3.7 {edition} " in said.out.splitlines()[-1]


@pytest.mark.parametrize(("old", "new"), NEIGHBOURS, ids="-".join)
def test_neighbours_differ_in_what_was_changed(old: str, new: str) -> None:
    found = between(old, new)
    assert told(found, Level.ERROR, Level.WARNING) == CHANGES.get((old, new), set())
    assert bool(told(found, Level.NOTE)) == ((old, new) in EDITED)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("2017d", "2017e", 1),
        ("2018c", "2018d", 0),
        ("2018e", "2019a", 0),
        ("2020a", "2020b", 1),
        ("2022a", "2024a", 1),
        ("2013", "2024c", 1),
    ],
)
def test_diff_shows_every_break_in_code_made_from_both(
    dimsegen: Run, old: str, new: str, code: int
) -> None:
    require(old, new)
    said = dimsegen("diff", EDITIONS[old], EDITIONS[new])
    assert (said.code, said.err) == (code, "")
    breaks = [each for each in between(old, new) if each.level() is Level.ERROR]
    # Of Annex D, no code is made: what it prints has no names.
    of_annex = said.out.count("\nerror  values-widened  User Identity Negotiation Sub-Item")
    assert of_annex == ((old, new) == ("2013", "2024c"))
    assert said.out.count("\nerror  ") == len(breaks) + of_annex
    # Each code that comes or goes has its own message, rejected by one side.
    shown = sum(each.rule == "status-codes-changed" for each in breaks) + len(breaks)
    assert said.out.count("status-not-listed:") == shown


def one_of(old: str, new: str, rule: str, service: str = "") -> list[Finding]:
    require(old, new)
    return [each for each in between(old, new) if (each.rule, each.service) == (rule, service)]


def test_2020b_mended_the_code_of_c_store() -> None:
    (found,) = one_of("2020a", "2020b", "status-codes-changed", "C-STORE")
    assert found.message == "Refused: SOP Class not supported was 0112H and is 0122H"
    assert found.reference == "PS3.7 9.1.1.1.9, Annex C C.5.6"
    assert found.rollout.value == "two releases"


def test_2024a_gave_c_find_a_warning() -> None:
    (found,) = one_of("2022a", "2024a", "status-added", "C-FIND")
    assert found.reference == "PS3.7 9.1.2.1.6, Annex C C.4.1"
    assert (found.senders.value, found.receivers.value) == ("ok", "breaks")


def test_2019a_mended_a_name_of_table_9_3_10() -> None:
    (found,) = one_of("2018e", "2019a", "documentation-edited", "C-MOVE")
    assert found.keyword == "NumberOfCompletedSuboperations"
    assert found.reference == "PS3.7 9.3.4.2, Table 9.3-10"
    assert "Number of Complete Sub-operations -> Number of Completed" in found.change


def test_2017e_printed_the_codes() -> None:
    found = one_of("2017d", "2017e", "documentation-edited", "N-GET")
    assert "no codes -> all codes" in {each.change for each in found}
    classes = one_of("2017d", "2017e", "status-class-changed")
    assert [each.message.split(" had ")[0] for each in classes] == ["The status class Failure"]


def test_2020a_renamed_invalid_object_instance_and_changed_capitals() -> None:
    found = one_of("2019e", "2020a", "documentation-edited")
    names = {each.change for each in found}
    assert "Invalid Object Instance -> Invalid SOP Instance" in names
    others = names - {"Invalid Object Instance -> Invalid SOP Instance"}
    assert all(old.casefold() == new.casefold() for old, new in (n.split(" -> ") for n in others))
    listed = one_of("2019e", "2020a", "documentation-edited", "C-STORE")
    assert [each.change for each in listed] == [
        "Failed: SOP Class Not Supported -> Refused: SOP Class not supported"
    ]


def test_2024c_restricts_the_characters_of_error_comment() -> None:
    (found,) = one_of("2024b", "2024c", "documentation-edited")
    assert found.keyword == "ErrorComment"
    assert found.change == "those of its VR -> Default Character Repertoire"


def test_the_schemas_are_2024c() -> None:
    assert schemas().edition == dimse_primitives.__standard__ == "2024c"
    require("2024c")
    found = verify(part_of("2024c"), schemas())
    assert (found.findings, found.missing, dict(found.alone)) == ((), {}, {})
    assert {erratum.identifier for _, erratum in found.explained} == {"S6", "S13"}


def test_what_was_broken_and_mended_in_between_is_no_change_from_end_to_end() -> None:
    require("2013", "2024c")
    found = between("2013", "2024c")
    assert told(found, Level.ERROR, Level.WARNING) == OPENED | WIDENED
    levels = Counter(each.level() for each in found)
    assert levels[Level.NOTE] > 20


def test_the_page_about_editions_is_what_they_give() -> None:
    page = (ROOT / "docs" / "editions" / "index.rst").read_text("utf-8")
    names = ", ".join(EDITIONS)
    if f"the one before it: {names}." not in page:
        pytest.skip(f"docs/editions was made from other editions: {HOW}")
    printed = editions_page([Edition(name, schema_of(name)) for name in EDITIONS])
    assert render_pages([printed], ROOT / "templates")["index.rst"].decode("utf-8") == page
