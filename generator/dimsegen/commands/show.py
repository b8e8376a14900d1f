"""`dimsegen show`: print a table of the schemas, or list what can be printed."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Callable, Mapping, Sequence
from difflib import get_close_matches

from ..families import families_in
from ..pages.rst import matrix
from . import DONE, CommandError, counted, load
from .shown import Shown
from .terminal import columns


def run(options: argparse.Namespace) -> int:
    """Print what is asked for in the format that is asked for."""
    found: list[Shown] = []
    for family in families_in(options.schemas, "matrices", extends=options.extends):
        schema = load(family, options.schemas, extends=options.extends)
        found += family.step("matrices").shown(schema)
    if options.service is None:
        print(_LISTS[options.format](found))
        return DONE
    named = {_plain(name): each for each in reversed(found) for name in (each.name, *each.also)}
    wanted = _plain(options.service)
    if wanted not in named:
        raise CommandError(_unknown(options.service, found))
    print(named[wanted].formats[options.format]())
    return DONE


def _plain(name: str) -> str:
    """Return a name as it is compared: letters and digits alone, all small."""
    return re.sub(r"[^a-z0-9]", "", name.lower())


def _unknown(name: str, found: Sequence[Shown]) -> str:
    known = {each.name.upper(): each.name for each in found}
    close = get_close_matches(name.upper().replace("_", "-"), known, 1)
    hint = f" (did you mean {known[close[0]]}?)" if close else ""
    return f"{name}: no such table{hint}: dimsegen show lists them"


def _list(found: Sequence[Shown]) -> str:
    rows = columns([(each.name, f"{each.summary} ({each.reference})") for each in found])
    kinds = [each.kind for each in found]
    numbers = ", ".join(counted(kinds.count(kind), kind) for kind in dict.fromkeys(kinds))
    return "\n".join([*rows, "", f"{numbers}; dimsegen show NAME prints one"])


def _list_in_json(found: Sequence[Shown]) -> str:
    content = [
        {"name": each.name, "summary": each.summary, "reference": each.reference} for each in found
    ]
    return json.dumps(content, indent=2, ensure_ascii=False)


def _list_in_rst(found: Sequence[Shown]) -> str:
    rows = [[each.name, each.summary, each.reference] for each in found]
    return "\n".join(matrix(["Name", "Summary", "Reference"], rows))


_LISTS: Mapping[str, Callable[[Sequence[Shown]], str]] = {
    "table": _list,
    "json": _list_in_json,
    "rst": _list_in_rst,
}
