"""The wheel works where there is no repository: for users of the package, and of the generator.

The base install needs pydicom only. With the extra, a service of one's own, three rows long,
becomes a package that imports and checks.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from importlib.metadata import distributions
from pathlib import Path

import pytest

from ..conftest import ROOT, tree

ELEMENTS = """\
elements:
  CommandGroupLength: {tag: "(0000,0000)", vr: UL, vm: "1", name: Command Group Length, \
role: group-length}
  CommandField: {tag: "(0000,0100)", vr: US, vm: "1", name: Command Field, role: command-field}
  MessageID: {tag: "(0000,0110)", vr: US, vm: "1", name: Message ID}
  CommandDataSetType: {tag: "(0000,0800)", vr: US, vm: "1", name: Command Data Set Type, \
role: data-set-type, none: 0x0101, present: 0x0001}
  Status: {tag: "(0000,0900)", vr: US, vm: "1", name: Status, role: status}
  Volume: {tag: "(0000,1002)", vr: US, vm: "1", name: Volume}
data_sets: {}
descriptions:
  CommandGroupLength: "Number of bytes that follow."
  CommandField: "Which message it is."
  MessageID: "Tells this call from others."
  CommandDataSetType: "Whether a data set follows."
  Status: "How it went."
  Volume: "How loud to call."
"""
STATUSES = """\
classes:
  success: {name: Success, codes: ["0000"], see: "C.1"}
types:
  success:
    type: {name: Success, class: success, codes: ["0000"], see: "C.1.1"}
    fields: {}
"""
SERVICE = """\
service: P-CALL
summary: "Call a peer."
reference: {section: "P.1", table: "P.1-1"}
columns: {request: Req/Ind, response: Rsp/Conf}
parameters:
  MessageID: {request: M, response: "M(=)"}
  Volume: {request: MF, response: "-", value: 0x000B}
  Status: {request: "-", response: M}
messages:
  request:
    name: P-CALL-RQ
    reference: {section: "P.2", table: "P.2-1"}
    fields:
      CommandGroupLength: {usage: M}
      CommandField: {usage: MF, value: 0x0F01}
      MessageID: {usage: parameter}
      CommandDataSetType: {usage: MF, value: 0x0101}
      Volume: {usage: parameter}
  response:
    name: P-CALL-RSP
    reference: {section: "P.2", table: "P.2-2"}
    fields:
      CommandGroupLength: {usage: M}
      CommandField: {usage: MF, value: 0x8F01}
      MessageID: {usage: parameter}
      CommandDataSetType: {usage: MF, value: 0x0101}
      Status: {usage: parameter}
