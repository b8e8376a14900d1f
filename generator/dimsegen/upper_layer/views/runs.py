"""The fields of a structure as runs of a fixed number of bytes, and fields between them that vary.

Invariant: every field is in exactly one part, in printed order.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..model import Contents, Field, Kind, Structure, UpperLayer
from .attributes import FORMATS, is_kept, resolved


@dataclass(frozen=True)
class Run:
    """Fields of a fixed number of bytes, one after another.

    Attributes
    ----------
    name : str
        What its `Struct` is called after.
    fields : tuple of Field
        Its fields.
    """

    name: str
    fields: tuple[Field, ...]

    @property
    def width(self) -> int:
        """How many bytes it has."""
        return sum(field.width or 0 for field in self.fields)


Part = Run | Field


def parts_of(fields: tuple[Field, ...], head: str = "head") -> tuple[Part, ...]:
    """Return the parts of `fields`; the first run is called `head`, the others by a field."""
    found: list[Part] = []
    run: list[Field] = []
    for field in (*fields, None):
        if field is not None and field.width is not None and field.contents.has_fixed_width:
            run.append(field)
            continue
        if run:
            name = head if run[0] is fields[0] else run[0].attribute
            found.append(Run(name, tuple(run)))
            run = []
        if field is not None:
            found.append(field)
    return tuple(found)


# What an item does not keep.
_UNKEPT = {Contents.TYPE, Contents.RESERVED, Contents.LENGTH}


def body_of(structure: Structure) -> tuple[Field, ...]:
    """Return the fields after the header that whoever reads the container has read."""
    if structure.kind is Kind.PDU or structure.type_code is None:
        return structure.fields
    lengths = [i for i, f in enumerate(structure.fields) if f.contents is Contents.LENGTH]
    return structure.fields[lengths[0] + 1 :]


def format_of(structure: Structure, run: Run, layer: UpperLayer) -> str:
    """Return the format of `run` for `struct`."""
    codes = []
    for field in run.fields:
        actual = resolved(field, layer)
        if actual.contents is Contents.RESERVED:
            is_stored = field is not actual or is_kept(structure, field, layer)
            count = "" if field.width == 1 else str(field.width)
            codes.append(f"{field.width}s" if is_stored else f"{count}x")
        elif actual.contents is Contents.AE_TITLE:
            codes.append(f"{field.width}s")
        else:
            codes.append(FORMATS[field.width or 1])
    return f">{''.join(codes)}"


def stored(structure: Structure, run: Run, layer: UpperLayer) -> tuple[Field, ...]:
    """Return the fields of `run` that have a place in its format."""
    return tuple(
        field
        for field in run.fields
        if field.contents is not Contents.RESERVED or is_kept(structure, field, layer)
    )


def is_untyped(structure: Structure) -> bool:
    """Return whether nothing but its place tells what it is."""
    return structure.type_code is None


def keeps_bytes(structure: Structure) -> bool:
    """Return whether an item is encoded once, when it is made: it never changes."""
    return structure.kind is not Kind.PDU and not is_untyped(structure)


def is_name(structure: Structure) -> bool:
    """Return whether an item holds a UID and nothing else."""
    kept = [each for each in structure.fields if each.contents not in _UNKEPT]
    body = [field.contents for field in body_of(structure)]
    return body == [each.contents for each in kept] == [Contents.UID]
