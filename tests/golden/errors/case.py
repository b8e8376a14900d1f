r"""A case: what an editor did to the schemas of `base`, and what `dimsegen` says to it.

Invariant: a case file is all there is to know of a case. It starts with a sentence about the
mistake; then come the edits, as in a diff, and after ``=== expected`` the standard error output.

    The dash is not in quotes.

    --- services/x_ping.yaml
    -   EchoUID:     {request: "-", response: U, equals: RouteUID}
    +   EchoUID:     {request: -, response: U, equals: RouteUID}
    === expected
    schemas/services/x_ping.yaml:11:26: request: - needs quotes, …

Lines that start with two blanks are there before and after. Lines in a row belong together and must
be in the file once; what is taken out after something was put in, or below ``...``, is elsewhere.
What follows the path of a file changes what is done with it: ``new``, ``removed``, ``renamed
NAME``, ``folder``, ``fifo``, ``link TARGET``, ``saved as ENCODING``, ``with CRLF`` and ``with
escapes`` (``\t``, ``\x07`` … in the lines that are put in). A line that starts with ``$`` gives the
arguments of `dimsegen`, where they are not those of `ARGUMENTS`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
BASE = HERE / "base"
ARGUMENTS = "generate --schemas schemas --output out"
_EXPECTED = "=== expected\n"
_ELSEWHERE = "..."


@dataclass(frozen=True)
class Edit:
    """What is done to one file: `lines` are those of the case file, with their first two marks."""

    path: str
    how: str
    lines: tuple[str, ...]

    def apply(self, folder: Path) -> None:
        """Make the edit in `folder`."""
        path = folder / self.path
        how, _, argument = self.how.partition(" ")
        match how:
            case "removed":
                shutil.rmtree(path) if path.is_dir() else path.unlink()
            case "renamed":
                path.rename(path.with_name(argument))
            case "folder":
                path.mkdir()
            case "fifo":
                os.mkfifo(path)
            case "link":
                path.symlink_to(argument)
            case "new":
                path.write_text(self._added(), encoding="utf-8")
            case _:
                path.write_bytes(self._encoded(self._edited(path.read_text(encoding="utf-8"))))

    def _added(self) -> str:
        return "".join(f"{line[2:]}\n" for line in self.lines if line[:1] == "+")

    def _edited(self, text: str) -> str:
        lines = text.split("\n")
        for hunk in self._hunks():
            before = [line[2:] for line in hunk if line[:1] != "+"]
            after = [self._unescaped(line) for line in hunk if line[:1] != "-"]
            size = len(before)
            found = [n for n in range(len(lines)) if lines[n : n + size] == before]
            assert len(found) == 1, f"{self.path}: {len(found)} times: {before}"
            lines[found[0] : found[0] + size] = after
        return "\n".join(lines)

    def _unescaped(self, line: str) -> str:
        is_escaped = self.how == "with escapes" and line[:1] == "+"
        return line[2:].encode().decode("unicode_escape") if is_escaped else line[2:]

    def _hunks(self) -> Iterator[list[str]]:
        """Yield the blocks of lines that belong together."""
        hunk: list[str] = []
        for line, after in zip(self.lines, (*self.lines[1:], _ELSEWHERE), strict=True):
            hunk += [] if line == _ELSEWHERE else [line]
            if hunk and (after == _ELSEWHERE or (line[:1] == "+" and after[:1] == "-")):
                yield hunk
                hunk = []

    def _encoded(self, text: str) -> bytes:
        if self.how == "with CRLF":
            return text.replace("\n", "\r\n").encode()
        return text.encode(self.how.removeprefix("saved as ") if "saved" in self.how else "utf-8")


@dataclass(frozen=True)
class Case:
    """A case file."""

    path: Path
    head: str
    expected: str
    base: Path = BASE

    @property
    def name(self) -> str:
        """The name of the case: the rule that is broken and, after a full stop, how."""
        return self.path.stem

    @property
    def rule(self) -> str:
        """The rule that is broken."""
        return self.name.partition(".")[0]

    @property
    def arguments(self) -> list[str]:
        """The words after ``dimsegen``."""
        lines = [line[2:] for line in self.head.split("\n") if line.startswith("$ ")]
        return (lines[0] if lines else ARGUMENTS).split()

    @property
    def edits(self) -> Iterator[Edit]:
        """What the editor did, file by file."""
        for block in self.head.split("\n--- ")[1:]:
            title, *lines = block.rstrip("\n").split("\n")
            path, _, how = title.partition(" ")
            yield Edit(path, how, tuple(line for line in lines if line))

    def prepare(self, folder: Path) -> None:
        """Put the schemas of the case into `folder`."""
        shutil.copytree(self.base, folder / "schemas")
        for edit in self.edits:
            edit.apply(folder / "schemas")

    def accept(self, output: str) -> None:
        """Make `output` the one that is expected."""
        self.path.write_text(f"{self.head}{_EXPECTED}{output}", encoding="utf-8")


def read_case(path: Path, base: Path = BASE) -> Case:
    """Return the case in the file `path`, which edits the schemas of `base`."""
    head, mark, expected = path.read_text(encoding="utf-8").partition(_EXPECTED)
    assert mark, f"{path}: no {_EXPECTED!r}"
    return Case(path, head, expected, base)


def read_cases(folder: str) -> list[Case]:
    """Return the cases in `folder`, by name."""
    return [read_case(path) for path in sorted((HERE / folder).glob("*.txt"))]
