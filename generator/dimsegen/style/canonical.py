"""Hold schema files against their canonical form.

`FORM_RULES` is what is said of a file that is not in it; every family reports these rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any

from ..reading.position import Position
from ..reading.problems import Problem, Report, lines_of
from ..reading.sources import Source
from .formatting import Documents, format_text
from .stops import LONGEST_LINE

FORM_RULES = {
    "not-canonical": "not as dimsegen fmt writes it{others}: run dimsegen fmt",
    "alignment": "not on the stops of its columns{others}: run dimsegen fmt",
    "long-line": "{length} characters, {most} at most: say it in fewer words",
}


@dataclass(frozen=True)
class Review:
    """What a reviewer objects to.

    Attributes
    ----------
    problems : tuple of Problem
        What breaks a rule of style, by file and place.
    sources : mapping of str to str
        The text of each file of the folder by its path.
    overrides : tuple
        What the folder says otherwise than the standard that it extends, if its family can.
    """

    problems: tuple[Problem, ...]
    sources: Mapping[str, str]
    overrides: tuple[Any, ...] = ()


def review_of(report: Report, sources: Sequence[Source], overrides: tuple[Any, ...] = ()) -> Review:
    """Return what breaks a rule in `sources`; what stands in other files is nobody's here."""
    texts = {source.file: source.text for source in sources}
    problems = tuple(each for each in report.problems if each.position.file in texts)
    return Review(problems, texts, overrides)


def check_form(
    documents: Documents,
    sources: Sequence[tuple[Source, int]],
    report: Report,
    longest: int = LONGEST_LINE,
) -> None:
    """Report where a file is not in canonical form, once for each kind of difference.

    Parameters
    ----------
    documents : mapping of str to Record
        The shapes of the files of a family, by kind.
    sources : sequence of (Source, int)
        The files, each with the length of its longest keyword.
    report : Report
        Receives what differs; it knows `FORM_RULES`.
    longest : int, optional
        How many characters a line may have.
    """
    for source, width in sources:
        lines = lines_of(source.text)
        canonical = format_text(documents, source.kind, source.text, width, source.file)
        places: dict[str, list[Position]] = {}
        for rule, line, column in _differences(lines, canonical.split("\n")):
            places.setdefault(rule, []).append(Position(source.file, line, column))
        for rule, found in places.items():
            others = f", here and in {len(found) - 1} more" if len(found) > 1 else ""
            report.add(found[0], rule, others=others)
        for number, text in enumerate(lines, 1):
            if len(text) > longest:
                place = Position(source.file, number, longest + 1)
                report.add(place, "long-line", length=len(text), most=longest)


def _differences(lines: list[str], canonical: list[str]) -> Iterator[tuple[str, int, int]]:
    """Yield rule, line and column of each line that is written otherwise."""
    matcher = SequenceMatcher(None, lines, canonical, autojunk=False)
    for kind, start, end, other, other_end in matcher.get_opcodes():
        pairs = list(zip(lines[start:end], canonical[other:other_end], strict=False))
        if kind == "replace" and end - start == other_end - other:
            for number, (written, right) in enumerate(pairs, start + 1):
                is_moved = written.split() == right.split()
                rule = "alignment" if is_moved else "not-canonical"
                yield rule, number, _column(written, right)
        elif kind != "equal":
            yield "not-canonical", min(start + 1, len(lines)), 1


def _column(written: str, right: str) -> int:
    """Return the first column, from 1, in which two lines differ."""
    same = takewhile(lambda pair: pair[0] == pair[1], zip(written, right, strict=False))
    return len(list(same)) + 1
