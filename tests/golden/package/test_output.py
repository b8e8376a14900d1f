"""The whole output for tiny schemas is as expected, byte for byte, and passes every check.

What is rendered is committed here; what is copied is in templates/ already. ``make golden`` writes
what is expected anew; the difference is then for a reviewer to judge.
"""

from __future__ import annotations

import difflib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from dimsegen import streams, writer
from dimsegen.command_line import argument_parser
from dimsegen.families import families
from dimsegen.render import BANNER

from ...conftest import ROOT, tree
from .conftest import HERE, NAMES

# A call that leaves out an MF parameter; mypy would call the comment unused if it were accepted.
CALLS = """
from ping_primitives import X_PING

X_PING.request(MessageID=1, RouteUID="1.2", PingType=1, ProtocolUID="1.2.3")
X_PING.request(MessageID=1, RouteUID="1.2", ProtocolUID="1.2.3")  # type: ignore[call-arg]
X_PING.response(MessageIDBeingRespondedTo=1, Status=0, Greeting="KNOCK")
X_PING.response(MessageIDBeingRespondedTo=1, Status=0)  # type: ignore[call-arg]
X_PING.request(
    MessageID=1,
    RouteUID="1.2",
    PingType=1,
    ProtocolUID="1.2.3",
    Hops=1,  # type: ignore[call-arg]
)
"""


def copied() -> dict[str, bytes]:
    """Return the modules that are copied as they are, with the banner on top.

    What is for another library, or of another family of tables, is made only of schemas that have
    what it needs: not of these.
    """
    folder = ROOT / "templates"
    others = {"__pycache__", "contrib", *(family.folder for family in families())} - {""}
    paths = {
        path.relative_to(folder).as_posix(): path
        for path in folder.rglob("*.py")
        if not others & set(path.relative_to(folder).parts)
    }
    paths["_parser.py"] = Path(argument_parser.__file__)
    paths["_streams.py"] = Path(streams.__file__)
    return {name: f"{BANNER}\n".encode() + path.read_bytes() for name, path in paths.items()}


def update(expected: Path, rendered: dict[str, bytes]) -> None:
    shutil.rmtree(expected, ignore_errors=True)
    for file in rendered.keys() - copied().keys():
        writer.write_file(expected / file, rendered[file])


def lines(content: bytes | None) -> list[str]:
    return [] if content is None else content.decode("utf-8").splitlines(keepends=True)


@pytest.mark.parametrize("name", NAMES)
def test_the_output_is_as_expected(name: str, output: Path) -> None:
    package = f"{name}_primitives"
    expected = HERE / name / "expected" / package
    rendered = tree(output / package)
    if os.environ.get("UPDATE_GOLDEN") == "1":
        update(expected, rendered)
    wanted = copied() | tree(expected)
    differing = [file for file in wanted | rendered if wanted.get(file) != rendered.get(file)]
    shown = [
        line
        for file in differing
        for line in difflib.unified_diff(
            lines(wanted.get(file)), lines(rendered.get(file)), f"expected/{file}", file
        )
    ]
    assert not differing, f"{differing}: make golden\n{''.join(shown[:200])}"


def test_what_is_copied_is_committed_once() -> None:
    for name in NAMES:
        expected = HERE / name / "expected"
        assert [path.name for path in expected.iterdir()] == [f"{name}_primitives"]
        assert not tree(expected / f"{name}_primitives").keys() & copied().keys()


def ruff(*arguments: object) -> None:
    command = [sys.executable, "-m", "ruff", *map(str, arguments)]
    said = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert said.returncode == 0, said.stdout


def test_the_output_is_formatted(output: Path) -> None:
    ruff("format", "--check", "--no-cache", "--config", ROOT / "pyproject.toml", output)


def test_ruff_finds_no_mistake_in_the_output() -> None:
    ruff("check", "--no-cache", *[HERE / name / "expected" for name in NAMES])


def test_mypy_accepts_the_output_and_rejects_a_call_without_a_fixed_value(
    output: Path, tmp_path: Path
) -> None:
    calls = tmp_path / "calls.py"
    calls.write_text(CALLS, encoding="utf-8")
    packages = [f"-p{name}_primitives" for name in NAMES]
    for what in ([*packages], [str(calls)]):
        said = subprocess.run(
            [sys.executable, "-m", "mypy", "--strict", "--config-file=", *what],
            cwd=output,
            env=os.environ | {"MYPYPATH": str(output), "MYPY_CACHE_DIR": str(ROOT / ".mypy_cache")},
            capture_output=True,
            text=True,
            check=False,
        )
        assert said.returncode == 0, said.stdout
