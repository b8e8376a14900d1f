"""What came of holding an edition of the standard against the schemas.

Everything that the tables print is compared, and a table that is missing is said to be. A finding
reads from the standard to the schemas: old is what is printed, new is what they say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..table.erratum import Erratum
from .finding import Finding


@dataclass(frozen=True)
class Verification:
    """What came of a comparison.

    Attributes
    ----------
    name : str
        The part and its edition, e.g. ``PS3.7 2024a``.
    page, schema : object
        What the tables print, and what the schemas say, as the loader of the family gives it.
    findings : tuple of Finding
        What differs.
    explained : tuple of (Finding, Erratum)
        What differs because the standard contradicts itself there, and how that was decided.
    missing : mapping of str to str
        The labels of the tables that were not found, and what they are about.
    alone : mapping of str to str
        The labels of the tables that were found and not compared, and why.
    compared : tuple of (int, str)
        How much was compared, and of what.
    edition : str
        The edition that the schemas state, where they say so; all of them, should they differ.
    elsewhere : tuple of str
        What the schemas have that other documents print, each with its document.
    """

    name: str
    page: Any
    schema: Any
    findings: tuple[Finding, ...]
    explained: tuple[tuple[Finding, Erratum], ...]
    missing: Mapping[str, str]
    alone: Mapping[str, str]
    compared: tuple[tuple[int, str], ...]
    edition: str = ""
    elsewhere: tuple[str, ...] = ()

    @property
    def agrees(self) -> bool:
        """Whether everything was there, and nothing differs but for known errata."""
        return not (self.findings or self.missing or self.alone)

    def and_also(self, other: Verification) -> Verification:
        """Return both as one: two families have tables in the same part."""
        counts = {noun: number for number, noun in self.compared}
        for number, noun in other.compared:
            counts[noun] = counts.get(noun, 0) + number
        return Verification(
            self.name,
            self.page,
            self.schema,
            self.findings + other.findings,
            self.explained + other.explained,
            {**self.missing, **other.missing},
            {**self.alone, **other.alone},
            tuple((number, noun) for noun, number in counts.items()),
            " and ".join(dict.fromkeys(filter(None, (self.edition, other.edition)))),
            self.elsewhere + other.elsewhere,
        )
