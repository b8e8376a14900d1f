"""Each kind of change has the smallest message that shows it, and the message was run."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from dimsegen.dimse.compare import compare
from dimsegen.dimse.model import Parameter
from dimsegen.dimse.package import render_package
from dimsegen.dimse.witness import ContradictionError, assess, verify
from dimsegen.sets.finding import Finding, Side, Verdict
from dimsegen.sets.report import Counterexample, Version
from dimsegen.table.usage import Usage

from ..conftest import run_python
from ..printed import printed_folder
from .witness_cases import TEMPLATES, Change, changed, check, flip, only, rendered, rewritten


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(printed_folder(), tmp_path / "schemas"))


def flipped(service: str, keyword: str, column: str, usage: Usage) -> Change:
    def edit(old: object) -> object:
        return flip(old, keyword, column, usage)  # type: ignore[arg-type]

    return changed(service, edit)  # type: ignore[arg-type]


def the_example(change: Change) -> Counterexample:
    (example,) = change.examples()
    check(change, example)
    return example


def rules_in(example: Counterexample) -> list[str]:
    return [line.split(":")[0] for line in example.words]


def test_a_parameter_that_becomes_mandatory_is_missed_in_the_smallest_request() -> None:
    example = the_example(flipped("N-GET", "AttributeIdentifierList", "request", Usage.MANDATORY))
    assert example.code == (
        "from dimse_primitives import N_GET\n"
        "\n"
        "request = N_GET(\n"
        "    MessageID=1,\n"
        '    RequestedSOPClassUID="1.2.840.10008.5.1.1.16",\n'
        '    RequestedSOPInstanceUID="1.2.840.10008.5.1.1.17",\n'
        ")\n"
        "request.validate_request()"
    )
    assert (example.accepted_by, example.rejected_by) == ("old", "new")
    assert example.words == (
        "missing-mandatory: Attribute Identifier List is missing: it is M in an N-GET request; "
        "set AttributeIdentifierList (PS3.7 10.1.2.1.5, Table 10.1-2)",
    )
    assert example.response is None
    assert example.request is not None
    assert example.request.startswith(b"\x00\x00\x00\x00\x04\x00\x00\x00")


def test_a_lone_sop_class_is_verification() -> None:
    example = the_example(flipped("C-ECHO", "AffectedSOPClassUID", "request", Usage.OPTIONAL))
    assert example.code.split("\n")[2:] == [
        "request = C_ECHO(MessageID=1)",
        "request.validate_request()",
    ]
    example = the_example(flipped("C-ECHO", "MessageID", "request", Usage.OPTIONAL))
    assert 'C_ECHO(AffectedSOPClassUID="1.2.840.10008.1.1")' in example.code


def test_a_change_that_narrows_and_widens_has_an_example_for_each_side() -> None:
    change = flipped("N-GET", "MessageID", "request", Usage.NOT_APPLICABLE)
    (assessed,) = assess(change.findings, *change.versions)
    assert set(assessed.counterexamples) == set(Side)
    for side, accepts in ((Side.SENDERS, "old"), (Side.RECEIVERS, "new")):
        assert assessed.counterexamples[side].accepted_by == accepts
        check(change, assessed.counterexamples[side])


def test_an_equality_is_shown_by_an_exchange(folder: Path) -> None:
    change = rewritten(folder, "services/c_echo.yaml", 'response: "U(=)"', "response: U")
    example = the_example(change)
    assert rules_in(example) == ["not-equal"]
    assert example.request is not None
    assert example.response is not None
    assert example.code.endswith("\nresponse.validate_response(request)")


def test_an_equality_with_another_parameter_is_shown_on_both_sides(folder: Path) -> None:
    change = rewritten(
        folder,
        "services/n_get.yaml",
        "equals: RequestedSOPClassUID",
        "equals: RequestedSOPInstanceUID",
    )
    examples = list(change.examples())
    assert [(each.rejected_by, rules_in(each)) for each in examples] == [
        ("old", ["not-equal"]),
        ("new", ["not-equal"]),
    ]
    for each in examples:
        check(change, each)


def test_a_condition_on_the_request_is_shown_by_an_exchange(folder: Path) -> None:
    change = rewritten(
        folder, "services/n_create.yaml", "request: absent}, only", "request: present}, only"
    )
    senders, receivers = change.examples()
    assert "AffectedSOPInstanceUID" in senders.code.split("response =")[0]
    assert "AffectedSOPInstanceUID" not in receivers.code
    for each in (senders, receivers):
        check(change, each)
        assert rules_in(each) == ["missing-conditional"]


def test_a_condition_on_the_status_is_shown_with_the_simplest_status(folder: Path) -> None:
    change = rewritten(
        folder,
        "services/n_get.yaml",
        "required_when: {status: success}",
        "required_when: {status: [success, warning]}",
    )
    assert "N_GET(MessageIDBeingRespondedTo=1, Status=0x0001)" in the_example(change).code


@pytest.mark.parametrize(
    ("service", "old", "new", "status", "rejected_by"),
    [
        ("n_get", "  - mistyped_argument\n", "", "0x0212", "new"),
        ("n_get", "statuses:\n", "statuses:\n  - invalid_argument_value\n", "0x0115", "old"),
        ("c_find", "  - failed\n", "", "0xA000", "new"),
    ],
)
def test_a_status_that_comes_or_goes_is_shown_with_its_code(
    folder: Path, service: str, old: str, new: str, status: str, rejected_by: str
) -> None:
    change = rewritten(folder, f"services/{service}.yaml", old, new)
    example = the_example(change)
    assert f"Status={status}" in example.code
    assert example.rejected_by == rejected_by


def test_a_status_field_that_goes_is_shown_in_every_service(folder: Path) -> None:
    text = (folder / "statuses.yaml").read_text(encoding="utf-8")
    block = text[text.index("  processing_failure:") : text.index("  resource_limitation:")]
    kept = [line for line in block.splitlines(keepends=True) if "ErrorComment" not in line]
    change = rewritten(folder, "statuses.yaml", block, "".join(kept))
    examples = list(change.examples())
    assert len(examples) == 6
    for each in examples:
        check(change, each)
        assert "Status=0x0110" in each.code


def test_a_value_that_goes_is_refused_where_it_is_set(folder: Path) -> None:
    example = the_example(rewritten(folder, "elements.yaml", ", HIGH: 0x0001}", "}"))
    assert example.code.endswith("\nrequest.Priority = 1")
    assert example.words == ("ValueError: Priority must be one of 2 (LOW), 0 (MEDIUM), not 1",)


def test_a_longer_vr_is_shown_by_a_longer_value(folder: Path) -> None:
    example = the_example(rewritten(folder, "elements.yaml", '0600)", vr: AE', '0600)", vr: LO'))
    assert example.rejected_by == "old"
    assert "at most 16 characters" in example.words[0]


@pytest.mark.parametrize(
    ("file", "old", "new", "words"),
    [
        ("elements.yaml", "(0000,1005)", "(0000,1006)", "unknown-element"),
        ("elements.yaml", '1002)", vr: US', '1002)", vr: UL', "Event Type ID (0000,1002)"),
        ("services/n_get.yaml", "0x8110", "0x8111", "Command Field 811"),
    ],
)
def test_another_encoding_is_shown_by_bytes(
    folder: Path, file: str, old: str, new: str, words: str
) -> None:
    change = rewritten(folder, file, old, new)
    examples = list(change.examples())
    assert [each.rejected_by for each in examples] == ["new", "old"]
    for each in examples:
        check(change, each)
        assert each.code.endswith("\ndecode(command_set, strict=True)")
        assert words in each.words[0]


@pytest.mark.parametrize(("was", "is_now"), [("old", "new"), ("new", "old")])
def test_a_service_of_one_version_only_is_shown_by_bytes(was: str, is_now: str) -> None:
    less, less_files = rendered("C-ECHO")
    more, more_files = rendered("C-ECHO", "N-GET")
    change = Change(more, less, more_files, less_files)
    if was == "new":
        change = Change(less, more, less_files, more_files)
    example = the_example(change)
    assert (example.accepted_by, example.rejected_by) == (was, is_now)
    (words,) = example.words
    assert words.startswith("DecodeError: Command Field 0110H names no message")


def test_of_two_changes_each_has_an_example_of_its_own(folder: Path) -> None:
    path = folder / "services" / "n_get.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('request: U,   response: "-"', 'request: M,   response: "-"'))
    change = rewritten(
        folder,
        "services/n_get.yaml",
        "RequestedSOPInstanceUID:              {request: M",
        "RequestedSOPInstanceUID:              {request: U",
    )
    for example in change.examples():
        check(change, example)
        assert len(example.words) == 1


def test_a_renamed_parameter_breaks_nobody_and_its_own_changes_are_shown(folder: Path) -> None:
    for name in ("elements.yaml", "statuses.yaml"):
        path = folder / name
        text = path.read_text(encoding="utf-8")
        text = text.replace("ErrorID:", "ErrorNumber:", 2 if name == "elements.yaml" else -1)
        path.write_text(text, encoding="utf-8")
    change = rewritten(
        folder, "elements.yaml", 'tag: "(0000,0903)"', 'renamed_from: ErrorID, tag: "(0000,0903)"'
    )
    assert [each.rule for each in change.findings] == ["renamed"]
    assert list(change.examples()) == []
    result = verify(change.findings, *change.versions, services=["N-DELETE"])
    assert result.patterns == 2 * 2**7
    assert result.disagreements == ()


def test_what_the_generated_code_does_not_judge_needs_no_example(folder: Path) -> None:
    change = rewritten(
        folder, "elements.yaml", '1005)", vr: AT, vm: "1-n"', '1005)", vr: AT, vm: "1"'
    )
    assert [each.senders for each in change.findings] == [Verdict.BREAKS]
    assert list(change.examples()) == []


def test_a_tolerant_receiver_is_not_broken_by_what_it_ignores() -> None:
    change = flipped("N-GET", "AttributeIdentifierList", "request", Usage.NOT_APPLICABLE)
    strict, tolerant = (compare(change.old, change.new, tolerant=each) for each in (False, True))
    assert [each.senders for each in strict] == [Verdict.BREAKS]
    assert [each.senders for each in tolerant] == [Verdict.OK]
    with pytest.raises(ContradictionError):
        assess(strict, *change.versions, tolerant=True)
    assert assess(tolerant, *change.versions, tolerant=True)[0].counterexamples == {}


def test_a_break_that_no_message_shows_is_an_error_that_names_the_cell() -> None:
    schema, files = rendered("N-GET")
    version = Version("same", schema)
    with pytest.raises(ContradictionError) as caught:
        assess([false_finding(schema.parameters["MessageID"])], version, version, files, files)
    assert str(caught.value) == (
        "N-GET request MessageID: usage-u-to-m says that senders break, but no message was found "
        "that the old version accepts and the new one rejects"
    )


def false_finding(parameter: Parameter) -> Finding:
    sides = (Verdict.BREAKS, Verdict.OK)
    return Finding("usage-u-to-m", "", "N-GET", "request", parameter, "U", "M", *sides, "")


def test_a_finding_that_depends_may_go_without_an_example() -> None:
    schema, files = rendered("N-GET")
    version = Version("same", schema)
    finding = replace(false_finding(schema.parameters["MessageID"]), senders=Verdict.DEPENDS)
    (assessed,) = assess([finding], version, version, files, files)
    assert assessed.counterexamples == {}


def test_the_code_runs_with_the_installed_packages(tmp_path: Path) -> None:
    change = flipped("N-ACTION", "ActionInformation", "request", Usage.MANDATORY)
    example = the_example(change)
    (tmp_path / "example.py").write_text(example.code, encoding="utf-8")
    outcomes = {}
    for name, files in (("old", change.old_files), ("new", change.new_files)):
        package = tmp_path / name / "dimse_primitives"
        package.mkdir(parents=True)
        for file, content in files.items():
            (package / file).write_bytes(content)
        shown = {"PYTHONPATH": str(package.parent)}
        python = Path(sys.executable)
        outcomes[name] = run_python(python, tmp_path / "example.py", env=shown)
    assert outcomes["old"].returncode == 0, outcomes["old"].stderr
    assert outcomes["new"].returncode == 1
    last = outcomes["new"].stderr.decode().strip().splitlines()[-1]
    assert last.endswith(example.words[0])


def test_nothing_is_searched_where_nothing_breaks() -> None:
    schema = only(rendered("N-GET")[0], "N-GET")
    files = render_package(schema, TEMPLATES)
    assert assess((), Version("a", schema), Version("b", schema), files, files) == ()