statuses: [success]
"""
USE = """
from private_calls import P_CALL
call = P_CALL.request(MessageID=1, Volume=10)
print([(each.rule, each.parameter) for each in call.request_violations()])
call.Volume = 11
call.validate_request()
print(call.respond(MessageID=1, Status=0).is_valid_response)
"""


@dataclass(frozen=True)
class Environment:
    """A virtual environment, and a folder far from the repository to work in."""

    python: Path
    folder: Path

    def run(self, *command: object) -> subprocess.CompletedProcess[str]:
        """Run `command` with nothing of this repository in reach."""
        hidden = ("PYTHONPATH", "VIRTUAL_ENV")
        return subprocess.run(
            [str(word) for word in command],
            cwd=self.folder,
            env={key: value for key, value in os.environ.items() if key not in hidden},
            capture_output=True,
            text=True,
            check=False,
        )

    def install(self, what: str) -> None:
        """Install `what` as constraints.txt pins it; few of its modules are imported here.

        The pip is that of this interpreter: the environment needs none of its own.
        """
        pip = (sys.executable, "-m", "pip", "--python", self.python, "install")
        words = ("--quiet", "--no-compile", "-c", ROOT / "constraints.txt")
        said = self.run(*pip, *words, what)
        assert said.returncode == 0, said.stderr

    def packages(self) -> dict[str, str]:
        """Return the versions of what is installed, by name."""
        (installed,) = (self.folder / "venv" / "lib").glob("python*/site-packages")
        return {each.name: each.version for each in distributions(path=[str(installed)])}


def pinned() -> set[tuple[str, str]]:
    lines = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pins = (line.split(" ")[0].split("==") for line in lines if "==" in line)
    return {(name, version) for name, version in pins}


def _built(folder: str) -> tuple[str, ...]:
    """Return what is built in `folder`: in the root only, `build` is a room elsewhere."""
    return ("build", "dist") if Path(folder) == ROOT else ()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of what the repository holds."""
    source = tmp_path_factory.mktemp("wheel") / "source"
    ignore = shutil.ignore_patterns(".*", "__pycache__")
    shutil.copytree(ROOT, source, ignore=lambda path, names: {*ignore(path, names), *_built(path)})
    shutil.copy(ROOT / ".gitignore", source)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", "built"]
    said = subprocess.run(command, cwd=source, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stderr
    (built,) = (source / "built").iterdir()
    return built


def environment(folder: Path, what: str) -> Environment:
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    made = Environment(folder / "venv" / "bin" / "python", folder)
    made.install(what)
    return made


@pytest.fixture(scope="module")
def base(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Give an environment with the wheel and what it depends on."""
    return environment(tmp_path_factory.mktemp("base"), f"{wheel}")


@pytest.fixture(scope="module")
def full(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Environment:
    """Give an environment with the wheel and its extra ``generator``."""
    return environment(tmp_path_factory.mktemp("full"), f"{wheel}[generator]")


def test_it_holds_both_packages_the_schemas_and_the_templates(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    names = set(held)
    for folder, place in (
        ("generated/dimse_primitives", "dimse_primitives"),
        ("generator/dimsegen", "dimsegen"),
        ("schemas", "dimsegen/schemas"),
        ("templates", "dimsegen/templates"),
    ):
        files = {f"{place}/{name}": content for name, content in tree(ROOT / folder).items()}
        assert len(files) > 4
        assert [name for name in files if held.get(name) != files[name]] == []
        names -= files.keys()
    assert {name.split("/")[0].split("-")[0] for name in names} == {"dimse_primitives"}
    assert {name.split("/")[-1] for name in names} == {
        "METADATA",
        "WHEEL",
        "RECORD",
        "entry_points.txt",
        "LICENSE",
    }


def test_both_packages_are_marked_as_typed(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        assert {"dimse_primitives/py.typed", "dimsegen/py.typed"} <= set(archive.namelist())


def test_the_base_install_brings_pydicom_and_nothing_else(base: Environment) -> None:
    installed = base.packages()
    assert set(installed) == {"dimse-primitives", "pydicom"}
    assert ("pydicom", installed["pydicom"]) in pinned()


def test_the_base_install_makes_and_checks_primitives(base: Environment) -> None:
    code = "from dimse_primitives import C_ECHO; print(C_ECHO(MessageID=1).request_violations())"
    said = base.run(base.python, "-W", "error", "-c", code)
    assert (said.returncode, said.stderr) == (0, "")
    assert "missing-mandatory" in said.stdout
    assert "AffectedSOPClassUID" in said.stdout


def test_the_base_install_says_what_the_generator_needs(base: Environment) -> None:
    command = base.python.with_name("dimsegen")
    said = base.run(command, "generate")
    assert (said.returncode, said.stdout) == (2, "")
    assert said.stderr.startswith("dimsegen needs ")
    assert said.stderr.endswith(": pip install Jinja2 MarkupSafe PyYAML defusedxml shtab\n")
    assert said.stderr.count("\n") == 1
    assert base.run(command, "--help").returncode == 0


def test_the_package_does_not_import_the_generator(full: Environment) -> None:
    code = "import sys, dimse_primitives; print(*sys.modules)"
    modules = full.run(full.python, "-c", code).stdout.split()
    assert "dimse_primitives" in modules
    assert not {"dimsegen", "jinja2", "yaml"} & set(modules)


def test_the_extra_brings_what_constraints_pin(full: Environment) -> None:
    installed = full.packages()
    extra = {"defusedxml", "Jinja2", "MarkupSafe", "PyYAML", "shtab"}
    assert set(installed) == {"dimse-primitives", "pydicom", *extra}
    del installed["dimse-primitives"]
    assert set(installed.items()) <= pinned()


def test_the_installed_generator_finds_the_schemas_of_the_standard(full: Environment) -> None:
    """They and the templates are the same bytes, so that they give the committed package."""
    said = full.run(full.python.with_name("dimsegen"), "show", "N-GET")
    assert (said.returncode, said.stderr) == (0, "")
    assert "\n  Attribute Identifier List " in said.stdout


def test_a_service_of_ones_own_becomes_a_package(full: Environment) -> None:
    schemas = full.folder / "private"
    (schemas / "services").mkdir(parents=True)
    (schemas / "elements.yaml").write_text(ELEMENTS, encoding="utf-8")
    (schemas / "statuses.yaml").write_text(STATUSES, encoding="utf-8")
    (schemas / "services" / "p_call.yaml").write_text(SERVICE, encoding="utf-8")
    command = full.python.with_name("dimsegen")
    options = ("--schemas", "private", "--output", ".", "--package", "private_calls")

    said = full.run(command, "generate", *options)
    assert (said.returncode, said.stderr) == (0, "")
    assert said.stdout.startswith("1 service, 6 cells → ")
    assert full.run(command, "generate", *options, "--check").returncode == 0

    used = full.run(full.python, "-W", "error", "-c", USE)
    assert (used.returncode, used.stderr) == (0, "")
    assert used.stdout == "[('wrong-fixed-value', 'Volume')]\nTrue\n"
