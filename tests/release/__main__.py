"""The command ``python -m tests.release``: build what is published, and use it as a new user does.

Invariant: `dist/` is filled only when all has passed: both builds are the same byte for byte,
their metadata is well-formed, and the wheel works in a clean environment of the oldest and of the
newest Python at hand.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from ..conftest import other_interpreters

ROOT = Path(__file__).resolve().parents[2]
DIST = ROOT / "dist"
SMOKE = Path(__file__).with_name("smoke.py")
SBOM = "sbom.cdx.json"
NO_CHANGE: Mapping[str, str] = {}


class ReleaseError(Exception):
    """What is built cannot be published; the text says why."""


def main() -> int:
    """Build, look, and fill `dist/`."""
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        try:
            built = _build_twice(work)
            _check_metadata(built)
            for interpreter in _oldest_and_newest():
                _smoke(interpreter, built, work)
            _list_parts(built, work)
        except ReleaseError as error:
            print(f"{error}\nnothing was put into dist/", file=sys.stderr)
            return 1
        shutil.rmtree(DIST, ignore_errors=True)
        shutil.copytree(built, DIST)
    for path in sorted(DIST.iterdir()):
        print(f"dist/{path.name}  sha256 {_digest(path)}")
    return 0


def _build_twice(work: Path) -> Path:
    """Build twice, with clocks and folders that differ, and return one of the two."""
    digests: list[dict[str, str]] = []
    for number in (1, 2):
        source = _checkout(work / f"{'deeper/' * number}source")
        output = work / f"dist-{number}"
        command = ("-m", "build", "--no-isolation", "--outdir", output, source)
        _run(Path(sys.executable), *command, env={"TZ": ("UTC", "Asia/Kathmandu")[number - 1]})
        digests.append({path.name: _digest(path) for path in sorted(output.iterdir())})
    if digests[0] != digests[1]:
        raise ReleaseError(f"two builds differ: {digests[0]} and {digests[1]}")
    print(f"built twice, the same bytes: {', '.join(digests[0])}")
    return work / "dist-1"


def _checkout(folder: Path) -> Path:
    """Copy what git knows, and nothing that lies about besides."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in filter(None, listed.stdout.decode().split("\0")):
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def _check_metadata(built: Path) -> None:
    _run(Path(sys.executable), "-m", "twine", "check", "--strict", *sorted(built.iterdir()))
    print("twine check --strict: passed")


def _oldest_and_newest() -> list[Path]:
    own = f"3.{sys.version_info.minor}"
    found = {own: Path(sys.executable)} | other_interpreters()
    order = sorted(found, key=lambda version: int(version.split(".")[1]))
    return [found[version] for version in dict.fromkeys((order[0], order[-1]))]


def _smoke(interpreter: Path, built: Path, work: Path) -> None:
    """Install the wheel, with and without the generator, and use it."""
    wheel = next(built.glob("*.whl"))
    for extra in ("", "[generator]"):
        environment = work / f"{interpreter.parent.parent.name}{extra}"
        _run(interpreter, "-m", "venv", environment)
        python = environment / "bin" / "python"
        constraints = ("-c", ROOT / "constraints.txt")
        _run(python, "-m", "pip", "install", "--quiet", *constraints, f"{wheel}{extra}")
        said = _run(python, "-I", SMOKE, *(["generator"] if extra else []), cwd=work)
        print(f"{said.strip()} (dimse-primitives{extra})")


def _list_parts(built: Path, work: Path) -> None:
    """Write which packages come along, with their licences (CycloneDX)."""
    environment = work / "sbom"
    _run(Path(sys.executable), "-m", "venv", "--without-pip", environment)
    python = environment / "bin" / "python"
    wheel = next(built.glob("*.whl"))
    install = ("-m", "pip", "--python", python, "install", "--quiet")
    _run(Path(sys.executable), *install, "-c", ROOT / "constraints.txt", f"{wheel}[generator]")
    options = ("--output-reproducible", "--pyproject", ROOT / "pyproject.toml")
    command = ("-m", "cyclonedx_py", "environment", *options, "-o", built / SBOM, python)
    _run(Path(sys.executable), *command)
    print(f"{SBOM}: written")


def _run(
    interpreter: Path, *arguments: object, cwd: Path = ROOT, env: Mapping[str, str] = NO_CHANGE
) -> str:
    said = subprocess.run(
        [interpreter, *map(str, arguments)],
        cwd=cwd,
        env=os.environ | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"} | dict(env),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )
    if said.returncode:
        raise ReleaseError(f"{' '.join(map(str, arguments[:3]))} failed:\n{said.stdout}")
    return said.stdout


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


if __name__ == "__main__":
    sys.exit(main())
