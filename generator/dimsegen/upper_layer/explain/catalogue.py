"""Every rule that dimsegen reports of the tables of the Upper Layer, and the code made of them."""

from __future__ import annotations

from ...explanation.rule_entries import Entry, Group, changes, messages
from ...sets.diff_rules import rules_between
from ...sets.other_rules import LAYOUT_RULES
from ..family import USAGES
from ..lint.objections import RULES as LINT_RULES
from ..loader.prose_rules import RULES as LOADER_RULES

# What the generated primitives report beside what those of PS3.7 do.
_VIOLATIONS = (
    (
        "duplicate",
        "what stands once stands twice",
        "A presentation context ID, a sub-item, or a sub-item for one SOP Class. Keep one.",
    ),
    (
        "no-correspondence",
        "the result list does not answer the definition list",
        "Each presentation context that is proposed has one result (PS3.8 7.1.1.14). Answer those, "
        "and no others.",
    ),
    (
        "not-negotiated",
        "a sub-item of the response answers none of the request",
        "An acceptor speaks of what the requestor has offered only (PS3.7 D.3.3). Leave it out.",
    ),
)
_PDUS = (
    ("order", "an item follows one of a higher type", "Items ascend by type (PS3.8 9.3)."),
    ("duplicate", "an item that stands once is there again", "The first is used. Send one."),
    ("missing", "an item that shall be there is not", "Send it."),
    (
        "length",
        "a length or a number of characters does not fit",
        "Lengths count the bytes that follow them, up to the end of the PDU or item.",
    ),
    ("trailing-bytes", "bytes follow where nothing does", "Correct the length before them."),
    (
        "invalid-value",
        "a value is none that its field may have",
        "A context ID is odd, a code is one of those that are printed, a UID is one, text is of "
        "the basic G0 set of ISO 646. Correct it.",
    ),
    (
        "padding",
        "a UID or an AE title is padded as it shall not be",
        "A UID in a PDU has no padding (PS3.8 Annex F); an AE title is padded with spaces.",
    ),
    (
        "protocol-version",
        "the bit of version 1 is not set",
        "Only bit 0 is tested (PS3.8 9.3.2). Set it.",
    ),
    (
        "further",
        "there are more anomalies than are listed",
        "Those that come first are listed one by one, the others are counted.",
    ),
)


def entries() -> tuple[Entry, ...]:
    """Return every rule, group by group."""
    return (
        *messages(Group.LOADER, LOADER_RULES),
        *messages(Group.LINT, LINT_RULES),
        *changes(rules_between(USAGES).values()),
        *changes(LAYOUT_RULES),
        *(Entry(Group.VIOLATION, *each) for each in _VIOLATIONS),
        *(Entry(Group.PDU, *each) for each in _PDUS),
    )
