"""`python -m dimse_primitives audit`: what it prints and writes, and how it ends."""

from __future__ import annotations

import gzip
import io
import json
import sys
import textwrap
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest
from dimse_primitives.__main__ import main
from dimse_primitives.audit import audit, to_json_dict

from .captures import (
    WORKLIST,
    Wire,
    echoes,
    established,
    find_request,
    frames,
    p_data,
    pcap,
    released,
    whole_dialogue,
)
from .dialogue_cases import CASES
from .example import example

SCHEMA = json.loads((files("dimse_primitives") / "audit/audit.schema.json").read_text())
SARIF = json.loads((Path(__file__).parents[1] / "sarif/sarif-2.1.0-rtm.5.json").read_text())
PATIENT = b"\x10\0\x10\0\x0a\0\0\0DOE^JOHN  "


@pytest.fixture
def write(tmp_path: Path) -> Callable[[Wire], str]:
    def write_capture(wire: Wire) -> str:
        path = tmp_path / "vendor.pcap"
        path.write_bytes(pcap(frames(wire)))
        return str(path)

    return write_capture


Write = Callable[[Wire], str]
Captured = pytest.CaptureFixture[str]


def test_a_capture_without_faults_says_so(write: Write, capsys: Captured) -> None:
    name = write(whole_dialogue())
    assert main(["audit", name]) == 0
    assert capsys.readouterr().out == (
        "VENDOR 10.0.0.1:40000 ─▶ PACS 10.0.0.2:104\n"
        f"{_wrapped(f'{name}: released, after 0.006 s')}"
        "  2 of 2 contexts accepted\n"
        "      time   frame requestor                                            acceptor\n"
        "    0.0000       4 A-ASSOCIATE-RQ: VENDOR to PACS, 2 contexts ─────────────────▶\n"
        "    0.0005       5 ◀──────────────────────────── A-ASSOCIATE-AC: 2 of 2 accepted\n"
        "    0.0010       6 C-ECHO-RQ 1 ────────────────────────────────────────────────▶\n"
        "    0.0015       7 ◀──────────────────────── C-ECHO-RSP 1, 0000H Success, 0.5 ms\n"
        "    0.0020       8 C-ECHO-RQ 2 ────────────────────────────────────────────────▶\n"
        "    0.0025       9 ◀──────────────────────── C-ECHO-RSP 2, 0000H Success, 0.5 ms\n"
        "    0.0045      13 C-STORE-RQ 9, 5000 bytes ───────────────────────────────────▶\n"
        "    0.0050      14 ◀─────────────────────── C-STORE-RSP 9, 0000H Success, 0.5 ms\n"
        "    0.0055      15 A-RELEASE-RQ ───────────────────────────────────────────────▶\n"
        "    0.0060      16 ◀─────────────────────────────────────────────── A-RELEASE-RP\n"
        "  nothing found\n"
        "\n"
        "checked: PDUs and their fragments, the states of both sides, what was\n"
        "negotiated, every command set by the table of its service, every response\n"
        "against its request, data sets by the rules of their SOP classes, SOP Instances\n"
        "by the states that they go through\n"
        "not checked: data sets of C-STORE, which are counted only (1)\n"
        "1 association, 6 messages: nothing found\n"
    )


def _wrapped(text: str) -> str:
    lines = textwrap.wrap(
        text, 80, initial_indent="  ", subsequent_indent="  ", break_on_hyphens=False
    )
    return "".join(f"{line}\n" for line in lines)


@pytest.mark.parametrize("name", CASES)
def test_no_line_is_wider_than_80_columns(name: str, write: Write, capsys: Captured) -> None:
    assert main(["audit", write(CASES[name][0]())]) == 1
    printed = capsys.readouterr().out
    assert all(len(line) <= 80 or "/" in line for line in printed.splitlines())
    for rule, mends in CASES[name][1]:
        assert f"! {rule}: " in printed
        assert f"{mends} to mend it" in " ".join(printed.split())


