"""Both versions run on every presence pattern; what the findings do not say is found."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from dimsegen.dimse.package import render_package
from dimsegen.dimse.witness import VerifyResult, patterns, verify
from dimsegen.sets.finding import Verdict
from dimsegen.sets.report import Version
from dimsegen.table.usage import Usage
from dimsegen.witness.chosen_patterns import MOST, chosen
from dimsegen.witness.progress import Progress

from ..conftest import ROOT, Run
from .witness_cases import Change, changed, flip, rendered, rewritten, schema


@pytest.fixture
def change() -> Change:
    """U became M in the request of N-DELETE, and - became U in the response of it."""
    service = next(each for each in schema().services if each.name == "N-DELETE")
    once = flip(service, "RequestedSOPClassUID", "request", Usage.OPTIONAL)
    assert once is not None
    twice = flip(once, "AffectedSOPInstanceUID", "response", Usage.MANDATORY)
    assert twice is not None
    return changed("N-DELETE", lambda _: twice)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(ROOT / "schemas", tmp_path / "schemas"))


def test_findings_and_generated_code_agree(change: Change) -> None:
    result = change.verify()
    assert result.disagreements == ()
    assert result.services == ("N-DELETE",)
    assert result.patterns == 2 * 2**7
    assert result.sentence == (
        f"both versions judged {result.runs} messages on 256 presence patterns of N-DELETE: "
        "the findings and the generated code agree"
    )


def test_a_finding_that_is_withheld_is_missed(change: Change) -> None:
    request, response = change.findings
    without_request, without_response = change.verify(response), change.verify(request)
    assert without_request.sentence.endswith("N-DELETE: 1 disagreement")
    (line,) = without_request.disagreements
    assert line == (
        "N-DELETE request RequestedSOPClassUID: no finding says that receivers break; the new "
        "version accepts and the old one rejects "
        'N_DELETE(MessageID=1, RequestedSOPInstanceUID="1.2.840.10008.5.1.1.17")'
    )
    (line,) = without_response.disagreements
    assert line.startswith("N-DELETE response AffectedSOPInstanceUID: no finding says that senders")


def test_a_finding_that_blames_the_wrong_side_is_two_disagreements(change: Change) -> None:
    request, response = change.findings
    swapped = replace(request, senders=request.receivers, receivers=request.senders)
    lines = change.verify(swapped, response).disagreements
    assert len(lines) == 2
    assert "no finding says that receivers break" in lines[0]
    assert "usage-m-to-u says that senders break, but no message was found" in lines[1]


def test_a_finding_of_nothing_is_a_disagreement(change: Change) -> None:
    invented = replace(change.findings[0], parameter=schema().parameters["Status"])
    (line,) = change.verify(*change.findings, invented).disagreements
    assert line.startswith("N-DELETE request Status: usage-m-to-u says that receivers break")


def test_a_documentation_finding_explains_nothing(change: Change) -> None:
    request, response = change.findings
    words = replace(request, rule="documentation-edited", senders=Verdict.OK, receivers=Verdict.OK)
    assert len(change.verify(words, response).disagreements) == 1


@pytest.mark.parametrize(
    ("template", "guard", "keyword"),
    [
        ("_request.py.j2", "self._message_id is None", "request MessageID"),
        ("_response.py.j2", "self._error_id is not None", "response ErrorID"),
        ("_response.py.j2", "!= request._message_id", "response MessageIDBeingRespondedTo"),
        ("_response.py.j2", "_LISTED_STATUSES", "response Status"),
    ],
)
def test_a_template_that_drops_a_rule_is_found(
    templates: Path, template: str, guard: str, keyword: str
) -> None:
    part, files = rendered("C-ECHO", "N-DELETE")
    path = templates / template
    text = path.read_text(encoding="utf-8")
    code = "{{ branch.code }}"
    assert text.count(code) == 1
    altered = (
        f"{{% if '{guard}' in branch.code %}}\n        if False:\n"
        f"{{% else %}}\n{code}\n{{% endif %}}"
    )
    path.write_text(text.replace(code, altered), encoding="utf-8")
    version = Version("same", part)
    result = verify((), version, version, files, render_package(part, templates))
    assert f"N-DELETE {keyword}" in {line.split(":")[0] for line in result.disagreements}
    assert all(line.split(":")[0].endswith(keyword) for line in result.disagreements)


def test_a_class_that_fails_is_found_and_the_others_are_run() -> None:
    part, files = rendered("C-ECHO", "N-DELETE")
    version = Version("same", part)
    old = b"        found: list[Violation] = []\n        status = self._status\n"
    assert files["n_delete.py"].count(old) == 1
    module = files["n_delete.py"].replace(old, old + b"        status + 1\n")
    lines = verify((), version, version, files, {**files, "n_delete.py": module}).disagreements
    assert {line.split(":")[0] for line in lines} == {"N-DELETE response"}


def test_a_runtime_module_that_changes_has_every_class_run() -> None:
    part, files = rendered("C-ECHO", "N-DELETE")
    version = Version("same", part)
    altered = {**files, "_runtime.py": files["_runtime.py"] + b"# harmless\n"}
    result = verify((), version, version, files, altered)
    assert result.services == ("C-ECHO", "N-DELETE")
    assert result.disagreements == ()


def test_code_that_writes_and_reads_other_bytes_is_found(folder: Path) -> None:
    change = rewritten(folder, "elements.yaml", '"(0000,0110)"', '"(0000,0111)"')
    same = Version("same", change.old)
    files = change.old_files, change.new_files
    lines = verify((), same, same, *files, services=["N-DELETE"]).disagreements
    # The schemas know one of the tags only.
    assert [line.split(";")[0] for line in lines] == [
        "N-DELETE request MessageID: no finding says that senders break",
        "N-DELETE request: no finding says that receivers break",
    ]


def test_where_nothing_differs_nothing_is_run() -> None:
    part, files = rendered("N-DELETE", "C-ECHO")
    version = Version("same", part)
    assert verify((), version, version, files, files) == VerifyResult((), 0, 0, ())
    asked = verify((), version, version, files, files, services=["C-ECHO"])
    assert (asked.services, asked.patterns, asked.disagreements) == (("C-ECHO",), 32, ())


def test_a_service_that_no_finding_announces_is_missed() -> None:
    (less, less_files), (more, more_files) = rendered("C-ECHO"), rendered("C-ECHO", "N-DELETE")
    lines = verify(
        (), Version("old", less), Version("new", more), less_files, more_files
    ).disagreements
    assert lines == tuple(
        f"N-DELETE {column}: only the new version has this message, and no finding says so"
        for column in ("request", "response")
    )


def test_progress_is_for_terminals_and_goes_away(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("dimsegen.witness.progress._PATIENCE", -1.0)
    progress = Progress(2)
    progress.start("N-GET request")
    progress.close()
    assert capsys.readouterr().err == ""
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True)
    progress = Progress(2)
    progress.start("N-GET request")
    progress.start("N-GET response")
    progress.close()
    written = capsys.readouterr().err
    assert "verifying N-GET response (1 of 2 done)" in written
    assert written.endswith("\r\x1b[K")


def test_up_to_the_cap_every_pattern_is_run_and_beyond_a_sample_that_is_always_the_same() -> None:
    rows = "abcdefgh"
    assert len(set(chosen(rows, "ab", 256))) == 256
    sample = list(chosen(rows, "ab", 60))
    assert len(sample) == len(set(sample)) == 60
    assert sample == list(chosen(rows, "ab", 60))
    assert sample[:2] == [("a", "b"), tuple(rows)]
    # What lacks or adds one row to the least and to the fullest message is never left out.
    for near in ({"a", "b"}, set(rows)):
        for row in rows:
            assert tuple(sorted(near ^ {row})) in sample


def test_a_sample_is_said_to_be_one(change: Change, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(patterns, "MOST", 64)
    result = change.verify()
    assert result.disagreements == ()
    assert result.patterns == 2 * 64
    assert result.sentence.endswith(
        "agree; a sample only: 64 of the 128 patterns of N-DELETE request, "
        "64 of the 128 patterns of N-DELETE response"
    )


def test_the_help_states_the_cap(dimsegen: Run) -> None:
    assert f"up to {MOST} of a direction" in " ".join(dimsegen("diff", "--help").out.split())
