"""What the loader accepts, what it leaves alone, and how it says what it does not accept.

Every message has its case in `tests/golden/errors`.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from dimsegen.dimse.loader import SchemaError, load_schema
from dimsegen.dimse.loader.assemble import assemble
from dimsegen.dimse.loader.folder import read_folder
from dimsegen.dimse.loader.prose_rules import ADVICE, RULES
from dimsegen.reading.mistakes import RULES as OF_READING
from dimsegen.reading.names import Names
from dimsegen.reading.parser import parse
from dimsegen.reading.position import Position
from dimsegen.reading.problems import Report, listed
from dimsegen.reading.sources import Source
from dimsegen.reading.spelling import closest
from dimsegen.table.condition import All, AnyOf, Condition, Not, Present, PresentInRequest, StatusIn
from dimsegen.table.satisfiable import can_hold

from tests.conftest import ROOT
from tests.golden.errors.case import BASE

HERE = Position("elements.yaml", 1, 1)
SUCCESS = StatusIn(frozenset({0x0000}), "Success")
FINAL = StatusIn(frozenset({0x0000, 0x0110}), "Success or 0110H")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BASE, tmp_path / "schemas"))


def rewrite(folder: Path, change: Callable[[str], str]) -> None:
    for path in folder.rglob("*.yaml"):
        path.write_bytes(change(path.read_text(encoding="utf-8")).encode())


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="CRLF"),
        pytest.param(lambda text: text.replace("\n", "\r"), id="CR"),
        pytest.param(lambda text: f"\ufeff{text}", id="byte order mark"),
        pytest.param(lambda text: text.rstrip("\n"), id="no last line end"),
        pytest.param(lambda text: f"---\n{text}...\n", id="marks of a document"),
        pytest.param(lambda text: text.replace("}\n", "}  # as printed\n"), id="comments"),
        pytest.param(lambda text: text.replace('"', "'"), id="single quotes"),
        pytest.param(lambda text: text.replace("0x0F", "0x0f"), id="small digits"),
        pytest.param(lambda text: text.replace('"U(=)"', "U(=)"), id="a code without quotes"),
    ],
)
def test_what_means_the_same_loads_the_same(folder: Path, change: Callable[[str], str]) -> None:
    before = load_schema(folder)
    rewrite(folder, change)
    assert load_schema(folder) == before


def test_files_that_are_no_schemas_are_left_alone(folder: Path) -> None:
    before = load_schema(folder)
    for name in ("README.md", ".elements.yaml.swp", "._errata.yaml", "notes.yaml"):
        (folder / name).write_bytes(b"\xff not a schema")
    for name in ("._x_ping.yaml", ".#x_ping.yaml", "x_ping.yaml~", "x_ping.yaml.orig", "notes.txt"):
        (folder / "services" / name).write_bytes(b"\xff not a schema")
    assert load_schema(folder) == before


def test_a_folder_needs_no_errata(folder: Path) -> None:
    (folder / "errata.yaml").unlink()
    assert load_schema(folder).errata == {}


def test_a_folder_needs_no_waivers(folder: Path) -> None:
    assert [waiver.cell for waiver in load_schema(folder).waivers] == [
        "X-PING request Payload",
        "X-TELL",
    ]
    (folder / "waivers.yaml").unlink()
    assert load_schema(folder).waivers == ()


def test_files_come_in_one_order_on_every_machine(folder: Path) -> None:
    files = [Path(source.file).name for source in read_folder(folder, Report())]
    shared = ["elements.yaml", "statuses.yaml", "errata.yaml", "waivers.yaml"]
    assert files == [*shared, "x_ping.yaml", "x_tell.yaml"]


def test_a_file_without_permission_is_a_problem(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(SchemaError) as caught:
        load_schema(folder)
    assert {problem.rule for problem in caught.value.problems} == {"unreadable-file"}
    assert "(Permission denied)" in caught.value.problems[0].message


def test_sources_need_no_folder() -> None:
    sources = read_folder(ROOT / "schemas", Report())
    assert assemble(iter(sources), Report(RULES, ADVICE)) == load_schema(ROOT / "schemas")


def test_sources_without_elements_are_no_schema() -> None:
    sources = [
        source for source in read_folder(BASE, Report(RULES, ADVICE)) if source.kind != "elements"
    ]
    with pytest.raises(SchemaError) as caught:
        assemble(sources, Report(RULES, ADVICE))
    assert [problem.rule for problem in caught.value.problems] == ["missing-file"]


def test_a_service_is_described_once(folder: Path) -> None:
    sources = read_folder(folder, Report(RULES, ADVICE))
    twice = [*sources, Source("service", "copy/x_ping.yaml", sources[-2].text)]
    with pytest.raises(SchemaError) as caught:
        assemble(twice, Report(RULES, ADVICE))
    assert [problem.rule for problem in caught.value.problems] == ["duplicate-service"]


def test_an_error_has_its_problems_and_their_files(folder: Path) -> None:
    path = folder / "errata.yaml"
    text = path.read_text(encoding="utf-8").replace("Z1:", "z1:")
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SchemaError) as caught:
        load_schema(folder)
    (problem,) = caught.value.problems
    assert caught.value.sources[problem.position.file] == text
    assert str(caught.value) == str(problem) == f"{problem.position}: {problem.message}"
    assert isinstance(caught.value, ValueError)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a:\tb\n", ["    a:\tb", "      ^"]),
        ("\t- a\n", ["    \t- a", "    ^"]),
        ("a: \x1b[31m\n", ["    a: \ufffd[31m", "       ^"]),
    ],
)
def test_the_mark_stands_below_its_place(text: str, shown: list[str]) -> None:
    report = Report()
    parse(text, "elements.yaml", report)
    error = SchemaError(report.problems[:1], {"elements.yaml": text})
    assert error.explain().split("\n")[1:-1] == shown


def test_what_a_file_says_cannot_speak_to_the_terminal() -> None:
    report = Report()
    report.add(HERE, "unknown-key", name="\x1b[31m", hint="")
    assert report.problems[0].message == "\ufffd[31m: unknown key"


def test_a_file_of_broken_lines_is_given_up() -> None:
    report = Report()
    parse("".join(f"a{number}: `\n" for number in range(1000)), "elements.yaml", report)
    assert 10 < len(report.problems) < 100


def test_a_nested_text_costs_no_more_than_it_is_worth() -> None:
    report = Report()
    parse("a: " + "[" * 100_000, "elements.yaml", report)
    assert [problem.rule for problem in report.problems] == ["too-deep"]


def test_a_rule_says_what_is_wrong_and_what_to_do() -> None:
    assert all(": " in text or "{hint}" in text for text in {**OF_READING, **RULES}.values())


def test_words_are_listed_as_in_a_sentence() -> None:
    assert [listed(words) for words in ((), "a", "ab", "abc")] == ["", "a", "a or b", "a, b or c"]


def test_the_closest_word_is_found_in_any_case_and_never_for_long_texts() -> None:
    assert closest("MESSAGEID", ["MessageID", "Status"]) == "MessageID"
    assert closest("Wakefulness", ["MessageID", "Status"]) is None
    assert closest("a" * 200, ["a" * 199]) is None


def test_names_that_are_broken_or_beyond_knowledge_are_not_told() -> None:
    report = Report(RULES, ADVICE)
    names = Names("unknown-row", {"Number": 1}, written=["Number", "Reply"])
    assert names.find("Number", HERE, report) == 1
    assert names.find("Reply", HERE, report) is None
    assert Names("unknown-row", {}, is_open=True).find("Stops", HERE, report) is None
    assert report.problems == ()


def test_a_misspelt_name_is_told_and_stands_for_the_one_that_is_meant() -> None:
    report = Report(RULES, ADVICE)
    names = Names("unknown-row", {"EchoUID": 1})
    assert names.find("EchoUlD", HERE, report, keyword="Reply") == 1
    assert names.find("Stops", HERE, report, keyword="Reply") is None
    assert [problem.rule for problem in report.problems] == ["unknown-row", "unknown-row"]


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        (SUCCESS, True),
        (All((SUCCESS, Not(FINAL))), False),
        (All((FINAL, Not(SUCCESS))), True),
        (All((Present("Reply"), Not(Present("Reply")))), False),
        (All((Present("Reply"), Not(PresentInRequest("Reply")))), True),
        (AnyOf((All((SUCCESS, Not(SUCCESS))), Present("Reply"))), True),
        (Not(AnyOf((SUCCESS, Not(SUCCESS)))), False),
        (All(tuple(Present(f"Reply{number}") for number in range(40))), True),
    ],
)
def test_a_condition_can_hold_if_some_message_keeps_it(
    condition: Condition, expected: bool
) -> None:
    assert can_hold(condition) is expected
