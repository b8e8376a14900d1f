"""A private SOP class beside those of the standard says its UID and its name itself."""

from __future__ import annotations

import shutil
from pathlib import Path

from dimsegen.sop_classes.loader import load_schema
from dimsegen.sop_classes.package import render_package

from ...conftest import ROOT, Run
from ...golden.sop_classes.test_sop_class_errors import BASE

HATCH = """\
# yaml-language-server: $schema=../json-schema/sop_classes/sop_class.json
# Hatch: a private SOP class.
sop_classes:
  HatchManagement:                        {uid: 1.2.826.0.1.3680043.10.7, name: Hatch Management, section: "Z.1", services: {N-CREATE: M/M}}
"""  # noqa: E501


def test_it_is_one_of_the_sop_classes(tmp_path: Path, dimsegen: Run) -> None:
    schemas = Path(shutil.copytree(BASE, tmp_path / "schemas"))
    (schemas / "sop_classes" / "hatch.yaml").write_text(HATCH, "utf-8")
    model = load_schema(schemas)
    (hatch,) = (each for each in model.sop_classes if each.keyword == "HatchManagement")
    assert (hatch.uid, hatch.name) == ("1.2.826.0.1.3680043.10.7", "Hatch Management")
    files = render_package(model, ROOT / "templates")
    assert any(b"1.2.826.0.1.3680043.10.7" in content for content in files.values())
    whole = Path(shutil.copytree(ROOT / "schemas", tmp_path / "whole"))
    (whole / "sop_classes" / "hatch.yaml").write_text(HATCH, "utf-8")
    for command in (["lint"], ["fmt", "--check"], ["explain", "HatchManagement"]):
        said = dimsegen(*command, "--schemas", whole)
        assert (said.code, said.err) == (0, ""), (command, said)
