"""`dimsegen editions` writes what changed from edition to edition, and whom that breaks."""

from __future__ import annotations

from pathlib import Path

import pytest

from ...conftest import Run
from ...printed import printed_schema
from .page import print_part
from .test_verify import changed


@pytest.fixture(scope="module")
def parts() -> dict[str, str]:
    """Three editions: in the second a cell is M, in the third a name has other capitals."""
    schema = printed_schema()
    first, second, third = (print_part(schema, name) for name in ("2024a", "2025a", "2025b"))
    breaks = (">U<", ">M<", "N-GET Parameters</caption>")
    second, third = (changed(each, *breaks) for each in (second, third))
    return {"2024a": first, "2025a": second, "2025b": third.replace("No such SOP", "No Such SOP")}


@pytest.fixture
def folder(tmp_path: Path, parts: dict[str, str]) -> Path:
    for name, text in parts.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "part07.xml").write_text(text, "utf-8")
    return tmp_path


def test_each_change_says_between_which_editions_and_who_breaks(
    dimsegen: Run, folder: Path
) -> None:
    said = dimsegen("editions", folder, "--output", folder / "out")
    assert (said.code, said.err) == (0, "")
    assert said.out == "3 editions → 1 page, 1 written, 0 unchanged\n"
    page = (folder / "out" / "index.rst").read_text("utf-8")
    breaks = page[page.index("What breaks") : page.index("What was edited")]
    assert breaks.count("   * - 2024a to 2025a\n") == 1
    assert "     - :ref:`N-GET <N-GET>` request ``AttributeIdentifierList``\n" in breaks
    assert "     - invoker\n     - senders first\n" in breaks
    assert "2025a to 2025b" not in breaks
    edits = page[page.index("What was edited") :]
    assert "\n2025a to 2025b\n^^^^" in edits
    assert "     - capitals only: No Such SOP Instance, No Such SOP Class\n" in edits


def test_check_says_what_is_out_of_date_and_writes_nothing(dimsegen: Run, folder: Path) -> None:
    out = folder / "out"
    assert dimsegen("editions", folder, "--output", out, "--check").code == 1
    assert not out.exists()
    dimsegen("editions", folder, "--output", out)
    assert dimsegen("editions", folder, "--output", out, "--check").code == 0
    (folder / "2025b" / "part07.xml").unlink()
    said = dimsegen("editions", folder, "--output", out, "--check")
    assert said.code == 1
    assert "-3 editions were compared" in said.out


@pytest.mark.parametrize(
    ("files", "problem"),
    [
        ({}, "0 editions in files named part07*.xml, here and below: two at least"),
        ({"part07.xml": "2024a"}, "1 edition in files named"),
        ({"part07-a.xml": "2024a", "part07-b.xml": "2024a"}, "PS3.7 2024a is there twice"),
        ({"part07.xml": ""}, "part07.xml:1:1: not well-formed XML"),
    ],
)
def test_without_two_editions_there_is_no_page(
    dimsegen: Run, tmp_path: Path, parts: dict[str, str], files: dict[str, str], problem: str
) -> None:
    for name, edition in files.items():
        (tmp_path / name).write_text(parts.get(edition, ""), "utf-8")
    said = dimsegen("editions", tmp_path, "--output", tmp_path / "out")
    assert (said.code, said.out) == (2, "")
    assert problem in said.err
