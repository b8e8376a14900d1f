"""`dimsegen explain`: say what a rule, a cell or whatever a message cites means, with examples."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ..command_line.loading import loaded_in_turn, the_least_first
from ..command_line.options import SCHEMAS, TEMPLATES, Command, Option, formats
from ..command_line.outcome import DONE, CommandError
from ..families import Family, families_in

if TYPE_CHECKING:
    from ..explanation.blocks import Block
    from ..explanation.rule_entries import Listed

COMMAND = Command(
    "Say what a rule, a cell, a status, an element, an attribute, a PDU, a state or an erratum "
    "means, with its clause and with examples that were run.",
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
            help="a rule, a cell, a status, an element, an attribute, a PDU, a state or an "
            "erratum, e.g. usage-u-to-m, N-GET.AttributeList, N-GET response Attribute List, "
            "0120H, A7xx, '(0000,1001)', ErrorComment, S4, A_ABORT_PDU.source, 'Sta5 + AE-3'",
        ),
        formats("text", "markdown"),
        *SCHEMAS,
        TEMPLATES,
    ),
)
_STEP = "explain.answer"
_OUTCOME = "nothing was explained"
_MOST_MEANT = 3
# How identifiers of rules look: the list of all of them takes a while.
_RULE = re.compile(r"[a-z]+(-[a-z0-9]+)*")


def run(options: argparse.Namespace) -> int:
    """Print the explanation in the format that is asked for."""
    from ..explanation.printed_blocks import markdown, text

    blocks = _blocks(" ".join(options.subject), options)
    print({"text": text, "markdown": markdown}[options.format](blocks))
    return DONE


def _blocks(words: str, options: argparse.Namespace) -> list[Block]:
    """Return what there is to say of `words`; only the families are read that may know them.

    Raises
    ------
    CommandError
        If none knows it; a family that knows the first of several words says what is wrong.
    """
    from ..explanation.rule_entries import listed_rules

    able = families_in(options.schemas, _STEP, extends=options.extends)
    rules = listed_rules() if _RULE.fullmatch(words) else {}
    if rule := rules.get(words):
        return _rule(rule, [each for each in able if each in rule.families], options)
    return _subject(words, the_least_first(able, options), options)


def _rule(rule: Listed, able: Sequence[Family], options: argparse.Namespace) -> list[Block]:
    """Return what the families that have a rule say of it; the same is told once."""
    from ..explanation.rule_entries import rule_blocks

    told: dict[Block, list[Block]] = {}
    for family, schema in loaded_in_turn(options, able, _OUTCOME):
        if blocks := _answered(family, rule.entry.identifier, schema, options):
            told.setdefault(blocks[0], blocks)
    # What no family has an example for is told in the words of the list.
    return [block for blocks in told.values() for block in blocks] or [*rule_blocks(rule.entry)]


def _subject(words: str, able: Sequence[Family], options: argparse.Namespace) -> list[Block]:
    """Return what the first family says that knows `words`: no two have a subject of one name."""
    from ..explanation.blocks import UnknownSubjectError
    from ..explanation.rule_entries import listed_rules

    misspelt: UnknownSubjectError | None = None
    known: list[str] = []
    for family, schema in loaded_in_turn(options, able, _OUTCOME):
        try:
            if blocks := _answered(family, words, schema, options):
                return blocks
        except UnknownSubjectError as error:
            misspelt = error if error.is_sure else misspelt or error
            if error.is_sure:
                break
        known += family.step(_STEP).names_of(schema)
    raise CommandError(str(misspelt) if misspelt else _unknown(words, [*listed_rules(), *known]))


def _answered(
    family: Family, words: str, schema: object, options: argparse.Namespace
) -> list[Block]:
    from ..render import RenderError

    try:
        return list(family.step(_STEP).answer(words, schema, options.templates))
    except RenderError as error:
        raise CommandError(str(error)) from error


def _unknown(name: str, known: Iterable[str]) -> str:
    from ..reading.spelling import did_you_mean

    hint = did_you_mean(name, known, most=_MOST_MEANT)
    return (
        f"{name}: no such rule{hint}: see dimsegen rules, or name a cell as SERVICE.PARAMETER, "
        "a status, an element or an erratum"
    )
