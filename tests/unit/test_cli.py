"""The command line ends with 0, 1 or 2, and never in a traceback."""

from __future__ import annotations

import shlex
import subprocess
import sys
import sysconfig
from importlib.metadata import version
from pathlib import Path

import pytest
from dimsegen.commands import PURPOSES, module_of, parser_of_all
from dimsegen.dimse import matrices

from ..conftest import ROOT, Run, run_dimsegen, run_python

COMMAND = Path(sysconfig.get_paths()["scripts"]) / "dimsegen"


@pytest.mark.parametrize("arguments", [["--help"], ["generate", "--help"], ["show", "--help"]])
def test_help_is_0(dimsegen: Run, arguments: list[str]) -> None:
    said = dimsegen(*arguments)
    assert (said.code, said.err) == (0, "")
    assert said.out.startswith("usage: dimsegen")


def test_the_version_is_that_of_the_distribution(dimsegen: Run) -> None:
    said = dimsegen("--version")
    assert (said.code, said.out, said.err) == (0, f"dimsegen {version('dimse-primitives')}\n", "")


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["nix"],
        ["generate", "--nix"],
        ["generate", "more"],
        ["rules", "diff", "more"],
        ["show", "N-GET", "N-SET"],
    ],
)
def test_arguments_that_mean_nothing_are_2(dimsegen: Run, arguments: list[str]) -> None:
    said = dimsegen(*arguments)
    assert (said.code, said.out) == (2, "")
    assert said.err.startswith("usage: dimsegen")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        (["dif"], "(did you mean diff?)"),
        (["git-dif-driver"], "(did you mean git-diff-driver?)"),
        (["diff", "--stict"], "(did you mean --strict?)"),
        (["generate", "--chek=now"], "(did you mean --check?)"),
        (["show", "--format", "tabel"], "(did you mean table?)"),
    ],
)
def test_a_near_miss_is_told(dimsegen: Run, words: list[str], meant: str) -> None:
    said = dimsegen(*words)
    assert (said.code, said.out) == (2, "")
    assert meant in said.err


def test_what_is_near_to_nothing_gets_no_guess(dimsegen: Run) -> None:
    said = dimsegen("zzz")
    assert (said.code, "did you mean" in said.err) == (2, False)
    assert "use one of generate, docs, " in said.err


@pytest.mark.parametrize("name", PURPOSES)
def test_the_help_of_a_command_describes_it_and_its_examples_are_read(
    dimsegen: Run, name: str
) -> None:
    command = module_of(name).COMMAND
    said = dimsegen(name, "--help").out
    assert command.description.split(".")[0].split(":")[0][:50] in " ".join(said.split())
    for example in command.examples:
        assert f"\n  {example}\n" in said
        words = shlex.split(example.partition(" > ")[0].removeprefix('eval "$(').removesuffix(')"'))
        if words[0] == "dimsegen":
            assert parser_of_all().parse_args(words[1:]).run is module_of(name).run


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_a_shell_completes_every_command(dimsegen: Run, shell: str) -> None:
    said = dimsegen("completion", shell)
    assert (said.code, said.err) == (0, "")
    assert all(name in said.out for name in PURPOSES)


def test_bash_completes_commands_and_options(dimsegen: Run, tmp_path: Path) -> None:
    script = tmp_path / "dimsegen.bash"
    script.write_text(dimsegen("completion", "bash").out, "utf-8")
    code = f"""
        source {script}
        COMP_WORDS=(dimsegen "$@"); COMP_CWORD=$#
        _shtab_dimsegen dimsegen "${{@: -1}}"
        printf '%s\\n' "${{COMPREPLY[@]}}"
    """
    for words, found in ((["ver"], {"verify"}), (["diff", "--ver"], {"--verify"})):
        said = subprocess.run(
            ["bash", "-c", code, "bash", *words], capture_output=True, text=True, check=True
        )
        assert set(said.stdout.split()) == found


