"""What an audit returns: associations with their messages, and what was found in them.

Invariant: nothing here is judged; a record holds what was read. Lists are bounded: what goes beyond
is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from .._codec import Anomaly
from .._rows import Violation
from ._finding import Finding, Place

#: How many messages and findings of one association are listed; further ones are counted.
MOST_MESSAGES: Final = 10_000
MOST_FINDINGS: Final = 1_000


class Outcome(Enum):
    """How an association ended."""

    RELEASED = "released"
    ABORTED = "aborted"
    REJECTED = "rejected"
    LOST = "lost"
    OPEN = "open"


@dataclass(slots=True)
class Context:
    """A presentation context, as it was proposed and answered."""

    context_id: int
    abstract_syntax: str
    proposed: tuple[str, ...]
    transfer_syntax: str | None = None
    result: str = "not answered"
    is_accepted: bool = False


@dataclass(slots=True)
class SentPDU:
    """A PDU that carries no message, and what it says in words."""

    place: Place
    name: str
    text: str = ""


@dataclass(slots=True)
class SentMessage:
    """A DIMSE message.

    Attributes
    ----------
    place : Place
        Where it is complete.
    kind : str
        Its type, e.g. ``C-ECHO-RQ``; empty if its command set cannot be decoded.
    message_id : int or None
        Its Message ID or, of a response and a cancellation, the one it is about.
    sop_class : str
        The UID of the SOP class that it is for.
    status : int or None
        Of a response.
    status_text : str
        What the status means.
    command : bytes
        The command set.
    data_set_bytes : int
        How many bytes its data set has, those that are missing from the capture included.
    missing_bytes : int
        How many of them are missing from the capture.
    answers : Place or None
        Of a response, where its request is.
    state : str
        Of a response, the state that its SOP Instance has now; empty if that is not known.
    data_set : bytes or None
        The data set, if a rule needed it.
    not_checked : tuple of str
        What could not be checked of it.
    """

    place: Place
    context_id: int
    kind: str = ""
    message_id: int | None = None
    sop_class: str = ""
    status: int | None = None
    status_text: str = ""
    command: bytes = b""
    data_set_bytes: int = 0
    missing_bytes: int = 0
    answers: Place | None = None
    state: str = ""
    data_set: bytes | None = None
    violations: tuple[Violation, ...] = ()
    anomalies: tuple[Anomaly, ...] = ()
    findings: list[Finding] = field(default_factory=list)
    not_checked: tuple[str, ...] = ()

    @property
    def seconds(self) -> float | None:
        """How long a response took, in seconds; None where that is not known."""
        if self.answers is None or self.place.time is None or self.answers.time is None:
            return None
        return (self.place.time - self.answers.time) / 1e9

    @property
    def is_faultless(self) -> bool:
        """Whether nothing was found in it."""
        return not (self.violations or self.anomalies or self.findings)


@dataclass(slots=True)
class Association:
    """A dialogue, from its request to its end.

    Attributes
    ----------
    requestor, acceptor : str
        Address and port; empty where there are none.
    outcome_text : str
        How it ended, in words.
    user_information : dict of str to dict of str to str
        What each party says of itself, by party and name.
    pdus : list of SentPDU
        What established and ended it.
    unlisted : Counter of str
        How many messages, violations, anomalies and findings are not listed.
    not_checked : Counter of str
        What could not be checked, and how often.
    """

    file: str
    requestor: str = ""
    acceptor: str = ""
    calling_ae_title: str = ""
    called_ae_title: str = ""
    outcome: Outcome = Outcome.OPEN
    outcome_text: str = ""
    contexts: dict[int, Context] = field(default_factory=dict)
    user_information: dict[str, dict[str, str]] = field(default_factory=dict)
    pdus: list[SentPDU] = field(default_factory=list)
    messages: list[SentMessage] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    violations: list[tuple[Place, Violation]] = field(default_factory=list)
    anomalies: list[tuple[Place, Anomaly]] = field(default_factory=list)
    started: int | None = None
    ended: int | None = None
    unlisted: Counter[str] = field(default_factory=Counter)
    not_checked: Counter[str] = field(default_factory=Counter)

    def add(self, message: SentMessage) -> bool:
        """List a message, or count it; return whether it is listed."""
        room = MOST_MESSAGES if message.is_faultless else MOST_MESSAGES + MOST_FINDINGS
        if len(self.messages) < room:
            self.messages.append(message)
            return True
        self.unlisted["messages"] += 1
        self.unlisted["violations"] += len(message.violations)
        self.unlisted["anomalies"] += len(message.anomalies)
        self.unlisted["findings"] += len(message.findings)
        return False

    def find(self, finding: Finding) -> None:
        """List a finding of the association, or count it."""
        if len(self.findings) < MOST_FINDINGS:
            self.findings.append(finding)
        else:
            self.unlisted["findings"] += 1

    def keep_violations(self) -> None:
        """Forget what breaks no rule of the standard: anomalies, and what is not in the capture."""
        self.anomalies.clear()
        self.findings = [each for each in self.findings if each.about != "capture"]
        for message in self.messages:
            message.anomalies = ()
        del self.unlisted["anomalies"]

    def judge_pdu(
        self, pdu: SentPDU, violations: Iterable[Violation], anomalies: Iterable[Anomaly]
    ) -> None:
        """List a PDU and what is wrong with it, or count that."""
        if len(self.pdus) < MOST_FINDINGS:
            self.pdus.append(pdu)
        for violation in violations:
            if len(self.violations) < MOST_FINDINGS:
                self.violations.append((pdu.place, violation))
            else:
                self.unlisted["violations"] += 1
        for anomaly in anomalies:
            if len(self.anomalies) < MOST_FINDINGS:
                self.anomalies.append((pdu.place, anomaly))
            else:
                self.unlisted["anomalies"] += 1

    @property
    def summary(self) -> Summary:
        """How much was found."""
        messages, unlisted = self.messages, self.unlisted
        return Summary(
            associations=1,
            messages=len(messages) + unlisted["messages"],
            violations=sum(len(each.violations) for each in messages)
            + len(self.violations)
            + unlisted["violations"],
            anomalies=sum(len(each.anomalies) for each in messages)
            + len(self.anomalies)
            + unlisted["anomalies"],
            findings=sum(len(each.findings) for each in messages)
            + len(self.findings)
            + unlisted["findings"],
        )


@dataclass(slots=True)
class Summary:
    """How many there are of each."""

    associations: int = 0
    messages: int = 0
    violations: int = 0
    anomalies: int = 0
    findings: int = 0

    def add(self, other: Summary) -> None:
        """Add the numbers of another."""
        self.associations += other.associations
        self.messages += other.messages
        self.violations += other.violations
        self.anomalies += other.anomalies
        self.findings += other.findings

    @property
    def is_faultless(self) -> bool:
        """Whether nothing was found."""
        return not (self.violations or self.anomalies or self.findings)


@dataclass(slots=True)
class File:
    """What was read of a file.

    Attributes
    ----------
    taken_for : str
        What it was taken for.
    problem : str
        Why it could not be read, or not to its end; empty if it could.
    is_cut : bool
        Whether its last frame only is not whole.
    not_checked : dict of str to int
        What could not be checked, and how often.
    """

    name: str
    taken_for: str = ""
    frames: int = 0
    size: int = 0
    problem: str = ""
    is_cut: bool = False
    not_checked: dict[str, int] = field(default_factory=dict)
    summary: Summary = field(default_factory=Summary)
