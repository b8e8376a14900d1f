"""What is peculiar to the rules of captured dialogues, as data.

They are of no part of the standard alone: each names its clause with the part.
"""

from __future__ import annotations

from ..families import Family

FAMILY = Family(
    name="audit",
    part="",
    document="",
    page="",
    base="",
    legend={},
    usages=(),
    folder="audit",
)