@pytest.mark.parametrize("name", CASES)
def test_the_json_keeps_its_schema(name: str) -> None:
    found = to_json_dict(audit(pcap(frames(CASES[name][0]()))))
    jsonschema.validate(found, SCHEMA)
    total = found["summary"]
    listed = sum(
        len(each["findings"]) + sum(len(message["findings"]) for message in each["messages"])
        for each in found["associations"]
    )
    assert listed == total["findings"] > 0


def test_json_on_standard_output_is_nothing_else(write: Write, capsys: Captured) -> None:
    name = write(whole_dialogue())
    assert main(["audit", name, "--json", "-"]) == 0
    written = json.loads(capsys.readouterr().out)
    jsonschema.validate(written, SCHEMA)
    expected = to_json_dict(audit(name))
    assert written == expected
    assert written["associations"][0]["contexts"][0]["abstract_syntax"] == "1.2.840.10008.1.1"


def test_files_are_written_beside_the_timeline(
    write: Write, tmp_path: Path, capsys: Captured
) -> None:
    name = write(CASES["window-exceeded"][0]())
    paths = {kind: tmp_path / f"out.{kind}" for kind in ("json", "sarif", "html")}
    options = [word for kind, path in paths.items() for word in (f"--{kind}", str(path))]
    assert main(["audit", name, *options]) == 1
    assert "window-exceeded" in capsys.readouterr().out
    jsonschema.validate(json.loads(paths["json"].read_text()), SCHEMA)
    sarif = json.loads(paths["sarif"].read_text())
    jsonschema.validate(sarif, SARIF)
    (result,) = sarif["runs"][0]["results"]
    assert result["ruleId"] == "window-exceeded"
    assert "PS3.7 D.3.3.3" in result["message"]["text"]
    page = paths["html"].read_text()
    assert "window-exceeded" in page
    assert "http://" not in page
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "out.html",
        "out.json",
        "out.sarif",
        "vendor.pcap",
    ]


def test_what_a_peer_sends_is_no_markup(write: Write, tmp_path: Path) -> None:
    wire = Wire()
    other = established(Wire())
    request = next(each.data for each in other.packets if each.data)
    wire.send(0, request.replace(b"VENDOR          ", b"<b onclick=1>\x1b\x07 "))
    page = tmp_path / "page.html"
    main(["audit", write(wire), "--html", str(page)])
    text = page.read_text()
    assert "&lt;b onclick=1&gt;" in text
    assert "<b onclick" not in text
    assert "\x1b" not in text


@pytest.mark.parametrize("option", [[], ["--only", "violations"]])
def test_only_violations(option: list[str], write: Write, capsys: Captured) -> None:
    main(["audit", write(echoes(established(Wire()))), *option])
    printed = capsys.readouterr().out
    assert ("! capture-ends-early" in printed) != bool(option)


def test_only_violations_ends_with_0_where_there_is_none(write: Write) -> None:
    name = write(echoes(established(Wire())))
    assert main(["audit", name]) == 1
    assert main(["audit", name, "--only", "violations"]) == 0


def test_many_messages_without_a_fault_are_folded(write: Write, capsys: Captured) -> None:
    assert main(["audit", write(released(echoes(established(Wire()), 60)))]) == 0
    printed = capsys.readouterr().out
    assert "... 104 messages without a fault; --json has them ..." in printed
    assert len(printed.splitlines()) < 40


def test_standard_input(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    packed = gzip.compress(pcap(frames(whole_dialogue())))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(packed)))
    assert main(["audit", "-"]) == 0
    assert "1 association, 6 messages: nothing found" in capsys.readouterr().out


def test_what_cannot_be_read(tmp_path: Path, capsys: Captured) -> None:
    bad = tmp_path / "bad.pcap"
    good = pcap(frames(whole_dialogue()))
    bad.write_bytes(good + b"\xff" * 50)
    assert main(["audit", str(bad)]) == 2
    captured = capsys.readouterr()
    assert f"{bad}: at offset {len(good)}: a frame of" in captured.err
    assert "C-STORE-RQ 9" in captured.out
    none = tmp_path / "none.pcap"
    assert main(["audit", str(none)]) == 2
    captured = capsys.readouterr()
    assert f"{none}: No such file" in captured.err
    assert captured.out.startswith(f"{none}: it cannot be read: No such file")
    empty = tmp_path / "empty"
    empty.mkdir()
    assert main(["audit", str(empty)]) == 2
    assert "there is no file in it" in capsys.readouterr().err


