"""`make interop-record` keeps a whole run only, and changes what peers do differently only."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from . import corpus, dialogues
from .corpus import FOLDER, Entry
from .dialogues import Dialogue
from .peers import __main__ as command
from .peers import outcome
from .peers.merging import in_the_same_words, merged

pytest_plugins = ("pytester",)
RECORDED = [(entry, (FOLDER / entry.file).read_bytes()) for entry in corpus.load()]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the folder of a run that saw what is recorded; what is recorded goes beside it."""
    kept = tmp_path / "kept"
    corpus.save(kept / "corpus", RECORDED)
    monkeypatch.setattr(corpus, "FOLDER", kept / "corpus")
    monkeypatch.setattr(corpus.load, "__defaults__", (kept / "corpus",))
    dialogues.save(kept, dialogues.load(dialogues.RECORDED))
    monkeypatch.setattr(dialogues, "RECORDED", kept)
    monkeypatch.setattr(command, "PAGE", kept / "peers.md")
    seen = tmp_path / "seen"
    corpus.save(seen, RECORDED)
    dialogues.save(seen, dialogues.load(kept))
    return seen


def content(folder: Path) -> dict[str, bytes]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): path.read_bytes() for path in files}


@pytest.mark.parametrize(
    ("others", "said"),
    [
        (["test_orthanc.py::test_a_store: failed"], "test_orthanc.py::test_a_store: failed"),
        (["tests that were not run: 3"], "tests that were not run: 3"),
        (None, "no run has ended there"),
    ],
)
def test_a_run_that_is_not_whole_is_not_recorded(
    others: list[str] | None, said: str, run: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = content(corpus.FOLDER.parent)
    if others is not None:
        outcome.save(run, 40, others)
    assert command.record(run) == 1
    told = capsys.readouterr().err
    assert said in told
    assert "nothing is recorded" in told
    assert content(corpus.FOLDER.parent) == before


def test_recording_twice_changes_nothing(run: Path) -> None:
    outcome.save(run, 40, [])
    assert command.record(run) == 0
    once = content(corpus.FOLDER.parent)
    assert command.record(run) == 0
    assert content(corpus.FOLDER.parent) == once
    assert {name for name in once if name.endswith(".bin")} == {
        f"corpus/{entry.file}" for entry, _ in RECORDED
    }


def test_a_test_that_fails_is_in_the_outcome(pytester: pytest.Pytester) -> None:
    """The hooks of the peers' tests write it; tests that were not chosen are there, too."""
    hooks = Path(__file__).parent / "peers" / "conftest.py"
    source = hooks.read_text("utf-8")
    start, end = source.index("OPTION ="), source.index('@pytest.fixture(scope="session", auto')
    pytester.makeconftest(
        "from pathlib import Path\nfrom typing import Any\nimport pytest\n"
        f"from tests.interop.peers import outcome\n{source[start:end]}"
    )
    pytester.makepyfile("def test_good(): pass\ndef test_bad(): assert 0\ndef test_more(): pass")
    seen = pytester.path / "seen"
    pytester.runpytest("--peers-seen", str(seen), "-k", "good or bad", "-p", "no:cacheprovider")
    said = outcome.objections(seen)
    name = "test_a_test_that_fails_is_in_the_outcome.py"
    assert said == [f"{name}::test_bad: failed", f"{name}::test_more: deselected"]


def renamed(entry: Entry, suffix: str) -> Entry:
    answers = None if entry.answers is None else f"{suffix}{entry.answers}"
    return replace(entry, file=f"{suffix}{entry.file}", answers=answers, data_set=entry.data_set)


def test_other_values_and_another_order_change_nothing() -> None:
    """What a run saw has names of its own; the bytes that were recorded stay."""
    once = merged(RECORDED, RECORDED)
    other = [(renamed(entry, "x"), data) for entry, data in RECORDED]
    assert merged(list(reversed(other)), once) == once


def test_what_is_new_is_added_and_what_is_gone_is_not_kept() -> None:
    once = merged(RECORDED, RECORDED)
    first = next(entry for entry, _ in once if entry.sender == "peer" and entry.answers is None)
    newer = [(replace(e, version="99") if e.file == first.file else e, d) for e, d in once]
    after = dict(merged(newer, once))
    assert first not in after
    (added,) = [entry for entry in after if entry.version == "99"]
    assert (added.file, len(after)) == (first.file, len(once))


def test_a_rule_keeps_its_words_and_gets_its_count() -> None:
    before = Dialogue("P", "1", "p", "peer", "late", "after 0.1 s", "PS3.8 9", 1)
    now = replace(before, text="after 0.7 s", count=3)
    other = replace(now, rule="other")
    assert in_the_same_words([now, other], [before]) == [
        replace(before, count=3),
        replace(other, text="after 0.7 s"),
    ]
