"""What 2024c prints and an older text does not yet.

The text that `standard` reads is of about 2020b. The schemas and the typed copy of the tables are
2024c: `test_editions` holds both against that edition itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from .facts import SERVICE_CLASS_SPECIFIC, ServiceStatus

STATUSES = (ServiceStatus("C-FIND", "9.1.2.1.6", 7, "Warning", SERVICE_CLASS_SPECIFIC),)
"""Since 2024a."""


def with_later(statuses: Iterable[ServiceStatus]) -> Iterator[ServiceStatus]:
    """Yield `statuses`, each clause with what it got later, if it has not got it already."""
    found = list(statuses)
    for number, each in enumerate(found):
        yield each
        is_last = each.clause not in {other.clause for other in found[number + 1 :]}
        if is_last:
            yield from (new for new in STATUSES if new.clause == each.clause and new not in found)
