"""A table is read as a person sees it: spans, several heads, footnotes, characters in disguise."""

from __future__ import annotations

from dimsegen.document.plain_text import compact, folded, plain
from dimsegen.document.sections import read_sections
from dimsegen.document.tables import Table, Tables, table_of
from dimsegen.document.xml_tree import read_tree


def table(inside: str) -> Table:
    part = (
        '<book xmlns="http://docbook.org/ns/docbook"><chapter label="9"><title>Nine</title>'
        f'<table label="9-1"><caption>One</caption>{inside}</table></chapter></book>'
    )
    found = Tables(read_sections(read_tree(part.encode("utf-8"), "part.xml"))).find("9-1")
    assert found is not None
    return found


def texts(found: Table) -> list[tuple[str, ...]]:
    return [tuple(cell.text for cell in row) for row in found.rows]


def test_a_cell_that_spans_stands_in_every_place_that_it_covers() -> None:
    found = table(
        "<tbody><tr><td rowspan='2'>a</td><td colspan='2'>b</td></tr>"
        "<tr><td>c</td><td rowspan='2'>d</td></tr><tr><td>e</td><td>f</td></tr></tbody>",
    )
    assert texts(found) == [("a", "b", "b"), ("a", "c", "d"), ("e", "f", "d")]


def test_a_row_from_end_to_end_is_a_note_and_no_row() -> None:
    found = table("<tr><td>a</td><td>b</td></tr><tr><td colspan='2'>note</td></tr>")
    assert texts(found) == [("a", "b")]


def test_two_rows_of_heads_are_one() -> None:
    found = table(
        "<thead><tr><th rowspan='2'>Name</th><th colspan='2'>Use</th></tr>"
        "<tr><th>Req</th><th>Rsp</th></tr></thead>",
    )
    assert found.heads == ("Name", "Use Req", "Use Rsp")


def test_a_footnote_is_no_part_of_its_cell() -> None:
    cell = "<td><para>U<footnote><para>Not M.</para></footnote></para><para>(=)</para></td>"
    assert texts(table(f"<tr>{cell}<td>x</td></tr>")) == [("U (=)", "x")]


def test_what_only_steers_line_breaks_does_not_count() -> None:
    assert compact("U\u2060 (\u200b=)\u00ad") == "U(=)"
    assert plain(" C\u2011FIND\u00a0\u2013\n Message ") == "C-FIND - Message"
    assert folded("Number of Sub\u2011Operations") == folded("number of suboperations")


def test_a_section_has_its_own_table_and_not_that_of_the_next() -> None:
    part = (
        '<book xmlns="http://docbook.org/ns/docbook"><chapter xml:id="chapter_C" label="C">'
        '<section xml:id="sect_C.1"><title>x</title><section xml:id="sect_C.1.1"><title>y</title>'
        "<informaltable><tr><td>a</td><td>b</td></tr></informaltable></section></section>"
        "</chapter></book>"
    )
    sections = {
        each.label: each
        for each in read_sections(read_tree(part.encode("utf-8"), "part.xml")).walk()
    }
    assert list(sections) == ["", "C", "C.1", "C.1.1"]
    assert table_of(sections["C.1"]) is None
    own = table_of(sections["C.1.1"])
    assert own is not None
    assert (own.name, texts(own)) == ("the table of C.1.1", [("a", "b")])
