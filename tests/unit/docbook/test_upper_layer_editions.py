"""`dimsegen diff` on editions of PS3.8: what changed, and whom it breaks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ...conftest import Run
from ...printed import printed_folder
from .page import print_upper_layer
from .test_verify import changed

OLD, NEW = "2024a", "2025b"
UNPROVED = ("--verify", "none")
PAGES = {name: print_upper_layer(name) for name in (OLD, NEW)}
# The text, what it becomes, after which text; rule, change, who sends and who receives.
CHANGES = [
    (
        (">M(=)<", ">U(=)<", 'label="7-2"'),
        ("usage-m-to-u", "M(=) -> U(=)", ["provider"], ["acceptor"]),
    ),
    (
        ("2 - rejected-transient", "2 - reserved", 'label="9-21"'),
        ("values-narrowed", "rejected-transient -> reserved", ["acceptor"], ["requestor"]),
    ),
    (
        (">AE-3 Sta6<", "><", 'label="9-10"'),
        ("transition-changed", "AE-3 Sta6 -> nothing", ["acceptor"], ["requestor"]),
    ),
    (
        ("05H", "15H", 'label="9-24"'),
        ("fixed-value-changed", "05H -> 15H", ["requestor", "acceptor"], ["acceptor", "requestor"]),
    ),
]


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    paths = tmp_path / OLD / "part08.xml", tmp_path / NEW / "later.xml"
    for path, text in zip(paths, PAGES.values(), strict=True):
        path.parent.mkdir()
        path.write_text(text, "utf-8")
    return paths


def test_an_edition_does_not_differ_from_itself(dimsegen: Run, files: tuple[Path, Path]) -> None:
    said = dimsegen("diff", *files)
    assert (said.code, said.err) == (0, "")
    assert "35 tables, 5 services, 99 cells, 95 fields" in said.out
    # Nor from the schemas that it was printed from, whatever the file is called.
    assert dimsegen("diff", files[1], printed_folder()).code == 0


@pytest.mark.parametrize(("edit", "told"), CHANGES, ids=[each[1][0] for each in CHANGES])
def test_a_change_names_who_breaks_both_ways(
    dimsegen: Run,
    files: tuple[Path, Path],
    edit: tuple[str, str, str],
    told: tuple[str, str, list[str], list[str]],
) -> None:
    old, new = files
    new.write_text(changed(PAGES[NEW], *edit), "utf-8")
    said = dimsegen("diff", old, new, "-o", "json")
    assert (said.code, said.err) == (1, "")
    (found,) = json.loads(said.out)["findings"]
    shown = f"{found['old'] or 'nothing'} -> {found['new'] or 'nothing'}"
    actors = (found["senders"]["actors"], found["receivers"]["actors"])
    assert (found["rule"], shown, *actors) == told
    assert found["file"].endswith("later.xml")
    # What breaks is shown by code that was run: the schemas with what either edition prints.
    broken = {side for side in ("senders", "receivers") if found[side]["verdict"] == "breaks"}
    assert {*found["counterexample"]} == broken
    assert broken
    back = dimsegen("diff", new, old, "-o", "json", *UNPROVED).out
    (back,) = json.loads(back)["findings"]
    assert (back["old"], back["new"]) == (found["new"], found["old"])
    for one, other in (("senders", "receivers"), ("receivers", "senders")):
        assert back[one]["verdict"] == found[other]["verdict"]


@pytest.mark.parametrize(
    ("edit", "is_told"),
    [
        ((">3-6<", ">3-5<", 'label="9-24"'), True),
        ((">M<", ">Q<", 'label="7-5"'), False),
        ((">AE-3 Sta6<", ">AE-99 Sta6<", 'label="9-10"'), True),
    ],
    ids=["bytes", "no usage code", "no action"],
)
def test_what_no_code_can_be_made_of_is_told_without_an_example(
    dimsegen: Run, files: tuple[Path, Path], edit: tuple[str, str, str], is_told: bool
) -> None:
    old, new = files
    new.write_text(changed(PAGES[NEW], *edit), "utf-8")
    (found,) = json.loads(dimsegen("diff", old, new, "-o", "json").out)["findings"]
    assert not found["counterexample"]
    assert ("nothing that was run shows it" in found["message"]) is is_told


def test_another_code_is_another_value(dimsegen: Run, files: tuple[Path, Path]) -> None:
    old, new = files
    edit = ("2 - rejected-transient", "3 - rejected-transient", 'label="9-21"')
    new.write_text(changed(PAGES[NEW], *edit), "utf-8")
    said = dimsegen("diff", old, new, *UNPROVED)
    assert "values-widened  A-ASSOCIATE-RJ Result 3  nothing -> rejected-transient" in said.out
    assert "values-narrowed  A-ASSOCIATE-RJ Result 2  rejected-transient -> nothing" in said.out
    # A reserved code is none that may be sent.
    new.write_text(changed(PAGES[NEW], ">1 - reserved<", ">5 - reserved<", 'label="9-26"'), "utf-8")
    said = dimsegen("diff", old, new)
    assert (said.code, said.out.count("\nnote  ")) == (0, 2)


def test_what_an_erratum_explains_breaks_nobody(dimsegen: Run, files: tuple[Path, Path]) -> None:
    old, new = files
    line = "1 - temporary-congestion"
    for path, name in ((old, OLD), (new, NEW)):
        other = old if path is new else new
        path.write_text(changed(PAGES[name], line, line[:-1], 'label="9-21"'), "utf-8")
        other.write_text(PAGES[OLD if other is old else NEW], "utf-8")
        said = dimsegen("diff", old, new)
        assert (said.code, said.out.count("\nnote  documentation-edited")) == (0, 1)


def test_an_edition_without_a_table_is_not_compared(
    dimsegen: Run, files: tuple[Path, Path]
) -> None:
    old, new = files
    new.write_text(PAGES[NEW].replace('"9-21"', '"9-99"').replace("table_9-21", "x"), "utf-8")
    said = dimsegen("diff", old, new)
    assert (said.code, said.out) == (2, "")
    assert "PS3.8 2025b: not the whole part: it lacks Table 9-21: give it" in said.err
