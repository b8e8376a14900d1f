"""The catalogue of rules as `dimsegen rules` prints it, and as a reference page has it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..command_line.terminal import bold, columns
from ..table.notation import counted
from .printed_blocks import escaped
from .rule_entries import Entry, Group


@dataclass(frozen=True)
class Section:
    """The rules of a group, which are printed together."""

    group: Group
    rules: tuple[Entry, ...]

    @property
    def is_of_changes(self) -> bool:
        """Whether they say what a change does to either side."""
        return any(rule.senders for rule in self.rules)

    @property
    def sentence(self) -> str:
        """What the group is."""
        what = self.group.value.partition(": ")[2]
        return f"{what[0].upper()}{what[1:]}."

    def table(self, cells: Callable[[Entry], Sequence[str]]) -> tuple[list[str], list[list[str]]]:
        """Return heads and rows; `cells` returns how a rule is named, and what is said of it."""
        effects = ["Senders", "Receivers"] if self.is_of_changes else []
        rows = [
            [*cells(rule), *([rule.senders, rule.receivers] if effects else [])]
            for rule in self.rules
        ]
        return ["Rule", "What it says", *effects], rows


def sections(rules: Sequence[Entry]) -> Iterator[Section]:
    """Yield the groups that have any of `rules`."""
    for group in Group:
        if members := tuple(rule for rule in rules if rule.group is group):
            yield Section(group, members)


def _text(rules: Sequence[Entry]) -> str:
    lines: list[str] = []
    for section in sections(rules):
        lines += [bold(section.group.value), "", *_lines(section), ""]
    lines.append(f"{counted(len(rules), 'rule')}; dimsegen explain RULE says more of one")
    return "\n".join(lines)


def _lines(section: Section) -> list[str]:
    """Return a line or more for each rule; those on changes say whom they break."""
    if not section.is_of_changes:
        return columns([(rule.identifier, rule.title) for rule in section.rules])
    heads = (("rule", "senders", "receivers"), "what changed")
    rows = [((rule.identifier, rule.senders, rule.receivers), rule.title) for rule in section.rules]
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
    for section in sections(rules):
        lines += ["", f"## {section.group.word}", "", section.sentence, ""]
        heads, rows = section.table(_cells)
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
