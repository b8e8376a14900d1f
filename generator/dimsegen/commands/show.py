"""`dimsegen show`: print a table of the schemas, or list what can be printed."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from ..command_line.loading import load
from ..command_line.options import SCHEMAS, Command, Option, formats
from ..command_line.outcome import DONE, CommandError
from ..families import families_in
from ..table.notation import counted, plain

if TYPE_CHECKING:
    from ..table.shown import Shown

COMMAND = Command(
    "Print the table of a primitive with the rule of each row, the layout of a PDU or an item, "
    "or the state machine of an association; or list them.",
    (
        "dimsegen show",
        "dimsegen show N-GET",
        "dimsegen show N-GET --format rst",
        "dimsegen show A-ASSOCIATE-RQ",
        "dimsegen show 'Table 9-10'",
    ),
    (
        Option(
            "service",
            metavar="SERVICE",
            nargs="?",
            help="name of a primitive, a PDU, an item or a table, e.g. N-GET, 51H (default: "
            "list all of them)",
        ),
        formats("table", "json", "rst"),
        *SCHEMAS,
    ),
)
# Half of a line and more is for what a table is about.
_LONGEST_NAME = 34


def run(options: argparse.Namespace) -> int:
    """Print what is asked for in the format that is asked for."""
    if options.service is not None:
        print(_named(options).formats[options.format]())
        return DONE
    found = [each for shown in _shown(options) for each in shown]
    lists = {"table": _list, "json": _list_in_json, "rst": _list_in_rst}
    print(lists[options.format](found))
    return DONE


def _shown(options: argparse.Namespace) -> Iterator[Sequence[Shown]]:
    """Yield what each family can print; one that is not asked for is not read."""
    for family in families_in(options.schemas, "matrices", extends=options.extends):
        yield family.step("matrices").shown(load(options, family))


def _named(options: argparse.Namespace) -> Shown:
    """Return the table that is asked for: of the first family that has one of that name."""
    found: list[Shown] = []
    for shown in _shown(options):
        named = {plain(name): each for each in reversed(shown) for name in (each.name, *each.also)}
        if each := named.get(plain(options.service)):
            return each
        found += shown
    raise CommandError(_unknown(options.service, found))


def _unknown(name: str, found: Sequence[Shown]) -> str:
    from ..reading.spelling import did_you_mean

    hint = did_you_mean(name.replace("_", "-"), [each.name for each in found])
    return f"{name}: no such table{hint}: dimsegen show lists them"


def _list(found: Sequence[Shown]) -> str:
    from ..command_line.terminal import columns

    named = [(each.name, f"{each.summary} ({each.reference})") for each in found]
    rows = columns(named, longest=_LONGEST_NAME)
    kinds = [each.kind for each in found]
    numbers = ", ".join(counted(kinds.count(kind), kind) for kind in dict.fromkeys(kinds))
    return "\n".join([*rows, "", f"{numbers}; dimsegen show NAME prints one"])


def _list_in_json(found: Sequence[Shown]) -> str:
    content = [
        {"name": each.name, "summary": each.summary, "reference": each.reference} for each in found
    ]
    return json.dumps(content, indent=2, ensure_ascii=False)


def _list_in_rst(found: Sequence[Shown]) -> str:
    from ..pages.rst import matrix

    rows = [[each.name, each.summary, each.reference] for each in found]
    return "\n".join(matrix(["Name", "Summary", "Reference"], rows))
