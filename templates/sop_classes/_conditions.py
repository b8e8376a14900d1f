"""The conditions that a data set itself decides.

Invariant: a condition is asked about the item that its row is in, with the items around it.

This file is copied as it is from `templates/sop_classes/_conditions.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from ._data_set import Item, Value
from ._element_values import has_extended_characters, is_empty, is_zero, texts

# The data set, an item of a sequence in it, an item of a sequence in that: the last is meant.
Levels: TypeAlias = "tuple[Item, ...]"


class Attribute:
    """An attribute that a condition names.

    Parameters
    ----------
    name : str
        Its name, as the dictionary has it.
    vr : str
        Its VR.
    tags : int
        The tags of the sequences on the way down to it, and its own.
    up : int, optional
        How many levels up the first of them is.
    """

    __slots__ = ("name", "tags", "up", "vr")

    def __init__(self, name: str, vr: str, *tags: int, up: int = 0) -> None:
        self.name = name
        self.vr = vr
        self.tags = tags
        self.up = up

    def values(self, levels: Levels) -> Iterator[Value]:
        """Yield the value in every item that may have it, where it is there."""
        items = [levels[-1 - self.up]] if self.up < len(levels) else []
        for tag in self.tags[:-1]:
            items = [
                inner for item in items if type(value := item.get(tag)) is list for inner in value
            ]
        for item in items:
            if (value := item.get(self.tags[-1])) is not None:
                yield value

    def is_present(self, levels: Levels) -> bool:
        """Return whether it is there at all."""
        if not self.up and len(self.tags) == 1:
            return self.tags[0] in levels[-1]
        return any(True for _ in self.values(levels))

    def __str__(self) -> str:
        return self.name


class Condition:
    """Something that holds for an item, or does not; as text, it says when."""

    __slots__ = ()

    def holds(self, levels: Levels) -> bool:
        """Return whether it holds for the last of `levels`."""
        raise NotImplementedError


class _OfAttributes(Condition):
    __slots__ = ("attributes",)

    def __init__(self, *attributes: Attribute) -> None:
        self.attributes = attributes

    def _said(self, one: str, several: str, word: str = "and") -> str:
        names = f" {word} ".join(map(str, self.attributes))
        return f"{names} {one if len(self.attributes) == 1 else several}"


class Absent(_OfAttributes):
    """None of the attributes is there."""

    __slots__ = ()

    def holds(self, levels: Levels) -> bool:
        return not any(each.is_present(levels) for each in self.attributes)

    def __str__(self) -> str:
        return self._said("is absent", "are absent")


class Present(_OfAttributes):
    """All of the attributes are there."""

    __slots__ = ()

    def holds(self, levels: Levels) -> bool:
        return all(each.is_present(levels) for each in self.attributes)

    def __str__(self) -> str:
        return self._said("is present", "are present")


class WithValue(_OfAttributes):
    """All of the attributes are there, and none is empty."""

    __slots__ = ()

    def holds(self, levels: Levels) -> bool:
        return all(
            any(not is_empty(value, each.vr) for value in each.values(levels))
            for each in self.attributes
        )

    def __str__(self) -> str:
        return self._said("has a value", "have values")


class NonZero(_OfAttributes):
    """All of the attributes are there, and none is 0."""

    __slots__ = ()

    def holds(self, levels: Levels) -> bool:
        return all(
            any(not is_zero(value, each.vr) for value in each.values(levels))
            for each in self.attributes
        )

    def __str__(self) -> str:
        return self._said("is not 0", "are not 0")


class _OfValues(Condition):
    __slots__ = ("attribute", "meant")

    def __init__(self, attribute: Attribute, *meant: str) -> None:
        self.attribute = attribute
        self.meant = meant

    def _found(self, levels: Levels) -> Iterator[bool]:
        """Yield for each value that is there whether it is one of those that are meant."""
        for value in self.attribute.values(levels):
            given = texts(value, self.attribute.vr)
            yield any(each in self.meant for each in given)


class ValueIs(_OfValues):
    """The attribute has one of the values."""

    __slots__ = ()

    def holds(self, levels: Levels) -> bool:
        return any(self._found(levels))

    def __str__(self) -> str:
        return f"{self.attribute} is {' or '.join(self.meant)}"


class ValueIsNot(_OfValues):
    """The attribute is there, and has none of the values."""

    __slots__ = ()

    def holds(self, levels: Levels) -> bool:
        found = list(self._found(levels))
        return bool(found) and not any(found)

    def __str__(self) -> str:
        return f"{self.attribute} is not {' or '.join(self.meant)}"


class ExtendedCharacters(Condition):
    """A text has characters that the default repertoire lacks."""

    __slots__ = ()

    def holds(self, levels: Levels) -> bool:
        return has_extended_characters(levels[0])

    def __str__(self) -> str:
        return "a text has characters beyond the default repertoire"


class _OfConditions(Condition):
    __slots__ = ("parts",)

    def __init__(self, *parts: Condition) -> None:
        self.parts = parts


class AnyOf(_OfConditions):
    """One of the conditions holds."""

    __slots__ = ()

    def holds(self, levels: Levels) -> bool:
        return any(part.holds(levels) for part in self.parts)

    def __str__(self) -> str:
        return ", or ".join(map(str, self.parts))


class AllOf(_OfConditions):
    """All of the conditions hold."""

    __slots__ = ()

    def holds(self, levels: Levels) -> bool:
        return all(part.holds(levels) for part in self.parts)

    def __str__(self) -> str:
        return " and ".join(map(str, self.parts))


class Not(_OfConditions):
    """The condition does not hold."""

    __slots__ = ()

    def holds(self, levels: Levels) -> bool:
        return not self.parts[0].holds(levels)

    def __str__(self) -> str:
        return f"not ({self.parts[0]})"
