"""Check what is declared to have had another name in the version before.

Invariant: a keyword of the version before became one keyword of this one, and is gone.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from ..reading.position import Position
from ..reading.problems import Report
from ..reading.values import Fields


def check_renames(
    records: Iterable[tuple[str, Position, Fields]], here: Container[str], report: Report
) -> None:
    """Report a former keyword that is still among `here`, or that two records name.

    Parameters
    ----------
    records : iterable of tuple
        Keyword, place and content of what may have been renamed.
    here : container of str
        The keywords that there are.
    report : Report
        Receives what is wrong.
    """
    owners: dict[str, str] = {}
    for keyword, _, fields in records:
        word = fields.word("renamed_from")
        if word is None:
            continue
        facts = {"keyword": keyword, "other": word.text}
        if word.text in here:
            report.add(word.position, "renamed-still-here", **facts)
        elif owners.setdefault(word.text, keyword) != keyword:
            report.add(word.position, "renamed-twice", owner=owners[word.text], **facts)
