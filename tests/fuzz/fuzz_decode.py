"""Fuzz `decode` with atheris: what `oracle` says must hold, for bytes that coverage leads to.

Invariant: a finding is an exception, so that libFuzzer keeps the bytes; without one this says, at
the end, how much was tried. `README.md` says how to run it, and what to do with a finding.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import atheris  # type: ignore[import-not-found, import-untyped, unused-ignore]

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

# Of what this imports, the modules of the package are instrumented.
with atheris.instrument_imports(include=["dimse_primitives"]):
    import dimse_primitives  # noqa: F401

from tests.fuzz.command_sets import KEYWORDS, VRS, kinds, regular
from tests.fuzz.oracle import check

CHILD = "FUZZ_DECODE_CHILD"
"""Set in the environment of the process that fuzzes: it ends without cleaning up."""

VALUES = {
    "AE": "TITLE",
    "AT": [0x00100010, 0x7FE00010],
    "LO": "a comment",
    "UI": "1.2.840.10008.1.1",
    "US": 2,
}
DATA_SETS = (None, b"", b"\0\0")


def seeds() -> list[bytes]:
    """Return the least and the most that each message carries, with every choice of data set."""
    found = []
    for kind in kinds():
        values = {key: VALUES[VRS[key]] if key in VRS else b"\0\0" for key in kind.parameters}
        needed = {key: values[key] for key in kind.mandatory}
        for given in (needed, values):
            found += [bytes([choice]) + regular(kind, given) for choice in range(len(DATA_SETS))]
    return found


def dictionary() -> list[bytes]:
    """Return what libFuzzer may insert: the headers of all elements, lengths, Command Fields."""
    headers = [b"\0\0" + tag.to_bytes(2, "little") for tag in KEYWORDS]
    sizes = [size.to_bytes(4, "little") for size in (0, 1, 2, 3, 4, 0x7FFFFFFF, 0xFFFFFFFF)]
    fields = [kind.command_field.to_bytes(2, "little") for kind in kinds()]
    return [*headers, *sizes, *fields, b"\1\1", b"\\", b"1.2.840.10008"]


def quoted(word: bytes) -> str:
    """Return a word as libFuzzer's dictionaries have it."""
    return "".join(f"\\x{byte:02x}" for byte in word)


def try_one(data: bytes) -> None:
    """Check what is after the first byte, with the data set that the first byte says."""
    if data:
        check(data[1:], DATA_SETS[data[0] % len(DATA_SETS)])


def fuzz(arguments: list[str]) -> None:
    """Run libFuzzer in this process, which it ends."""
    atheris.Setup(arguments, try_one)
    atheris.Fuzz()


def main(arguments: list[str]) -> int:
    """Run another process that fuzzes, with the seeds, and return its exit code.

    A folder among `arguments` is the corpus to begin with and to add to; a file is tried alone.
    """
    with tempfile.TemporaryDirectory(prefix="fuzz-decode-") as folder:
        start = Path(folder, "seeds")
        start.mkdir()
        for number, seed in enumerate(seeds()):
            (start / f"{number:03}").write_bytes(seed)
        words = Path(folder, "words")
        words.write_text("".join(f'"{quoted(word)}"\n' for word in dictionary()))
        command = [sys.executable, __file__, "-print_final_stats=1", f"-dict={words}", *arguments]
        if not any(Path(argument).is_file() for argument in arguments):
            command.append(str(start))
        return subprocess.run(command, env=os.environ | {CHILD: "1"}, check=False).returncode


if __name__ == "__main__":
    if CHILD in os.environ:
        fuzz(sys.argv)
    else:
        sys.exit(main(sys.argv[1:]))
