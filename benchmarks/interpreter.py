"""Run code in a fresh interpreter, as it would run for a user.

Invariant: .pyc files are written and used, whatever the environment says, so that only the first
of several runs compiles anything.
"""

from __future__ import annotations

import os
import subprocess
import sys

_NO_PYC = "PYTHONDONTWRITEBYTECODE"


def run_fresh(code: str, *arguments: str) -> str:
    """Return what `code` prints in an interpreter of its own; what goes wrong ends in an error."""
    environment = {key: value for key, value in os.environ.items() if key != _NO_PYC}
    command = [sys.executable, "-c", code, *arguments]
    done = subprocess.run(command, env=environment, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout
