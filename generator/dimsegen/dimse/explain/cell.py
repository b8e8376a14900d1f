"""Everything there is to say of a cell, with a message that keeps it and one that breaks it.

Both messages were run with the package that is handed in, which the same schema gave.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...table.erratum import Erratum
from ...witness.packages import Package
from ..model import Schema
from ..pages.said import Said, violations_of
from ..views import texts
from ..witness.trials import CellExamples, Trials
from .asked import Subject
from .meaning import Meaning, meaning_of


@dataclass(frozen=True)
class CellExplanation:
    """A cell explained.

    Attributes
    ----------
    words : str
        The cell and all that it asks, as the generated code says it.
    rules : tuple of Said
        What the generated code reports about the parameter in this direction.
    """

    subject: Subject
    words: str
    description: str
    meaning: Meaning
    reference: str
    errata: tuple[Erratum, ...]
    rules: tuple[Said, ...]
    examples: CellExamples


def explain_cell(subject: Subject, schema: Schema, package: Package) -> CellExplanation:
    """Return what there is to say of the cell of `subject`.

    Parameters
    ----------
    subject : Subject
        The cell.
    schema : Schema
        The tables.
    package : Package
        The package that `schema` gives.
    """
    row, primitive, direction = subject.row, subject.primitive, subject.direction
    keyword = subject.parameter.keyword
    examples = CellExamples(None, None)
    rules: tuple[Said, ...] = ()
    if subject.is_carried:
        said = violations_of(primitive, direction, package)
        rules = tuple(each for each in said if each.parameter == keyword)
        if row is not None:
            own = next(each for each in primitive.rows if each.keyword == keyword)
            examples = Trials(primitive, package).of(direction, own)
    services = tuple(each for each in schema.services if each.name == subject.service)
    if row is None:
        reference = texts.status_reference(primitive)
    else:
        reference = texts.row_reference(row, services or primitive.services)
        reference += texts.erratum_of(row)
    return CellExplanation(
        subject,
        subject.demand.words,
        row.description if row else subject.parameter.description,
        meaning_of(subject),
        reference,
        tuple(schema.errata[each] for each in row.errata) if row else (),
        rules,
        examples,
    )
