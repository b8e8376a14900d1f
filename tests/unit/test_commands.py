"""Each command of `dimsegen` is one file, and the help of all of them is quick."""

from __future__ import annotations

import ast
import os
import re
import sys
from pathlib import Path

import pytest
from dimsegen import commands
from dimsegen.command_line.options import Command
from dimsegen.commands import PURPOSES, module_of

from ..conftest import Run, run_python

FOLDER = Path(commands.__file__).parent
# What takes longer to import than all that help needs.
HEAVY = ("yaml", "jinja2", "markupsafe", "defusedxml", "shtab", "pydicom", "numpy")
RATIO = 12


def test_a_file_in_commands_is_a_command_and_each_command_is_one_file(dimsegen: Run) -> None:
    files = {path.name for path in FOLDER.iterdir()} - {"__init__.py", "__pycache__"}
    assert files == {f"{name.replace('-', '_')}.py" for name in PURPOSES}
    said = dimsegen("--help").out
    assert tuple(re.findall(r"^    ([a-z-]+)", said, re.MULTILINE)) == tuple(PURPOSES)


@pytest.mark.parametrize("name", PURPOSES)
def test_the_file_of_a_command_has_its_arguments_and_runs_it(name: str) -> None:
    module = module_of(name)
    assert isinstance(module.COMMAND, Command)
    assert module.run.__module__ == module.__name__
    assert (module.__doc__ or "").startswith(f"`dimsegen {name}`: ")
    tree = ast.parse(Path(module.__file__).read_text("utf-8"))
    public = [each.name for each in tree.body if isinstance(each, ast.FunctionDef)]
    assert [each for each in public if not each.startswith("_")] == ["run"]


@pytest.mark.parametrize("name", PURPOSES)
def test_help_breaks_no_word(name: str, dimsegen: Run) -> None:
    said = " ".join(dimsegen(name, "--help").out.split())
    assert not re.findall(r"\w+- \w+", said)


def test_no_help_imports_what_is_heavy() -> None:
    code = f"""
import contextlib, io, sys
from dimsegen.cli import main
from dimsegen.commands import PURPOSES
for words in ([], *([name] for name in PURPOSES)):
    said = io.StringIO()
    with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
        main([*words, "--help"])
    print(said.getvalue().splitlines()[0], [each for each in {HEAVY} if each in sys.modules])
"""
    said = run_python(Path(sys.executable), "-c", code)
    assert (said.returncode, said.stderr) == (0, b"")
    lines = said.stdout.decode().splitlines()
    assert len(lines) == len(PURPOSES) + 1
    assert [line for line in lines if not re.fullmatch(r"usage: dimsegen .* \[\]", line)] == []


@pytest.mark.skipif(not hasattr(os, "wait4"), reason="this system has no wait4")
def test_help_takes_a_few_times_as_long_as_an_interpreter_that_does_nothing() -> None:
    program = "import sys; from dimsegen.cli import main; sys.exit(main())"
    taken = {}
    # Time on a processor, and the best of some: others may be at work here.
    for words in (("-c", "pass"), *(("-c", program, name, "--help") for name in ("diff", "fmt"))):
        taken[words[-2]] = min(seconds(*words) for _ in range(5))
    nothing = taken.pop("-c")
    assert {name: took / nothing for name, took in taken.items() if took > RATIO * nothing} == {}


def seconds(*arguments: str) -> float:
    """Return how long a process of Python was at work."""
    null = os.open(os.devnull, os.O_WRONLY)
    actions = [(os.POSIX_SPAWN_DUP2, null, number) for number in (1, 2)]
    command = [sys.executable, *arguments]
    child = os.posix_spawn(sys.executable, command, os.environ, file_actions=actions)
    os.close(null)
    _, status, usage = os.wait4(child, 0)
    assert status == 0
    return usage.ru_utime + usage.ru_stime
