"""The rules of captured dialogues.

Invariant: whatever is here was checked: identifiers are unique, the facts of a text are names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class About(Enum):
    """What a rule is about."""

    CAPTURE = "capture"
    PDU = "pdu"
    STATE = "state"
    MESSAGE = "message"
    DIALOGUE = "dialogue"


class Mends(Enum):
    """Who is to mend what breaks a rule."""

    SENDER = "sender"
    RECEIVER = "receiver"
    REQUESTOR = "requestor"
    ACCEPTOR = "acceptor"
    CAPTURE = "capture"


@dataclass(frozen=True)
class Rule:
    """A rule: its words, with ``{facts}`` in them, and its clause.

    Attributes
    ----------
    facts : mapping of str to str
        The facts in the text, in order, with the format of each; empty for any.
    """

    identifier: str
    about: About
    mends: Mends
    text: str
    advice: str
    see: str
    facts: Mapping[str, str]


@dataclass(frozen=True)
class Rules:
    """Every rule, and what holding a dialogue against the tables needs to know.

    Attributes
    ----------
    sent_by : mapping of str to str
        The event of Table 9-10 by which each PDU is sent, by its class.
    invoked_by_scp : tuple of str
        The primitives that an SCP invokes.
    """

    sent_by: Mapping[str, str]
    invoked_by_scp: tuple[str, ...]
    rules: tuple[Rule, ...]
