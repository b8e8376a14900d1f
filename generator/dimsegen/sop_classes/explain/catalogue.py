"""Every rule that is reported of the tables of PS3.4, and of data sets against them."""

from __future__ import annotations

from ...explanation.rule_entries import Entry, Group, messages
from ..agreement import RULES as AGREEMENT_RULES
from ..lint import RULES as LINT_RULES
from ..loader.prose_rules import RULES as LOADER_RULES

_VIOLATIONS = (
    (
        "service-not-used",
        "the SOP class does not have this service",
        "The table of its DIMSE service group lists those that it has. Use one of them.",
    ),
    (
        "missing-attribute",
        "an attribute that shall be there is not",
        "Its usage wants it (PS3.4 5.4.2, H.2.4), or its condition does. Add it.",
    ),
    (
        "missing-attribute-value",
        "an attribute that shall have a value is empty",
        "Its usage permits no zero length (PS3.4 5.4.2). Give it a value, or leave it out where "
        "it is optional.",
    ),
    (
        "attribute-not-allowed",
        "an attribute is there that shall not be",
        "The table does not allow it in this message, or its condition does not hold. Leave it "
        "out.",
    ),
    (
        "attribute-value",
        "a value, or a number of items, is none that the table lists",
        "Use one that is listed.",
    ),
    (
        "sop-uid-in-data-set",
        "the data set has a UID that the message has",
        "The SOP Class and the SOP Instance are named in the message (PS3.4 5.4.2.3). Leave them "
        "out of the data set.",
    ),
    (
        "unknown-event-type",
        "the SOP class has no such event type",
        "The table of events lists the types. Use one of them.",
    ),
    (
        "unknown-action-type",
        "the SOP class has no such action type",
        "The table of actions lists the types. Use one of them.",
    ),
    (
        "sop-class-status",
        "the status is none that the SOP class defines",
        "PS3.7 leaves the codes Axxx, Bxxx and Cxxx to SOP classes. Use one of its table of "
        "statuses, or one of PS3.7.",
    ),
    (
        "state-transition",
        "the state of the instance does not permit it",
        "The state table of the SOP class says what each request does in each state, and what an "
        "instance needs before a final one.",
    ),
    (
        "missing-key",
        "an identifier lacks a key",
        "A query has its level, the Unique Keys of the levels above and of its own, and the keys "
        "that the table demands. Add it.",
    ),
    (
        "key-not-allowed",
        "an identifier has a key of another level",
        "Without relational queries only the keys of the level are permitted (PS3.4 C.4.1.2.2.1). "
        "Leave it out.",
    ),
)


def entries() -> tuple[Entry, ...]:
    """Return every rule, group by group."""
    return (
        *messages(Group.LOADER, {**LOADER_RULES, **AGREEMENT_RULES}),
        *messages(Group.LINT, LINT_RULES),
        *(Entry(Group.VIOLATION, *each) for each in _VIOLATIONS),
    )
