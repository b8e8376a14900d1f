"""What `dimsegen show` can print, for whatever has it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Shown:
    """A table that can be printed.

    Attributes
    ----------
    kind : str
        What it is, in a word or two: ``primitive``.
    name : str
        Its name, e.g. ``N-GET``.
    reference : str
        Where it is printed.
    formats : mapping of str to callable
        What prints it as ``table``, ``json`` and ``rst``.
    also : tuple of str
        Other names by which it may be asked for.
    """

    kind: str
    name: str
    summary: str
    reference: str
    formats: Mapping[str, Callable[[], str]]
    also: tuple[str, ...] = ()
