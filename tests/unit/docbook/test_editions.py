"""`dimsegen diff` compares two editions of PS3.7."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...conftest import Run
from ...printed import printed_schema
from .page import print_part
from .test_verify import SMALL, changed


@pytest.fixture
def editions(tmp_path: Path) -> tuple[Path, Path]:
    """Give two editions; in the later, Attribute Identifier List has become mandatory."""
    schema = printed_schema()
    old, new = (tmp_path / f"part07-{edition}.xml" for edition in ("2024a", "2026b"))
    old.write_text(print_part(schema, "2024a"), "utf-8")
    later = changed(print_part(schema, "2026b"), ">U<", ">M<", "N-GET Parameters</caption>")
    new.write_text(later, "utf-8")
    return old, new


def test_a_changed_cell_is_told_with_the_message_that_breaks(
    dimsegen: Run, editions: tuple[Path, Path]
) -> None:
    old, new = editions
    said = dimsegen("diff", old, new)
    assert (said.code, said.err) == (1, "")
    assert "\nerror  usage-u-to-m  N-GET request AttributeIdentifierList  U -> M\n" in said.out
    assert f"{new.as_posix()}:" in said.out
    assert "request.validate_request()" in said.out
    assert "missing-mandatory: Attribute Identifier List is missing" in said.out
    assert "\n1 finding: 1 error" in said.out


def test_annex_d_is_compared_with_the_rest_of_it(
    dimsegen: Run, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    old, new = editions[0], tmp_path / "later.xml"
    text = print_part(printed_schema(), "2026b")
    new.write_text(changed(text, "value 52H", "value 5FH", 'label="D.3-1"'), "utf-8")
    said = dimsegen("diff", old, new)
    assert (said.code, said.err) == (1, "")
    told = " ".join(said.out.split())
    named = "error fixed-value-changed Implementation Class UID Sub-Item 1 Item-type"
    assert f"{named} 52H -> 5FH" in told
    assert "\n1 finding: 1 error" in said.out


def test_an_edition_does_not_differ_from_itself(
    dimsegen: Run, editions: tuple[Path, Path], tmp_path: Path
) -> None:
    copy = tmp_path / "copy.xml"
    copy.write_bytes(editions[0].read_bytes())
    assert dimsegen("diff", editions[0], copy).code == 0


def test_an_edition_without_a_table_is_not_compared(dimsegen: Run, tmp_path: Path) -> None:
    part = tmp_path / "part07.xml"
    text = SMALL.read_text("utf-8")
    part.write_text(text.replace("table_9.3-12", "nix").replace('"9.3-12"', '"nix"'), "utf-8")
    said = dimsegen("diff", SMALL, part)
    assert (said.code, said.out) == (2, "")
    assert "not the whole part: it lacks the request message of C-ECHO" in said.err


def test_what_is_no_edition_is_2_with_its_place(dimsegen: Run, tmp_path: Path) -> None:
    part = tmp_path / "part07.xml"
    part.write_text("<book/>", "utf-8")
    said = dimsegen("diff", SMALL, part)
    assert (said.code, said.out) == (2, "")
    assert f"{part.as_posix()}:1:1: not a book of DocBook 5" in said.err