def test_a_capture_that_is_cut_is_something_found(tmp_path: Path, capsys: Captured) -> None:
    cut = tmp_path / "cut.pcap"
    cut.write_bytes(pcap(frames(whole_dialogue()))[:-5])
    assert main(["audit", str(cut)]) == 1
    assert "ends too early: at offset" in " ".join(capsys.readouterr().out.split())


def test_a_report_that_cannot_be_written(write: Write, tmp_path: Path, capsys: Captured) -> None:
    assert main(["audit", write(whole_dialogue()), "--json", str(tmp_path / "no" / "x")]) == 2
    assert "No such file" in capsys.readouterr().err


def test_a_report_is_as_it_was_where_the_audit_fails(tmp_path: Path) -> None:
    before = tmp_path / "out.json"
    before.write_text("as it was")
    folder = tmp_path / "folder"
    folder.mkdir()
    assert main(["audit", str(folder), "--json", str(before)]) == 2
    assert before.read_text() == "as it was"


@pytest.mark.parametrize(
    "words", [["--port", "0"], ["--port", "x"], ["--port", "70000"], ["--jobs", "-1"]]
)
def test_options_that_make_no_sense(words: list[str], capsys: Captured) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["audit", "x.pcap", *words])
    assert ended.value.code == 2
    assert f"argument {words[0]}: " in capsys.readouterr().err


def test_values_of_data_sets_are_not_printed(
    tmp_path: Path,
    write: Write,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    wire = established(Wire(), (1, WORKLIST))
    wire.send(0, p_data(find_request().encode_request(), PATIENT))
    wire.send(1, p_data(find_request().respond(Status=0).encode_response()))
    name = write(released(wire))
    for words, is_shown in (([], False), (["--values"], True)):
        page, data = tmp_path / "page.html", tmp_path / "data.json"
        command = ["audit", name, "--html", str(page), "--json", str(data)]
        assert main([*command, *words]) == 1
        printed = capfd.readouterr()
        assert "C-FIND-RQ" in printed.out
        assert "DOE" not in printed.out + printed.err + caplog.text + data.read_text("utf-8")
        assert ("DOE^JOHN" in page.read_text()) == is_shown


def test_files_side_by_side_give_the_same(tmp_path: Path, capsys: Captured) -> None:
    for number in range(5):
        wire = whole_dialogue() if number != 3 else CASES["window-exceeded"][0]()
        (tmp_path / f"{number}.pcap").write_bytes(pcap(frames(wire)))
    assert main(["audit", str(tmp_path), "--json", "-"]) == 1
    one = capsys.readouterr().out
    assert main(["audit", str(tmp_path), "--json", "-", "--jobs", "2"]) == 1
    assert capsys.readouterr().out == one


def test_help_names_every_option(capsys: Captured) -> None:
    with pytest.raises(SystemExit):
        main(["audit", "--help"])
    printed = capsys.readouterr().out
    for option in ("--json", "--html", "--sarif", "--port", "--only", "--jobs", "--cluster"):
        assert option in printed


def test_the_capture_of_the_guide_is_what_it_says() -> None:
    written = (Path(__file__).parents[3] / "docs/examples/vendor.pcap").read_bytes()
    assert written == example()
    found = audit(written)
    rules = {each.rule for association in found.associations for each in association.findings}
    assert rules == {"connection-lost"}


def test_a_file_that_cannot_be_replaced_is_named(
    write: Write, capsys: Captured, tmp_path: Path
) -> None:
    (tmp_path / "folder").mkdir()
    assert main(["audit", write(whole_dialogue()), "--html", str(tmp_path / "folder")]) == 2
    assert capsys.readouterr().err == f"{tmp_path / 'folder'}: Is a directory\n"
    assert [each.name for each in tmp_path.iterdir() if each.name.startswith(".")] == []
