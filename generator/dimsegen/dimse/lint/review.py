"""Find what a reviewer would object to in schemas that load.

Whatever the loader finds goes first; style is judged only where the meaning is clear.
"""

from __future__ import annotations

from pathlib import Path

from ...reading.places import Place
from ...reading.problems import Problem, Report
from ...style.canonical import Review, check_form, review_of
from ..form import longest_keyword
from ..loader.assemble import assemble
from ..loader.layers import read_layers
from ..loader.prose_rules import ADVICE
from ..loader.prose_rules import RULES as LOADER_RULES
from . import departures as errata
from . import idle
from . import idle_conditions as conditions
from . import printed_order as order
from .objections import RULES
from .written import read_written


def lint(folder: Path | Place) -> tuple[Problem, ...]:
    """Return what breaks a rule of style in `folder`, by file and place.

    Raises
    ------
    SchemaError
        If the schemas do not load.
    """
    return review(folder).problems


def review(folder: Path | Place, *, extends: bool = False) -> Review:
    """Return what breaks a rule of style in `folder`, with the files it is in.

    What the folder extends is not looked at; it extends the standard if it says so, or `extends`
    does.

    Raises
    ------
    SchemaError
        If the schemas do not load.
    """
    loading = Report(LOADER_RULES, ADVICE)
    layers = read_layers(folder, loading, extends=extends)
    schema = assemble(layers.own, loading, layers.base)
    documents = read_written(layers)
    report = Report(RULES)
    every = (*layers.base, *layers.own)
    width = max(longest_keyword(layers.shapes, s.text) for s in every if s.kind == "elements")
    check_form(layers.shapes, [(source, width) for source in layers.own], report)
    order.check(schema, documents, report)
    conditions.check(schema, documents, report)
    errata.check(schema, report)
    idle.check(schema, documents, report)
    return review_of(report, layers.own, schema.overrides)
