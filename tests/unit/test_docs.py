"""What the guides and the reference pages show is what happens: their code and commands are run."""

from __future__ import annotations

import argparse
import contextlib
import doctest
import io
import os
import re
import shlex
import shutil
import subprocess
import sysconfig
import textwrap
from pathlib import Path
from xml.etree import ElementTree

import pytest
from dimse_primitives import C_ECHO
from dimse_primitives import __all__ as exported
from dimse_primitives.__main__ import command_line
from dimsegen.cli import main
from dimsegen.commands import parser_of_all
from dimsegen.dimse.primitives import primitives_of

from ..conftest import ROOT, Run
from ..printed import printed_folder, printed_schema, private

DOCS = ROOT / "docs"
GUIDES = sorted((DOCS / "guides").glob("*.rst"))
PAGES = sorted(DOCS.rglob("*.rst"))
_CONSOLE = re.compile(r"^\.\. code-block:: console\n\n((?:(?:   .*)?\n)+)", re.MULTILINE)
# How long it took, and how many modules every package has.
_VARYING = re.compile(r"\([0-9.]+ s\)|[0-9]+ files, [0-9]+ written")


def names(paths: list[Path]) -> list[str]:
    return [path.relative_to(DOCS).as_posix() for path in paths]


def test_there_are_pages_for_all_that_is_promised() -> None:
    primitives = primitives_of(printed_schema())
    expected = {f"{each.name.lower().replace('-', '_')}.rst" for each in primitives}
    expected |= {"index.rst", "statuses.rst", "elements.rst", "errata.rst", "rules.rst", "api.rst"}
    pages = {path.name for path in (DOCS / "reference").glob("*.rst")}
    assert pages - {file.replace(".yaml", ".rst") for file in private().files} == expected
    text = (DOCS / "reference" / "api.rst").read_text("utf-8")
    assert [name for name in exported if f"\n   {name}\n" not in text] == []


@pytest.mark.parametrize("path", PAGES, ids=names(PAGES))
def test_code_prints_what_a_page_says(path: Path) -> None:
    failed, tried = doctest.testfile(str(path), module_relative=False)
    assert failed == 0
    # A block of Python without a prompt would be run by nobody.
    assert "code-block:: python" not in path.read_text("utf-8")
    assert tried or "code-block:: pycon" not in path.read_text("utf-8")


@pytest.mark.parametrize("path", GUIDES, ids=names(GUIDES))
def test_commands_print_what_a_guide_says(path: Path, tmp_path: Path) -> None:
    blocks = _CONSOLE.findall(path.read_text("utf-8"))
    folder = shutil.copytree(path.parent, tmp_path / "guides")
    shutil.copytree(printed_folder(), folder / "schemas")
    shutil.copytree(DOCS / "examples", folder / "examples")
    for block in blocks:
        lines = textwrap.dedent(block).strip("\n").split("\n")
        starts = [number for number, line in enumerate(lines) if line.startswith("$ ")]
        for start, end in zip(starts, [*starts[1:], len(lines)], strict=True):
            said = run(lines[start].removeprefix("$ "), folder)
            assert _VARYING.sub("", said) == _VARYING.sub("", "\n".join(lines[start + 1 : end]))


def run(command: str, folder: Path) -> str:
    """Run a line as a shell does, and return all that it prints, without blanks at line ends.

    `dimsegen` at its start runs in this process, which has read the schemas already.
    """
    first, _, rest = command.partition(" | ")
    if first.startswith("dimsegen "):
        said = run_dimsegen(shlex.split(first)[1:], folder)
        said = run_shell(rest, folder, said) if rest else said
    else:
        said = run_shell(command, folder)
    return "\n".join(line.rstrip() for line in said.rstrip("\n").split("\n"))


def run_dimsegen(words: list[str], folder: Path) -> str:
    with pytest.MonkeyPatch.context() as patch, io.StringIO() as said:
        patch.chdir(folder)
        streams = contextlib.redirect_stdout(said), contextlib.redirect_stderr(said)
        with streams[0], streams[1], contextlib.suppress(SystemExit):
            main(words)
        return said.getvalue()


def run_shell(command: str, folder: Path, given: str = "") -> str:
    path = os.pathsep.join([sysconfig.get_paths()["scripts"], os.environ["PATH"]])
    said = subprocess.run(
        ["bash", "-c", command],
        cwd=folder,
        env=os.environ | {"PATH": path, "PYTHONIOENCODING": "utf-8"},
        input=given.encode("utf-8"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        check=False,
    )
    return said.stdout.decode("utf-8")


def test_the_home_page_lists_every_guide_in_its_order() -> None:
    text = (DOCS / "index.rst").read_text("utf-8")
    listed = re.findall(r"^   guides/(.*)$", text, re.MULTILINE)
    assert sorted(listed) == [path.stem for path in GUIDES]
    assert [int(each.partition("-")[0]) for each in listed] == list(range(1, len(GUIDES) + 1))


def test_the_picture_of_an_exchange_has_its_bytes() -> None:
    shown: dict[str, str] = {}
    svg = "{http://www.w3.org/2000/svg}text"
    for each in ElementTree.parse(DOCS / "_static/exchange.svg").getroot().iter(svg):
        kind = each.get("class", "")
        shown[kind] = f"{shown.get(kind, '')} {each.text}"
    request = C_ECHO.request(MessageID=7, AffectedSOPClassUID="1.2.840.10008.1.1")
    response = request.respond(Status=0x0000)
    assert bytes.fromhex(shown["bytes request"]) == request.encode_request()
    assert bytes.fromhex(shown["bytes response"]) == response.encode_response()


def test_the_pages_are_as_committed(dimsegen: Run) -> None:
    said = dimsegen("docs", "--check", "--output", DOCS / "reference")
    assert (said.code, said.err) == (0, "")


def test_a_changed_cell_makes_the_pages_stale(dimsegen: Run, tmp_path: Path) -> None:
    schemas = shutil.copytree(ROOT / "schemas", tmp_path / "schemas")
    file = schemas / "services" / "n_get.yaml"
    old = "AttributeIdentifierList:              {request: U, "
    text = file.read_text("utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, old.replace("U,", "M,")), "utf-8")
    said = dimsegen("docs", "--check", "--schemas", schemas, "--output", DOCS / "reference")
    assert said.code == 1
    assert "out of date: run dimsegen docs" in said.err
    assert "+++ " in said.out
    changed = re.findall(r"^\+\+\+ .*/(\w+\.\w+)$", said.out, re.MULTILINE)
    assert sorted(changed) == ["explorer.html", "n_get.rst"]


def options_of(parser: argparse.ArgumentParser) -> set[str]:
    """Return the options of a parser and of its commands."""
    found = set(parser._option_string_actions)
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            found |= {option for each in action.choices.values() for option in options_of(each)}
    return found


@pytest.mark.parametrize("path", [*GUIDES, ROOT / "README.md", ROOT / "CONTRIBUTING.md"], ids=str)
def test_every_option_that_a_guide_names_is_there(path: Path) -> None:
    text = path.read_text("utf-8")
    # An option of dimsegen or of the package stands alone between quotes, or after its command.
    alone = re.findall(r"``?(--[a-z-]+)", text)
    after = re.findall(r"(?:dimsegen [a-z-]+|dimse_primitives)[^`\n|]*?(--[a-z-]+)", text)
    known = options_of(parser_of_all()) | options_of(command_line()) | {"--codec"}
    assert [each for each in (*alone, *after) if each not in known] == []
