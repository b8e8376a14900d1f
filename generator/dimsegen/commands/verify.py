"""`dimsegen verify`: compare the schemas with the standard itself."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..command_line.loading import loaded_in_turn
from ..command_line.options import REPORTS, SCHEMAS, Command, Option
from ..command_line.outcome import DONE, DRIFT, CommandError
from ..families import Family, families_in

if TYPE_CHECKING:
    from ..document.book import Book
    from ..sets.edition_check import Verification

COMMAND = Command(
    "Compare the schemas with the standard itself, in DocBook as NEMA publishes it. Of PS3.7 "
    "every cell, element, message and status, and the user information of Annex D; of PS3.8 "
    "the service tables, the PDUs with their codes, states, actions and transitions; of PS3.4 "
    "every row of the tables of SOP classes. Exit code 0: they agree, but for the errata; 1: "
    "they do not; 2: nothing was compared.",
    (
        "dimsegen verify part07.xml",
        "dimsegen verify part08.xml",
        "dimsegen verify part04.xml",
        "dimsegen verify part07.xml -o json=verify.json",
    ),
    (
        Option(
            "document",
            type=Path,
            metavar="PART.XML",
            help="PS3.7, PS3.8 or PS3.4 in DocBook, as NEMA publishes it on dicom.nema.org",
        ),
        REPORTS,
        *SCHEMAS,
    ),
)


def run(options: argparse.Namespace) -> int:
    """Print what differs, what an erratum explains and what was not found."""
    from ..command_line.destinations import TEXT, outputs_of, write
    from ..reports import FORMATS
    from ..reports.verified import report_of_verification, text_of
    from ..sets.report import counts_of

    outputs = outputs_of(options.output or [TEXT])
    able, found = _verified(options)
    edition = f" ({found.edition})" if found.edition else ""
    name = f"{options.schemas.as_posix()}{edition}"
    # How much the schemas have of the part, as `diff` counts it.
    counts = counts_of(
        family.step("comparison").counts(model)
        for family, model in able.items()
        if family.has("comparison")
    )
    report = report_of_verification(found, name, counts)
    printed = {form: render(report) for form, render in FORMATS.items()}
    printed[TEXT] = text_of(found, name)
    write(outputs, printed.__getitem__, printed.__getitem__)
    return DONE if found.agrees else DRIFT


def _verified(options: argparse.Namespace) -> tuple[dict[Family, Any], Verification]:
    """Return what is loaded of the families that the document has tables of, and what differs.

    Raises
    ------
    CommandError
        If it cannot be read, or is no part of the standard that is known.
    """
    # Before anything is loaded: whoever lacks a package that this needs, does not wait for that.
    from ..document.unreadable import DocumentError
    from ..sets.edition_check import Verification

    known = families_in(options.schemas, "docbook", extends=bool(options.extends))
    try:
        book = _read(options.document, known)
        # The tables of other parts are not looked at, and need not be in order.
        there = [each for each in known if book.part in each.step("docbook").PARTS]
        able = dict(loaded_in_turn(options, there, "nothing was compared"))
        found = [each.step("docbook").verify_book(book, able[each]) for each in able]
    except DocumentError as error:
        raise CommandError(error.explain()) from error
    return able, reduce(Verification.and_also, found)


def _read(document: Path, known: Iterable[Family]) -> Book:
    from ..document.book import read_book
    from ..reading.problems import listed
    from ..reading.regular import read_regular

    documents = {each.part: each.document for each in known}
    try:
        return read_book(read_regular(document), document.as_posix(), documents)
    except OSError as error:
        files = listed(documents.values())
        text = f"{document}: {error.strerror}: give the path of {files}, as NEMA publishes it"
        raise CommandError(text) from error
