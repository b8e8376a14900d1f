"""What is asked about: a SOP class or a file of such, perhaps an attribute or a status of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ...explanation.blocks import UnknownSubjectError
from ...reading.spelling import did_you_mean
from ...table.notation import plain
from ..model import File, SOPClass, SOPClasses
from ..printed_lines import PATH_MARK, lines_of

_STATUS = re.compile(r"[0-9A-F]{2}[0-9A-Fx]{2}H?", re.IGNORECASE)


@dataclass(frozen=True)
class Subject:
    """What is asked about.

    Attributes
    ----------
    sop_class : SOPClass or None
        The SOP class that is named; None if a file is.
    path : str
        The attribute, by its keyword and perhaps those of the sequences above; empty if none.
    status : str
        The code of a status; empty if none is asked about.
    """

    file: File
    sop_class: SOPClass | None
    path: str = ""
    status: str = ""

    @property
    def sop_classes(self) -> tuple[SOPClass, ...]:
        """The SOP classes that it is about."""
        return (self.sop_class,) if self.sop_class else self.file.sop_classes


def subject_of(words: str, model: SOPClasses) -> Subject | None:
    """Return what `words` ask about; None if they start with no SOP class.

    Raises
    ------
    UnknownSubjectError
        If they go on with nothing that it has.
    """
    head, rest = _halves(words, model)
    if head is None:
        return None
    if not rest:
        return head
    if _STATUS.fullmatch(rest):
        return _with_status(head, rest)
    return _with_path(head, rest, model)


def _halves(words: str, model: SOPClasses) -> tuple[Subject | None, str]:
    """Return the longest name at the start of `words` that is known, and what follows it."""
    known = dict(_named(model))
    ends = [match.start() for match in re.finditer(r"[.\s]", words)]
    for end in (len(words), *reversed(ends)):
        subject = known.get(plain(words[:end]))
        if subject is not None:
            return subject, words[end + 1 :].strip()
    return None, ""


def _named(model: SOPClasses) -> Iterator[tuple[str, Subject]]:
    for file in model.files:
        for each in file.sop_classes:
            for name in (each.keyword, each.name, each.name.removesuffix(" SOP Class"), each.uid):
                yield plain(name), Subject(file, each)
        yield plain(file.name), Subject(file, None)


def _with_status(head: Subject, code: str) -> Subject:
    known = [status.code for table in head.file.statuses for status in table.statuses]
    wanted = code.upper().rstrip("H").replace("X", "x")
    if wanted not in known:
        shown = ", ".join(dict.fromkeys(known)) or "none of its own"
        raise UnknownSubjectError(f"{code}: {head.file.name} has the statuses {shown}")
    return Subject(head.file, head.sop_class, status=wanted)


def _with_path(head: Subject, path: str, model: SOPClasses) -> Subject:
    known = {
        keyword: None
        for table in (*head.file.tables, *model.macros.values())
        for line in lines_of(table)
        for keyword in line.path.split(PATH_MARK)
    }
    by_name = {plain(keyword): keyword for keyword in known}
    # A name as printed has spaces; so has a path that is written without points.
    parts = [path] if plain(path) in by_name else path.replace(" ", PATH_MARK).split(PATH_MARK)
    for part in parts:
        if plain(part) not in by_name:
            text = f"{part}: no attribute of {head.file.name}{did_you_mean(part, known)}"
            raise UnknownSubjectError(f"{text}: dimsegen show {head.file.name} lists them")
    right = PATH_MARK.join(by_name[plain(part)] for part in parts)
    return Subject(head.file, head.sop_class, path=right)
