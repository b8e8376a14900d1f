"""An edition that somebody has edited gets an answer: a finding, or what contradicts what."""

from __future__ import annotations

from pathlib import Path

import pytest

from ..conftest import Run
from .editions import EDITIONS, HOW

pytestmark = pytest.mark.skipif(
    "2024c" not in EDITIONS, reason=f"PS3.7 2024c is not at hand: {HOW}"
)

SUCCESS, OPEN = "Success (0000H)", "(Status value is Service Class specific)"
FIND, MOVE, GET = "sect_9.1.2.1.6", "table_9.3-10", "table_10.1-2"


@pytest.mark.usefixtures("read_once")
@pytest.mark.parametrize(
    ("within", "old", "new", "code", "said"),
    [
        (MOVE, "Number of Completed", "Number of Complete", 0, "Number of Complete Sub-operations"),
        (MOVE, "Number of Completed Sub", "Forgotten Sub", 0, "Forgotten Sub-operations"),
        (MOVE, "(0000,1021)", "(0000,1022)", 0, "Sub-operations (0000,1022) US 1"),
        (GET, "Requested SOP Class", "Requested SOP Clas", 0, "Requested SOP Clas UID"),
        (GET, "Requested SOP Class UID", "Something Else", 2, "has M for Something Else"),
        (FIND, SUCCESS, "Success", 0, "codes"),
        (FIND, SUCCESS, f"Success {OPEN}", 0, "no findings"),
        (FIND, SUCCESS, f"Foo {OPEN}", 1, "Foo"),
        (FIND, SUCCESS, "Foo (0999H)", 1, "Foo (0999H)"),
        (FIND, SUCCESS, "Foo (0199H)", 1, "Foo (0199H)"),
        (FIND, SUCCESS, "Success (0999H)", 0, "Success (0999H)"),
        (FIND, f"Failed {OPEN}", "Failed (C001H)", 1, "C001H"),
        (FIND, SUCCESS, f"Pending {OPEN}", 1, "Success (0000H)"),
    ],
)
def test_an_edit_is_told_either_way(
    dimsegen: Run, tmp_path: Path, within: str, old: str, new: str, code: int, said: str
) -> None:
    whole = EDITIONS["2024c"].read_text("utf-8")
    start = whole.index(f'xml:id="{within}"')
    at = whole.index(old, start)
    edited = tmp_path / "part07.xml"
    edited.write_text(whole[:at] + new + whole[at + len(old) :], "utf-8")
    for pair in ((EDITIONS["2024c"], edited), (edited, EDITIONS["2024c"])):
        found = dimsegen("diff", *pair)
        assert (found.code, bool(found.err)) == (code, code == 2)
        assert said in " ".join((found.out + found.err).split())
        assert "internal error" not in found.err
