"""`dimsegen verify` compares the schemas with PS3.7 as NEMA publishes it."""

from __future__ import annotations

from pathlib import Path

import pytest
from dimsegen.loader import load_schema

from ..conftest import ROOT, Run
from ..docbook_page import print_part


@pytest.fixture(scope="module")
def whole() -> str:
    """All that the schemas say, printed as the standard prints it."""
    return print_part(load_schema(ROOT / "schemas"))


def test_the_whole_part_agrees_in_all_cells(dimsegen: Run, tmp_path: Path, whole: str) -> None:
    part = tmp_path / "part07.xml"
    part.write_text(whole, "utf-8")
    said = dimsegen("verify", str(part))
    assert (said.code, said.err) == (0, "")
    assert "205 cells, 24 elements, 25 messages, 31 status types, 135 listed statuses" in said.out
    assert said.out.splitlines()[-1].endswith("and PS3.7 2024a agree: 0 differences")
