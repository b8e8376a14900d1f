"""A parameter of a service in its columns: what each asks for, with primitives that were run."""

from __future__ import annotations

from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path

from ...explanation.blocks import Block, Code, Heading, Pairs, Paragraph, UnknownSubjectError
from ...explanation.run_tables import files_of
from ...reading.problems import listed
from ...reading.spelling import did_you_mean
from ...table.notation import plain
from ...table.usage import EQUAL_TO_LEFT
from ...witness.least import least
from ...witness.packages import Package, imported
from ..ends import EndsOf
from ..family import FAMILY, LEGEND
from ..model import Row, Service, UpperLayer, holds
from ..witness.runner import refusals
from ..witness.tried_primitives import primitives
from .asked_service import asked_service, ends_block
from .service_words import service_blocks

_MOST_WORDS = 3


def cell_blocks(words: str, layer: UpperLayer, templates: Path) -> Iterator[Block]:
    """Yield what there is to say of ``SERVICE.PARAMETER``, ``SERVICE column`` or ``SERVICE``.

    Raises
    ------
    UnknownSubjectError
        If `words` starts with a service, and goes on with no parameter of it.
    """
    service, rest = asked_service(words, layer)
    if service is None:
        return
    columns = list(service.columns)
    if rest and rest[0].lower() in service.columns:
        columns = [rest.pop(0).lower()]
    if not rest:
        yield from service_blocks(service, columns, layer)
        return
    row = _row(" ".join(rest), service)
    where = FAMILY.cited(row.clause or service.section, row.table)
    yield Heading(f"{service.name} {row.name} ({row.kind.value.replace('_', ' ')})", is_title=True)
    yield Paragraph(f"In Python, {row.attribute}. {where}.")
    with imported(files_of(FAMILY, layer, templates)) as package:
        for column in columns:
            yield from _column(service, row, column, layer, package)
    yield from _codes(service, row)


def _row(name: str, service: Service) -> Row:
    called = {plain(each.name): each for each in service.rows}
    called |= {plain(each.attribute): each for each in service.rows}
    if plain(name) in called:
        return called[plain(name)]
    names = [each.name for each in service.rows]
    hint = did_you_mean(name, names, f": use {listed(names)}")
    raise UnknownSubjectError(f"{name}: no parameter of {service.name}{hint}")


def _column(
    service: Service, row: Row, column: str, layer: UpperLayer, package: Package
) -> Iterator[Block]:
    yield Heading(f"{service.name} {column}: {row.cells[column] or 'blank'}")
    yield Paragraph(f"{_meaning(row, column)}.")
    issued = service.issued.get(column)
    clause = FAMILY.cited(issued.clause) if issued else ""
    yield from ends_block(EndsOf(layer).primitive(service.name, column), clause)
    valid, invalid = _examples(service, row, column, layer, package)
    if valid is not None:
        yield valid
    if invalid is not None:
        yield invalid


def _meaning(row: Row, column: str) -> str:
    usage = row.usage(column)
    parts = [LEGEND[usage.value]]
    if row.is_equal(column):
        parts.append(LEGEND[EQUAL_TO_LEFT][0].lower() + LEGEND[EQUAL_TO_LEFT][1:])
    if usage.is_fixed and (row.value or row.same_as):
        parts.append(f'the value is "{row.value}"' if row.value else f"it is the {row.same_as}")
    if usage.is_mandatory and row.unless:
        parts.append(f"not if {holds(row.unless)}")
    if row.only_when and not usage.is_forbidden:
        parts.append(f"only if {holds(row.only_when)}")
    return "; ".join(parts)


def _examples(
    service: Service, row: Row, column: str, layer: UpperLayer, package: Package
) -> tuple[Code | None, Code | None]:
    """Return the least primitive that is valid, and one that is not because of the parameter."""
    judged = [
        (each, refusals(each, package)) for each in primitives(service, layer, column, row.name)
    ]
    valid = next((Code("valid", each.code) for each, said in judged if not said), None)
    broken = least(judged, itemgetter(1), lambda each: each.parameter == row.attribute)
    if broken is None or broken.others:
        return valid, None
    words = tuple(each.words for each in broken.said[:_MOST_WORDS])
    return valid, Code("invalid", broken.tried[0].code, words)


def _codes(service: Service, row: Row) -> Iterator[Block]:
    values = service.values.get(row.name, ())
    if rows := tuple((str(each.first), f"{each.name}: {each.text}") for each in values):
        yield Heading("values")
        yield Pairs(rows)
