"""How far an audit is, on a terminal: what is left is told by the sizes of the files."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from time import monotonic
from typing import Final

_EVERY: Final = 0.5
_AFTER: Final = 1.5


class Progress:
    """Writes a line that it writes over; nothing where standard error is no terminal."""

    def __init__(self, names: Sequence[str]) -> None:
        self._is_shown = bool(sys.stderr and sys.stderr.isatty())
        self._sizes = {name: _size(name) for name in names} if self._is_shown else {}
        self._total = sum(self._sizes.values())
        self._before = 0
        self._started = self._last = monotonic()
        self._has_written = False

    def read(self, size: int) -> None:
        """Take note that `size` bytes of a file have been read."""
        if not self._is_shown:
            return
        now = monotonic()
        if now - self._last < _EVERY or now - self._started < _AFTER:
            return
        self._last = now
        done = self._before + size
        rate = done / (now - self._started)
        text = f"{done / 1e6:.0f} MB read, {rate / 1e6:.0f} MB/s"
        if self._total > done:
            text += f", {(self._total - done) / max(rate, 1):.0f} s left"
        self._write(text)

    def done(self, name: str) -> None:
        """Take note that a file has been read."""
        if self._is_shown:
            self._before += self._sizes.get(name, 0)
            self.read(0)

    def end(self) -> None:
        """Remove the line."""
        if self._has_written:
            self._write("")

    def _write(self, text: str) -> None:
        self._has_written = True
        with suppress(OSError):
            sys.stderr.write(f"\r\033[K{text}")
            sys.stderr.flush()


def _size(name: str) -> int:
    try:
        return os.stat(name).st_size
    except OSError:
        return 0
