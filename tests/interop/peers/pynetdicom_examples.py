"""The examples in the documentation of pynetdicom, run as they are printed.

Invariant: an example is one program, in a process of its own, with pynetdicom as it is published;
of its text only the port of its peer and the path of its image are others.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tarfile
from importlib.metadata import version
from pathlib import Path
from textwrap import dedent

from .record import Program

NAME, VERSION = "pynetdicom", version("pynetdicom")
_BLOCK = re.compile(r"^\.\. code-block:: python\n\n((?:(?:    .*)?\n)+)", re.MULTILINE)
_PORT, _IMAGE = "11112", "path/to/file.dcm"
_PATIENCE = 60.0


def program(name: str) -> Program:
    """Return the example `name` as what it is: a program of a peer."""
    return Program(NAME, VERSION, name)


def fetched(folder: Path) -> Path:
    """Return the folder of examples of the version that is installed, as it is published."""
    wanted = f"{NAME}=={VERSION}"
    pip = (sys.executable, "-m", "pip", "download", "--quiet", "--no-deps")
    source = ("--no-binary", NAME, "--dest", str(folder))
    subprocess.run([*pip, *source, wanted], check=True, capture_output=True)
    (archive,) = folder.glob("*.tar.gz")
    with tarfile.open(archive) as packed:
        examples = [each for each in packed.getmembers() if "/docs/examples/" in each.name]
        packed.extractall(folder, examples, filter="data")
    return next(folder.glob("*/docs/examples"))


def code_of(page: Path, *, first: int, last: int) -> str:
    """Return the blocks of code of a page, from the one to the other, as one program."""
    blocks = [dedent(block) for block in _BLOCK.findall(page.read_text("utf-8"))]
    return "\n".join(blocks[first : last + 1])


def run(code: str, port: int, image: Path, folder: Path) -> str:
    """Run an example against our `port`; return what it printed."""
    text = code.replace(_PORT, str(port)).replace(_IMAGE, image.as_posix())
    file = folder / "example.py"
    file.write_text(text, "utf-8")
    said = subprocess.run(
        [sys.executable, file],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=_PATIENCE,
        check=False,
    )
    return said.stdout + said.stderr
