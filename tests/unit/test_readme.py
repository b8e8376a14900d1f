"""What the README shows is what happens: its code runs, its outputs are those of this version."""

from __future__ import annotations

import difflib
import doctest
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from dimse_primitives import N_GET
from dimse_primitives.__main__ import main as inspect
from dimsegen.cli import main
from dimsegen.dimse.loader import load_schema
from dimsegen.dimse.package import render_package

from .git_repository import make_repository

ROOT = Path(__file__).resolve().parents[2]
README = (ROOT / "README.md").read_text("utf-8")


def block(language: str, number: int = 0) -> str:
    found: list[str] = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return found[number]


def edited_schemas(folder: Path, *edits: tuple[str, str]) -> Path:
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    file = folder / "schemas" / "services" / "n_get.yaml"
    text = file.read_text("utf-8")
    for old, new in edits:
        assert text.count(old) == 1
        text = text.replace(old, new)
    file.write_text(text, "utf-8")
    return folder / "schemas"


def test_its_code_prints_what_it_says() -> None:
    failed, tried = doctest.testfile(str(ROOT / "README.md"), module_relative=False)
    assert tried > 8
    assert failed == 0


def test_the_table_is_the_schema() -> None:
    assert block("yaml") in (ROOT / "schemas/services/n_get.yaml").read_text("utf-8")


def test_the_changed_cell_and_the_generated_lines(tmp_path: Path) -> None:
    old, new = (line[1:] for line in block("diff", 0).splitlines())
    schemas = edited_schemas(tmp_path, (old, new))
    before = render_package(load_schema(ROOT / "schemas"), ROOT / "templates")
    after = render_package(load_schema(schemas), ROOT / "templates")
    assert [name for name in before if before[name] != after[name]] == ["n_get.py"]
    old_lines, new_lines = (files["n_get.py"].decode().splitlines() for files in (before, after))
    diff = difflib.unified_diff(old_lines, new_lines, n=0, lineterm="")
    shown = [line for line in diff if not line.startswith(("---", "+++", "@@"))]
    assert block("diff", 1).splitlines() == shown


def test_the_error_is_what_dimsegen_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    edited_schemas(
        tmp_path,
        (
            "\n  RequestedSOPClassUID:                 {r",
            "\n  RequestedSOPClasUID:                  {r",
        ),
        ("C,      required_when: {status: success}, ", "C,      "),
    )
    monkeypatch.chdir(tmp_path)
    assert main(["generate"]) == 2
    assert capsys.readouterr().err == block("text")


def test_the_message_is_what_inspect_prints(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    request = N_GET.request(
        MessageID=7,
        RequestedSOPClassUID="1.2.840.10008.5.1.1.16",
        RequestedSOPInstanceUID="1.2.840.10008.5.1.1.17",
    )
    (tmp_path / "request.bin").write_bytes(request.encode_request())
    (tmp_path / "response.bin").write_bytes(request.respond(Status=0).encode_response())
    monkeypatch.chdir(tmp_path)
    command, _, shown = block("console").partition("\n")
    words = command.removeprefix("$ python -m dimse_primitives ").split()
    assert inspect(words) == 1
    assert capsys.readouterr().out == shown


def without_commit(text: str) -> str:
    """Return `text` with the same commit whatever the time is."""
    return re.sub(r"merge-base [0-9a-f]+", "merge-base 3f2a91c", text)


@pytest.fixture
def changed_cell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Make the working folder a repository in which the cell of the README has been changed."""
    git = make_repository(tmp_path / "repository", monkeypatch)
    shutil.rmtree(git.folder / "schemas")
    shutil.copytree(ROOT / "schemas", git.folder / "schemas")
    git.commit()
    old, new = (line[1:] for line in block("diff", 0).splitlines())
    git.edit(old, new, "schemas/services/n_get.yaml")


@pytest.mark.usefixtures("changed_cell")
def test_the_report_is_what_diff_prints(capsys: pytest.CaptureFixture[str]) -> None:
    command, _, shown = block("console", 1).partition("\n")
    assert main(command.removeprefix("$ dimsegen ").split()) == 1
    assert without_commit(capsys.readouterr().out) == shown


@pytest.mark.usefixtures("changed_cell")
def test_the_markdown_is_what_diff_gives(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["diff", "-o", "markdown"]) == 1
    (shown,) = re.findall(r"````markdown\n(.*?)````\n", README, re.DOTALL)
    assert without_commit(capsys.readouterr().out) == shown


def test_the_request_of_issue_993_is_explained_as_it_says() -> None:
    command, _, shown = block("console", 2).partition("\n")
    words = command.removeprefix("$ python ").split()
    said = subprocess.run(
        [sys.executable, *words], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert (said.stdout, said.stderr.splitlines()[:2]) == ("", shown.splitlines())
