"""Find what a reviewer would object to in schemas that load.

Whatever the loader finds goes first; style is judged only where the meaning is clear.
"""

from __future__ import annotations

from pathlib import Path

from ...reading.places import Place
from ...reading.problems import Problem, Report
from ...style.canonical import Review, check_form
from ...style.formatting import longest_keyword
from ..documents import DOCUMENTS
from ..loader.assemble import assemble
from ..loader.folder import read_folder
from . import departures as errata
from . import idle
from . import idle_conditions as conditions
from . import printed_order as order
from .objections import RULES
from .written import Document, read_document


def lint(folder: Path | Place) -> tuple[Problem, ...]:
    """Return what breaks a rule of style in `folder`, by file and place.

    Raises
    ------
    SchemaError
        If the schemas do not load.
    """
    return review(folder).problems


def review(folder: Path | Place) -> Review:
    """Return what breaks a rule of style in `folder`, with the files it is in.

    Raises
    ------
    SchemaError
        If the schemas do not load.
    """
    loading = Report()
    sources = read_folder(folder, loading)
    schema = assemble(sources, loading)
    documents: list[Document] = [read_document(source) for source in sources]
    report = Report(RULES)
    width = max(longest_keyword(DOCUMENTS, s.text) for s in sources if s.kind == "elements")
    check_form(DOCUMENTS, [(source, width) for source in sources], report)
    order.check(schema, documents, report)
    conditions.check(schema, documents, report)
    errata.check(schema, report)
    idle.check(schema, documents, report)
    return Review(report.problems, {source.file: source.text for source in sources})
