"""What an explanation is made of, for whatever prints it.

An explanation is a list of blocks; no printer decides what is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias


@dataclass(frozen=True)
class Heading:
    """What follows is about this; the first of an explanation is its title."""

    text: str
    is_title: bool = False


@dataclass(frozen=True)
class Paragraph:
    """A sentence or more."""

    text: str


@dataclass(frozen=True)
class Pairs:
    """Names with what is to be said of each."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Code:
    """Python that was run, and what came of it.

    Attributes
    ----------
    verdict : str
        ``valid`` or ``invalid``.
    words : tuple of str
        What the generated code says to it.
    """

    verdict: str
    source: str
    words: tuple[str, ...] = ()


Block: TypeAlias = Heading | Paragraph | Pairs | Code


class UnknownSubjectError(ValueError):
    """Nothing has the name that is asked about; the text says what may be meant.

    Parameters
    ----------
    text : str
        What is wrong.
    is_sure : bool, optional
        Whether the subject is one of this family: its service is known, and a parameter is not.
    """

    def __init__(self, text: str, *, is_sure: bool = True) -> None:
        super().__init__(text)
        self.is_sure = is_sure
