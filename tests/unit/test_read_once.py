"""What is the same in both versions that are compared is read once."""

from __future__ import annotations

import shutil
from pathlib import Path

from dimsegen.inputs.pairs import read_versions

from ..conftest import ROOT


def test_a_family_with_the_same_texts_on_both_sides_is_read_once(tmp_path: Path) -> None:
    new = Path(shutil.copytree(ROOT / "schemas", tmp_path / "new"))
    pdu = new / "upper_layer" / "pdus" / "a_release_rq.yaml"
    pdu.write_text(f"# another comment\n{pdu.read_text('utf-8')}", "utf-8")
    one, two = (each.tables for each in read_versions((str(ROOT / "schemas"), str(new))))
    assert one["sop_classes"] is two["sop_classes"]
    assert one["upper_layer"] is not two["upper_layer"]
    (changed,) = (s for s in two["upper_layer"].structures.values() if s.position.file == str(pdu))
    assert changed.class_name == "A_RELEASE_RQ"


def test_it_is_read_anew_for_the_next_comparison(tmp_path: Path) -> None:
    for name in ("a", "b"):
        copy = shutil.copytree(ROOT / "schemas", tmp_path / name)
        old, _ = read_versions((str(copy), str(ROOT / "schemas")))
        first, *_ = old.tables["sop_classes"].sop_classes
        assert Path(first.position.file).is_relative_to(copy)
