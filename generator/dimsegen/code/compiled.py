"""A rendered module is compiled once, to be checked as to be run, in any number of versions."""

from __future__ import annotations

from functools import lru_cache
from types import CodeType


@lru_cache(maxsize=512)  # two versions of all families
def compiled(file: str, source: bytes) -> CodeType:
    """Return the code of a module.

    Raises
    ------
    SyntaxError, ValueError
        If it is not Python.
    """
    return compile(source, f"<{file}>", "exec", dont_inherit=True)
