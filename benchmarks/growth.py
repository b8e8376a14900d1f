"""How the time to generate grows with the number of services.

Invariant: a folder of any size holds the real services and copies of them, in turn, under new
names and command fields, so that the mix is the same at every size. What counts is CPU time in
this process, garbage collector on, as in the command itself: neighbours on the machine do not show.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import redirect_stdout
from io import StringIO
from pathlib import Path
from string import ascii_uppercase
from tempfile import TemporaryDirectory
from time import process_time_ns

from dimsegen.cli import main

from .generate import SCHEMAS
from .result import Measure, Result, Unit

SIZES = (125, 250, 500, 1000)
LIMIT = 1.5
_FIRST_COMMAND_FIELD = 0x1000
_RESPONSE = 0x8000
_CANCEL = 0x0FFF
_COMMAND_FIELD = re.compile(r"(CommandField: .*\bvalue: )0x([0-9A-Fa-f]{4})")


def measure_growth() -> Iterator[Result]:
    """Generate ever more services; the smallest number stands for 'theirs'."""
    smallest = time_per_service(SIZES[0])
    for size in SIZES[1:]:
        limit = LIMIT if size == SIZES[-1] else None
        name = f"growth: a service, {size} to {SIZES[0]}"
        each = time_per_service(size)
        yield Result(name, each, smallest, Unit.NANOSECONDS, Measure.SHARE, limit)


def time_per_service(size: int) -> float:
    """Return the nanoseconds of CPU time that each of `size` services takes to generate."""
    with TemporaryDirectory() as folder:
        schemas = Path(folder, "schemas")
        make_schemas(schemas, size)
        arguments = ["generate", "--schemas", str(schemas), "--output", folder]
        start = process_time_ns()
        with redirect_stdout(StringIO()):
            code = main(arguments)
        elapsed = process_time_ns() - start
    if code:
        raise RuntimeError(f"dimsegen generate returned {code} for {size} services")
    return elapsed / size


def make_schemas(folder: Path, size: int) -> None:
    """Make a folder of schemas with `size` services."""
    shutil.copytree(SCHEMAS, folder)
    real = sorted((SCHEMAS / "services").glob("*.yaml"))
    for number in range(size - len(real)):
        name, text = copy_service(real[number % len(real)].read_text(encoding="utf-8"), number)
        file = f"{name.lower().replace('-', '_')}.yaml"
        (folder / "services" / file).write_text(text, encoding="utf-8")


def copy_service(text: str, number: int) -> tuple[str, str]:
    """Return a name of its own for copy `number` of a service, and the text of its file."""
    letters = "".join(ascii_uppercase[number // 26**place % 26] for place in (2, 1, 0))
    text = re.sub(r"^(service: \S+)", rf"\1-{letters}", text, flags=re.MULTILINE)
    text = re.sub(r"^(    name: \S+)-(RQ|RSP)$", rf"\1-{letters}-\2", text, flags=re.MULTILINE)
    name = re.search(r"^service: (\S+)", text, re.MULTILINE)
    if name is None:
        raise ValueError("no line with the name of the service")

    def command_field(match: re.Match[str]) -> str:
        value = int(match[2], 16)
        if value == _CANCEL:
            return match[0]
        return f"{match[1]}0x{_FIRST_COMMAND_FIELD + number | value & _RESPONSE:04X}"

    return name[1], _COMMAND_FIELD.sub(command_field, text)
