"""Every format says what was found, to whom it matters and what to do, and nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from dimsegen.reading.position import Position
from dimsegen.reports import FORMATS, github, markdown, sarif, text
from dimsegen.reports.json import json_schema
from dimsegen.sets.finding import Actor, Level, Side
from dimsegen.sets.report import Assessed, Audience, Report
from jsonschema import Draft202012Validator
from jsonschema.validators import validator_for

from .report_samples import DEPENDING, EDITED, NARROWED, NEW, WAIVER, report, waived

SARIF = json.loads((Path(__file__).parent / "sarif/sarif-2.1.0-rtm.5.json").read_text("utf-8"))
EVERYTHING = report(NARROWED, DEPENDING, EDITED)
EXPIRED = replace(report(NARROWED), expired=(WAIVER,))
DISAGREEING = replace(report(), disagreements=("X-PING request: Payload differs",))
REPORTS = {
    "nothing": report(),
    "everything": EVERYTHING,
    "waived": waived(),
    "expired": EXPIRED,
    "disagreeing": DISAGREEING,
    "verified": replace(report(NARROWED), verified="both versions judged 4 messages"),
}
every_report = pytest.mark.parametrize("one", REPORTS.values(), ids=REPORTS)
every_format = pytest.mark.parametrize("name", FORMATS)


@every_report
@every_format
def test_every_format_names_what_was_compared(name: str, one: Report) -> None:
    said = FORMATS[name](one)
    assert "origin/main@merge-base 3f2a91c" in said
    assert "working tree" in said
    if name != "json":
        assert "2 services, 23 parameters, 63 cells compared" in said


@every_format
def test_every_format_shows_a_waived_finding_with_its_reason(name: str) -> None:
    said = FORMATS[name](waived())
    assert "usage-u-to-m" in said
    assert "All peers send it." in said.replace("\\.", ".")
    assert waived().is_clean


@every_format
def test_every_format_shows_waivers_that_do_not_count(name: str) -> None:
    assert "unused" in FORMATS[name](waived())
    assert "expired" in FORMATS[name](EXPIRED)
    assert not EXPIRED.is_clean


@every_report
def test_no_line_of_the_text_is_wider_than_the_terminal(one: Report) -> None:
    for width in (60, 80):
        assert max(map(len, text.render(one, width=width).split("\n"))) <= width


def test_the_text_of_a_finding() -> None:
    assert (
        text.render(report(NARROWED))
        == """\
old  origin/main@merge-base 3f2a91c
new  working tree
2 services, 23 parameters, 63 cells compared

error  usage-u-to-m  X-PING request Payload  U -> M
  schemas/services/x_ping.yaml:22:51
  Payload of an X-PING request was optional (U) and is mandatory (M)

  senders    invoker    breaks
  receivers  performer  ok
  rollout    senders first
  clause     PS3.7 Z.1, Table Z.1-1

  Accepted by the old version, rejected by the new one:

    from dimse_primitives import X_PING

    request = X_PING(Number=1)
    request.check()

  The request has 40 bytes:
    00 01 02 03 04 05 06 07 08 09 0A 0B 0C 0D 0E 0F 10 11 12 13 14 15 16 17 18
    19 1A 1B 1C 1D 1E 1F 20 21 22 23 24 25 26 27
  The new version says:
    missing-mandatory: Payload is missing: it is M in an X-PING request

  waive      dimsegen waive 7615f62d948e --reason "..."

