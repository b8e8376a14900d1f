"""What a message cites beside a rule and a cell: an erratum, a status, a command element.

A name means one thing; a code is also known where no status has it, and that is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ...explanation.blocks import Block, Heading, Pairs, Paragraph
from ...explanation.erratum_blocks import PASSES, erratum_blocks
from ...table.erratum import Erratum
from ...table.notation import plain, tag_in_words
from ...table.status_codes import codes_of, show
from ..family import ELEMENTS, STANDARD
from ..model import Parameter, RetiredElement, Schema, StatusField, StatusType

_CODE = re.compile(r"(?:0x)?([0-9A-F]{4}|[0-9A-F]{2}xx|[0-9A-F]xxx)H?", re.IGNORECASE)
# Of so many statuses that start alike, a title has the names.
_MOST_NAMED = 3
_TAG = re.compile(r"\(?\s*([0-9A-F]{4})\s*,\s*([0-9A-F]{4})\s*\)?", re.IGNORECASE)


def names_of(schema: Schema) -> tuple[str, ...]:
    """Return every name that is known here, for a hint at what may be meant."""
    types = [name for each in schema.status_types for name in (each.identifier, each.name)]
    elements = [*schema.parameters, *(each.keyword for each in schema.retired)]
    return (*schema.errata, *types, *elements)


def cited_blocks(words: str, schema: Schema) -> list[Block]:
    """Return what there is to say of what is called `words`; nothing if it is not known here.

    Parameters
    ----------
    words : str
        E.g. ``S4``, ``0120H``, ``A7xx``, ``(0000,1001)``, ``ErrorComment`` or ``Error Comment``.
    """
    return [
        *_of_errata(words, schema),
        *_of_code(words, schema),
        *(_of_types(words, schema) or _of_classes(words, schema)),
        *_of_elements(words, schema),
    ]


def _of_errata(words: str, schema: Schema) -> Iterator[Block]:
    for erratum in schema.errata.values():
        if erratum.identifier.lower() == words.lower():
            yield from _erratum(erratum)


def _erratum(erratum: Erratum) -> Iterator[Block]:
    yield from erratum_blocks(erratum, is_title=True)
    if erratum.applies_to:
        cells = ", ".join(f"{service}.{keyword}" for service, keyword in erratum.applies_to)
        yield Paragraph(f"It shapes {cells}.")
    if erratum.explains:
        yield PASSES
        yield Pairs(
            tuple((each.partition(" ")[0], each.partition(" ")[2]) for each in erratum.explains)
        )


def _of_code(words: str, schema: Schema) -> Iterator[Block]:
    match = _CODE.fullmatch(words)
    if match is None:
        return
    codes = codes_of(match[1].upper().replace("X", "x"))
    classes = [each for each in schema.status_classes if codes & each.codes]
    types = [each for each in schema.status_types if codes & each.codes]
    names = " or ".join(each.name for each in types) or "no status of these tables"
    if len(types) > _MOST_NAMED:
        names = f"{len(types)} statuses"
    yield Heading(f"{show(codes)}: {names}", is_title=True)
    for kind in classes:
        some = "" if codes <= kind.codes else f" for {show(codes & kind.codes)}"
        clause = f"{kind.standard.name} {kind.clause}"
        yield Paragraph(f"Its class is {kind.name} ({clause}){some}.")
    if not classes:
        yield Paragraph("No status class has it.")
    for each in types:
        shown = f"{show(each.codes)}: " if len(codes) > 1 else ""
        yield Heading(f"{shown}{each.name} ({each.standard.name} {each.clause})")
        yield from _type(each, schema)


def _of_types(words: str, schema: Schema) -> list[Block]:
    found: list[Block] = []
    for each in schema.status_types:
        if plain(words) in (plain(each.identifier), plain(each.name)):
            clause = f"{each.status_class.name}, {each.standard.name} {each.clause}"
            found.append(Heading(f"{show(each.codes)}: {each.name} ({clause})", is_title=True))
            found += _type(each, schema)
    return found


def _of_classes(words: str, schema: Schema) -> Iterator[Block]:
    """Yield what there is of a status class; one with the name of a status is told with that."""
    for each in schema.status_classes:
        if plain(words) in (plain(each.identifier), plain(each.name)):
            where = f"{each.standard.name} {each.clause}"
            yield Heading(f"{each.name}: a class of statuses ({where})", is_title=True)
            types = [kind for kind in schema.status_types if kind.status_class == each]
            names = [(show(kind.codes), kind.name) for kind in types]
            yield Pairs((("its codes", show(each.codes)), *names))


def _type(status: StatusType, schema: Schema) -> Iterator[Block]:
    services = [each.name for each in schema.services if status in each.statuses]
    rows = [("listed for", ", ".join(services) or "no service")]
    rows += [(each.parameter.keyword, f"permitted {_where(each)}") for each in status.fields]
    yield Pairs(tuple(rows))


def _where(field: StatusField) -> str:
    if field.services is None:
        return "in any response"
    return f"in the response of {', '.join(field.services)}"


def _of_elements(words: str, schema: Schema) -> Iterator[Block]:
    match = _TAG.fullmatch(words)
    tag = int(match[1] + match[2], 16) if match else None
    known: tuple[Parameter | RetiredElement, ...] = (*schema.parameters.values(), *schema.retired)
    for each in known:
        names = (plain(each.keyword), plain(each.name))
        if (each.tag == tag) if match else (plain(words) in names):
            yield from _element(each, schema)
    # A command set has elements of group 0000 only (PS3.7 6.3); the others are of data sets.
    if match and int(match[1], 16) == 0 and tag not in {each.tag for each in known}:
        yield Heading(f"{tag_in_words(tag)}: no command element of {ELEMENTS}", is_title=True)


def _element(element: Parameter | RetiredElement, schema: Schema) -> Iterator[Block]:
    kind = tag_in_words(element.tag)
    if element.vr is not None:
        kind += f", VR {element.vr}, VM {element.vm}"
    yield Heading(f"{element.name} ({kind})", is_title=True)
    if isinstance(element, RetiredElement):
        allowed = element.allowed_by
        known = f"; {STANDARD} {allowed} lets a sender write it" if allowed else ""
        yield Paragraph(f"Retired ({ELEMENTS}): no message has it{known}.")
        return
    yield Paragraph(element.description)
    values = [(f"{value:04X}H", name) for name, value in element.values.items()]
    yield from _listed("values", values)
    yield from _uses(element, schema)


def _uses(element: Parameter, schema: Schema) -> Iterator[Block]:
    rows = [
        (f"{service.name}.{row.keyword}", ", ".join(f"{c} {cell}" for c, cell in row.cells.items()))
        for service in schema.services
        for row in service.rows
        if row.parameter == element
    ]
    yield from _listed("in the service tables", rows)
    permitted = [
        (f"{each.name} ({show(each.codes)})", _where(field))
        for each in schema.status_types
        for field in each.fields
        if field.parameter == element
    ]
    yield from _listed("permitted with a status", permitted)
    messages = [
        message.name
        for service in schema.services
        for message in service.messages.values()
        if any(field.parameter == element for field in message.fields)
    ]
    if messages:
        yield Paragraph(f"Printed in the message tables of {', '.join(dict.fromkeys(messages))}.")


def _listed(heading: str, rows: Sequence[tuple[str, str]]) -> Iterator[Block]:
    if rows:
        yield Heading(heading)
        yield Pairs(tuple(rows))