def test_an_internal_error_is_2_without_a_traceback(
    dimsegen: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise LookupError("lost")

    monkeypatch.setattr(matrices, "primitives_of", fail)
    said = dimsegen("show", "N-GET")
    assert (said.code, said.out) == (2, "")
    assert said.err == "internal error: LookupError: lost: please report it\n"


def test_an_interruption_is_2_without_a_traceback(
    dimsegen: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(matrices, "primitives_of", interrupt)
    said = dimsegen("show", "N-GET")
    assert (said.code, said.out, said.err) == (2, "", "interrupted\n")


def test_a_reader_that_goes_away_is_no_traceback() -> None:
    code = (
        "import os, sys\n"
        "from dimsegen.cli import main\n"
        "read, write = os.pipe()\n"
        "os.close(read)\n"
        "os.dup2(write, 1)\n"
        "sys.exit(main(['show', 'N-GET']))\n"
    )
    # Buffered, so that the interpreter has something left to write when it ends.
    said = run_python(Path(sys.executable), "-c", code, env={"PYTHONUNBUFFERED": ""})
    assert (said.returncode, said.stdout, said.stderr) == (2, b"", b"")


@pytest.mark.parametrize(
    ("missing", "named", "command"),
    [
        ("yaml", "PyYAML", "generate"),
        ("jinja2", "Jinja2", "generate"),
        ("markupsafe", "MarkupSafe", "generate"),
        ("defusedxml", "defusedxml", "verify"),
        ("shtab", "shtab", "completion"),
    ],
)
def test_a_missing_package_of_the_extra_is_2_and_says_what_to_install(
    missing: str, named: str, command: str
) -> None:
    # In a process of its own: modules that are imported twice would upset other tests.
    code = (
        f"import sys; sys.modules[{missing!r}] = None\n"
        f"from dimsegen.cli import main; sys.exit(main([{command!r}, *sys.argv[1:]]))"
    )
    argument = {"verify": "part07.xml", "completion": "bash"}.get(command, "--check")
    said = run_python(Path(sys.executable), "-c", code, argument)
    assert (said.returncode, said.stdout) == (2, b"")
    expected = f"dimsegen needs {named}: pip install Jinja2 MarkupSafe PyYAML defusedxml shtab"
    assert said.stderr.decode().splitlines() == [expected]


def test_the_command_is_installed_and_returns_its_exit_code(tmp_path: Path, schemas: Path) -> None:
    for arguments, code in ((["show", "X-PING"], 0), (["show", "NIX"], 2)):
        said = subprocess.run([COMMAND, *arguments], cwd=tmp_path, capture_output=True, check=False)
        assert said.returncode == code
    arguments = ["generate", "--check", "--schemas", str(schemas), "--output", "out"]
    said = subprocess.run([COMMAND, *arguments], cwd=tmp_path, capture_output=True, check=False)
    assert said.returncode == 1


def test_json_schemas_are_written_and_checked(dimsegen: Run, tmp_path: Path) -> None:
    output = tmp_path / "json"
    assert dimsegen("json-schema", "--check", "--output", output).code == 1
    assert not output.exists()
    said = dimsegen("json-schema", "--output", output)
    number = len([path for path in output.rglob("*") if path.is_file()])
    summary = f"{number} JSON Schemas, {number} written, 0 unchanged\n"
    assert (said.code, said.out) == (0, summary)
    (output / "service.json").write_text("{}\n", encoding="utf-8")
    said = dimsegen("json-schema", "--check", "--output", output)
    assert said.code == 1
    assert said.out.startswith(f"--- {output.as_posix()}/service.json\n+++ ")
    assert said.err == f"{output.as_posix()}: 1 file out of date: run dimsegen json-schema\n"
    again = dimsegen("json-schema", "--output", output).out
    assert f"1 written, {number - 1} unchanged" in again
    assert dimsegen("json-schema", "--check", "--output", output).code == 0


def test_the_json_schemas_are_as_committed(dimsegen: Run) -> None:
    folder = ROOT / "schemas" / "json-schema"
    assert dimsegen("json-schema", "--check", "--output", folder).code == 0


def test_schemas_in_the_working_folder_come_before_those_of_the_package(
    schemas: Path, tmp_path: Path
) -> None:
    assert schemas.parent == tmp_path
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for folder, service, code in (
        (tmp_path, "X-TELL", 0),
        (tmp_path, "N-GET", 2),
        (elsewhere, "N-GET", 0),
    ):
        said = run_dimsegen(Path(sys.executable), "show", service, cwd=folder)
        assert said.returncode == code, (folder, service)


def test_the_working_folder_is_that_of_each_call(
    dimsegen: Run, schemas: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    for folder, shown in ((schemas.parent, "X-PING"), (elsewhere, "N-GET")) * 2:
        monkeypatch.chdir(folder)
        said = dimsegen("show")
        assert (said.code, shown in said.out) == (0, True), said
