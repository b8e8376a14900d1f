"""What is the same all through the function that reads one structure."""

from __future__ import annotations

from collections.abc import Iterator

from ...code import layout
from ..model import Contained, Contents, Field, Kind, Structure, UpperLayer, snake_class
from .attributes import resolved
from .runs import body_of, is_name, is_untyped, parts_of


def decoder_name(class_name: str) -> str:
    """Return the function that reads a structure."""
    return f"decode_{snake_class(class_name)}"


def known_name(class_name: str) -> str:
    """Return the function that knows the item with a name."""
    return f"known_{snake_class(class_name)}"


def regular_name(class_name: str) -> str:
    """Return the function that knows the item with some bytes, if all of it is regular."""
    return f"regular_{snake_class(class_name)}"


def is_remembered(structure: Structure, layer: UpperLayer) -> bool:
    """Return whether items of this kind are remembered as a whole: those right below a PDU."""
    return not (is_name(structure) or is_untyped(structure)) and any(
        each.class_name == structure.class_name
        for other in layer.structures.values()
        if other.kind is Kind.PDU
        for each in other.contains
    )


class Decoded:
    """A structure that is read: its parts, and how they are called in the function.

    Parameters
    ----------
    structure : Structure
        The structure.
    layer : UpperLayer
        Where the items that it contains are found.
    """

    def __init__(self, structure: Structure, layer: UpperLayer) -> None:
        self.structure, self.layer = structure, layer
        self.is_pdu = structure.kind is Kind.PDU
        self.is_untyped = is_untyped(structure)
        head = "head" if self.is_pdu or self.is_untyped else "body"
        self.parts = parts_of(body_of(structure), head)

    @property
    def has_own_fragment(self) -> bool:
        """Whether one of its own fields is a fragment of a message."""
        return any(f.contents is Contents.FRAGMENT for f in self.structure.fields)

    def short(self) -> Iterator[str]:
        """Yield the branch for fewer bytes than the fields have."""
        name = layout.literal(self.printed_name)
        if self.is_untyped:
            yield f"    raise cut({name}, position)"
        else:
            yield f"    notes.short({name}, data, start, end, WHERE)"
            yield "    return None"

    @property
    def printed_name(self) -> str:
        """Its name in messages."""
        return self.structure.name.removesuffix(" PDU")

    def local(self, field: Field) -> str:
        """Return the variable that holds what is read of `field`."""
        actual = resolved(field, self.layer)
        if actual.contents is Contents.AE_TITLE:
            return f"raw_{actual.attribute}"
        return actual.attribute

    def named(self, printed: str) -> str:
        """Return the attribute of the field that is called `printed`."""
        return next(f for f in self.structure.fields if f.name == printed).attribute

    def length_of(self, field: Field) -> str:
        """Return the attribute with the length of `field`; empty where none gives it."""
        for other in self.structure.fields:
            if other.contents is Contents.LENGTH and other.of == field.name:
                return other.attribute
        return ""

    def stop_of(self, field: Field) -> tuple[str, list[str]]:
        """Return the variable that says where `field` ends, and the lines that find it out."""
        length = self.length_of(field)
        if not length:
            return "end", []
        return "stop", [f"stop = position + {length}", "if stop > end:", *self.short()]

    def inside(self, each: Contained) -> Structure:
        """Return the item that the structure contains as `each`."""
        return self.layer.structures[each.class_name]
