"""Hold every file against its canonical form."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from ...reading.position import Position
from ...reading.problems import Report, lines_of
from ...style.formatting import format_text, longest_keyword
from ...style.stops import LONGEST_LINE
from ..documents import DOCUMENTS
from .written import Document


def check(documents: Sequence[Document], report: Report) -> None:
    """Report where a file is not in canonical form, once for each kind of difference."""
    sources = [document.source for document in documents]
    width = max(
        longest_keyword(DOCUMENTS, each.text) for each in sources if each.kind == "elements"
    )
    for source in sources:
        lines = lines_of(source.text)
        canonical = format_text(DOCUMENTS, source.kind, source.text, width, source.file)
        places: dict[str, list[Position]] = {}
        for rule, line, column in _differences(lines, canonical.split("\n")):
            places.setdefault(rule, []).append(Position(source.file, line, column))
        for rule, found in places.items():
            others = f", here and in {len(found) - 1} more" if len(found) > 1 else ""
            report.add(found[0], rule, others=others)
        for number, text in enumerate(lines, 1):
            if len(text) > LONGEST_LINE:
                place = Position(source.file, number, LONGEST_LINE + 1)
                report.add(place, "long-line", length=len(text), most=LONGEST_LINE)


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
