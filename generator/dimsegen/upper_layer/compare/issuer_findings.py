"""What has changed in who issues the primitives of a service, and to whom.

Who issues one to whom is a set: whoever issued it and no longer may breaks as a sender, whoever
receives it and never did as a receiver.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...sets.finding import Ends, Finding
from ...sets.told import Subject
from ...sets.verdicts import verdicts_of
from .service_sets import Pair

RULE = "issuer-changed"


def issuer_findings(pair: Pair) -> Iterator[Finding]:
    """Yield them, column by column; one that is new or gone has a finding of its own."""
    old, new = pair.old.model.issued, pair.new.model.issued
    for column in (each for each in new if each in old):
        was, is_now = pair.ends.each(pair.name, column)
        clause = new[column].clause
        where = f"{pair.part} {clause}"
        about = f"{pair.name} {column}"
        actors = pair.actors(column)
        subject = Subject(about, pair.name, where, new[column].position, "", column, actors)
        if was != is_now:
            shown = _shown(was), _shown(is_now)
            message = f"{about} went {shown[0]} and goes {shown[1]}"
            verdicts = verdicts_of(
                narrows=bool({*was} - {*is_now}), widens=bool({*is_now} - {*was})
            )
            yield subject.finding(RULE, message, shown, verdicts)
        yield from subject.edited("clause", old[column].clause, clause)


def _shown(ends: tuple[Ends, ...]) -> str:
    return ", ".join(f"{by.value} to {to.value}" for by, to in ends)
