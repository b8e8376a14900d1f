"""Everything that was found in an association, in one list: for whoever shows it.

Invariant: violations, anomalies and findings are told alike, each with its place and who is to mend
it; none is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from .._codec import Anomaly
from .._rows import Violation
from ._finding import Finding, Place
from ._record import Association, SentMessage


class Judged(NamedTuple):
    """Something that was found.

    Attributes
    ----------
    kind : str
        ``violation``, ``anomaly``, ``finding``, or ``capture`` for what is missing.
    message : str
        What it is.
    advice : str
        What to do about it; empty where the message says it.
    mends : str
        Who is to mend it.
    parameter : str
        What it is about; empty for a finding.
    """

    kind: str
    rule: str
    message: str
    advice: str
    reference: str
    mends: str
    place: Place
    parameter: str = ""


def judged(association: Association) -> list[Judged]:
    """Return everything that was found, first what is about no message."""
    found = [*_of_association(association)]
    for message in association.messages:
        found += judged_message(message)
    return found


def _of_association(association: Association) -> Iterator[Judged]:
    for place, violation in association.violations:
        yield _violation(violation, place)
    for place, anomaly in association.anomalies:
        yield _anomaly(anomaly, place)
    for finding in association.findings:
        yield _finding(finding)


def judged_message(message: SentMessage) -> Iterator[Judged]:
    """Yield everything that was found in a message."""
    for violation in message.violations:
        yield _violation(violation, message.place)
    for anomaly in message.anomalies:
        yield _anomaly(anomaly, message.place)
    for finding in message.findings:
        yield _finding(finding)._replace(place=message.place)


def _violation(violation: Violation, place: Place) -> Judged:
    path = str(getattr(violation, "path", "") or violation.parameter)
    return Judged(
        "violation",
        violation.rule,
        violation.message,
        "",
        violation.reference,
        place.sender,
        place,
        path,
    )


def _anomaly(anomaly: Anomaly, place: Place) -> Judged:
    return Judged(
        "anomaly",
        anomaly.kind,
        anomaly.message,
        "",
        anomaly.reference,
        place.sender,
        place,
        anomaly.keyword or "",
    )


def _finding(finding: Finding) -> Judged:
    kind = "capture" if finding.about == "capture" else "finding"
    return Judged(
        kind,
        finding.rule,
        finding.message,
        finding.advice,
        finding.reference,
        finding.mends,
        finding.place,
    )
