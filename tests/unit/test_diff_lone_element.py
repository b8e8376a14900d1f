"""An element that no message has in both versions: no message shows its change, `diff` answers."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.conftest import ROOT, Run

OWN = ROOT / "docs" / "guides" / "own"


def test_it_is_told_beside_the_only_service_that_had_it(dimsegen: Run, tmp_path: Path) -> None:
    new = Path(shutil.copytree(OWN, tmp_path / "new"))
    shutil.rmtree(new / "services")
    elements = (OWN / "elements.yaml").read_text("utf-8")
    used = next(line for line in elements.splitlines() if "vr: UI" in line)
    lone = used.replace("vr: UI", "vr: UL")
    (new / "elements.yaml").write_text(elements.replace(used, lone), "utf-8")
    for versions in ((OWN, new), (new, OWN)):
        said = dimsegen("diff", *versions)
        assert (said.code, said.err) == (1, "")
        assert "element-changed" in said.out
        assert said.out.rstrip().endswith("2 findings are to be mended or waived")
