"""`dimsegen generate` writes what differs, `--check` says what differs, and both agree."""

from __future__ import annotations

import os
import re
import stat
from pathlib import Path

import pytest
from dimsegen.render import BANNER

from ..conftest import Outcome, Run, tree


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "out"


@pytest.fixture
def package(output: Path) -> Path:
    return output / "ping"


@pytest.fixture
def generate(dimsegen: Run, schemas: Path, templates: Path, output: Path) -> Run:
    """Run `dimsegen generate` on the tiny schemas."""

    def run(*arguments: object) -> Outcome:
        folders = ("--schemas", schemas, "--templates", templates, "--output", output)
        return dimsegen("generate", *folders, "--package", "ping", *arguments)

    return run


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")


def states(folder: Path) -> dict[str, tuple[int, bytes]]:
    return {name: ((folder / name).stat().st_mtime_ns, text) for name, text in tree(folder).items()}


def test_the_first_run_writes_everything(generate: Run, package: Path) -> None:
    said = generate()
    count = len(tree(package))
    assert (said.code, said.err) == (0, "")
    assert re.fullmatch(
        rf"2 services, 63 cells → {count} files, {count} written, 0 unchanged \(\d+\.\d s\)\n",
        said.out,
    )


def test_the_second_run_writes_nothing(generate: Run, package: Path) -> None:
    generate()
    for file in package.iterdir():
        os.utime(file, ns=(1, 1))
    before = states(package)
    assert f"{len(before)} files, 0 written, {len(before)} unchanged" in generate().out
    assert states(package) == before


def test_a_changed_cell_rewrites_only_the_files_it_changes(
    generate: Run, schemas: Path, package: Path
) -> None:
    generate()
    for file in package.iterdir():
        os.utime(file, ns=(1, 1))
    edit(schemas / "services" / "x_tell.yaml", "{request: UF, value", "{request: MF, value")
    said = generate()
    changed = [name for name, (time, _) in states(package).items() if time != 1]
    assert changed == ["x_tell.py"]
    assert ", 1 written, " in said.out


def test_a_service_that_is_gone_takes_its_module_with_it(
    generate: Run, schemas: Path, package: Path
) -> None:
    generate()
    (package / "mine.py").write_text("'''Not generated.'''\n", encoding="utf-8")
    (schemas / "services" / "x_tell.yaml").unlink()
    said = generate()
    assert not (package / "x_tell.py").exists()
    assert (package / "mine.py").exists()
    assert ", 1 removed (" in said.out


def test_nothing_but_the_package_folder_is_touched(generate: Run, output: Path) -> None:
    output.mkdir()
    (output / "other.py").write_text(f"{BANNER}\n", encoding="utf-8")
    generate()
    assert {path.name for path in output.iterdir()} == {"ping", "other.py"}


def test_check_of_what_was_just_written_is_silent_and_0(generate: Run, package: Path) -> None:
    generate()
    before = states(package)
    said = generate("--check")
    assert (said.code, said.err) == (0, "")
    assert said.out == f"{package.as_posix()}: {len(before)} files, up to date\n"
    assert states(package) == before


def test_check_writes_nothing_and_prints_what_would_change(
    generate: Run, schemas: Path, package: Path
) -> None:
    generate()
    before = states(package)
    edit(schemas / "services" / "x_tell.yaml", "{request: UF, value", "{request: MF, value")
    said = generate("--check")
    assert said.code == 1
    assert states(package) == before
    shown = f"{package.as_posix()}/x_tell.py"
    assert said.out.startswith(f"--- {shown}\n+++ {shown}\n@@ ")
    (old, new) = [line for line in said.out.splitlines() if line[1:].startswith("_URGENCY ")]
    assert (old[0], new[0]) == ("-", "+")
    assert old[1:].replace('"UF",', '"MF",') == new[1:]
    assert said.err == f"{package.as_posix()}: 1 file out of date: run dimsegen generate\n"


def test_an_edit_by_hand_is_drift(generate: Run, package: Path) -> None:
    generate()
    with (package / "x_tell.py").open("a", encoding="utf-8") as file:
        file.write("# mine\n")
    said = generate("--check")
    assert said.code == 1
    assert "\n-# mine\n" in said.out
    assert generate().code == 0
    assert generate("--check").code == 0


def test_a_missing_file_is_drift(generate: Run, package: Path) -> None:
    generate()
    (package / "py.typed").unlink()
    (package / "x_tell.py").unlink()
    said = generate("--check")
    assert said.code == 1
    assert f"--- /dev/null\n+++ {package.as_posix()}/x_tell.py\n" in said.out
    assert "2 files out of date" in said.err


