"""The typed copy of the tables is what the standard prints, cell for cell.

The counts hold anywhere. The comparison needs the text of the standard, which is not in the
repository, and skips without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from .editions import EDITIONS, HOW
from .facts import SERVICE_CLASS_SPECIFIC, Facts
from .rst import squeeze
from .standard import Standard, find_folder, read_standard
from .transcription import read_transcription


@pytest.fixture(scope="module")
def typed() -> Facts:
    return read_transcription()


@pytest.fixture(scope="module")
def standard() -> Standard:
    folder = find_folder()
    if folder is None:
        pytest.skip("the text of PS3.7 is not here: set PS37_DIR to the folder of chapter_*.rst")
    return read_standard(folder)


def test_eleven_service_tables_have_89_rows_and_205_cells(typed: Facts) -> None:
    rows = typed.service_tables
    cells = [cell for row in rows for cell in (row.request, row.response, row.cancel) if cell]
    assert len({row.table for row in rows}) == 11
    assert len(rows) == 89
    assert len(cells) == 205
    assert set(cells) == {"M", "U", "U(=)", "C", "C(=)", "-"}


def test_there_are_25_message_tables(typed: Facts) -> None:
    rows = typed.message_tables
    assert len({row.table for row in rows}) == 25
    assert len({row.message for row in rows}) == 25
    assert len(rows) == 183


def test_annex_e_has_24_elements(typed: Facts) -> None:
    assert len(typed.elements) == 24
    assert len({element.tag for element in typed.elements}) == 24


def test_annex_c_has_31_status_types_43_fields_and_5_classes(typed: Facts) -> None:
    assert len(typed.status_types) == 31
    assert len(typed.status_fields) == 43
    assert len(typed.status_classes) == 5


def test_eleven_status_clauses_list_136_statuses(typed: Facts) -> None:
    assert len({status.clause for status in typed.service_statuses}) == 11
    assert len(typed.service_statuses) == 136


def test_service_tables_are_as_printed(typed: Facts, standard: Standard) -> None:
    assert typed.service_tables == standard.facts.service_tables


def test_message_tables_are_as_printed(typed: Facts, standard: Standard) -> None:
    assert typed.message_tables == standard.facts.message_tables


def test_annex_e_has_22_retired_elements(typed: Facts) -> None:
    assert len({element.tag for element in typed.retired_elements}) == 22


def test_retired_elements_are_as_printed(typed: Facts, standard: Standard) -> None:
    assert typed.retired_elements == standard.facts.retired_elements


def test_elements_are_as_printed(typed: Facts, standard: Standard) -> None:
    assert typed.elements == standard.facts.elements


def test_status_types_are_as_printed(typed: Facts, standard: Standard) -> None:
    assert typed.status_types == standard.facts.status_types


def test_status_fields_are_as_printed(typed: Facts, standard: Standard) -> None:
    assert typed.status_fields == standard.facts.status_fields


def test_status_classes_are_as_printed(typed: Facts, standard: Standard) -> None:
    assert typed.status_classes == standard.facts.status_classes


def test_service_statuses_are_as_printed(typed: Facts, standard: Standard) -> None:
    assert typed.service_statuses == standard.facts.service_statuses


def test_a_clause_is_the_subsection_titled_like_its_parameter(
    typed: Facts, standard: Standard
) -> None:
    for row in typed.service_tables:
        assert row.clause.startswith(f"{row.section}.")
        title = standard.titles[row.clause]
        # "Sub-operations" in the tables, "Sub-Operations" in the titles
        assert squeeze(title).lower() == squeeze(row.parameter).lower(), row


def test_a_table_stands_in_the_section_of_its_service_or_message(
    typed: Facts, standard: Standard
) -> None:
    for row in typed.service_tables:
        assert standard.titles[row.section] == f"{row.service} Parameters"
    for field in typed.message_tables:
        assert standard.titles[field.section] == field.message


def test_a_status_clause_stands_in_the_section_of_its_service(
    typed: Facts, standard: Standard
) -> None:
    for listed in typed.service_statuses:
        assert standard.titles[listed.clause] == "Status"
        parent = listed.clause.rpartition(".")[0]
        assert standard.titles[parent] == f"{listed.service} Parameters"


def test_the_prose_beside_a_table_points_at_no_other(typed: Facts, standard: Standard) -> None:
    tables = {row.section: row.table for row in typed.service_tables}
    tables |= {row.section: row.table for row in typed.message_tables}
    silent = {part for part in tables if not standard.named_tables[part]}
    assert silent == {"9.1.5.1"}  # C-ECHO Parameters has no prose
    for part, table in tables.items():
        assert standard.named_tables[part] <= {table}


def test_annex_e_lists_the_same_command_fields(typed: Facts, standard: Standard) -> None:
    fixed: dict[str, str | None] = {}
    for row in typed.message_tables:
        if row.field == "Command Field":
            cancel = row.message.startswith("C-CANCEL-")
            message = "C-CANCEL-RQ" if cancel else row.message
            assert fixed.setdefault(message, row.fixed) == row.fixed
    assert fixed == standard.command_fields


def listed_in_docbook(path: Path) -> Iterator[tuple[str, str]]:
    """Yield clause and text of each item of each Status clause, read with nothing of dimsegen."""
    docbook = {"d": "http://docbook.org/ns/docbook"}
    for section in ElementTree.parse(path).iterfind(".//d:section", docbook):
        title = section.find("d:title", docbook)
        if title is not None and title.text == "Status":
            clause = section.attrib["{http://www.w3.org/XML/1998/namespace}id"]
            for item in section.iterfind("./*/d:listitem", docbook):
                yield clause.removeprefix("sect_"), " ".join("".join(item.itertext()).split())


@pytest.mark.skipif("2024c" not in EDITIONS, reason=f"PS3.7 2024c is not at hand: {HOW}")
def test_2024c_lists_the_statuses_in_its_status_clauses(typed: Facts) -> None:
    printed = list(listed_in_docbook(EDITIONS["2024c"]))
    expected = [
        (
            each.clause,
            f"{each.status} (Status value is Service Class specific)"
            if each.code == SERVICE_CLASS_SPECIFIC
            else f"{each.status} ({each.code}H)",
        )
        for each in typed.service_statuses
    ]
    assert len(printed) == len(expected) == 136
    for (clause, text), (typed_clause, start) in zip(printed, expected, strict=True):
        assert clause == typed_clause
        assert text.casefold().startswith(start.casefold()), clause
