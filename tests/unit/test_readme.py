"""What the README shows is what happens: its code and its commands run, in its order."""

from __future__ import annotations

import difflib
import doctest
import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path
from xml.etree import ElementTree

import pytest
from dimse_primitives import N_GET
from dimsegen.dimse.loader import load_schema
from dimsegen.dimse.package import render_package

from ..conftest import ROOT, Run
from ..printed import printed_folder, printed_pages, printed_schema
from .git_repository import make_repository

README = (ROOT / "README.md").read_text("utf-8")
PICTURE = ROOT / "docs/_static/one-row.svg"


def blocks(language: str) -> list[str]:
    found: list[str] = re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)
    return found


def commands() -> list[tuple[str, str]]:
    """Return each command of the README with what it prints."""
    said = [part.partition("\n") for each in blocks("console") for part in each.split("$ ")[1:]]
    return [(command, text.rstrip("\n")) for command, _, text in said]


@pytest.fixture(scope="module")
def clone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make a repository of what the commands of the README read."""
    with pytest.MonkeyPatch.context() as monkeypatch:
        git = make_repository(tmp_path_factory.mktemp("readme") / "clone", monkeypatch)
        shutil.rmtree(git.folder / "schemas")
        shutil.copytree(printed_folder(), git.folder / "schemas")
        shutil.copytree(ROOT / "docs/examples", git.folder / "docs/examples")
        shutil.copy(ROOT / "README.md", git.folder)
        git.commit()
        return git.folder


def said_by(command: str, folder: Path) -> str:
    """Return what a shell prints, whatever the last commit is called."""
    path = os.pathsep.join([sysconfig.get_paths()["scripts"], os.environ["PATH"]])
    environment = os.environ | {"PATH": path, "PYTHONIOENCODING": "utf-8"}
    said = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, check=False
    )
    text = (said.stdout + said.stderr).decode("utf-8").rstrip("\n")
    return re.sub(r"merge-base [0-9a-f]+", "merge-base 3f2a91c", text)


def test_all_of_it_works_in_its_order(clone: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(clone)
    failed, tried = doctest.testfile("README.md", module_relative=False)
    assert (failed, tried > 5) == (0, True)
    assert len(commands()) >= 4
    for command, text in commands():
        assert said_by(command, clone) == text.rstrip("\n"), command
    (server_and_client,) = (each for each in blocks("python") if not each.startswith(">>>"))
    said = subprocess.run(
        [sys.executable, "-c", server_and_client], capture_output=True, text=True, check=True
    )
    assert said.stdout.startswith("C_ECHO(MessageIDBeingRespondedTo=1, ")
    assert said.stdout.endswith("Status=0x0000)\n")


def test_it_is_short_and_what_it_lists_is_there() -> None:
    assert len(README.splitlines()) <= 150
    headings = re.findall(r"^## (.*)$", README, re.MULTILINE)
    listed = re.findall(r"\[([^]]*)\]\(#([\w-]*)\)", README)
    assert [name for name, _ in listed] == headings
    assert all(name.lower().replace(" ", "-") == anchor for name, anchor in listed)
    targets = [each for each in re.findall(r"\]\(([^)#]+)\)", README) if "://" not in each]
    named = re.findall(r"`((?:\w+/)+[\w.-]*)`", README)
    assert len(targets) > 8
    assert [each for each in [*targets, *named] if not (ROOT / each).exists()] == []


def test_what_it_installs_and_makes_is_there() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    for extras in re.findall(r"pip install '\.\[([\w,]+)\]'", README):
        assert all(f"\n{extra} = [" in project for extra in extras.split(","))
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"\bmake ([a-z-]+)", README))
    assert len(targets) > 4
    assert [each for each in targets if f"\n{each}:" not in makefile] == []


def test_a_changed_cell_changes_the_files_that_it_says(dimsegen: Run, clone: Path) -> None:
    (command,) = (each for each, _ in commands() if each.startswith("sed "))
    folder = shutil.copytree(printed_folder(), clone.parent / "changed" / "schemas").parent
    assert said_by(command, folder) == ""
    before = render_package(printed_schema(), ROOT / "templates")
    after = render_package(load_schema(folder / "schemas"), ROOT / "templates")
    assert [name for name in before if before[name] != after[name]] == ["n_get.py"]
    old, new = (each["n_get.py"].decode().splitlines() for each in (before, after))
    assert len(list(difflib.unified_diff(old, new))) > 20
    pages = dimsegen(
        "docs", "--check", "--schemas", folder / "schemas", "--output", printed_pages()
    )
    names = re.findall(r"^\+\+\+ .*/(\w+\.\w+)$", pages.out, re.MULTILINE)
    assert sorted(names) == ["explorer.html", "n_get.rst"]


def test_the_picture_shows_what_is_there() -> None:
    texts: dict[str, list[str]] = {}
    for each in ElementTree.parse(PICTURE).getroot().iter("{http://www.w3.org/2000/svg}text"):
        texts.setdefault(each.get("class", ""), []).append("".join(each.itertext()))
    without_blanks = {
        kind: [re.sub(r"\s+", " ", text).strip() for text in lines] for kind, lines in texts.items()
    }
    row = re.sub(r"\s+", " ", (ROOT / "schemas/services/n_get.yaml").read_text("utf-8"))
    assert all(line in row for line in without_blanks["schema"])
    code = (ROOT / "generated/dimse_primitives/n_get.py").read_text("utf-8")
    assert re.sub(r"\s+", " ", " ".join(without_blanks["code"])) in re.sub(r"\s+", " ", code)
    request = N_GET.request(
        MessageID=7,
        RequestedSOPClassUID="1.2.840.10008.5.1.1.16",
        RequestedSOPInstanceUID="1.2.840.10008.5.1.1.17",
    )
    (violation,) = request.respond(Status=0x0000).response_violations(request)
    assert " ".join(without_blanks["said"]) == str(violation)
