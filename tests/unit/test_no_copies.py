"""No function of the generator or of a package is written twice: one piece serves both places."""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from tests.conftest import ROOT

FOLDERS = (ROOT / "generator" / "dimsegen", ROOT / "templates")
# A call of another with what is its own takes fewer.
_FEWEST_LINES = 4


def functions(path: Path) -> Iterator[tuple[str, str]]:
    """Yield what each function of a file does, without its head and docstring, and where it is."""
    text = path.read_text(encoding="utf-8")
    lines = [line.strip() for line in text.splitlines()]
    top = ast.parse(text).body
    inside = (each for node in top if isinstance(node, ast.ClassDef) for each in node.body)
    for node in (*top, *inside):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
            does = lines[body[0].lineno - 1 : node.end_lineno] if body else []
            if len(does) >= _FEWEST_LINES:
                yield "\n".join(does), f"{path.relative_to(ROOT)}:{node.lineno} {node.name}"


def test_no_function_is_written_twice() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for folder in FOLDERS:
        for path in folder.rglob("*.py"):
            for does, place in functions(path):
                places[does].append(place)
    assert [each for each in places.values() if len(each) > 1] == []
