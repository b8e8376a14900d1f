"""The command that `diff` prints, pasted as it is, makes that same `diff` pass."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest

from ..conftest import ROOT, Run
from .git_repository import ENVIRONMENT, Git

OWN = ROOT / "docs" / "guides" / "own"
LOCK = "services/x_bolt.yaml"


def edit(folder: Path) -> None:
    file = folder / LOCK
    text = file.read_text("utf-8")
    assert text.count("U(=)") == 1
    file.write_text(text.replace('"U(=)"', '"M(=)"'), "utf-8")


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dimsegen: Run) -> Git:
    """Give a repository with the service of the guide in good form, and a change on a branch."""
    folder = tmp_path / "repository"
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    shutil.copytree(OWN, folder / "schemas")
    monkeypatch.chdir(folder)
    git = Git(folder)
    git("init", "--quiet", "--initial-branch=main")
    assert dimsegen("fmt", "--schemas", "schemas").code == 0
    assert dimsegen("json-schema", "--output", "schemas/json-schema").code == 0
    assert dimsegen("generate").code == 0
    git.commit("start")
    shutil.copytree(folder / "schemas", tmp_path / "before")
    shutil.copytree(folder / "schemas", tmp_path / "after")
    edit(tmp_path / "after")
    git("checkout", "--quiet", "-b", "change")
    edit(folder / "schemas")
    return git


def waive_as_printed(dimsegen: Run, out: str) -> None:
    """Run what a report prints, but for the reason, which only a person can give."""
    line = re.search(r"^ *(?:waive +)?(dimsegen waive .*)$", out.replace("\\\n", " "), re.MULTILINE)
    assert line is not None, out
    words = shlex.split(line[1].replace('"..."', '"All doors say so."'))
    said = dimsegen(*words[1:])
    assert (said.code, said.err) == (0, "")


FORMS = {
    "nothing": (),
    "revision": ("main",),
    "two folders": ("../before", "../after"),
    "two files": (f"../before/{LOCK}", f"../after/{LOCK}"),
    "revision and file": (f"main:schemas/{LOCK}", f"schemas/{LOCK}"),
    "file of its own": ("main", "../alone/x_bolt.yaml"),
    "range": ("main..change",),
    "since": ("main...change",),
    "another folder of schemas": ("--schemas", "../after", "../before"),
}


@pytest.mark.parametrize("form", FORMS)
def test_the_printed_command_makes_the_same_comparison_pass(
    form: str, dimsegen: Run, git: Git, tmp_path: Path
) -> None:
    (tmp_path / "alone").mkdir()
    shutil.copy(tmp_path / "after" / LOCK, tmp_path / "alone")
    if ".." in form or "change" in "".join(FORMS[form]):
        git.commit("Doors always answer")
    said = dimsegen("diff", *FORMS[form], "--verify", "none")
    assert (said.code, said.err) == (1, "")
    waive_as_printed(dimsegen, said.out)
    said = dimsegen("diff", *FORMS[form], "--verify", "none")
    assert (said.code, said.err) == (0, "")
    assert "1 finding: 1 error; 1 waived; nothing fails" in said.out


def test_the_flow_of_a_change_ends_with_a_check_that_passes(dimsegen: Run, git: Git) -> None:
    assert dimsegen("generate").code == 0
    said = dimsegen("check")
    assert said.code == 1
    assert "diff          fails" in said.out
    waive_as_printed(dimsegen, said.err)
    said = dimsegen("check")
    assert (said.code, said.err) == (0, ""), said.out
    assert dimsegen("fmt", "--check", "--schemas", "schemas").code == 0


def test_what_is_waived_is_written_as_fmt_writes_it(dimsegen: Run, git: Git) -> None:
    Path("schemas/waivers.yaml").write_text(
        "waivers:\n"
        '- reason: "Nobody has one: it is new."\n'
        "  rule: usage-u-to-m\n"
        '  change: "U -> M"\n'
        "  cell: X-BOLT request Window  # gone\n",
        "utf-8",
    )
    assert dimsegen("fmt", "--schemas", "schemas").code == 0
    waive_as_printed(dimsegen, dimsegen("diff", "--verify", "none").out)
    said = dimsegen("fmt", "--check", "--schemas", "schemas")
    assert (said.code, said.err) == (0, "")
    assert dimsegen("lint", "--schemas", "schemas").code == 0
    assert "# gone" in Path("schemas/waivers.yaml").read_text("utf-8")
