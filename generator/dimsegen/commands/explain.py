"""`dimsegen explain`: say what a rule, a cell or whatever a message cites means, with examples."""

from __future__ import annotations

import argparse
from collections.abc import Iterable
from typing import TYPE_CHECKING

from ..command_line.loading import loaded
from ..command_line.options import SCHEMAS, TEMPLATES, Command, Option, formats
from ..command_line.outcome import DONE, CommandError

if TYPE_CHECKING:
    from ..explanation.blocks import Block

COMMAND = Command(
    "Say what a rule, a cell, a status, an element, a PDU, a state or an erratum means, with "
    "its clause and with examples that were run.",
    (
        "dimsegen explain missing-mandatory",
        "dimsegen explain N-GET.AttributeList",
        "dimsegen explain 0120H",
        "dimsegen explain '(0000,1001)' S4",
        "dimsegen explain A_ASSOCIATE.result",
        "dimsegen explain 'Sta5 + AE-3'",
    ),
    (
        Option(
            "subject",
            metavar="SUBJECT",
            nargs="+",
            help="a rule, a cell, a status, an element, a PDU, a state or an erratum, e.g. "
            "usage-u-to-m, N-GET.AttributeList, N-GET response Attribute List, 0120H, "
            "'(0000,1001)', ErrorComment, S4, A_ABORT_PDU.source, 'Sta5 + AE-3'",
        ),
        formats("text", "markdown"),
        *SCHEMAS,
        TEMPLATES,
    ),
)
_MOST_MEANT = 3


def run(options: argparse.Namespace) -> int:
    """Print the explanation in the format that is asked for."""
    from ..explanation.printed_blocks import markdown, text

    blocks = _blocks(" ".join(options.subject), options)
    print({"text": text, "markdown": markdown}[options.format](blocks))
    return DONE


def _blocks(words: str, options: argparse.Namespace) -> list[Block]:
    """Return what the families have to say of `words`; the same rule is told once.

    Raises
    ------
    CommandError
        If none knows it; a family that knows the first of several words says what is wrong.
    """
    from ..explanation.blocks import UnknownSubjectError
    from ..explanation.rule_entries import every_entry, rule_blocks
    from ..render import RenderError

    rules = {rule.identifier: rule for rule in every_entry()}
    known = list(rules)
    misspelt: UnknownSubjectError | None = None
    told: dict[Block, list[Block]] = {}
    for family, schema in loaded(options, "explain.answer", "nothing was explained"):
        step = family.step("explain.answer")
        try:
            if blocks := list(step.answer(words, schema, options.templates)):
                told.setdefault(blocks[0], blocks)
        except RenderError as error:
            raise CommandError(str(error)) from error
        except UnknownSubjectError as error:
            if misspelt is None or error.is_sure:
                misspelt = error
        known += step.names_of(schema)
    if not told and words in rules:
        # What no family has an example for is told in the words of the list.
        return list(rule_blocks(rules[words]))
    if not told:
        raise CommandError(str(misspelt) if misspelt else _unknown(words, known))
    return [block for blocks in told.values() for block in blocks]


def _unknown(name: str, known: Iterable[str]) -> str:
    from ..reading.spelling import did_you_mean

    hint = did_you_mean(name, known, most=_MOST_MEANT)
    return (
        f"{name}: no such rule{hint}: see dimsegen rules, or name a cell as SERVICE.PARAMETER, "
        "a status, an element or an erratum"
    )
