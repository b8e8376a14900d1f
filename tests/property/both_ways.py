"""Two folders of schemas, compared by the command itself, there and back.

What is drawn is the same every time, unless `$DIFF_EXAMPLES` says how many examples are wanted:
then it is another, and a failure says with which seed it is drawn again.
"""

from __future__ import annotations

import io
import json
import os
from collections import Counter
from collections.abc import Mapping
from contextlib import redirect_stderr, redirect_stdout
from difflib import unified_diff
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeAlias

from dimsegen.cli import main
from hypothesis import HealthCheck, Phase, settings

from tests.conftest import ROOT

Files: TypeAlias = Mapping[str, str]


class Folder(dict[str, str]):
    """Files that are shown as what they are edited from, with what was edited."""

    def __init__(self, files: Files, base: Files) -> None:
        super().__init__(files)
        self._base = base

    def __repr__(self) -> str:
        lines: list[str] = []
        for name in sorted({*self, *self._base}):
            old, new = (files.get(name, "").splitlines() for files in (self._base, self))
            lines += unified_diff(old, new, name, name, lineterm="", n=0)
        return "\n".join(["", *lines])


WAYS = ("senders", "receivers")
_SCHEMAS = ROOT / "schemas"
# What the code of the other families imports.
BELOW = {
    path.relative_to(_SCHEMAS).as_posix(): path.read_text("utf-8")
    for path in [*_SCHEMAS.glob("*.yaml"), *(_SCHEMAS / "services").glob("*.yaml")]
}


def drawn(examples: int) -> settings:
    """Return how often a property is tried, `$DIFF_EXAMPLES` times where that is set."""
    wanted = os.environ.get("DIFF_EXAMPLES")
    return settings(
        max_examples=int(wanted or examples),
        derandomize=wanted is None,
        database=None,
        print_blob=True,
        # Each try is a command, and what is drawn is a handful of edits: it is shown as it is.
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
    )


def answers(
    old: Files, new: Files, *options: str, is_mirrored: bool = True
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return both reports; where they are mirrored, who sends here receives there."""
    with TemporaryDirectory() as folder:
        places = [Path(folder, name) for name in ("old", "new")]
        for place, files in zip(places, (old, new), strict=True):
            _write(files, place)
        there, back = _report(places, options), _report(places[::-1], options)
    if is_mirrored:
        assert _effects(there, WAYS) == _effects(back, WAYS[::-1])
    return there, back


def _write(files: Files, folder: Path) -> None:
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def _report(places: list[Path], options: tuple[str, ...]) -> dict[str, Any]:
    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        words = ["diff", *map(str, places), *options, "--schemas", str(places[1]), "-o", "json"]
        code = main(words)
    assert (code in {0, 1}, err.getvalue()) == (True, ""), f"exit {code}: {err.getvalue()}"
    report: dict[str, Any] = json.loads(out.getvalue())
    assert report["summary"]["disagreements"] == []
    assert code == int(report["summary"]["failing"] > 0)
    return report


def _effects(report: dict[str, Any], sides: tuple[str, ...]) -> Counter[tuple[str, ...]]:
    """Return whom the findings of a report break; what breaks nobody may be told in other words."""
    return Counter(
        tuple(finding[side]["verdict"] for side in sides)
        for finding in report["findings"]
        if finding["level"] != "note"
    )
