"""The attributes that there are: those of the dictionary, and private ones.

A private attribute is known by its group, its creator and the last two digits of its element; which
block of elements the creator has, each data set says for itself (PS3.5 7.8.1). Tables name it by a
tag with a block of their own for each creator, to which data sets are brought before they are read.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from pydicom.datadict import dictionary_description, dictionary_VM, dictionary_VR, tag_for_keyword

from ...reading.position import Position

# PS3.5 7.8.1: the blocks that a group has.
FIRST_BLOCK, LAST_BLOCK = 0x10, 0xFF


@dataclass(frozen=True)
class PrivateAttribute:
    """A private attribute.

    Attributes
    ----------
    keyword, name, vr, vm : str
        As tables name it, and as the dictionary would have it.
    creator : str
        Who has reserved the block that it is in.
    group, element : int
        Its group, which is odd, and the last two digits of its element.
    block : int
        The block that tables have it in.
    """

    keyword: str
    name: str
    creator: str
    group: int
    element: int
    block: int
    vr: str
    vm: str
    position: Position = field(compare=False)

    @property
    def tag(self) -> int:
        """The tag by which tables name it."""
        return self.group << 16 | self.block << 8 | self.element

    @property
    def on_the_wire(self) -> str:
        """What of it stands in data sets, in words: ``HATCHES 1.0 (0041,xx01) LO``."""
        return f"{self.creator} ({self.group:04X},xx{self.element:02X}) {self.vr}"


@dataclass(frozen=True)
class Dictionary:
    """What keywords mean; `private` has the private attributes by keyword."""

    private: Mapping[str, PrivateAttribute] = field(default_factory=dict)

    def tag(self, keyword: str) -> int | None:
        """Return the tag of an attribute, None if there is none of that keyword."""
        own = self.private.get(keyword)
        return own.tag if own else tag_for_keyword(keyword)

    def vr(self, keyword: str) -> str:
        """Return its VR; of several, the first."""
        own = self.private.get(keyword)
        return own.vr if own else dictionary_VR(keyword)[:2]

    def name(self, keyword: str) -> str:
        """Return its name."""
        own = self.private.get(keyword)
        return own.name if own else dictionary_description(keyword)

    def facts(self, keyword: str) -> tuple[str, str, str]:
        """Return its name, VR and VM, as they are printed."""
        own = self.private.get(keyword)
        if own:
            return own.name, own.vr, own.vm
        return _printed(keyword)


@lru_cache(maxsize=4096)  # as many tables have the same attributes
def _printed(keyword: str) -> tuple[str, str, str]:
    return dictionary_description(keyword), dictionary_VR(keyword), dictionary_VM(keyword)
