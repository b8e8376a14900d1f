"""Data in a page stand on lines of their own, and are what they were."""

from __future__ import annotations

import json
from pathlib import Path

from dimsegen.commands.check import _bounded
from dimsegen.pages.embedded import in_lines
from hypothesis import given
from hypothesis import strategies as st

from ..conftest import ROOT, Run

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=60),
    lambda inner: st.lists(inner, max_size=6) | st.dictionaries(st.text(), inner, max_size=6),
    max_leaves=30,
)


@given(VALUES)
def test_lines_are_the_same_data(value: object) -> None:
    assert json.loads(in_lines(value)) == value


def test_what_is_short_is_one_line_and_what_is_long_a_line_a_part() -> None:
    rows = [{"name": f"row {number}", "cells": ["M", "U"]} for number in range(4)]
    assert in_lines(rows[0]) == '{"name": "row 0", "cells": ["M", "U"]}'
    assert in_lines(rows).split("\n")[1:3] == [
        ' {"name": "row 0", "cells": ["M", "U"]},',
        ' {"name": "row 1", "cells": ["M", "U"]},',
    ]


def test_no_line_of_the_explorer_is_longer_than_its_longest_text() -> None:
    lines = (ROOT / "docs" / "reference" / "explorer.html").read_text("utf-8").split("\n")
    assert max(map(len, lines)) < 2500
    assert len(lines) > 1000


def test_a_check_prints_no_more_than_a_log_can_take() -> None:
    details = "\n".join(["x" * 300_000, *(f"line {number}" for number in range(5000))])
    shown = list(_bounded("pages", details))
    assert shown[0] == f"{'x' * 200} … (299800 more)"
    assert shown[-1] == "… 4801 lines more: dimsegen docs --check shows all"
    assert len("\n".join(shown)) < 5000
    assert list(_bounded("lint", "one line")) == ["one line"]


def test_the_pages_of_ones_own_package_import_from_that(dimsegen: Run, tmp_path: Path) -> None:
    own = ROOT / "docs" / "guides" / "own"
    said = dimsegen("docs", "--schemas", own, "--output", tmp_path, "--package", "doors")
    assert (said.code, said.err) == (0, "")
    page = (tmp_path / "x_bolt.rst").read_text("utf-8")
    assert ">>> from doors import X_BOLT" in page
    assert ".. autoclass:: doors.X_BOLT" in page
    assert "<doors.X_BOLT.Door>" in page
    pages = {path.name: path.read_text("utf-8") for path in tmp_path.iterdir()}
    assert [name for name, text in pages.items() if "dimse_primitives" in text] == []
