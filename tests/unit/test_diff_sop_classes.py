"""What a change of the tables of PS3.4 does to those who send data sets, and who receive them."""

from __future__ import annotations

import re
from itertools import product
from pathlib import Path

import pytest
from dimsegen.dimse.loader import load_schema as load_dimse
from dimsegen.dimse.package import render_package as render_dimse
from dimsegen.reading.places import Disk, Overlaid
from dimsegen.sets.finding import Actor, Finding, Side, Verdict
from dimsegen.sets.report import Version
from dimsegen.sop_classes.compare import compare
from dimsegen.sop_classes.comparison import compared
from dimsegen.sop_classes.loader import item_at, item_in, load_schema, path_of
from dimsegen.sop_classes.model import SCU, Presence, SOPClasses
from dimsegen.sop_classes.presence import verdicts
from dimsegen.witness.proof import Proof

from ..conftest import ROOT, Run
from ..golden.sop_classes.test_sop_class_errors import BASE
from ..printed import printed_folder

STEP = "sop_classes/step.yaml"
BREAKS, OK, DEPENDS = Verdict.BREAKS, Verdict.OK, Verdict.DEPENDS
NAME = "      - PatientName: {create: 1/1}"
OLD = load_schema(BASE)


def changed(old: str, new: str, path: str = STEP) -> SOPClasses:
    text = (BASE / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    place = Overlaid(Disk(BASE), path, text.replace(old, new).encode(), path)
    return load_schema(place)


def only(old: SOPClasses, new: SOPClasses) -> Finding:
    (finding,) = compare(old, new)
    return finding


def test_a_version_is_like_itself() -> None:
    assert compare(OLD, OLD) == ()


def test_what_may_be_absent_and_may_not_any_more_breaks_both() -> None:
    new = changed("      - AdmissionID: {create: 3/3}", "      - AdmissionID: {create: 1/1}")
    found = only(OLD, new)
    assert (found.cell, found.change) == ("Table F.7.2-1 create AdmissionID", "3/3 -> 1/1")
    # The SCU has to send it, the SCP to support it.
    assert (found.rule, found.senders, found.receivers) == ("attribute-usage", BREAKS, BREAKS)
    assert found.actors_of(Side.SENDERS) == (Actor.INVOKER,)
    assert found.reference == "PS3.4 F.7.2.1.1, Table F.7.2-1"
    back = only(new, OLD)
    assert (back.senders, back.receivers) == (OK, BREAKS)


def test_a_row_that_is_gone_asks_for_nothing() -> None:
    new = changed(f"{NAME}\n", "")
    found = only(OLD, new)
    assert (found.change, found.senders, found.receivers) == ("1/1 -> nothing", OK, BREAKS)
    back = only(new, OLD)
    assert (back.change, back.senders) == ("nothing -> 1/1", BREAKS)


def test_another_condition_depends() -> None:
    condition = "required_when: {absent: AdmissionID}"
    found = only(OLD, changed(condition, "required_when: {present: AdmissionID}"))
    assert (found.rule, found.senders, found.receivers) == ("condition-changed", DEPENDS, DEPENDS)
    assert found.change == "required when absent(AdmissionID) -> required when present(AdmissionID)"


def test_only_values_narrow() -> None:
    new = changed(NAME, "      - PatientName: {create: 1/1, values: {create: [A, B]}}")
    found = only(OLD, new)
    assert (found.rule, found.senders, found.receivers) == ("values-narrowed", BREAKS, OK)
    other = changed(NAME, "      - PatientName: {create: 1/1, values: {create: [B, C]}}")
    found = only(new, other)
    assert (found.change, found.senders, found.receivers) == ("A, B -> B, C", BREAKS, BREAKS)


@pytest.mark.parametrize(
    ("before", "after", "rule", "change"),
    [
        ("N-ACTION: U/M}", "N-ACTION: M/M}", "attribute-usage", "N-ACTION U/M -> N-ACTION M/M"),
        (
            "        name: Do it",
            "        name: Do that",
            "documentation-edited",
            "Do it -> Do that",
        ),
        ('code: "C301"', 'code: "C302"', "status-added", "nothing -> C302"),
        ("COMPLETED: C300}", "COMPLETED: C301}", "transition-changed", "C300 -> C301"),
        ('table: "8-1a"', 'table: "8-1b"', "attribute-line", "nothing -> 8-1b"),
    ],
)
def test_every_other_change_has_its_rule(before: str, after: str, rule: str, change: str) -> None:
    findings = compare(OLD, changed(before, after))
    assert (rule, change) in {(each.rule, each.change) for each in findings}


def test_what_breaks_senders_one_way_breaks_receivers_the_other() -> None:
    model = load_schema(ROOT / "schemas")
    column = model.columns["get"]
    tables = [table for file in model.files for table in file.tables if "get" in table.columns]
    cells = {row.cells["get"].code: row.cells["get"] for t in tables for row in t.rows}
    assert len(cells) > 8
    for old, new in product(cells.values(), repeat=2):
        there, back = verdicts(old, new, column), verdicts(new, old, column)
        assert there.senders == back.receivers


def test_an_scp_that_has_to_support_more_is_a_receiver_that_breaks() -> None:
    model = load_schema(ROOT / "schemas")
    column = model.columns["create"]
    assert column.sender == SCU
    usages = model.usages[column.legend]
    assert (usages["3/3"].scp, usages["3/1"].scp) == (Presence.OPTIONAL, Presence.MANDATORY)


def test_files_of_the_family_are_known_by_their_sop_class() -> None:
    content = (ROOT / "schemas/sop_classes/mpps.yaml").read_bytes()
    assert item_in(content) == "ModalityPerformedProcedureStep"
    assert path_of("BasicFilmBox") == "sop_classes/basic_film_box.yaml"
    assert item_at("sop_classes/mpps.yaml", content) == ""
    assert item_at("services/n_get.yaml", content) is None


def test_the_command_tells_it(dimsegen: Run, tmp_path: Path) -> None:
    for name, schema in (("old", "3/3"), ("new", "1/1")):
        folder = tmp_path / name / "sop_classes"
        folder.mkdir(parents=True)
        for path in sorted((BASE / "sop_classes").glob("*.yaml")):
            text = path.read_text(encoding="utf-8")
            row = "- AdmissionID: {create: 3/3}"
            text = text.replace(row, row.replace("3/3", schema))
            (folder / path.name).write_text(text, encoding="utf-8")
        for other in ("elements.yaml", "statuses.yaml", "errata.yaml"):
            (tmp_path / name / other).write_bytes((printed_folder() / other).read_bytes())
        services = tmp_path / name / "services"
        services.mkdir()
        for path in sorted((printed_folder() / "services").glob("*.yaml")):
            (services / path.name).write_bytes(path.read_bytes())
    said = dimsegen("diff", tmp_path / "old", tmp_path / "new", "--verify", "none")
    assert said.code == 1, said.err
    assert "error  attribute-usage  Table F.7.2-1 create AdmissionID  3/3 -> 1/1" in said.out


def test_what_breaks_is_shown_by_a_data_set_that_was_checked_in_both() -> None:
    path = "sop_classes/mpps_retrieve.yaml"
    place = Disk(ROOT / "schemas")
    text = (ROOT / "schemas" / path).read_text(encoding="utf-8")
    row, _, rest = text.partition("- PatientName:")[2].partition("\n")
    edited = text.replace(f"- PatientName:{row}\n{rest}", f"- PatientName: {{get: 3/1}}\n{rest}")
    assert edited != text
    old = Version("old", load_schema(place))
    new = Version("new", load_schema(Overlaid(place, path, edited.encode(), path)))
    dimse = render_dimse(load_dimse(ROOT / "schemas"), ROOT / "templates")
    proof = Proof("counterexamples", ROOT / "templates", beside=lambda version: dimse)
    (assessed,) = compared(proof, old, new).assessed
    assert (assessed.finding.senders, assessed.finding.receivers) == (BREAKS, OK)
    example = assessed.counterexamples[Side.SENDERS]
    assert (example.accepted_by, example.rejected_by) == ("old", "new")
    assert 'data_set.PatientName = ""' in example.code
    assert example.words[0].startswith("missing-attribute-value: Patient's Name has no value")
    # What is shown runs as it is, in the package that is installed: the old version.
    namespace: dict[str, object] = {}
    *lines, call = example.code.split("\n")
    exec("\n".join(lines), namespace)
    assert eval(call, namespace) == ()


def edited_schema(folder: Path, path: str, old: str, new: str) -> SOPClasses:
    """Return a schema with a change, and without the examples of the file, which it may break."""
    text = re.sub(r"([:,]) +", r"\1 ", (folder / path).read_text(encoding="utf-8"))
    assert text.count(old) == 1
    text, _, _ = text.replace(old, new).partition("\nexamples:")
    return load_schema(Overlaid(Disk(folder), path, f"{text}\n".encode(), path))


@pytest.mark.parametrize(
    ("folder", "path", "old", "new", "side", "words"),
    [
        # A macro speaks of any usage: it is shown where a table includes it.
        (
            ROOT / "schemas",
            "sop_classes/macros.yaml",
            "CodeMeaning: {usage: 1/1",
            "CodeMeaning: {usage: 3/3",
            Side.RECEIVERS,
            "missing-attribute: Code Meaning is missing",
        ),
        (
            BASE,
            STEP,
            "{N-CREATE: M/M, N-ACTION: U/M}",
            "{N-CREATE: M/M, N-ACTION: U/M, N-SET: M/M}",
            Side.RECEIVERS,
            "service-not-used: N-SET is not a service of",
        ),
        (
            BASE,
            STEP,
            'code: "C301"',
            'code: "C302"',
            Side.SENDERS,
            "sop-class-status: Status C301H is not one that",
        ),
        (
            ROOT / "schemas",
            "sop_classes/query_retrieve.yaml",
            "SeriesNumber: {key: R}",
            "SeriesNumber: {key: U}",
            Side.SENDERS,
            "missing-key: Series Number is missing",
        ),
        (
            ROOT / "schemas",
            "sop_classes/inventory_query_retrieve.yaml",
            'InventoryPurpose: {matching: O, return: "1"}',
            'InventoryPurpose: {matching: O, return: "3"}',
            Side.RECEIVERS,
            "missing-attribute: Inventory Purpose is missing",
        ),
    ],
    ids=["macro", "service", "status", "key", "return-key"],
)
def test_every_kind_of_change_has_a_counterexample(
    folder: Path, path: str, old: str, new: str, side: Side, words: str
) -> None:
    before = Version("old", load_schema(folder))
    after = Version("new", edited_schema(folder, path, old, new))
    dimse = render_dimse(load_dimse(ROOT / "schemas"), ROOT / "templates")
    proof = Proof("counterexamples", ROOT / "templates", beside=lambda version: dimse)
    found = [each for each in compared(proof, before, after).assessed if each.counterexamples]
    examples = [each.counterexamples[side] for each in found if side in each.counterexamples]
    assert examples[0].words[0].startswith(words)
    rejected_by = {Side.SENDERS: "new", Side.RECEIVERS: "old"}
    assert examples[0].rejected_by == rejected_by[side]
