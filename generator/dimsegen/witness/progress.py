"""Say how far long work has come: on a terminal, after a second, on one line that goes away."""

from __future__ import annotations

import sys
import time

_PATIENCE = 1.0
_ERASE = "\r\x1b[K"


class Progress:
    """The progress of `total` parts of some work."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._done = 0
        self._started = time.monotonic()
        self._is_shown = False

    def start(self, what: str) -> None:
        """Say which part is next, if the work takes long enough."""
        is_slow = time.monotonic() - self._started > _PATIENCE
        if is_slow and sys.stderr.isatty():
            self._is_shown = True
            sys.stderr.write(f"{_ERASE}verifying {what} ({self._done} of {self._total} done)")
            sys.stderr.flush()
        self._done += 1

    def close(self) -> None:
        """Take the line away."""
        if self._is_shown:
            sys.stderr.write(_ERASE)
            sys.stderr.flush()
