"""How a message that was looked at is printed: as text for a person, as JSON for a program.

This file is copied as it is from `templates/_inspect_text.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from pydicom.tag import BaseTag
from pydicom.uid import UID

from ._codec import Anomaly, Message
from ._data_set_rules import status_in_words
from ._elements import DICTIONARY
from ._rows import Violation


class Judged(Protocol):
    """What rules were tried on."""

    @property
    def violations(self) -> tuple[Violation, ...]:
        """The rules that it breaks."""

    @property
    def anomalies(self) -> tuple[Anomaly, ...]:
        """How it is irregular."""


@dataclass(frozen=True)
class Finding:
    """A message, how many bytes its command set has, and what is wrong with it.

    Attributes
    ----------
    is_looked_into : bool
        Whether it was held against the tables of its SOP class, too.
    """

    message: Message
    size: int
    violations: tuple[Violation, ...]
    is_looked_into: bool = False

    @property
    def anomalies(self) -> tuple[Anomaly, ...]:
        """How the command set is irregular."""
        return self.message.anomalies

    @property
    def is_conformant(self) -> bool:
        """Whether no rule is broken and nothing is irregular."""
        return not self.violations and not self.anomalies


def in_one_line(text: str) -> str:
    """Return `text` with a code for each character that moves a cursor, rings or cannot be seen.

    What a peer sent must not write on the terminal of whoever looks at it.
    """
    if text.isprintable():
        return text
    return "".join(each if each.isprintable() else ascii(each)[1:-1] for each in text)


def numbered(parts: Sequence[str]) -> Sequence[str]:
    """Return the parts of an answer with their numbers, where there are several."""
    if len(parts) == 1:
        return parts
    return [f"{number}. {part}" for number, part in enumerate(parts, 1)]


def counted(count: int, noun: str) -> str:
    """Return a number with its noun."""
    several = f"{noun[:-1]}ies" if noun.endswith("y") else f"{noun}s"
    return f"{count} {noun if count == 1 else several}"


def summary(
    taken_for: str,
    counts: Sequence[str],
    found: Iterable[Judged],
    messages: Sequence[Finding],
    parts: Sequence[str] = ("PS3.7",),
) -> str:
    """Return the last lines: how much there is, what is wrong with it, and what was looked at.

    Parameters
    ----------
    taken_for : str
        What the input was taken for; empty if it was as it was.
    counts : sequence of str
        How many of each there are.
    found : iterable of Judged
        What has violations and anomalies.
    messages : sequence of Finding
        The messages among them.
    parts : sequence of str
        The parts of the standard whose rules were tried.
    """
    judged = list(found)
    wrong = [
        counted(sum(len(each.violations) for each in judged), "violation"),
        counted(sum(len(each.anomalies) for each in judged), "anomaly"),
    ]
    lines = [f"{', '.join(counts)}: {', '.join(wrong)}."]
    lines.append(f"Checked: {_checked(messages, parts)}.")
    lines += [f"The input was taken for {taken_for}."] if taken_for else []
    return "\n".join(lines)


def _checked(messages: Sequence[Finding], parts: Sequence[str]) -> str:
    """Return the parts of the standard; of PS3.4 for how many messages, and why not for all."""
    looked_into = sum(each.is_looked_into for each in messages)
    if messages and looked_into == len(messages):
        return f"{', '.join(parts)} and PS3.4"
    if not messages:
        return " and ".join(parts)
    why = "of the others no SOP class is known, or no data set is here"
    if not looked_into:
        return f"{' and '.join(parts)} only: no SOP class of PS3.4 is known, or no data set is here"
    return f"{' and '.join(parts)}; PS3.4 for {looked_into} of {len(messages)} messages: {why}"


def finding_as_text(finding: Finding) -> str:
    """Return a message as text: its elements, what it breaks, what is irregular."""
    message = finding.message
    follows = "a data set follows" if message.has_data_set else "no data set"
    lines = [f"{message.message_type}: {finding.size} bytes, {follows}", ""]
    rows = [("Tag", "Parameter", "Value"), *element_rows(message)]
    widths = [max(len(row[column]) for row in rows) for column in (0, 1)]
    lines += [f"  {tag:{widths[0]}}  {name:{widths[1]}}  {value}" for tag, name, value in rows]
    for title, items in (("violation", finding.violations), ("anomaly", message.anomalies)):
        if items:
            lines += ["", counted(len(items), title)]
            lines += [f"  {item}" for item in items]
    if finding.is_conformant:
        lines += ["", "conforms: no rule is broken"]
    return "\n".join(map(in_one_line, lines))


def element_rows(message: Message) -> Iterator[tuple[str, str, str]]:
    """Yield the tag, the name and the value of every element that a message has."""
    primitive = message.primitive
    whole = {each.keyword: each.raw for each in message.anomalies if each.kind == "multiplicity"}
    for element in DICTIONARY.elements.values():
        value = getattr(primitive, element.keyword, None)
        if element.keyword == primitive._STATUS and value is not None:
            shown = status_in_words(primitive, value)
        else:
            shown = _shown(value)
        raw = whole.get(element.keyword, b"")
        if element.vr not in ("AT", "UL", "US") and b"\\" in raw:
            shown = f"{shown}, the first of '{raw.decode('latin-1')}'"
        elif value is None:
            continue
        yield str(BaseTag(element.tag)), element.name, shown
    for tag, raw in message.unknown:
        retired = DICTIONARY.retired.get(tag)
        name = f"{retired.name} (retired)" if retired else "(unknown)"
        yield str(BaseTag(tag)), name, raw.hex(" ")


def _shown(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, UID):
        return f"{value} ({value.name})" if value.name != value else str(value)
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return f"{value} ({value:04X}H)" if isinstance(value, int) else repr(value)


def finding_as_json(finding: Finding) -> dict[str, Any]:
    """Return the same for programs."""
    message = finding.message
    return {
        "message_type": message.message_type,
        "size": finding.size,
        "has_data_set": message.has_data_set,
        "primitive": message.primitive.to_json_dict(),
        "unknown": [{"tag": str(BaseTag(tag)), "raw": raw.hex()} for tag, raw in message.unknown],
        "violations": [_violation(violation) for violation in finding.violations],
        "anomalies": [_anomaly(anomaly) for anomaly in message.anomalies],
    }


def _violation(violation: Violation) -> dict[str, Any]:
    told = {
        "rule": violation.rule,
        "parameter": violation.parameter,
        "message": violation.message,
        "reference": violation.reference,
    }
    # What is wrong with a data set has a place in it, and a status that answers it.
    if path := getattr(violation, "path", ""):
        told["path"] = path
    status = getattr(violation, "status", None)
    return told if status is None else {**told, "status": f"{status:04X}"}


def _anomaly(anomaly: Anomaly) -> dict[str, Any]:
    return {
        "kind": anomaly.kind,
        "keyword": anomaly.keyword,
        "tag": None if anomaly.tag is None else str(BaseTag(anomaly.tag)),
        "offset": anomaly.offset,
        "message": anomaly.message,
        "reference": anomaly.reference,
        "raw": anomaly.raw.hex(),
    }
