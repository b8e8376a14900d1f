"""What generated code can find wrong in a message: the rules of violations, the kinds of anomalies.

Each identifier that the generated code reports is here, and each one here is reported by some of
it; identifiers are never reused for another meaning.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..table.usage import EQUAL_TO_LEFT, Usage
from .family import USAGES


@dataclass(frozen=True)
class Kind:
    """One kind of finding: its name, what it says in a few words, and what to do about it."""

    identifier: str
    title: str
    explanation: str


def _codes(*usages: Usage) -> str:
    return " or ".join(usage.value for usage in usages)


def _mapped(*kinds: Kind) -> Mapping[str, Kind]:
    return {kind.identifier: kind for kind in kinds}


_MANDATORY = _codes(*(usage for usage in USAGES if usage.is_mandatory))
_FIXED = _codes(*(usage for usage in USAGES if usage.is_fixed))

VIOLATIONS = _mapped(
    Kind(
        "missing-mandatory",
        "a mandatory parameter is absent",
        f"The cell is {_MANDATORY}, and the message has no value. Set the parameter.",
    ),
    Kind(
        "wrong-fixed-value",
        "a parameter does not have its one value",
        f"The cell is {_FIXED}, and the message has another value. Set the fixed one.",
    ),
    Kind(
        "invalid-value",
        "a value breaks its VR",
        "It could be set or read, and it is no value that PS3.5 allows for the VR. Correct it.",
    ),
    Kind(
        "must-be-absent",
        "a parameter is present where its cell is a dash",
        "Leave it unset, unless Annex C permits it with the status. A status field in a request "
        "breaks this rule too.",
    ),
    Kind(
        "missing-conditional",
        "a parameter is absent where its condition requires it",
        "The text says when it shall be present, and that is so. Set it.",
    ),
    Kind(
        "forbidden-conditional",
        "a parameter is present where its condition forbids it",
        "The text says when it shall be absent, or when alone it may be present. Leave it unset, "
        "unless Annex C permits it with the status.",
    ),
    Kind(
        "not-equal",
        "a parameter does not repeat the request",
        f"The cell has {EQUAL_TO_LEFT}, or the text wants both equal. Copy the value of the "
        "request. Without a request the rule is silent.",
    ),
    Kind(
        "status-field-not-permitted",
        "a field is present that Annex C does not permit with this status",
        "It has no row in the service table; only some statuses bring it. Leave it unset, or "
        "correct the status.",
    ),
    Kind(
        "unknown-status",
        "the status is in no status class",
        "Annex C gives the code to no class. Use one that it does.",
    ),
    Kind(
        "status-not-listed",
        "the status is none that the service lists",
        "The code is in a class, but the Status clause of the service does not have it. Use one "
        "that it has.",
    ),
)

ANOMALIES = _mapped(
    Kind(
        "order",
        "an element stands after one with a greater tag",
        "A command set ascends by tag (6.3.1). The element is read.",
    ),
    Kind("duplicate", "an element occurs more than once", "The first is used, the others are not."),
    Kind("odd-length", "a value has an odd length", "The value is read as it is."),
    Kind(
        "padding",
        "text is padded with what its VR does not allow",
        "It is read without. A UID has one NUL or nothing at its end (PS3.5 9.1), other text has "
        "spaces (PS3.5 6.2).",
    ),
    Kind(
        "multiplicity",
        "an element of one value has several",
        "The first is used.",
    ),
    Kind(
        "out-of-range",
        "a value cannot be one of its parameter",
        "The parameter stays unset; the bytes are kept in the anomaly.",
    ),
    Kind(
        "unexpected-element",
        "an element is none of its message",
        "It is kept where the class has the parameter, so that the rules can tell.",
    ),
    Kind(
        "unknown-element",
        "an element of group 0000 is in no table",
        "It is kept with its bytes in the list of what is unknown.",
    ),
    Kind(
        "retired-element",
        "an element is retired",
        "It is kept with its bytes in the list of what is unknown. One that a clause allows for "
        "the sake of old receivers is no anomaly.",
    ),
    Kind(
        "other-group",
        "an element is not of group 0000",
        "All command elements are of that group, and a command set has no others (6.3.1). It is "
        "kept with its bytes in the list of what is unknown.",
    ),
    Kind(
        "group-length",
        "the group length is not the number of bytes that follow",
        "The bytes that are there are read.",
    ),
    Kind(
        "group-length-missing",
        "there is no group length",
        "The bytes that are there are read.",
    ),
    Kind(
        "missing-element",
        "the element that says whether a data set follows is missing",
        "None is taken to follow.",
    ),
    Kind(
        "data-set",
        "a data set is announced, or given, that the message cannot have",
        "It is told, and the message is read without it.",
    ),
    Kind("truncated", "the bytes end within an element", "What is before it is read."),
    Kind(
        "trailing-bytes",
        "bytes follow the last element",
        "They are fewer than an element needs, and are not read.",
    ),
    Kind(
        "further",
        "there are more anomalies than are listed",
        "They are counted by kind. The command set is read all the same, and from the first of "
        "them on its bytes are kept in the anomaly.",
    ),
)
