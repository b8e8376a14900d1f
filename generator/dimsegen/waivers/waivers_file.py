"""The file of waivers of a folder.

What is written is read again before it is: it holds the waivers of before, with the one more or
less that was asked for, or nothing is written.
"""

from __future__ import annotations

from pathlib import Path

from ..command_line.outcome import CommandError
from ..reading.places import shown_path
from ..reading.problems import SchemaError
from ..reading.regular import read_regular
from ..style import format_text
from ..table.waiver import Waiver
from ..table.waivers import WAIVERS as SHAPE
from ..table.waivers import load_waivers
from ..writer import write_file

WAIVERS = "waivers.yaml"


class WaiversFile:
    """The file, as it was when it was read.

    Attributes
    ----------
    path : pathlib.Path
        Where it is.
    text : str
        What it says, empty where there is none.
    """

    def __init__(self, folder: Path) -> None:
        self.path = folder / WAIVERS
        try:
            self.text = read_regular(self.path).decode("utf-8-sig")
        except FileNotFoundError:
            self.text = ""
        except OSError as error:
            raise CommandError(f"{self.path}: {error.strerror}") from error
        except UnicodeDecodeError as error:
            text = f"{self.path}: no text in UTF-8: save the file as UTF-8"
            raise CommandError(text) from error

    def entries(self) -> tuple[Waiver, ...]:
        """Return its waivers.

        Raises
        ------
        CommandError
            With everything that is wrong with it.
        """
        try:
            return self._entries_of(self.text)
        except SchemaError as error:
            raise CommandError(error.explain()) from error

    def replace(self, text: str, expected: int) -> None:
        """Write `text` in its place, if that holds as many waivers as are expected.

        Raises
        ------
        CommandError
            If it does not, or cannot be written.
        """
        by_hand = f"{self.path}: change it by hand"
        try:
            # What `fmt` has not seen keeps the form it has.
            if not self.text.strip() or self._formatted(self.text) == self.text:
                text = self._formatted(text)
            number = len(self._entries_of(text))
        except SchemaError as error:
            raise CommandError(f"{error.explain()}\n{by_hand}") from error
        if number != expected:
            raise CommandError(f"{self.path}: is not written an entry a line: change it by hand")
        try:
            write_file(self.path, text.encode("utf-8"))
        except OSError as error:
            raise CommandError(f"{self.path}: {error.strerror}") from error

    def _entries_of(self, text: str) -> tuple[Waiver, ...]:
        return load_waivers(text, str(shown_path(self.path)))

    def _formatted(self, text: str) -> str:
        # No keyword stands in a column here, so that no width is needed.
        return format_text({"waivers": SHAPE}, "waivers", text, 0, str(self.path))