1 finding: 1 error; 1 finding is to be mended or waived
"""
    )


@every_report
def test_colour_adds_nothing_but_colour(one: Report) -> None:
    painted = text.render(one, colour=True)
    assert re.sub(r"\x1b\[[0-9;]*m", "", painted) == text.render(one)
    assert "\x1b" not in text.render(one)


def test_the_same_words_that_named_the_versions_name_them_for_the_waiver() -> None:
    asked = replace(report(NARROWED), words=("v1", "a folder"))
    assert f"dimsegen waive {NARROWED.fingerprint} v1 'a folder' --reason" in text.render(asked)


def test_a_level_is_that_of_the_audience() -> None:
    receivers = report(NARROWED, audience=Audience(side=Side.RECEIVERS))
    assert "note  usage-u-to-m" in text.render(receivers)
    assert "for receivers only" in text.render(receivers)
    assert receivers.is_clean
    performers = report(NARROWED, audience=Audience(actor=Actor.PERFORMER))
    assert performers.is_clean
    assert not report(EDITED, audience=Audience(fail_on=Level.NOTE)).is_clean


@every_report
def test_the_json_keeps_its_schema(one: Report) -> None:
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(json.loads(FORMATS["json"](one)))


def test_the_json_counts_in_words_that_there_are() -> None:
    counted = replace(
        EVERYTHING, compared=((2, "SOP class"), (3, "SOP class status"), (4, "usage"))
    )
    data: dict[str, Any] = json.loads(FORMATS["json"](counted))
    assert {"SOP classes": 2, "SOP class statuses": 3, "usages": 4}.items() <= data[
        "compared"
    ].items()


def test_the_json_of_a_finding_has_the_keys_that_are_promised() -> None:
    data: dict[str, Any] = json.loads(FORMATS["json"](EVERYTHING))
    keys = [
        "format_version",
        "old",
        "new",
        "compared",
        "overrides",
        "notes",
        "findings",
        "waivers",
        "summary",
    ]
    assert list(data) == keys
    finding = data["findings"][0]
    assert finding["senders"]["verdict"] == "breaks"
    assert finding["receivers"]["verdict"] == "ok"
    assert data["findings"][1]["receivers"]["verdict"] == "depends"
    assert finding["service"] == "X-PING"
    assert finding["direction"] == "request"
    assert finding["parameter"] == {"keyword": "Payload", "name": "Payload", "tag": None}
    assert (finding["file"], finding["line"]) == ("schemas/services/x_ping.yaml", 22)
    assert finding["rollout"] == "senders first"
    assert finding["fingerprint"] == NARROWED.fingerprint
    assert finding["counterexample"]["senders"]["words"][0].startswith("missing-mandatory")
    assert finding["waived"] is None
    assert json.loads(FORMATS["json"](waived()))["findings"][0]["waived"]["reason"] == (
        "All peers send it."
    )


@every_report
def test_the_sarif_keeps_the_official_schema(one: Report) -> None:
    validator = validator_for(SARIF)(SARIF)
    validator.validate(json.loads(sarif.render(one)))


def test_the_sarif_of_a_finding_is_suppressed_by_its_waiver() -> None:
    (first, unused) = json.loads(sarif.render(waived()))["runs"][0]["results"]
    assert first["suppressions"][0]["justification"].startswith("All peers send it.")
    assert first["partialFingerprints"] == {"dimsegen/v1": NARROWED.fingerprint}
    assert unused["ruleId"] == "unused-waiver"


def test_a_path_in_sarif_is_a_uri() -> None:
    odd = replace(NARROWED, position=Position("sché mas/#1.yaml", 1, 1))
    result = json.loads(sarif.render(report(odd)))["runs"][0]["results"][0]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "sch%C3%A9%20mas/%231.yaml"


def test_an_annotation_stands_at_the_line_and_cannot_be_broken_out_of() -> None:
    odd = replace(EDITED, position=Position("a,b:c.yaml", 3, 1))
    lines = github.render(report(NARROWED, odd)).split("\n")
    assert lines[0].startswith(
        "::error file=schemas/services/x_ping.yaml,line=22,col=51,"
        "title=usage-u-to-m%3A X-PING request Payload U -> M::Payload of an"
    )
    assert lines[1].startswith("::notice file=a%2Cb%3Ac.yaml,line=3,col=1,title=documentation")
    assert "100%25%3A anything%2C%0Aeverything." in lines[1]
    assert len(lines) == 4


def test_no_more_than_ten_annotations_of_a_level_are_given() -> None:
    many = [replace(NARROWED, new=str(number)) for number in range(25)]
    lines = github.render(report(*many)).splitlines()
    errors = [line for line in lines if line.startswith("::error ")]
    assert len(errors) == 10
    assert "16 more of this level are not shown here" in errors[-1]


def test_a_path_from_a_sub_folder_is_told_from_the_root() -> None:
    below = replace(NEW, folder="docs/drafts")
    moved = replace(NARROWED, position=Position("../../schemas/x.yaml", 1, 1))
    one = replace(report(moved), new=below)
    assert "file=schemas/x.yaml," in github.render(one)


@every_report
def test_the_markdown_is_short_enough_for_a_comment(one: Report) -> None:
    assert len(markdown.render(one)) < 60_000


def test_the_markdown_of_many_findings_says_how_many_are_left_out() -> None:
    many = [replace(NARROWED, new=f"M{number}") for number in range(1000)]
    said = markdown.render(report(EDITED, *many))
    assert len(said) < 60_000
    assert said.startswith("### ❌ dimsegen diff: 1001 findings: 1000 errors, 1 note")
    left_out = re.search(r"\*\*(\d+) more findings have no room here", said)
    assert left_out is not None
    shown = said.count("| 🔴 error |")
    assert shown + int(left_out[1]) == 1001
    assert said.count("<details>") == said.count("</details>") > 5


def test_nothing_in_a_finding_is_read_as_markdown() -> None:
    said = markdown.render(report(EDITED))
    (row,) = (line for line in said.split("\n") if line.startswith("| 🔵"))
    assert row.count("|") == 8
    assert "<b>" not in said
    assert "&lt;b&gt;" in said


def test_code_with_fences_stays_in_its_block() -> None:
    example = replace(report(NARROWED).assessed[0].counterexamples[Side.SENDERS], code="```\nx")
    one = replace(report(), assessed=(Assessed(NARROWED, {Side.SENDERS: example}),))
    assert "````python\n```\nx\n````" in markdown.render(one)
