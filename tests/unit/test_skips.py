"""Whoever sees a test skipped is told why, and how to run it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from ..conftest import ROOT


def reasons() -> Iterator[tuple[str, str]]:
    """Yield every text that a test is skipped with, and its file."""
    for path in sorted((ROOT / "tests").rglob("*.py")):
        text = path.read_text("utf-8")
        # Parsing all of them would be a second of each worker's start.
        for node in ast.walk(ast.parse(text)) if ".skip" in text else ():
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                if node.func.attr not in ("skip", "skipif"):
                    continue
                for word in (*node.args, *(each.value for each in node.keywords)):
                    # A condition may be a name, a comparison or a Boolean.
                    if isinstance(word, ast.JoinedStr) or isinstance(
                        getattr(word, "value", None), str
                    ):
                        yield path.relative_to(ROOT).as_posix(), ast.unparse(word)


FOUND = list(reasons())


def test_there_are_skips() -> None:
    assert len(FOUND) > 10


@pytest.mark.parametrize(("file", "text"), FOUND)
def test_a_skip_says_why_and_what_to_do(file: str, text: str) -> None:
    # What a system lacks nobody can give it; all else is answered after the colon.
    assert "this system has no " in text or re.search(r": (\{HOW\}|[a-z]+ )", text), file
