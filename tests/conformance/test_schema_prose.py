"""What the schemas say beyond the cells is what PS3.7 says in prose, and nothing more.

The expectations are written out by hand, each with the words of its clause. Where the text of the
standard is there, the words are looked up, and the clauses that speak of a condition or of an
equality are found anew, so that none can be missing here and in the schemas alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from dimsegen.dimse.model import Row
from dimsegen.table.condition import All, Condition, Not, Present, PresentInRequest, StatusIn

from ..printed import printed_schema
from .rst import section_numbers, squeeze
from .standard import read_standard

SCHEMA = printed_schema()
ROWS = [(service.name, row) for service in SCHEMA.services for row in service.rows]

PENDING = "the status is Pending"
SUCCESS = "the status is Success"
SUCCESS_OR_WARNING = "the status is Success or Warning"
NEEDED_IF_PENDING = ("required", PENDING, "shall be included if the status is equal to Pending")
ALLOWED = "may be included in the success response/confirmation"

CONDITIONS = {
    "9.1.2.1.5": [
        (
            "required",
            PENDING,
            "shall be sent only when that Status (0000,0900) is equal to Pending",
        ),
        ("forbidden", f"not {PENDING}", "(not permitted for other statuses)"),
    ],
    **{f"9.1.3.1.{item}": [NEEDED_IF_PENDING] for item in (7, 8, 9, 10)},
    **{f"9.1.4.1.{item}": [NEEDED_IF_PENDING] for item in (8, 9, 10, 11)},
    "10.1.1.1.5": [
        ("required", "EventReply is present", "if the Event Reply parameter is included"),
        ("permitted", SUCCESS, ALLOWED),
    ],
    "10.1.1.1.7": [
        ("forbidden", f"not {SUCCESS_OR_WARNING}", "may only be included in the success")
    ],
    "10.1.2.1.8": [("required", SUCCESS, "shall be included in the success response/confirmation")],
    "10.1.3.1.6": [("permitted", SUCCESS, ALLOWED)],
    "10.1.4.1.5": [
        ("required", "ActionReply is present", "if the action reply parameter is included"),
        ("permitted", SUCCESS, ALLOWED),
    ],
    "10.1.4.1.9": [("permitted", SUCCESS, ALLOWED)],
    "10.1.5.1.4": [
        (
            "required",
            f"{SUCCESS} and not AffectedSOPInstanceUID is in the request",
            "shall be included if it is not supplied by the invoking DIMSE Service User",
        ),
        ("forbidden", f"not {SUCCESS_OR_WARNING}", "may only be included in the success"),
    ],
    "10.1.5.1.5": [("permitted", SUCCESS, "When returned by the performing DIMSE Service User in")],
}
"""By clause: what a parameter is, when, and the words of the clause."""

EQUALITIES = {
    (service, f"AffectedSOP{what}UID"): f"RequestedSOP{what}UID"
    for service in ("N-GET", "N-SET", "N-ACTION", "N-DELETE")
    for what in ("Class", "Instance")
}
"""What only prose wants equal (10.1.2.1.6, 10.1.2.1.7 and their siblings)."""

_SPEAKS_OF_A_CONDITION = re.compile(
    r"shallbeincluded(if|inthe)|onlybeincludedinthesuccess|sentonlywhen|inthesuccessresponse"
)
_CITATION = re.compile(r"(?<![\w.-])(?:\d+|[A-E])(?:\.\d+)+(?:-\d+)?(?!\w)")
_CHAPTER = re.compile(r"(?:[Cc]hapters?|Annex) (\w+)(?: and (\w+))?")


def test_conditions_are_those_of_the_text() -> None:
    found = {row.clause: list(_conditions(row)) for _, row in ROWS}
    assert {clause: conditions for clause, conditions in found.items() if conditions} == {
        clause: [(effect, when) for effect, when, _ in conditions]
        for clause, conditions in CONDITIONS.items()
    }


def test_the_clauses_say_so_and_no_other_clause_does(folder: Path) -> None:
    clauses = {row.clause: _prose(folder, row.clause) for _, row in ROWS}
    for clause, conditions in CONDITIONS.items():
        for _, _, words in conditions:
            assert squeeze(words) in clauses[clause], clause
    speaking = {key for key, prose in clauses.items() if _SPEAKS_OF_A_CONDITION.search(prose)}
    assert speaking == set(CONDITIONS)


def test_equalities_are_those_of_the_text() -> None:
    found = {(service, row.keyword): row.equals for service, row in ROWS if row.equals}
    assert found == EQUALITIES
    elements = {key: each.equals for key, each in SCHEMA.parameters.items() if each.equals}
    assert elements == {"MessageIDBeingRespondedTo": "MessageID"}


def test_the_clauses_want_these_equal_and_no_other_clause_does(folder: Path) -> None:
    prose = {(service, row.keyword): _prose(folder, row.clause) for service, row in ROWS}
    for (service, keyword), source in EQUALITIES.items():
        assert "shallbeequal" in prose[service, keyword]
        # 10.1.6.1.5 leaves the name out: "equal to the parameter value used in the request"
        if (service, keyword) != ("N-DELETE", "AffectedSOPClassUID"):
            name = SCHEMA.parameters[source].name
            assert f"shallbeequaltothe{squeeze(name)}" in prose[service, keyword]
    speaking = {cell for cell, words in prose.items() if "shallbeequal" in words}
    printed = {
        (service, row.keyword) for service, row in ROWS if row.cells["response"].is_equal_to_left
    }
    assert speaking - printed == set(EQUALITIES)


def test_errata_name_two_clauses_and_a_decision() -> None:
    assert list(SCHEMA.errata) == [f"S{number}" for number in range(1, 16)]
    for erratum in SCHEMA.errata.values():
        for text in (erratum.title, erratum.clause, erratum.other_clause, erratum.decision):
            assert text.strip() == text != ""
        assert erratum.clause != erratum.other_clause


def test_errata_cite_what_there_is(folder: Path) -> None:
    sections = {each for path in folder.glob("chapter_*.rst") for each in section_numbers(path)}
    facts = read_standard(folder).facts
    tables = {row.table for row in facts.service_tables}
    tables |= {row.table for row in facts.message_tables}
    cited = {identifier: set(_cited(identifier)) for identifier in SCHEMA.errata}
    assert {number for each in cited.values() for number in each} <= sections | tables
    assert {identifier for identifier, each in cited.items() if not each} == {"S10"}


def _conditions(row: Row) -> Iterator[tuple[str, str]]:
    """Yield what a parameter is, and when."""
    written = {
        "required": row.required_when,
        "forbidden": row.forbidden_when,
        "permitted": row.permitted_when,
    }
    for effect, condition in written.items():
        if condition is not None:
            yield effect, _words(condition)


def _words(condition: Condition) -> str:
    """Put a condition into the words of `CONDITIONS`."""
    match condition:
        case StatusIn(codes):
            within = [each for each in SCHEMA.status_classes if each.codes <= codes]
            assert codes == frozenset().union(*(each.codes for each in within))
            return f"the status is {' or '.join(each.name for each in within)}"
        case Present(keyword):
            return f"{keyword} is present"
        case PresentInRequest(keyword):
            return f"{keyword} is in the request"
        case Not(inner):
            return f"not {_words(inner)}"
        case All(conditions):
            return " and ".join(map(_words, conditions))
    raise ValueError(f"a condition that no clause has: {condition}")


def _prose(folder: Path, clause: str) -> str:
    """Return the text of one section without white space."""
    text = (folder / f"chapter_{clause.partition('.')[0]}.rst").read_text(encoding="utf-8")
    return squeeze(text.partition(f".. _sect_{clause}:")[2].partition(".. _sect_")[0])


def _cited(identifier: str) -> Iterator[str]:
    """Yield the sections, tables, chapters and annexes that an erratum names."""
    erratum = SCHEMA.errata[identifier]
    text = f"{erratum.title}. {erratum.clause} {erratum.other_clause} {erratum.decision}"
    yield from _CITATION.findall(text)
    yield from (number for pair in _CHAPTER.findall(text) for number in pair if number)
