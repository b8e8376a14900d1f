"""`dimsegen diff` where an element has another keyword and nothing says that it is the same one."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

from ..conftest import ROOT, Run


def test_a_request_that_cannot_be_sent_is_answered_by_no_counterexample(
    dimsegen: Run, tmp_path: Path
) -> None:
    old, new = (tmp_path / name for name in ("old", "new"))
    for folder in (old, new):
        shutil.copytree(ROOT / "docs" / "guides" / "own", folder)
    for path in new.rglob("*.yaml"):
        path.write_text(re.sub(r"\bDoor\b", "Gate", path.read_text("utf-8")), "utf-8")
    said = dimsegen("diff", old, new, "--schemas", new, "-o", "json")
    assert (said.code, said.err) == (1, "")
    findings = json.loads(said.out)["findings"]
    breaks = [each for each in findings if each["level"] == "error"]
    assert {each["parameter"]["keyword"] for each in breaks} == {"Door", "Gate"}
    assert all(each["counterexample"] for each in breaks)
