"""The anomalies of one command set, as they are found: so many are listed, the others counted.

This file is copied as it is from `templates/_anomalies.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from pydicom.tag import BaseTag

from ._codec import Anomaly, Buffer
from ._dictionary import Dictionary

MOST_LISTED: Final = 32
"""How many anomalies are listed one by one; a regular command set has fewer elements."""
UNLISTED: Final = "further"
"""The kind of the anomaly that stands for those that are only counted."""

STRUCTURE: Final = "PS3.7 6.3.1"


class Anomalies:
    """What is wrong with one command set."""

    def __init__(self, data: Buffer, dictionary: Dictionary) -> None:
        self._data = data
        self._dictionary = dictionary
        self._listed: list[Anomaly] = []
        self._unlisted: Counter[str] = Counter()
        self._first_unlisted = len(data)

    @property
    def last(self) -> Anomaly | None:
        """The one that was listed last."""
        return self._listed[-1] if self._listed else None

    def note(
        self, kind: str, tag: int | None, offset: int, text: str, raw: bytes, reference: str
    ) -> None:
        """List an anomaly, or count it, if there are that many already."""
        if len(self._listed) >= MOST_LISTED:
            # They come in the order of the bytes.
            if not self._unlisted:
                self._first_unlisted = offset
            self._unlisted[kind] += 1
            return
        element = None if tag is None else self._dictionary.named(tag)
        keyword = element.keyword if element else None
        shown = None if tag is None else BaseTag(tag)
        if shown is not None:
            text = f"{element.name if element else 'the element'} {shown} {text}"
        self._listed.append(Anomaly(kind, keyword, shown, offset, text, reference, raw))

    def in_order(self) -> tuple[Anomaly, ...]:
        """Return those that are listed, and how many are not, in the order of the bytes."""
        if self._unlisted:
            self._listed.append(self._summary())
        return tuple(sorted(self._listed, key=lambda anomaly: anomaly.offset))

    def _summary(self) -> Anomaly:
        """Return how many of each kind are not listed, with the bytes that they are in."""
        counts = ", ".join(f"{number} {kind}" for kind, number in sorted(self._unlisted.items()))
        text = f"{self._unlisted.total()} more are not listed: {counts}"
        offset = self._first_unlisted
        raw = bytes(self._data[offset:])
        return Anomaly(UNLISTED, None, None, offset, text, STRUCTURE, raw)
