"""The files that others copy or refer to call commands that exist, and those do what they say."""

from __future__ import annotations

import os
import subprocess
import sysconfig
from pathlib import Path
from typing import Any

import pytest
import yaml

from ..conftest import ROOT, Run
from .git_repository import M_CELL, U_CELL, make_repository

HOOKS: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
WORKFLOW: dict[str, Any] = yaml.safe_load((ROOT / "docs/ci/dimsegen-diff.yml").read_text("utf-8"))


def test_the_step_of_the_workflow_writes_summary_annotations_and_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git = make_repository(tmp_path / "repository", monkeypatch)
    git("switch", "--quiet", "--create", "topic")
    git.edit(U_CELL, M_CELL)
    git.commit()
    (step,) = (each for each in WORKFLOW["jobs"]["diff"]["steps"] if "env" in each)
    assert step["env"] == {"BASE": "origin/${{ github.base_ref }}"}
    path = os.pathsep.join([sysconfig.get_paths()["scripts"], os.environ["PATH"]])
    (tmp_path / "summary").touch()
    said = subprocess.run(
        ["bash", "-e", "-c", step["run"]],
        env=os.environ
        | {"BASE": "main", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}
        | {"PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (said.returncode, said.stderr) == (1, "")
    assert said.stdout.startswith("::error file=schemas/services/x_ping.yaml,line=22,")
    assert (tmp_path / "summary").read_text("utf-8").startswith("### ❌ dimsegen diff: 1 finding")
    assert Path("dimsegen.sarif").is_file()
    assert Path("dimsegen.json").is_file()


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: str(hook["id"]))
def test_a_hook_is_a_command_with_these_options(hook: dict[str, Any], dimsegen: Run) -> None:
    program, *words = hook["entry"].split()
    assert program == "dimsegen"
    assert dimsegen(*words, "--help").code == 0
    extra = (ROOT / "pyproject.toml").read_text("utf-8")
    for needed in hook["additional_dependencies"]:
        assert f'"{needed}"' in extra
