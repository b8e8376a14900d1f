"""Say what is wrong with a received message: which parameter, which rule, which clause.

Invariant: everything goes to the logger ``dimse_primitives``. What keeps a message from being acted
on is a WARNING, as is what is made good by a default; everything else that PS3.7 forbids is DEBUG,
and costs nothing unless asked for. A message has two lines at most, one about its bytes and one
about its rules, whatever its sender does.

This file is copied as it is from `templates/contrib/pynetdicom/_diagnosis.py`. Do not edit the
copy.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Collection, Iterator
from typing import Any

from ..._anomalies import UNLISTED
from ..._codec import Anomaly
from ..._rows import Violation

LOGGER = logging.getLogger("dimse_primitives")
_MOST_TOLD = 2
_LONGEST_REASON = 200


def explain(primitive: Any, lacking: Collection[str]) -> None:
    """Log the rules that a received primitive breaks, in one line.

    What it lacks comes first and in full; the other rules are counted and named.

    Parameters
    ----------
    primitive : Adapter
        The primitive as it was received.
    lacking : collection of str
        The parameters that it lacks and is accepted without.
    """
    is_request = is_a_request(primitive)
    if is_request:
        missing = {word for word in primitive.REQUEST_KEYWORDS if getattr(primitive, word) is None}
    else:
        missing = set() if primitive.is_valid_response else {""}
    if not missing and not LOGGER.isEnabledFor(logging.DEBUG):
        return
    violations = _violations(primitive, is_request)
    if not violations:
        return
    first, *others = sorted(violations, key=lambda each: _rank(each, missing))
    verdict = "is invalid"
    if missing.issubset(lacking):
        is_accepted = first.parameter in missing
        verdict = "is accepted all the same" if is_accepted else "is not as it shall be"
    kind = "request" if is_request else "response"
    LOGGER.log(
        logging.WARNING if missing else logging.DEBUG,
        "%s %s%s %s: %s",
        primitive.msg_type,
        kind,
        place(primitive),
        verdict,
        "; ".join((str(first), *_named(others))),
    )


def _rank(violation: Violation, missing: set[str]) -> tuple[bool, bool]:
    return violation.parameter not in missing, violation.rule != "missing-mandatory"


def _named(violations: list[Violation]) -> Iterator[str]:
    if violations:
        each = ", ".join(f"{violation.rule} {violation.parameter}" for violation in violations)
        yield f"{len(violations)} more: {each}"


def is_a_request(primitive: Any) -> bool:
    """Return whether a primitive is a request: its message says so, or how pynetdicom tells."""
    if primitive._is_request is not None:
        return bool(primitive._is_request)
    return primitive.MessageIDBeingRespondedTo is None or not primitive.RESPONSE_KEYWORDS


def _violations(primitive: Any, is_request: bool) -> tuple[Violation, ...]:
    found: tuple[Violation, ...]
    found = primitive.request_violations() if is_request else primitive.response_violations()
    return found


def place(primitive: Any, context_id: int | None = None) -> str:
    """Return which message it is, in brackets; one to be sent does not know its context yet."""
    number = getattr(primitive, "MessageID", None)
    if number is None:
        number = primitive.MessageIDBeingRespondedTo
    message = "no Message ID" if number is None else f"Message ID {number}"
    context = primitive._context_id if context_id is None else context_id
    return f" ({message}, context {context})"


def report(anomalies: tuple[Anomaly, ...], message_type: str) -> None:
    """Log what is irregular in the bytes of a command set that could be read all the same.

    A peer decides how much that is, so this is one line: where there are more anomalies than two,
    all but the first are counted by kind.
    """
    told = [str(anomaly) for anomaly in anomalies]
    if len(told) > _MOST_TOLD:
        told = [told[0], _count(anomalies[1:])]
    LOGGER.warning("%s: %s", message_type, "; ".join(told))


def _count(anomalies: tuple[Anomaly, ...]) -> str:
    kinds = Counter(anomaly.kind for anomaly in anomalies)
    # It stands for those that the reader has only counted, and says so.
    unlisted = [anomaly.message for anomaly in anomalies if anomaly.kind == UNLISTED]
    listed = [f"{number} {kind}" for kind, number in kinds.items() if kind != UNLISTED]
    return "; ".join((f"{len(anomalies) - len(unlisted)} more: {', '.join(listed)}", *unlisted))


def one_line(error: BaseException, longest: int = _LONGEST_REASON) -> str:
    """Return what an exception says in one printable line of bounded length."""
    text = printable(str(error) or type(error).__name__)
    return text if len(text) <= longest else f"{text[:longest]}..."


def printable(text: str) -> str:
    """Return what a peer may have sent without line breaks and the like of its own."""
    return text if text.isprintable() else ascii(text)[1:-1]
