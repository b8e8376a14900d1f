"""How a command ends: an exit code, or the reason why there is no answer."""

from __future__ import annotations

DONE = 0
DRIFT = 1
FAILED = 2


class CommandError(Exception):
    """The command cannot give an answer; the text says why and what to do."""
