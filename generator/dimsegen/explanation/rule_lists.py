"""The catalogue of rules as `dimsegen rules` prints it, and as a reference page has it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence

from ..command_line.terminal import bold, columns
from ..table.notation import counted
from .printed_blocks import escaped
from .rule_entries import Entry, Group


def groups(rules: Sequence[Entry]) -> Iterator[tuple[Group, str, list[Entry]]]:
    """Yield the groups that have any of `rules`, with a sentence that says what they are."""
    for group in Group:
        if members := [rule for rule in rules if rule.group is group]:
            what = group.value.partition(": ")[2]
            yield group, f"{what[0].upper()}{what[1:]}.", members


def table(
    rules: Sequence[Entry], cells: Callable[[Entry], Sequence[str]]
) -> tuple[list[str], list[list[str]]]:
    """Return heads and rows; `cells` returns how a rule is named, and what is said of it."""
    if not any(rule.senders for rule in rules):
        return ["Rule", "What it says"], [list(cells(rule)) for rule in rules]
    heads = ["Rule", "What it says", "Senders", "Receivers"]
    return heads, [[*cells(rule), rule.senders, rule.receivers] for rule in rules]


def _text(rules: Sequence[Entry]) -> str:
    lines: list[str] = []
    for group, _, members in groups(rules):
        lines += [bold(group.value), "", *_lines(members), ""]
    lines.append(f"{counted(len(rules), 'rule')}; dimsegen explain RULE says more of one")
    return "\n".join(lines)


def _lines(rules: Sequence[Entry]) -> list[str]:
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


def _json(rules: Sequence[Entry]) -> str:
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


def _markdown(rules: Sequence[Entry]) -> str:
    lines = ["# Rules"]
    for group, sentence, members in groups(rules):
        lines += ["", f"## {group.word}", "", sentence, ""]
        heads, rows = table(members, _cells)
        lines += [f"| {' | '.join(row)} |" for row in (heads, ["---"] * len(heads), *rows)]
    return "\n".join(lines)


def _cells(rule: Entry) -> tuple[str, str]:
    said = ". ".join(part for part in (rule.title, rule.explanation) if part)
    return f"`{rule.identifier}`", escaped(said)


FORMATS: Mapping[str, Callable[[Sequence[Entry]], str]] = {
    "text": _text,
    "json": _json,
    "markdown": _markdown,
}
