"""`dimsegen explain` says what a rule or a cell means, with messages that were run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TypeGuard

import pytest
from dimse_primitives import DecodeError, InvalidPrimitiveError, decode
from dimsegen.dimse.explain.asked import Subject, subjects
from dimsegen.dimse.explain.catalogue import entries
from dimsegen.dimse.explain.cell import explain_cell
from dimsegen.dimse.explain.cited import cited_blocks, names_of
from dimsegen.dimse.explain.irregular import irregular
from dimsegen.dimse.explain.meaning import meaning_of
from dimsegen.dimse.explain.tell import anomaly_blocks, cell_blocks, violation_blocks
from dimsegen.dimse.explain.violations import breaking
from dimsegen.dimse.findings import ANOMALIES, VIOLATIONS
from dimsegen.dimse.loader import load_schema
from dimsegen.dimse.model import Schema
from dimsegen.dimse.package import render_package
from dimsegen.explanation.blocks import Block, Code, Heading
from dimsegen.explanation.rule_entries import Group, every_entry
from dimsegen.table.notation import tag_in_words
from dimsegen.witness.packages import Package, imported

from ..conftest import ROOT, Run

SCHEMAS = ROOT / "schemas"
# No cell of PS3.7 has a fixed value (erratum S2).
WITHOUT_EXAMPLE = {"wrong-fixed-value"}


@pytest.fixture(scope="module")
def schema() -> Schema:
    return load_schema(SCHEMAS)


@pytest.fixture(scope="module")
def package(schema: Schema) -> Iterator[Package]:
    with imported(render_package(schema, ROOT / "templates")) as package:
        yield package


def run(source: str) -> None:
    exec(compile(source, "<example>", "exec"), {})


def is_code(block: Block) -> TypeGuard[Code]:
    return isinstance(block, Code)


def cells(schema: Schema, service: str) -> Iterator[Subject]:
    (table,) = [each for each in schema.services if each.name == service]
    for row in table.rows:
        yield from subjects(f"{service}.{row.keyword}", schema)


@pytest.mark.parametrize(
    "path", sorted((SCHEMAS / "services").glob("*.yaml")), ids=lambda p: p.stem
)
def test_the_examples_of_every_cell_do_what_is_said_of_them(
    path: Path, schema: Schema, package: Package
) -> None:
    service = path.stem.upper().replace("_", "-")
    for subject in cells(schema, service):
        found = explain_cell(subject, schema, package)
        codes = [block for block in cell_blocks([found]) if isinstance(block, Code)]
        assert not subject.is_carried or codes[0].verdict == "valid"
        for code in codes:
            if code.verdict == "valid":
                run(code.source)
                continue
            with pytest.raises(InvalidPrimitiveError) as caught:
                run(code.source)
            assert [str(each) for each in caught.value.violations] == list(code.words)
            assert any(rule.rule in word for rule in found.rules for word in code.words)


def test_every_cell_whose_presence_matters_has_a_message_that_breaks_it(
    schema: Schema, package: Package
) -> None:
    for service in schema.services:
        for subject in cells(schema, service.name):
            found = explain_cell(subject, schema, package)
            if any(rule.rule != "invalid-value" for rule in found.rules):
                assert found.examples.invalid is not None, subject


@pytest.mark.parametrize(
    "words",
    [
        ["N-GET.AttributeList"],
        ["N_GET.AttributeList"],
        ["n-get", "attributelist"],
        ["N-GET", "Attribute List"],
        ["N-GET", "Attribute", "List"],
    ],
    ids="-".join,
)
def test_a_cell_can_be_written_as_people_write_it(dimsegen: Run, words: list[str]) -> None:
    said = dimsegen("explain", "--schemas", SCHEMAS, *words)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("N-GET Attribute List (data set)\n")
    assert "\nN-GET request: -\n" in said.out
    assert "\nN-GET response: C, required when the status is Success\n" in said.out


def test_a_direction_can_be_asked_for(dimsegen: Run) -> None:
    said = dimsegen("explain", "--schemas", SCHEMAS, "N-GET response AttributeList")
    assert "N-GET request" not in said.out
    assert (
        "  sender (performer)  shall send it when the status is Success; otherwise may\n"
        "                      send it or leave it out.\n"
        "  receiver (invoker)  always finds it when the status is Success; otherwise\n"
        "                      copes with either. Any other message is invalid.\n"
    ) in said.out
    assert "    # missing-conditional: Attribute List is missing: it is C in an N-GET\n" in said.out


def test_the_errata_and_the_clause_are_told(dimsegen: Run) -> None:
    said = dimsegen("explain", "--schemas", SCHEMAS, "N-CREATE.AffectedSOPInstanceUID")
    assert "PS3.7 10.1.5.1.4, Table 10.1-5" in said.out
    assert "\nerratum S4: The N-CREATE instance UID" in said.out


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("N-GTE.AttributeList", "N-GTE: no such service (did you mean N-GET?)"),
        ("N-GET.AttributeLst", "no parameter of N-GET (did you mean AttributeList?)"),
        ("N-GET", "N-GET: which parameter? Add MessageID, "),
        ("usage-u-too-m", "no such rule (did you mean usage-u-to-m or "),
        ("what-nobody-ever-said", "no such rule: see dimsegen rules"),
    ],
)
def test_what_is_not_known_is_refused_with_what_may_be_meant(
    dimsegen: Run, words: str, meant: str
) -> None:
    said = dimsegen("explain", "--schemas", SCHEMAS, words)
    assert (said.code, said.out) == (2, "")
    assert meant in said.err


def test_what_a_cell_asks_follows_from_its_states(schema: Schema) -> None:
    def told(cell: str) -> tuple[str, str]:
        (subject,) = subjects(cell, schema)
        meaning = meaning_of(subject)
        return meaning.sending, meaning.receiving

    assert told("N-GET request MessageID") == (
        "shall send it.",
        "always finds it; without it the message is invalid.",
    )
    assert told("N-GET request AttributeIdentifierList") == (
        "may send it or leave it out.",
        "copes with its presence and with its absence.",
    )
    assert told("C-FIND cancel Priority") == (
        "shall not send it.",
        "never finds it; with it the message is invalid.",
    )
    assert told("C-FIND response Identifier") == (
        "shall send it when the status is Pending; shall not send it when the status is not "
        "Pending.",
        "always finds it when the status is Pending; never finds it when the status is not "
        "Pending. Any other message is invalid.",
    )
    assert told("N-GET response AffectedSOPClassUID")[0] == (
        "may send it or leave it out. Where it is sent, it is equal to Requested SOP Class UID "
        "of the request."
    )


@pytest.mark.parametrize("rule", sorted(set(VIOLATIONS) - WITHOUT_EXAMPLE))
def test_a_violation_has_a_message_that_breaks_it(
    rule: str, schema: Schema, package: Package
) -> None:
    (code,) = (each for each in violation_blocks(breaking(rule, schema, package)) if is_code(each))
    with pytest.raises(InvalidPrimitiveError) as caught:
        run(code.source)
    assert [str(each) for each in caught.value.violations] == list(code.words)
    assert rule in [each.rule for each in caught.value.violations]


@pytest.mark.parametrize("kind", sorted(ANOMALIES))
def test_an_anomaly_has_a_command_set_that_has_it(
    kind: str, schema: Schema, package: Package
) -> None:
    found = irregular(kind, schema, package)
    assert found is not None
    assert kind in [each.kind for each in decode(found.tried).anomalies]
    assert tuple(map(str, decode(found.tried).anomalies)) == tuple(map(str, found.said))
    (code,) = (each for each in anomaly_blocks(found) if is_code(each))
    with pytest.raises(DecodeError):
        run(code.source)


def test_the_example_of_a_rule_is_printed(dimsegen: Run) -> None:
    said = dimsegen("explain", "--schemas", SCHEMAS, "status-not-listed")
    assert "\n  invalid\n    from dimse_primitives import " in said.out
    assert "\n    # status-not-listed: Status is not one that " in said.out


def test_a_rule_without_a_cell_says_that_nothing_can_break_it(dimsegen: Run) -> None:
    said = dimsegen("explain", "--schemas", SCHEMAS, "wrong-fixed-value")
    assert said.out.endswith("  No message of these schemas can break it.\n")


@pytest.mark.parametrize("rule", ["usage-u-to-m", "usage-na-to-c", "usage-mf-to-uf"])
def test_a_change_of_a_usage_code_is_shown_on_a_cell_and_run_with_both_versions(
    dimsegen: Run, rule: str
) -> None:
    said = dimsegen("explain", "--schemas", SCHEMAS, rule)
    assert said.code == 0
    (entry,) = [each for each in entries() if each.identifier == rule]
    for side, verdict in (("senders", entry.senders), ("receivers", entry.receivers)):
        assert (f"The {side} break: the " in said.out) == (verdict == "breaks")
    assert entry.rollout is not None
    assert f"\n  rollout    {entry.rollout.value}\n" in said.out


@pytest.mark.parametrize("group", list(dict.fromkeys(each.group for each in entries())))
def test_every_other_rule_is_explained_too(dimsegen: Run, group: Group) -> None:
    rule = next(each for each in every_entry() if each.group is group)
    said = dimsegen("explain", "--schemas", SCHEMAS, rule.identifier)
    assert said.code == 0
    assert f"{rule.identifier} ({group.word})\n" in said.out


def test_the_markdown_has_headings_tables_and_code(dimsegen: Run) -> None:
    said = dimsegen("explain", "--schemas", SCHEMAS, "--format", "markdown", "N-GET.AttributeList")
    lines = said.out.splitlines()
    assert lines[0] == "# N-GET Attribute List (data set)"
    assert "## N-GET response: C, required when the status is Success" in lines
    assert "| **sender (invoker)** | shall not send it. |" in lines
    assert lines.count("```python") == lines.count("```") == 4


def test_text_that_is_no_code_fits_80_columns(dimsegen: Run) -> None:
    said = dimsegen("explain", "--schemas", SCHEMAS, "C-GET.Priority")
    words = [line for line in said.out.splitlines() if "BytesIO(" not in line]
    assert max(map(len, words)) <= 80
    assert "\033" not in said.out


@pytest.mark.parametrize(
    ("words", "title", "part"),
    [
        (
            "S4",
            "erratum S4: The N-CREATE instance UID",
            "It shapes N-CREATE.AffectedSOPInstanceUID.",
        ),
        ("s4", "erratum S4: ", "\n  decision "),
        (
            "0120H",
            "0120H: Missing Attribute\n",
            "AttributeIdentifierList  permitted in any response",
        ),
        ("0x0120", "0120H: Missing Attribute\n", "Its class is Failure (PS3.7 C.5)."),
        ("b001", "B001H: Warning\n", "C-FIND"),
        ("Bxxx", "Bxxx: Warning\n", "0001H, Bxxx: Warning (PS3.7 C.4.1)"),
        ("0xa7xx", "A7xx: 5 statuses\n", "Its class is Failure (PS3.7 C.5)."),
        ("02xxH", "02xx: 4 statuses\n", "0210H: Duplicate invocation (PS3.7 C.5.9)"),
        ("01xx", "01xx: 18 statuses", "Its class is Warning (PS3.7 C.4) for 0107H, 0116H."),
        ("9xxx", "9xxx: no status of these tables", "No status class has it."),
        ("failure", "Failure: a class of statuses (PS3.7 C.5)", "0120H       Missing Attribute"),
        ("0300H", "0300H: no status of these tables", "No status class has it."),
        ("missing_attribute", "0120H: Missing Attribute (Failure, PS3.7 C.5.", "N-CREATE"),
        ("(0000,1001)", "Requested SOP Instance UID ((0000,1001), VR UI", "N-GET.RequestedSOP"),
        ("0000,1001", "Requested SOP Instance UID ((0000,1001), VR UI", "N-GET-RQ"),
        ("ErrorComment", "Error Comment ((0000,0902), VR LO", "(0110H)"),
        ("Error Comment", "Error Comment ((0000,0902), VR LO", "permitted with a status"),
        ("Priority", "Priority ((0000,0700), VR US", "0002H  LOW"),
        ("AttributeList", "Attribute List (a data set)", "N-GET.AttributeList     request -"),
        (
            "(0000,4010)",
            "Terminal Type ((0000,4010), VR LT",
            "Retired (Annex E): no message has it.",
        ),
        ("(0000,9999)", "(0000,9999): no command element of Annex E", ""),
    ],
)
def test_whatever_a_message_cites_is_explained(
    dimsegen: Run, words: str, title: str, part: str
) -> None:
    said = dimsegen("explain", "--schemas", SCHEMAS, words)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith(title)
    assert part in said.out


def test_every_erratum_status_and_element_has_one_explanation(schema: Schema) -> None:
    codes = [f"{code:04X}H" for each in schema.status_types for code in each.exact_codes]
    tags = [tag_in_words(each.tag) for each in schema.parameters.values() if each.tag is not None]
    for words in (*names_of(schema), *codes, *tags):
        blocks = cited_blocks(words, schema)
        titles = [each for each in blocks if isinstance(each, Heading) and each.is_title]
        assert len(titles) == 1, words
        assert blocks[0] is titles[0]


def test_a_name_that_is_nearly_one_that_is_cited_is_said(dimsegen: Run) -> None:
    said = dimsegen("explain", "--schemas", SCHEMAS, "ErorComment")
    assert said.code == 2
    assert "(did you mean ErrorComment?)" in said.err
