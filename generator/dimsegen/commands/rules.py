"""`dimsegen rules`: list every rule that can be reported."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator

from . import DONE, CommandError, counted
from .explanation import escaped
from .rule_entries import Entry, Group, every_entry
from .terminal import bold, columns


def run(options: argparse.Namespace) -> int:
    """Print the catalogue in the format that is asked for."""
    kinds = [group.word for group in Group]
    if options.kind not in (None, *kinds):
        raise CommandError(f"{options.kind}: no such kind: use one of {', '.join(kinds)}")
    rules = tuple(each for each in every_entry() if options.kind in (None, each.group.word))
    shown = {"text": _text, "json": _json, "markdown": _markdown}[options.format]
    print(shown(rules))
    return DONE


def _groups(rules: tuple[Entry, ...]) -> Iterator[tuple[Group, list[Entry]]]:
    for group in Group:
        if members := [rule for rule in rules if rule.group is group]:
            yield group, members


def _text(rules: tuple[Entry, ...]) -> str:
    lines: list[str] = []
    for group, members in _groups(rules):
        lines += [bold(group.value), "", *_table(members), ""]
    lines.append(f"{counted(len(rules), 'rule')}; dimsegen explain RULE says more of one")
    return "\n".join(lines)


def _table(rules: list[Entry]) -> list[str]:
    """Return a line or more for each rule; those on changes say whom they break."""
    if not any(rule.senders for rule in rules):
        return columns([(rule.identifier, rule.title) for rule in rules])
    heads = (("rule", "senders", "receivers"), "what changed")
    rows = [((rule.identifier, rule.senders, rule.receivers), rule.title) for rule in rules]
    widths = [max(len(names[n]) for names, _ in (heads, *rows)) for n in range(len(heads[0]))]
    return columns(
        [
            ("  ".join(name.ljust(width) for name, width in zip(names, widths, strict=True)), text)
            for names, text in (heads, *rows)
        ]
    )


def _json(rules: tuple[Entry, ...]) -> str:
    records = [
        {
            "group": rule.group.word,
            "rule": rule.identifier,
            "title": rule.title,
            "explanation": rule.explanation,
            "senders": rule.senders or None,
            "receivers": rule.receivers or None,
            "rollout": rule.rollout.value if rule.rollout else None,
        }
        for rule in rules
    ]
    return json.dumps(records, indent=2, ensure_ascii=False)


def _markdown(rules: tuple[Entry, ...]) -> str:
    lines = ["# Rules"]
    for group, members in _groups(rules):
        word, _, what = group.value.partition(": ")
        is_change = any(rule.senders for rule in members)
        heads = ["Rule", "What it says", *(["Senders", "Receivers"] if is_change else [])]
        lines += ["", f"## {word}", "", f"{what[0].upper()}{what[1:]}.", ""]
        lines += [_row(heads), _row(["---"] * len(heads))]
        for rule in members:
            text = ". ".join(part for part in (rule.title, rule.explanation) if part)
            effects = [rule.senders, rule.receivers] if is_change else []
            lines.append(_row([f"`{rule.identifier}`", escaped(text), *effects]))
    return "\n".join(lines)


def _row(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"
