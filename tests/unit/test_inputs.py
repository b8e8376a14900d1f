"""`[OLD] [NEW]` means what git users expect, and what cannot be compared is said with a remedy."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
from pathlib import Path

import pytest
from dimsegen.inputs.pairs import InputError, read_versions
from dimsegen.sets.report import Version

from .git_repository import ENVIRONMENT, M_CELL, PING, U_CELL, Git, make_repository


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    return make_repository(tmp_path / "repository", monkeypatch)


def payload(version: Version) -> str:
    """Return the request cell of the row that the tests change."""
    (service,) = (each for each in version.schema.services if each.name == "X-PING")
    (row,) = (each for each in service.rows if each.keyword == "Payload")
    return str(row.cells["request"])


def cells(*words: str) -> tuple[str, str]:
    old, new = read_versions(words)
    return payload(old), payload(new)


def names(*words: str) -> tuple[str, str]:
    old, new = read_versions(words)
    return old.name, new.name


def refusal(*words: str) -> str:
    with pytest.raises(InputError) as caught:
        read_versions(words)
    return str(caught.value)


def test_without_words_the_merge_base_is_compared_with_the_dirty_tree(git: Git) -> None:
    base = git("rev-parse", "--short=7", "HEAD")
    git("switch", "--quiet", "--create", "topic")
    git("commit", "--quiet", "--allow-empty", "--message", "nothing")
    git("switch", "--quiet", "main")
    git("commit", "--quiet", "--allow-empty", "--message", "main moves on")
    git("switch", "--quiet", "topic")
    git.edit(U_CELL, M_CELL)
    assert cells() == ("U", "M")
    assert names() == (f"main@merge-base {base}", "working tree")


def test_one_revision_is_compared_with_the_working_tree(git: Git) -> None:
    git.edit(U_CELL, M_CELL)
    assert cells("HEAD") == ("U", "M")
    short = git("rev-parse", "--short=7", "HEAD")
    assert names("HEAD") == (f"HEAD {short}", "working tree")
    assert names(short) == (short, "working tree")


def test_two_dots_are_two_revisions_and_three_are_since_the_merge_base(git: Git) -> None:
    git("switch", "--quiet", "--create", "topic")
    git.edit(U_CELL, M_CELL)
    git.commit()
    git("switch", "--quiet", "main")
    git("commit", "--quiet", "--allow-empty", "--message", "main moves on")
    assert cells("main..topic") == ("U", "M")
    assert cells("topic..main") == ("M", "U")
    assert cells("main...topic") == ("U", "M")
    assert cells("topic...main") == ("U", "U")
    assert cells("main", "topic") == ("U", "M")
    assert names("topic...main")[0].startswith("topic@merge-base ")


def test_an_end_that_is_left_out_is_head(git: Git) -> None:
    git.edit(U_CELL, M_CELL)
    git.commit()
    assert cells("HEAD~1..") == ("U", "M")
    assert cells("..HEAD~1") == ("M", "U")


def test_a_folder_of_a_revision_may_be_elsewhere(git: Git) -> None:
    git("mv", "schemas", "tables")
    git.edit(U_CELL, M_CELL, PING.replace("schemas", "tables"))
    git.commit()
    assert cells("HEAD~1:schemas", "HEAD:tables") == ("U", "M")
    assert cells("HEAD~1:schemas/", "tables") == ("U", "M")


def test_a_revision_without_the_folder_says_how_to_name_it(git: Git) -> None:
    git("mv", "schemas", "tables")
    git.commit()
    assert read_versions(["HEAD~1:schemas", "tables"])
    os.rename("tables", "schemas")
    said = refusal("HEAD")
    assert said == "HEAD: has no folder schemas: name it as HEAD:PATH if it was elsewhere"


def test_two_folders_need_no_repository(
    tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copytree("schemas", tmp_path / "a")
    git.edit(U_CELL, M_CELL)
    shutil.copytree("schemas", tmp_path / "b")
    monkeypatch.chdir(tmp_path)
    assert cells("a", "b") == ("U", "M")
    assert names("a", "b") == ("a", "b")
    assert refusal() == "this folder is in no git repository: name two folders or files: OLD NEW"


def test_a_service_file_is_compared_in_the_context_of_its_folder(git: Git) -> None:
    git.edit(U_CELL, M_CELL)
    old, new = read_versions([f"HEAD:{PING}", PING])
    assert [each.name for each in old.schema.services] == ["X-PING"]
    assert [each.name for each in new.schema.services] == ["X-PING"]
    assert cells(f"HEAD:{PING}", PING) == ("U", "M")
    assert cells(f"HEAD:{PING}") == ("U", "M")
    assert cells("HEAD", PING) == ("U", "M")


def test_a_service_file_that_lies_alone_is_compared_as_if_it_were_in_the_folder(
    git: Git, tmp_path: Path
) -> None:
    alone = tmp_path / "old copy.yaml"
    shutil.copy(PING, alone)
    git.edit(U_CELL, M_CELL)
    assert cells(str(alone), PING) == ("U", "M")
    assert len(read_versions([str(alone), PING])[1].schema.services) == 1


def test_a_file_that_is_no_schema_is_refused(git: Git) -> None:
    Path("notes.txt").write_text("nothing", "utf-8")
    assert refusal("notes.txt", "schemas").startswith("notes.txt: no schema: it has no line")


def test_what_would_be_compared_with_itself_is_refused(git: Git) -> None:
    assert "is what it would be compared with" in refusal("schemas")
    assert "is what it would be compared with" in refusal(PING)


def test_it_works_from_a_sub_folder(git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    git.edit(U_CELL, M_CELL)
    monkeypatch.chdir("schemas/services")
    assert cells("HEAD") == ("U", "M")
    assert cells("HEAD:./x_ping.yaml") == ("U", "M")
    old, new = read_versions(["HEAD"])
    position = new.schema.services[0].position
    assert position.file == "x_ping.yaml"
    assert new.path(position) == PING
    assert old.path(old.schema.services[0].position) == PING


def test_it_works_in_a_linked_worktree(
    git: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    git("worktree", "add", "--quiet", "-b", "topic", str(tmp_path / "linked"))
    monkeypatch.chdir(tmp_path / "linked")
    Git(tmp_path / "linked").edit(U_CELL, M_CELL)
    assert cells() == ("U", "M")


def test_odd_names_of_folders_and_branches_make_no_difference(git: Git) -> None:
    odd = "sché mas\n-*?'\""
    git("mv", "schemas", odd)
    git.commit()
    git("branch", "ünï/côde")
    git.edit(U_CELL, M_CELL, PING.replace("schemas", odd))
    assert cells(f"ünï/côde:{odd}", odd) == ("U", "M")


def test_nothing_in_the_working_tree_or_the_index_is_touched(git: Git) -> None:
    git.edit(U_CELL, M_CELL)
    Path("new").write_text("", "utf-8")
    before = git("status", "--porcelain"), (git.folder / ".git" / "index").read_bytes()
    cells()
    assert before == (git("status", "--porcelain"), (git.folder / ".git" / "index").read_bytes())
    assert git("worktree", "list").count("\n") == 0


def test_a_word_that_is_a_path_and_a_revision_is_refused(git: Git) -> None:
    shutil.copytree("schemas", "main")
    assert refusal("main", "schemas") == (
        "main: both a path and a revision: write ./main or main~0 to tell which"
    )
    assert cells("./main", "schemas") == cells("main~0", "schemas") == ("U", "U")


def test_an_unknown_word_is_named_with_the_one_that_may_be_meant(git: Git) -> None:
    git("branch", "feature/cells")
    assert refusal("feature/cell") == (
        "feature/cell: no such file, folder or revision (did you mean feature/cells?)"
    )
    assert refusal("./nothing") == "./nothing: no such file or folder: correct the name"
    assert "main has no such file" in refusal("main:nothing")
    assert refusal("main~7") == "main~7: no such file, folder or revision (did you mean main?)"


def test_a_schema_that_does_not_load_gives_every_problem_with_its_revision(git: Git) -> None:
    git.edit(U_CELL, U_CELL.replace("U", "X"))
    git.commit()
    git.edit(U_CELL.replace("U", "X"), U_CELL)
    said = refusal("HEAD").split("\n")
    assert re.match(rf"HEAD:{PING}:\d+:\d+: Payload: 'X' is not a usage code", said[0])
    assert said[-1] == "1 error; nothing was compared"


def test_without_a_commit_there_is_nothing_to_compare_with(
    tmp_path: Path, git: Git, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.chdir(tmp_path / "empty")
    Git(tmp_path / "empty")("init", "--quiet")
    assert refusal() == "nothing is committed here yet: commit, or name two folders"


def clone(git: Git, folder: Path, *options: str) -> Git:
    git("config", "uploadpack.allowFilter", "true")
    git("clone", "--quiet", *options, f"file://{git.folder}", str(folder))
    return Git(folder)


def run_remedy(said: str) -> None:
    """Run the very command that the refusal gives."""
    match = re.search(r"run (git fetch .*?)(, or name .*)?$", said)
    assert match is not None, said
    subprocess.run(
        shlex.split(match[1]), env=os.environ | ENVIRONMENT, check=True, capture_output=True
    )


@pytest.fixture
def topic(git: Git) -> Git:
    """Give the repository with a branch topic that changes the cell, and a main that moved on."""
    git("switch", "--quiet", "--create", "topic")
    git.edit(U_CELL, M_CELL)
    git.commit()
    git("switch", "--quiet", "main")
    git("commit", "--quiet", "--allow-empty", "--message", "main moves on")
    return git


def test_a_shallow_clone_of_one_branch_gets_the_command_that_brings_the_rest(
    topic: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shallow = clone(topic, tmp_path / "shallow", "--depth=1", "--branch=topic")
    monkeypatch.chdir(shallow.folder)
    # As continuous integration checks out: nothing tells the default branch.
    said = refusal()
    assert "no branch to compare with" in said
    run_remedy(said)
    assert cells() == ("U", "M")
    assert names()[0].startswith("origin/main@merge-base ")


def test_a_merge_base_that_is_cut_off_gets_the_command_that_brings_it(
    topic: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shallow = clone(
        topic, tmp_path / "shallow", "--depth=1", "--branch=topic", "--no-single-branch"
    )
    monkeypatch.chdir(shallow.folder)
    said = refusal("origin/main...HEAD")
    assert said == (
        "origin/main and HEAD have no commit in common in the history that is here: "
        "run git fetch --unshallow origin"
    )
    run_remedy(said)
    assert cells("origin/main...HEAD") == ("U", "M")


@pytest.mark.parametrize("word", ["origin/main", "HEAD~1"])
def test_a_revision_that_is_cut_off_gets_the_command_that_brings_it(
    word: str, topic: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shallow = clone(topic, tmp_path / "shallow", "--depth=1", "--branch=topic")
    monkeypatch.chdir(shallow.folder)
    run_remedy(refusal(word))
    assert cells(word) == ("U", "M")


def test_a_commit_that_is_cut_off_gets_the_command_that_brings_it(
    topic: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    commit = topic("rev-parse", "main")
    shallow = clone(topic, tmp_path / "shallow", "--depth=1", "--branch=topic")
    monkeypatch.chdir(shallow.folder)
    said = refusal(commit)
    assert said == f"{commit}: this commit is not here: run git fetch origin {commit}"
    run_remedy(said)
    assert cells(commit) == ("U", "M")


def test_nothing_is_fetched_from_the_origin_of_a_partial_clone(
    topic: Git, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    partial = clone(topic, tmp_path / "partial", "--filter=blob:none", "--branch=topic")
    monkeypatch.chdir(partial.folder)
    said = refusal("origin/main")
    assert "this object is not here" in said
    run_remedy(said)
    assert cells("origin/main") == ("U", "M")


def test_two_histories_without_a_common_commit_are_told_apart_from_a_cut_one(git: Git) -> None:
    git("switch", "--quiet", "--orphan", "other")
    git("commit", "--quiet", "--allow-empty", "--message", "other")
    assert refusal("main...other") == (
        "main and other have no commit in common: name the two revisions to compare: main other"
    )
