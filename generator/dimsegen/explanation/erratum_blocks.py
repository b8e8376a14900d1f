"""What `explain` says of an erratum."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..table.erratum import Erratum
from ..table.notation import plain
from .blocks import Block, Heading, Pairs, Paragraph

PASSES = Paragraph("dimsegen verify lets these differences from the page pass for it:")


def erratum_blocks(erratum: Erratum, *, is_title: bool = False) -> Iterator[Block]:
    """Yield what both clauses say, and what was decided."""
    yield Heading(f"erratum {erratum.identifier}: {erratum.title}", is_title)
    clauses = (("one clause", erratum.clause), ("the other", erratum.other_clause))
    yield Pairs((*clauses, ("decision", erratum.decision)))


def of_errata(words: str, errata: Iterable[Erratum]) -> Iterator[Block]:
    """Yield what there is to say of the erratum that `words` name, if they name one."""
    for erratum in errata:
        if plain(erratum.identifier) == plain(words):
            yield from erratum_blocks(erratum, is_title=True)
            if erratum.explains:
                yield PASSES
                yield Paragraph("; ".join(erratum.explains))
