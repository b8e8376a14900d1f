"""`dimsegen check` says a line for every part, and ends with the worst of their exit codes."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ..conftest import ROOT, Run
from .git_repository import U_CELL, Git, make_repository

OLD = "AttributeIdentifierList:              {request: U, "
NEW = "AttributeIdentifierList:              {request: M, "
N_GET = "schemas/services/n_get.yaml"


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Give a repository with the schemas of this one, and what they generate."""
    git = make_repository(tmp_path / "repository", monkeypatch)
    shutil.rmtree("schemas")
    shutil.copytree(ROOT / "schemas", "schemas")
    ignored = shutil.ignore_patterns("__pycache__")
    shutil.copytree(ROOT / "generated", "generated", ignore=ignored)
    shutil.copytree(ROOT / "docs" / "reference", "docs/reference")
    git.commit("the real schemas")
    return git


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dimsegen: Run) -> Git:
    """Give a repository with tiny schemas, and all that they generate."""
    git = make_repository(tmp_path / "repository", monkeypatch)
    for command in ("generate", "docs", "json-schema"):
        assert dimsegen(command).code == 0
    git.commit("what they generate")
    return git


def signs(out: str) -> dict[str, str]:
    """Return what is said of each part, by its name."""
    return {line[:14].strip(): line[14:23].strip() for line in out.splitlines()}


PARTS = ["lint", "generated", "json schemas", "pages", "waivers", "diff", "verification"]


def test_when_all_is_well_there_is_a_line_for_each_part(dimsegen: Run, git: Git) -> None:
    said = dimsegen("check")
    assert (said.code, said.err) == (0, "")
    assert signs(said.out) == dict.fromkeys(PARTS, "ok")


def test_a_changed_cell_fails_the_diff_and_shows_what_is_not_generated(
    dimsegen: Run, git: Git
) -> None:
    git.edit(OLD, NEW, N_GET)
    said = dimsegen("check", "--base", "HEAD")
    assert said.code == 1
    fails = dict.fromkeys(("generated", "pages", "diff"), "fails")
    assert signs(said.out) == {part: fails.get(part, "ok") for part in PARTS}
    assert "usage-u-to-m  N-GET request AttributeIdentifierList" in said.err
    assert "+        # Attribute Identifier List: M" in said.err
    assert "docs/reference: 2 files out of date: run dimsegen docs" in said.out
    assert "the findings and the generated code agree" in said.out


def test_a_base_that_is_unknown_leaves_the_other_parts_alone(dimsegen: Run, small: Git) -> None:
    said = dimsegen("check", "--base", "nowhere")
    assert said.code == 2
    # The tiny schemas are not written as `dimsegen fmt` writes them, to which lint objects.
    found = {"lint": "fails"} | dict.fromkeys(("waivers", "diff", "verification"), "unknown")
    assert signs(said.out) == {part: found.get(part, "ok") for part in PARTS}
    assert "nowhere: no such file, folder or revision" in said.out


def test_schemas_that_do_not_load_are_2(dimsegen: Run, small: Git) -> None:
    small.edit(U_CELL, U_CELL.replace("U", "X"))
    said = dimsegen("check")
    assert said.code == 2
    assert signs(said.out)["lint"] == "unknown"
    assert signs(said.out)["json schemas"] == "ok"


def test_code_that_was_generated_with_another_rule_is_found(dimsegen: Run, git: Git) -> None:
    # As if a template, which no schema shows, had been changed since.
    git.edit(
        "        # Requested SOP Class UID: M (10.1.2.1.3)\n"
        "        if self._requested_sop_class_uid is None:\n",
        "        # Requested SOP Class UID: M (10.1.2.1.3)\n"
        "        if self._requested_sop_class_uid is None and self._message_id is None:\n",
        "generated/dimse_primitives/n_get.py",
    )
    git.commit()
    said = dimsegen("check", "--base", "HEAD")
    assert said.code == 1
    assert signs(said.out)["diff"] == "ok"
    assert signs(said.out)["verification"] == "fails"
    assert "N-GET request" in said.err
    assert "RequestedSOPClassUID" in said.err
