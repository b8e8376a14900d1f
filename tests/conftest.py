"""What tests of the generator share: places, the command line, and the other interpreters."""

from __future__ import annotations

import gc
import os
import shutil
import signal
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

import pytest
from dimsegen.cli import main
from hypothesis import settings

# How long an example takes says something of the machine, nothing of the code.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Whatever a script starts in the background ignores SIGINT, and so would all that tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# Some hundred processes are started: only the first shall compile what they import.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
sys.dont_write_bytecode = False

# Schemas that stay loaded are a million objects; looking through them for cycles at the default
# pace is a fifth of all the time.
gc.set_threshold(1_000_000, 20, 1000)

ROOT = Path(__file__).parents[1]
TINY = ROOT / "tests" / "golden" / "package" / "ping" / "schemas"
NO_CHANGE: Mapping[str, str] = {}
NO_OTHER = "no other Python 3.10+ is on the path: put python3.12, say, on it"


@dataclass(frozen=True)
class Outcome:
    """What a command said, and its exit code."""

    code: object
    out: str
    err: str


Run: TypeAlias = Callable[..., Outcome]


@pytest.fixture
def dimsegen(capsys: pytest.CaptureFixture[str]) -> Run:
    """Run `dimsegen` in this process."""

    def run(*arguments: object) -> Outcome:
        capsys.readouterr()
        code: object
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stop:
            code = stop.code
        said = capsys.readouterr()
        return Outcome(code, said.out, said.err)

    return run


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    """Give a copy of a tiny folder of schemas that a test may change."""
    return Path(shutil.copytree(TINY, tmp_path / "schemas"))


@pytest.fixture
def templates(tmp_path: Path) -> Path:
    """Give a copy of the templates that a test may change."""
    return Path(shutil.copytree(ROOT / "templates", tmp_path / "templates"))


def tree(folder: Path) -> dict[str, bytes]:
    """Return the content of every file in `folder` that git would keep, by its path there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and "__pycache__" not in path.parts
    }


def run_python(
    interpreter: Path, *arguments: object, cwd: Path = ROOT, env: Mapping[str, str] = NO_CHANGE
) -> subprocess.CompletedProcess[bytes]:
    """Run `interpreter` with the pure Python packages of this environment."""
    folders = [ROOT / "generator", ROOT / "generated", Path(sysconfig.get_paths()["purelib"])]
    path = os.pathsep.join(map(str, folders))
    return subprocess.run(
        [interpreter, *map(str, arguments)],
        cwd=cwd,
        env=os.environ | {"PYTHONPATH": path} | dict(env),
        capture_output=True,
        check=False,
    )


def run_dimsegen(
    interpreter: Path, *arguments: object, cwd: Path = ROOT, env: Mapping[str, str] = NO_CHANGE
) -> subprocess.CompletedProcess[bytes]:
    """Run `dimsegen` in a process of `interpreter`."""
    code = "import sys; from dimsegen.cli import main; sys.exit(main())"
    return run_python(interpreter, "-c", code, *arguments, cwd=cwd, env=env)


@cache
def other_interpreters() -> dict[str, Path]:
    """Return every Python from 3.10 on the path that is not this one, by its version."""
    found: dict[str, Path] = {}
    for minor in range(10, 15):
        command = shutil.which(f"python3.{minor}")
        if command is None or minor == sys.version_info.minor:
            continue
        # The variable lets pyenv's stand-ins find a version that is not the current one.
        said = subprocess.run(
            [command, "-c", "import sys; print(sys.executable)"],
            env=os.environ | {"PYENV_VERSION": f"3.{minor}"},
            capture_output=True,
            text=True,
            check=False,
        )
        if said.returncode == 0:
            found[f"3.{minor}"] = Path(said.stdout.strip())
    return found


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int | None:
    """Return half as many workers again as there are processors: many tests wait for a peer."""
    if "PYTEST_XDIST_AUTO_NUM_WORKERS" in os.environ:
        return None
    return max(1, (os.cpu_count() or 1) * 3 // 2)


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for an `interpreter` with each of the others."""
    if "interpreter" not in metafunc.fixturenames:
        return
    found = [pytest.param(path, id=version) for version, path in other_interpreters().items()]
    none = pytest.param(None, marks=pytest.mark.skip(reason=NO_OTHER))
    metafunc.parametrize("interpreter", found or [none])


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish() -> None:
    """Collect what is left, once: pytest does it twice and the interpreter once more."""
    gc.collect()
    gc.freeze()
