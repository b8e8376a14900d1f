"""Which service is asked about; who sends something, and who receives it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...explanation.blocks import Block, Pairs
from ...sets.finding import Ends
from ...table.notation import plain
from ..model import Service, UpperLayer


def asked_service(words: str, layer: UpperLayer) -> tuple[Service | None, list[str]]:
    """Return the service that `words` start with, None if they do not, and how they go on."""
    first, *rest = re.split(r"[.\s]+", words.strip())
    services = {plain(each.name): each for each in layer.services}
    return services.get(plain(first)), rest


def ends_block(ends: tuple[Ends, ...], clause: str = "") -> Iterator[Block]:
    """Yield who sends something, and who receives it, with the clause that says so, if one does."""
    if rows := tuple(ends_rows(ends, clause)):
        yield Pairs(rows)


def ends_rows(ends: tuple[Ends, ...], clause: str = "") -> Iterator[tuple[str, str]]:
    """Yield the same as names and what is said of each; nothing if nobody sends it."""
    if ends:
        senders, receivers = (
            ", ".join(dict.fromkeys(x.value for x in e)) for e in zip(*ends, strict=True)
        )
        yield from (("from", senders), ("to", receivers))
        if clause:
            yield "see", clause
