"""What the rows of PDUs say of all of them: headers, widths, what a number may be, names.

Invariant: the loader has seen that rows which say the same thing agree, so the first one counts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...code.layout import bracketed, literal
from ..model import FRAGMENT_HEADER, Contents, Field, Kind, Structure, UpperLayer
from .attributes import FORMATS, context_id_words, context_ids, largest_in
from .runs import Run, format_of, is_name, parts_of
from .structure import type_code_of, where_of
from .user_data import clause_of


@dataclass(frozen=True)
class Constant:
    """A constant of the package: what it is for, its name, its value."""

    comment: str
    name: str
    value: str


def facts_of(layer: UpperLayer) -> tuple[Constant, ...]:
    """Return what the rows of PDUs and items say of all of them."""
    return tuple(_facts(layer))


def _facts(layer: UpperLayer) -> Iterator[Constant]:
    for structure in _first_of_each_kind(layer):
        fields = structure.header
        names = ", ".join(field.name for field in fields)
        what, name = ("a PDU", "PDU") if structure.kind is Kind.PDU else ("an item", "ITEM")
        comment = f"What {what} begins with: {names} (PS3.8 9.3.1)."
        yield Constant(comment, f"{name}_HEADER", f'Struct("{_format(fields)}")')
    yield _names_of_pdus(layer)
    title = _first(layer, Contents.AE_TITLE)
    if title:
        yield Constant(
            f"How many characters an AE title has at most ({where_of(title[0])}).",
            "AE_TITLE_LENGTH",
            str(title[1].width),
        )
    version = _first(layer, Contents.VERSION)
    if version:
        structure, field = version
        comment = f"The bit of the {field.name} that is tested ({where_of(structure)})."
        yield Constant(comment, field.attribute.upper(), str(1 << (field.bit or 0)))
    codes = [f for s in layer.structures.values() for f in s.fields if f.contents is Contents.CODE]
    largest = largest_in(max((each.width or 1 for each in codes), default=1))
    yield Constant("The largest code that a field holds.", "LARGEST_CODE", str(largest))
    yield from _context_ids(layer)
    yield from _of_fragments(layer)
    yield from _well_known(layer)


def _first_of_each_kind(layer: UpperLayer) -> Iterator[Structure]:
    for is_pdu in (True, False):
        typed = (each for each in layer.structures.values() if each.type_code is not None)
        found = next((each for each in typed if (each.kind is Kind.PDU) is is_pdu), None)
        if found is not None:
            yield found


def _names_of_pdus(layer: UpperLayer) -> Constant:
    names = [
        f"{type_code_of(each)}: {literal(each.name.removesuffix(' PDU'))}"
        for each in layer.structures.values()
        if each.kind is Kind.PDU and each.type_code is not None
    ]
    name = "PDU_NAMES"
    value = bracketed(f"{name}: Final = {{", names, "}", 0).partition(" = ")[2]
    return Constant("What the PDUs are called, by PDU-type (PS3.8 9.3.1).", name, value)


def _format(fields: tuple[Field, ...]) -> str:
    codes = ("x" if f.contents is Contents.RESERVED else FORMATS[f.width or 1] for f in fields)
    return f">{''.join(codes)}"


def _first(layer: UpperLayer, contents: Contents) -> tuple[Structure, Field] | None:
    found = (
        (structure, field)
        for structure in layer.structures.values()
        for field in structure.fields
        if field.contents is contents
    )
    return next(found, None)


def _context_ids(layer: UpperLayer) -> Iterator[Constant]:
    found = _first(layer, Contents.CONTEXT_ID)
    if found is None:
        return
    structure, field = found
    ids = context_ids(field)
    steps = f", {ids.step}" if ids.step > 1 else ""
    comment = f"What a {field.name} may be ({where_of(structure)}), and that in words."
    yield Constant(comment, "CONTEXT_IDS", f"range({ids.start}, {ids.stop}{steps})")
    yield Constant("", "CONTEXT_ID_WORDS", f'"{context_id_words(field)}"')


def _of_fragments(layer: UpperLayer) -> Iterator[Constant]:
    found = _first(layer, Contents.FRAGMENT)
    if found is None:
        return
    structure, field = found
    before = structure.fields[: structure.fields.index(field)]
    width = sum(each.width or 0 for each in before) + FRAGMENT_HEADER
    names = ", ".join(each.name for each in before)
    comment = f"Bytes before a fragment: {names}, Message Control Header."
    yield Constant(comment, "FRAGMENT_OVERHEAD", str(width))
    counted = sum(each.width or 0 for each in structure.counted) + FRAGMENT_HEADER
    yield Constant("How many of them that length counts.", "FRAGMENT_COUNTED", str(counted))
    step = 1 if field.parity is None else 2
    comment = "A fragment has a multiple of so many bytes (PS3.8 E.1)."
    yield Constant(comment, "FRAGMENT_STEP", str(step))
    (run,) = (each for each in parts_of(structure.fields) if isinstance(each, Run))
    pdu = next(each for each in layer.structures.values() if each.kind is Kind.PDU)
    heads = _format(pdu.header) + format_of(structure, run, layer)[1:] + FORMATS[FRAGMENT_HEADER]
    comment = "The header of a PDU with one fragment, and what stands before that."
    yield Constant(comment, "ONE_FRAGMENT_HEADS", f'Struct("{heads}")')


def _well_known(layer: UpperLayer) -> Iterator[Constant]:
    """Yield the names that PDUs carry by themselves, and that the standard gives."""
    pdus = [each for each in layer.structures.values() if each.kind is Kind.PDU]
    names = dict.fromkeys(each.class_name for pdu in pdus for each in pdu.contains)
    for structure in (layer.structures[name] for name in names):
        if is_name(structure):
            field = structure.fields[-1]
            comment = f"The {field.name} that the standard itself has ({clause_of(field)})."
            yield Constant(comment, field.attribute.upper(), f'UID("{field.well_known}")')
