"""Put an explanation together, block by block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...code.runnable import runnable
from ...explanation.blocks import Block, Code, Heading, Pairs, Paragraph
from ...explanation.erratum_blocks import erratum_blocks
from ...sets.finding import Side
from ...sets.report import Counterexample
from ...table.notation import tag_in_words
from ...witness.least import Shown
from ..witness.trials import Tried
from .cell import CellExplanation
from .changes import Change, lost_and_gained
from .irregular import Anomaly

PACKAGE = "dimse_primitives"
# The words of an example that are printed.
_MOST_WORDS = 5


def cell_blocks(cells: Sequence[CellExplanation]) -> Iterator[Block]:
    """Yield what there is to say of one parameter in one direction or more."""
    first = cells[0].subject
    parameter = first.parameter
    kind = (
        "data set"
        if parameter.is_data_set
        else f"{tag_in_words(parameter.tag)}, VR {parameter.vr}, VM {parameter.vm}"
    )
    yield Heading(f"{first.service} {parameter.name} ({kind})", is_title=True)
    yield Paragraph(cells[0].description)
    yield Paragraph(f"{cells[0].reference}.")
    for cell in cells:
        yield from _direction(cell)
    errata = {each.identifier: each for cell in cells for each in cell.errata}
    for erratum in errata.values():
        yield from erratum_blocks(erratum)


def _direction(cell: CellExplanation) -> Iterator[Block]:
    yield Heading(f"{cell.subject.service} {cell.subject.direction.column}: {cell.words}")
    meaning = cell.meaning
    yield Pairs(
        (
            (f"sender ({meaning.sender})", meaning.sending),
            (f"receiver ({meaning.receiver})", meaning.receiving),
        )
    )
    valid, invalid = cell.examples.valid, cell.examples.invalid
    if valid is not None:
        yield Code("valid", runnable(valid.code, PACKAGE))
    if invalid is not None:
        yield Code("invalid", runnable(invalid.code, PACKAGE), invalid.violations)
    elif valid is not None:
        yield Paragraph("No message breaks a rule because of this parameter.")
    elif cell.rules:
        yield Paragraph("What is reported about it:")
        yield Pairs(tuple((rule.rule, f"{rule.message} ({rule.reference})") for rule in cell.rules))


def change_blocks(
    change: Change, examples: Sequence[tuple[Side, Counterexample]]
) -> Iterator[Block]:
    """Yield the sets of both usage codes, and an example for each side that breaks."""
    lost, gained = lost_and_gained(change.before, change.after)
    nothing = "nothing"
    yield Pairs(
        (
            ("no longer allowed", ", ".join(state.value for state in lost) or nothing),
            ("newly allowed", ", ".join(state.value for state in gained) or nothing),
        )
    )
    before, after = change.before.value, change.after.value
    where = f"{change.service.name} {change.column} {change.row.keyword}"
    yield Heading(f"example: {where}: {before} -> {after}")
    for side, example in examples:
        yield Paragraph(
            f"The {side.value} break: the {example.accepted_by} version accepts this, the "
            f"{example.rejected_by} one does not."
        )
        yield Code("invalid", example.code.rstrip("\n"), example.words)


def violation_blocks(broken: Tried | None) -> Iterator[Block]:
    """Yield a message that breaks a rule, and what is said to it; None if there is none."""
    if broken is None:
        yield Paragraph("No message of these schemas can break it.")
        return
    yield Heading("example")
    yield Code("invalid", runnable(broken.code, PACKAGE), broken.violations)


def anomaly_blocks(example: Shown[bytes, Anomaly]) -> Iterator[Block]:
    """Yield a command set with an anomaly, and what is said of it."""
    digits = example.tried.hex(" ")
    width = 3 * 22
    lines = "\n".join(f'    "{digits[at : at + width]}"' for at in range(0, len(digits), width))
    source = f"from {PACKAGE} import decode\n\ncommand_set = bytes.fromhex(\n{lines}\n)\n"
    yield Heading("example")
    words = tuple(map(str, example.said))
    if len(words) > _MOST_WORDS:
        words = (*words[: _MOST_WORDS - 1], f"... and {len(words) - _MOST_WORDS} others", words[-1])
    yield Code("invalid", f"{source}decode(command_set, strict=True)", words)
