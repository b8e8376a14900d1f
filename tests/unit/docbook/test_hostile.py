"""A file that is no edition of PS3.7, or that means harm, is refused with its place."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ...conftest import Run
from .test_verify import SMALL, changed

BOOK = '<book xmlns="http://docbook.org/ns/docbook" label="PS3.7" xml:id="PS3.7">'
TITLE = "<subtitle>DICOM PS3.7 2024a - Message Exchange</subtitle>"
BOMB = """<!DOCTYPE book [
<!ENTITY a "aaaaaaaaaa">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
]>
"""


@pytest.fixture(scope="module")
def small() -> str:
    return SMALL.read_text("utf-8")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", ": not well-formed XML (no element found)"),
        ("DICOM PS3.7", ": not well-formed XML (syntax error)"),
        (f"{BOOK}\n<title>", ": not well-formed XML (no element found)"),
        (f"{BOOK}\n<title></book>", ": not well-formed XML (mismatched tag)"),
        (f"{BOOK}&nbsp;</book>", ": not well-formed XML (undefined entity)"),
        (f"{BOMB}{BOOK}&b;</book>", ": a DOCTYPE, which no part of the standard has"),
        (
            f'<!DOCTYPE book [<!ENTITY x SYSTEM "file:///etc/passwd">]>{BOOK}&x;</book>',
            ": a DOCTYPE",
        ),
        (
            f'<!DOCTYPE book [<!ENTITY % x SYSTEM "http://127.0.0.1/x.dtd"> %x;]>{BOOK}</book>',
            ": a DOCTYPE",
        ),
        (
            f'<!DOCTYPE book SYSTEM "http://127.0.0.1/x.dtd">{BOOK}&nbsp;</book>',
            ": a DOCTYPE",
        ),
        ('<?xml version="1.0" encoding="nix"?><book/>', "not well-formed XML (unknown encoding"),
        ("<book/>", ":1:1: not a book of DocBook 5 (http://docbook.org/ns/docbook)"),
        (
            '<article xmlns="http://docbook.org/ns/docbook"/>',
            ":1:1: not a book of DocBook 5",
        ),
        (
            BOOK.replace("PS3.7", "PS3.6") + TITLE.replace("PS3.7", "PS3.6") + "</book>",
            ":1:1: DICOM PS3.6 2024a - Message Exchange: not PS3.7, PS3.4 or PS3.8: give "
            "part07.xml, part04.xml or part08.xml",
        ),
        (f"{BOOK}</book>", ":1:1: PS3.7 without an edition (it has no subtitle)"),
        (f"{BOOK}{TITLE}</book>", ":1:1: PS3.7 2024a: none of its tables is here"),
        (BOOK + "<section>" * 300, "elements more than 200 deep"),
    ],
)
def test_what_is_no_part_is_refused_with_its_place(
    dimsegen: Run, tmp_path: Path, content: str, said: str
) -> None:
    part = tmp_path / "part07.xml"
    part.write_text(content, "utf-8")
    found = dimsegen("verify", part)
    assert (found.code, found.out) == (2, "")
    assert re.match(rf"{re.escape(part.as_posix())}:[12]:[0-9]+: ", found.err)
    assert said in found.err
    assert found.err.endswith("1 problem; nothing was compared\n")


@pytest.mark.parametrize("name", ["nix.xml", ""])
def test_what_is_no_file_is_refused(dimsegen: Run, tmp_path: Path, name: str) -> None:
    found = dimsegen("verify", tmp_path / name)
    assert (found.code, found.out) == (2, "")
    assert "give " in found.err


def test_a_truncated_part_is_refused(dimsegen: Run, tmp_path: Path, small: str) -> None:
    part = tmp_path / "part07.xml"
    for length in (100, len(small) // 2, len(small) - 10):
        part.write_text(small[:length], "utf-8")
        found = dimsegen("verify", part)
        assert (found.code, found.out) == (2, "")
        assert "not well-formed XML" in found.err


@pytest.mark.parametrize(
    ("old", "new", "after", "said"),
    [
        ('colspan="2"', 'colspan="1000000000"', "", 'colspan="1000000000": a cell spans 1 to 100'),
        ('colspan="2"', 'colspan="-1"', "", 'colspan="-1": a cell spans 1 to 100'),
        ('colspan="2"', 'colspan="two"', "", 'colspan="two": a cell spans 1 to 100'),
        ('colspan="2"', 'colspan="3"', "", "Table 9.1-2: a row of 5 cells, not 4"),
        (
            ">M<",
            ">X<",
            "C-ECHO Parameters</caption>",
            "Table 9.1-5, Message ID, Req/Ind: 'X' is none of M, MF, U, UF, C, -",
        ),
        (
            ">Priority<",
            ">Message ID<",
            'label="9.1-2"',
            "Table 9.1-2, Message ID: a second row for it",
        ),
        (
            'xml:id="table_9.1-2"',
            'xml:id="table_9.1-5"',
            "",
            "a second Table 9.1-5, after that of line",
        ),
        (
            ">Tag<",
            ">Mark<",
            'label="9.3-3"',
            "Table 9.3-3 has no column Tag (its columns: Message Field, Mark, VR, VM, Desc",
        ),
        (">US<", ">??<", 'label="E.1-1"', "no new keyword, tag, VR and VM of a command"),
        (
            "set to 0030H",
            "like 0030H",
            "C-ECHO-RQ Message Fields",
            "Table 9.3-12 states no fixed value for the command field",
        ),
        (
            "shall be set to 0210H",
            "is known",
            'label="C.5.9"',
            "the table of C.5.9 (Duplicate invocation) states no status code",
        ),
        (
            "Success (0000H) - what that means.",
            "All is well.",
            'label="9.1.5.1.4"',
            "9.1.5.1.4, C-ECHO: no status in 'All is well.'",
        ),
    ],
)
def test_what_nobody_can_read_is_an_error_and_no_guess(
    dimsegen: Run, tmp_path: Path, small: str, old: str, new: str, after: str, said: str
) -> None:
    part = tmp_path / "part07.xml"
    part.write_text(changed(small, old, new, after), "utf-8")
    found = dimsegen("verify", part)
    assert (found.code, found.out) == (2, "")
    assert said in found.err, found.err
    assert found.err.endswith("; nothing was compared\n")


def test_all_that_is_wrong_is_told_at_once(dimsegen: Run, tmp_path: Path, small: str) -> None:
    part = tmp_path / "part07.xml"
    text = changed(small, ">M<", ">X<", "C-ECHO Parameters</caption>")
    part.write_text(changed(text, ">US<", ">??<", 'label="E.1-1"'), "utf-8")
    assert dimsegen("verify", part).err.endswith("\n2 problems; nothing was compared\n")
