"""Say what is wrong with a received message: which parameter, which rule, which clause.

Invariant: everything goes to the logger ``dimse_primitives``; what keeps a message from being acted
on is a WARNING, everything else that PS3.7 forbids is DEBUG, and costs nothing unless asked for.

This file is copied as it is from `templates/contrib/pynetdicom/_diagnosis.py`. Do not edit the
copy.
"""

from __future__ import annotations

import logging
from collections import Counter
from typing import Any

from ..._codec import Anomaly
from ..._irregular import UNLISTED
from ..._runtime import Violation

LOGGER = logging.getLogger("dimse_primitives")
_MOST_LINES = 2


def explain(primitive: Any) -> None:
    """Log the rules that a received primitive breaks, one a line."""
    is_request = primitive.MessageIDBeingRespondedTo is None or not primitive.RESPONSE_KEYWORDS
    if primitive.is_valid_request if is_request else primitive.is_valid_response:
        if not LOGGER.isEnabledFor(logging.DEBUG):
            return
        level, verdict = logging.DEBUG, "is not as it shall be"
    else:
        level, verdict = logging.WARNING, "is invalid"
    kind = "request" if is_request else "response"
    for violation in _violations(primitive, is_request):
        LOGGER.log(
            level, "%s %s%s %s: %s", primitive.msg_type, kind, _place(primitive), verdict, violation
        )


def _violations(primitive: Any, is_request: bool) -> tuple[Violation, ...]:
    found: tuple[Violation, ...]
    found = primitive.request_violations() if is_request else primitive.response_violations()
    return found


def _place(primitive: Any) -> str:
    number = getattr(primitive, "MessageID", None)
    if number is None:
        number = primitive.MessageIDBeingRespondedTo
    message = "no Message ID" if number is None else f"Message ID {number}"
    return f" ({message}, context {primitive._context_id})"


def report(anomalies: tuple[Anomaly, ...], message_type: str) -> None:
    """Log what is irregular in the bytes of a command set that could be read all the same.

    A peer decides how much that is, so these are two lines at most: where there are more anomalies
    than two, the second line counts them by kind.
    """
    lines = [str(anomaly) for anomaly in anomalies]
    if len(lines) > _MOST_LINES:
        lines = [lines[0], _count(anomalies[1:])]
    for line in lines:
        LOGGER.warning("%s: %s", message_type, line)


def _count(anomalies: tuple[Anomaly, ...]) -> str:
    kinds = Counter(anomaly.kind for anomaly in anomalies)
    # It stands for those that the reader has only counted, and says so.
    unlisted = [anomaly.message for anomaly in anomalies if anomaly.kind == UNLISTED]
    listed = [f"{number} {kind}" for kind, number in kinds.items() if kind != UNLISTED]
    return "; ".join((f"{len(anomalies) - len(unlisted)} more: {', '.join(listed)}", *unlisted))
