"""A revision whose schemas lack words of today's is compared all the same, and that is said."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from ..conftest import Run
from ..printed import printed_folder
from .git_repository import Git, make_repository

SERVICES = "schemas/upper_layer/services"
REJECT = "schemas/upper_layer/pdus/a_associate_rj.yaml"


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Give a repository whose commit says neither who issues primitives nor what reasons are."""
    git = make_repository(tmp_path / "repository", monkeypatch)
    schemas = git.folder / "schemas"
    shutil.rmtree(schemas)
    shutil.copytree(
        printed_folder(), schemas, ignore=shutil.ignore_patterns("sop_classes", "audit")
    )
    shutil.copytree(schemas, git.folder.parent / "today")
    for path in (git.folder / SERVICES).iterdir():
        text = path.read_text("utf-8")
        path.write_text(
            re.sub(r"^(requestor: .*|issued:(\n  .*)+)\n", "", text, flags=re.M), "utf-8"
        )
    reject = git.folder / REJECT
    text = reject.read_text("utf-8")
    reject.write_text(re.sub(r'(Source: "[0-9]"\}), name: \w+', r"\1", text), "utf-8")
    git.commit("before the words of today")
    shutil.rmtree(schemas)
    shutil.copytree(git.folder.parent / "today", schemas)
    return git


def test_what_it_lacks_is_taken_from_the_schemas_of_today(git: Git, dimsegen: Run) -> None:
    said = dimsegen("diff", "HEAD", "--verify", "none")
    assert (said.code, said.err) == (0, ""), said
    note = " ".join(said.out.split())
    assert "note: HEAD" in note
    for word in ("issued of service", "requestor of service", "name of value"):
        assert word in note
    assert "in upper_layer: taken from schemas" in note
    assert "no findings" in said.out


def test_what_has_changed_beside_it_is_found(git: Git, dimsegen: Run) -> None:
    git.edit('"7",    when: {Source: "1"}', '"9",    when: {Source: "1"}', REJECT)
    git.edit('code: "8-10"', 'code: "10"', REJECT)
    said = dimsegen("diff", "HEAD", "--verify", "none")
    assert (said.code, said.err) == (1, ""), said
    assert "A_ASSOCIATE_RJ Reason/Diag." in said.out


def test_a_mistake_in_it_keeps_its_place(git: Git, dimsegen: Run) -> None:
    old = (git.folder / REJECT).read_text("utf-8")
    (git.folder / REJECT).write_text(old.replace("kind: PDU", "kind: PDUs"), "utf-8")
    git.commit("a mistake")
    (git.folder / REJECT).write_text(old, "utf-8")
    said = dimsegen("diff", "HEAD", "--verify", "none")
    assert said.code == 2
    assert f"HEAD:{REJECT}:4:7: kind: 'PDUs'" in said.err
