"""Accept single findings: match the entries of `waivers.yaml`, and write them.

An entry accepts one change of one cell, exactly; nothing else is ever accepted with it.
"""

from __future__ import annotations

from .edit import EditError, add, prune
from .match import Matched, match

__all__ = ["EditError", "Matched", "add", "match", "prune"]
