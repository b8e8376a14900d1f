"""A waiver accepts one change with its reason, in the file that the pull request carries."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from dimsegen.dimse.loader import load_schema

from ..conftest import Run
from .git_repository import M_CELL, PING, U_CELL, Git, make_repository

FILE = Path("schemas/waivers.yaml")
TOMORROW = (date.today() + timedelta(days=1)).isoformat()
YESTERDAY = (date.today() - timedelta(days=1)).isoformat()


@pytest.fixture
def git(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Git:
    """Give a repository with one change in its working tree."""
    git = make_repository(tmp_path / "repository", monkeypatch)
    git.edit(U_CELL, M_CELL)
    return git


def fingerprint(dimsegen: Run) -> str:
    words = dimsegen("diff", "--verify", "none").out.split()
    return words[words.index("waive", words.index("dimsegen")) + 1]


def waive(dimsegen: Run, *options: str) -> None:
    said = dimsegen("waive", fingerprint(dimsegen), "--reason", "All peers send it.", *options)
    assert (said.code, said.err) == (0, "")


def test_the_entry_is_written_and_the_comparison_passes(dimsegen: Run, git: Git) -> None:
    assert dimsegen("diff", "--verify", "none").code == 1
    waive(dimsegen, "--reference", "Minutes 7", "--expires", TOMORROW)
    assert FILE.read_text("utf-8") == (
        "# yaml-language-server: $schema=json-schema/waivers.json\n"
        "waivers:\n"
        "  - cell: X-PING request Payload\n"
        "    rule: usage-u-to-m\n"
        "    change: U -> M\n"
        '    reason: "All peers send it."\n'
        '    reference: "Minutes 7"\n'
        f'    expires: "{TOMORROW}"\n'
    )
    said = dimsegen("diff")
    assert said.code == 0
    assert "error (waived)  usage-u-to-m" in said.out
    assert f"waived     All peers send it. (Minutes 7), until {TOMORROW}" in said.out
    assert "1 finding: 1 error; 1 waived; nothing fails" in said.out


def test_another_change_of_the_same_cell_is_not_accepted(dimsegen: Run, git: Git) -> None:
    waive(dimsegen)
    row = '   response: "-",    cancel: "-"'
    git.edit(M_CELL + row, M_CELL.replace("M", "C") + row + ", required_when: {present: MessageID}")
    said = dimsegen("diff", "--verify", "none")
    assert said.code == 1
    assert "unused waiver: usage-u-to-m X-PING request Payload U -> M" in (
        " ".join(said.out.split())
    )


def test_a_waiver_that_has_expired_fails_and_can_be_renewed(dimsegen: Run, git: Git) -> None:
    waive(dimsegen, "--expires", YESTERDAY)
    said = dimsegen("diff", "--verify", "none", "--fail-on", "error")
    assert said.code == 1
    assert (
        f"expired waiver: usage-u-to-m X-PING request Payload U -> M counted until {YESTERDAY}"
        in (" ".join(said.out.split()))
    )
    waive(dimsegen, "--expires", TOMORROW)
    assert len(load_schema(Path("schemas")).waivers) == 1
    assert dimsegen("diff", "--verify", "none").code == 0


def test_an_expired_waiver_fails_even_where_its_finding_would_not(dimsegen: Run, git: Git) -> None:
    waive(dimsegen, "--expires", YESTERDAY)
    assert dimsegen("diff", "--verify", "none", "--side", "receivers").code == 1


def test_comments_and_other_entries_stay_as_they_are(dimsegen: Run, git: Git) -> None:
    before = (
        "# Who decides: the committee.\n\nwaivers:\n"
        "    # an old one\n"
        "    - rule: service-added   # see there\n"
        "      cell: X-NOD\n"
        "      change: 'nothing -> X-NOD'\n"
        "      reason: It is new\n"
    )
    FILE.write_text(before, "utf-8")
    waive(dimsegen)
    after = FILE.read_text("utf-8")
    assert after.startswith(before)
    assert "\n    - cell: X-PING request Payload\n      rule: usage-u-to-m\n" in after


def test_prune_removes_what_matches_nothing_with_its_comment(dimsegen: Run, git: Git) -> None:
    waive(dimsegen)
    kept = FILE.read_text("utf-8")
    FILE.write_text(
        kept.replace(
            "waivers:\n",
            "waivers:\n  # an old one\n  - rule: service-added\n    change: 'nothing -> X'\n"
            "    reason: New\n",
        ),
        "utf-8",
    )
    said = dimsegen("waive", "--prune")
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith("1 waiver removed, 1 kept\n")
    assert FILE.read_text("utf-8") == kept


def test_prune_leaves_an_empty_list_that_can_be_added_to(dimsegen: Run, git: Git) -> None:
    waive(dimsegen)
    git.edit(M_CELL, U_CELL)
    assert dimsegen("waive", "--prune").code == 0
    assert FILE.read_text("utf-8").endswith("waivers: []\n")
    assert dimsegen("diff").code == 0
    git.edit(U_CELL, M_CELL)
    waive(dimsegen)
    assert len(load_schema(Path("schemas")).waivers) == 1


def test_prune_of_nothing_writes_nothing(dimsegen: Run, git: Git) -> None:
    said = dimsegen("waive", "--prune")
    assert (said.code, said.out) == (0, "schemas/waivers.yaml: 0 waivers removed, 0 kept\n")
    assert not FILE.exists()


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "FINGERPRINT is missing"),
        (["xyz", "--reason", "r"], "xyz: no fingerprint: it has twelve hexadecimal digits"),
        (["0" * 12, "--reason", "r"], "000000000000: no finding has this fingerprint"),
        (["FOUND"], "--reason is missing"),
        (["FOUND", "--reason", " "], "--reason: nothing is said"),
        (["FOUND", "--reason", 'a "b"'], "without double quotes and backslashes"),
        (["FOUND", "--reason", "a\nb"], "write it in one line"),
        (["FOUND", "--reason", "r", "--expires", "soon"], "--expires soon: no day"),
        (["FOUND", "nowhere", "--reason", "r"], "nowhere: no such file, folder or revision"),
    ],
)
def test_a_waiver_that_cannot_be_written_is_2(
    words: list[str], told: str, dimsegen: Run, git: Git
) -> None:
    found = fingerprint(dimsegen)
    said = dimsegen("waive", *(found if word == "FOUND" else word for word in words))
    assert (said.code, said.out) == (2, "")
    assert told in said.err
    assert not FILE.exists()


def test_what_is_waived_already_is_not_waived_again(dimsegen: Run, git: Git) -> None:
    found = fingerprint(dimsegen)
    waive(dimsegen)
    said = dimsegen("waive", found, "--reason", "again")
    assert said.code == 2
    assert f"schemas/waivers.yaml:3:5: waives {found} already" in said.err


def test_a_list_in_brackets_is_left_to_a_person(dimsegen: Run, git: Git) -> None:
    text = "waivers: [{rule: service-added, change: 'nothing -> X', reason: New}]\n"
    FILE.write_text(text, "utf-8")
    said = dimsegen("waive", fingerprint(dimsegen), "--reason", "r")
    assert said.code == 2
    assert FILE.read_text("utf-8") == text


def test_what_is_not_compared_leaves_its_waivers_alone(dimsegen: Run, git: Git) -> None:
    waive(dimsegen)
    other = "  - rule: service-added\n    change: nothing -> X\n    reason: New\n"
    FILE.write_text(FILE.read_text("utf-8") + other, "utf-8")
    before = FILE.read_text("utf-8")
    for words in ((f"main:{PING}", PING), ("main", PING)):
        said = dimsegen("diff", *words)
        assert (said.code, said.err) == (0, "")
        assert "unused waiver" not in said.out
        assert dimsegen("waive", "--prune", *words).out.endswith("0 waivers removed, 2 kept\n")
    assert FILE.read_text("utf-8") == before
    assert "unused waiver: service-added" in dimsegen("diff").out
    assert dimsegen("waive", "--prune").out.endswith("1 waiver removed, 1 kept\n")
