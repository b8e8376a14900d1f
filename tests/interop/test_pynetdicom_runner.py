"""``python -m dimse_primitives.contrib.pynetdicom`` runs a program as python does."""

from __future__ import annotations

import subprocess
import sys
from functools import cache
from pathlib import Path

import pytest

from ..conftest import ROOT

OURS = "dimse_primitives.contrib.pynetdicom._primitives"
RUN = ("-m", "dimse_primitives.contrib.pynetdicom")
SHOW = (
    "import sys\n"
    "from pynetdicom.dimse_primitives import C_ECHO\n"
    "from dimse_primitives.contrib import pynetdicom as ours\n"
    "print(__name__, sys.argv, C_ECHO.__module__, ours.is_installed(codec=True))\n"
    "print(repr(sys.path[0]))\n"
    "assert sys.modules['__main__'].__dict__ is globals()\n"
)


def python(*words: str | Path, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, *map(str, words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a program that shows what it sees, and ends with a code of its own."""
    path = tmp_path_factory.mktemp("program") / "shows.py"
    path.write_text(SHOW + "sys.exit(7)\n", encoding="utf-8")
    return path


@cache
def plain_python(*words: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Return what Python itself makes of a program."""
    return python(*words, cwd=cwd)


@pytest.mark.parametrize("codec", [False, True])
@pytest.mark.parametrize("kind", ["script", "module", "code"])
def test_it_runs_a_program_as_python_does(kind: str, codec: bool, program: Path) -> None:
    words: dict[str, tuple[str | Path, ...]] = {
        "script": (program,),
        "module": ("-m", "shows"),
        "code": ("-c", SHOW + "sys.exit(7)"),
    }
    plain = plain_python(*words[kind], "a", "--b", cwd=program.parent)
    option = ("--codec",) if codec else ()
    said = python(*RUN, *option, *words[kind], "a", "--b", cwd=program.parent)
    assert (said.returncode, said.stderr) == (7, "")
    first, path = said.stdout.splitlines()
    # All that differs is which class it is.
    plain_first, plain_path = plain.stdout.splitlines()
    assert path == plain_path
    assert first == plain_first.replace("pynetdicom.dimse_primitives False", f"{OURS} {codec}")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((), "nothing to run: give -m MODULE, -c CODE or SCRIPT"),
        (("-m",), "-m needs a value"),
        (("--nix", "x"), "--nix: no such option"),
        (("nix.py",), "nix.py: no such file"),
        (("-m", "nix"), "No module named nix"),
    ],
)
def test_what_cannot_be_run_is_2_and_no_traceback(words: tuple[str, ...], said: str) -> None:
    outcome = python(*RUN, *words)
    assert (outcome.returncode, outcome.stdout) == (2, "")
    assert said in outcome.stderr
    assert "Traceback" not in outcome.stderr


def test_an_exception_of_the_program_is_shown_as_it_is() -> None:
    outcome = python(*RUN, "-c", "import nix")
    assert outcome.returncode == 1
    assert outcome.stderr.endswith("ModuleNotFoundError: No module named 'nix'\n")


def test_help_is_0() -> None:
    outcome = python(*RUN, "--help")
    assert (outcome.returncode, outcome.stderr) == (0, "")
    assert outcome.stdout.startswith("usage: python -m dimse_primitives.contrib.pynetdicom")