def test_an_orphan_is_drift_and_a_file_of_ones_own_is_not(generate: Run, package: Path) -> None:
    generate()
    (package / "mine.py").write_text("'''Not generated.'''\n", encoding="utf-8")
    assert generate("--check").code == 0
    (package / "x_old.py").write_text(f"{BANNER}\nOLD = 1\n", encoding="utf-8")
    said = generate("--check")
    assert said.code == 1
    assert f"--- {package.as_posix()}/x_old.py\n+++ /dev/null\n" in said.out
    assert (package / "x_old.py").exists()


def test_check_without_any_output_shows_every_file_and_makes_none(
    generate: Run, output: Path
) -> None:
    assert generate("--check").code == 1
    assert not output.exists()


@pytest.mark.parametrize("check", [[], ["--check"]])
@pytest.mark.parametrize(
    ("added", "said"),
    [
        ("{{ nix }}", "primitive.py.j2:1: 'nix' is undefined: correct the template"),
        ("{% for %}", "primitive.py.j2:1: Expected an expression"),
        ("$\n", "x_ping.py:1: rendered code is not Python: invalid syntax"),
    ],
)
def test_a_template_that_does_not_render_is_2_and_writes_nothing(
    generate: Run, templates: Path, package: Path, check: list[str], added: str, said: str
) -> None:
    generate()
    before = states(package)
    text = (templates / "primitive.py.j2").read_text(encoding="utf-8")
    (templates / "primitive.py.j2").write_text(f"{added}{text}", encoding="utf-8")
    result = generate(*check)
    assert (result.code, result.out) == (2, "")
    assert said in result.err
    assert result.err.endswith("\nnothing was written\n")
    assert "Traceback" not in result.err
    assert states(package) == before


@pytest.mark.parametrize("check", [[], ["--check"]])
def test_schemas_that_do_not_load_are_2_with_every_problem(
    generate: Run, schemas: Path, package: Path, check: list[str]
) -> None:
    generate()
    before = states(package)
    edit(schemas / "services" / "x_tell.yaml", "{request: UF, value", "{request: XX, value")
    edit(schemas / "services" / "x_ping.yaml", "C(=)", "D(=)")
    said = generate(*check)
    assert (said.code, said.out) == (2, "")
    assert "x_ping.yaml:" in said.err
    assert "x_tell.yaml:" in said.err
    assert said.err.endswith("errors; nothing was written\n")
    assert states(package) == before


@pytest.mark.parametrize("check", [[], ["--check"]])
@pytest.mark.parametrize("place", ["out", "out/ping"])
def test_a_file_where_the_output_goes_is_2(
    generate: Run, tmp_path: Path, check: list[str], place: str
) -> None:
    file = tmp_path / place
    file.parent.mkdir(exist_ok=True)
    file.write_text("mine", encoding="utf-8")
    said = generate(*check)
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        f"{file}: is a file, not a folder: correct that, or choose another --output\n"
    )
    assert file.read_text(encoding="utf-8") == "mine"


def test_a_folder_where_a_module_goes_is_2(generate: Run, package: Path) -> None:
    (package / "x_tell.py").mkdir(parents=True)
    said = generate()
    assert said.code == 2
    assert said.err.startswith(f"{package / 'x_tell.py'}: cannot be written: ")
    assert not [path for path in package.iterdir() if path.name.startswith(".")]


def test_a_folder_that_cannot_be_written_to_is_2(
    generate: Run, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Root may write anywhere: what a read-only folder does is acted out for it."""
    package.mkdir(parents=True)
    package.chmod(stat.S_IRUSR | stat.S_IXUSR)
    if os.access(package, os.W_OK):
        open_ = os.open

        def refuse(path: str | Path, flags: int, *mode: int) -> int:
            if flags & os.O_CREAT:
                raise PermissionError(13, "Permission denied", "a temporary name")
            return open_(path, flags, *mode)

        monkeypatch.setattr("os.open", refuse)
    said = generate()
    package.chmod(stat.S_IRWXU)
    assert (said.code, said.out) == (2, "")
    assert said.err == (
        f"{package / '__init__.py'}: cannot be written: Permission denied: "
        "correct that, or choose another --output\n"
    )
    assert list(package.iterdir()) == []


@pytest.mark.parametrize("name", ["my-package", "1st", "class", "a.b", "../up", ""])
def test_a_package_name_that_cannot_be_imported_is_2(
    generate: Run, tmp_path: Path, name: str
) -> None:
    said = generate("--package", name)
    assert said.code == 2
    assert said.err == f"--package {name}: not an import name: use letters, digits and _\n"
    assert not (tmp_path / "out").exists()
