"""git shows the report where it would show lines, and goes on whatever the files hold."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from ..conftest import Run
from .git_repository import ENVIRONMENT, M_CELL, PING, U_CELL, Git, make_repository

CODE = (
    "import sys; from dimsegen.cli import main; sys.exit(main(['git-diff-driver', *sys.argv[1:]]))"
)
DRIVER = shlex.join([sys.executable, "-c", CODE])


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Give a repository that shows its service files with the driver."""
    git = make_repository(tmp_path / "repository", monkeypatch)
    git("config", "diff.dimsegen.command", DRIVER)
    Path(".gitattributes").write_text("schemas/services/*.yaml diff=dimsegen\n", "utf-8")
    git.commit("attributes")
    return git


def test_git_log_shows_the_report_of_every_commit(git: Git) -> None:
    git.edit(U_CELL, M_CELL)
    git.commit("Payload is mandatory")
    git.edit(M_CELL, U_CELL)
    git.commit("Payload is optional again")
    said = git("log", "-p", "--ext-diff", "-2", "--", PING)
    assert said.count(f"diff --dimsegen a/{PING} b/{PING}") == 2
    assert "error  usage-u-to-m  X-PING request Payload  U -> M" in said
    assert "error  usage-m-to-u  X-PING request Payload  M -> U" in said
    assert "1 service, " in said


def test_git_diff_shows_the_report_of_the_working_tree_from_a_sub_folder(git: Git) -> None:
    git.edit(U_CELL, M_CELL)
    assert "usage-u-to-m" in Git(git.folder / "schemas")("diff", "--ext-diff")


def test_a_file_that_does_not_load_is_shown_as_lines(git: Git) -> None:
    git.edit(U_CELL, U_CELL.replace("U", "X"))
    said = git("diff", "--ext-diff")
    assert "(shown as lines: schemas/services/x_ping.yaml:22:51: Payload: 'X' is not" in said
    assert f"\n--- a/{PING}\n+++ b/{PING}\n@@" in said
    assert "\n+  Payload:                              {request: X," in said


def test_a_file_that_is_new_or_gone_is_shown_as_lines(git: Git) -> None:
    git("rm", "--quiet", PING)
    said = git("diff", "--cached", "--ext-diff")
    assert "(shown as lines: it is gone)" in said
    assert f"--- a/{PING}\n+++ /dev/null" in said


def test_a_path_that_is_not_merged_does_not_stop_git(git: Git) -> None:
    git("switch", "--quiet", "--create", "topic")
    git.edit(U_CELL, M_CELL)
    git.commit()
    git("switch", "--quiet", "main")
    git.edit(U_CELL, U_CELL.replace("U", '"-"'))
    git.commit()
    subprocess.run(
        ["git", "merge", "topic"], env=os.environ | ENVIRONMENT, capture_output=True, check=False
    )
    assert f"* Unmerged path {PING}" in git("diff", "--ext-diff", "--cached")


def test_it_tells_a_person_who_calls_it_how_to_set_it_up(dimsegen: Run, git: Git) -> None:
    said = dimsegen("git-diff-driver")
    assert (said.code, said.out) == (2, "")
    assert "set diff.dimsegen.command to it" in said.err
