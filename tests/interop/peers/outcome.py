"""How the tests of a run ended: only a run in which all of them passed is recorded."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

_FILE = "run.json"


def forget(folder: Path) -> None:
    """Take note that a run begins: until it has ended, there is none."""
    (folder / _FILE).unlink(missing_ok=True)


def save(folder: Path, passed: int, others: Sequence[str]) -> None:
    """Write how many tests passed, and which others there were, with what became of them."""
    folder.mkdir(parents=True, exist_ok=True)
    content = {"passed": passed, "others": sorted(others)}
    (folder / _FILE).write_text(f"{json.dumps(content, indent=1)}\n", "utf-8")


def objections(folder: Path) -> list[str]:
    """Return why a run is not to be recorded; nothing if it is whole."""
    path = folder / _FILE
    if not path.exists():
        return [f"{folder}: no run has ended there: `make interop-record` makes one"]
    content = json.loads(path.read_text("utf-8"))
    others: list[str] = content["others"]
    if not content["passed"] and not others:
        return [f"{folder}: no test was run"]
    return others
