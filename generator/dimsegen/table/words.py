"""Words that code, documentation and reports share: conditions, articles, what is cited."""

from __future__ import annotations

from collections.abc import Mapping

from .condition import (
    FORBID,
    PERMIT,
    REQUIRE,
    All,
    AnyOf,
    Condition,
    Not,
    Present,
    PresentInRequest,
    StatusIn,
)

# What a condition of a row does, in words.
EFFECTS = {
    REQUIRE: "required when",
    FORBID: "not allowed when",
    PERMIT: "may be included when",
}


def with_article(phrase: str) -> str:
    """Return `phrase` with ``a`` or ``an``, as its first letter is spoken."""
    return f"{'an' if phrase[0] in 'AEFHILMNORSX' else 'a'} {phrase}"


def in_words(condition: Condition, names: Mapping[str, str]) -> str:
    """Return `condition` for a person; `names` has the printed name of each keyword."""
    match condition:
        case StatusIn(_, words):
            return f"the status is {words}"
        case Not(StatusIn(_, words)):
            return f"the status is not {words}"
        case Present(keyword):
            return f"{names[keyword]} is present"
        case Not(Present(keyword)):
            return f"{names[keyword]} is absent"
        case PresentInRequest():
            return "the request has one"
        case Not(PresentInRequest()):
            return "the request has none"
        case Not(inner):
            return f"it is not so that {in_words(inner, names)}"
        case All(conditions):
            return " and ".join(in_words(inner, names) for inner in conditions)
        case AnyOf(conditions):
            return " or ".join(in_words(inner, names) for inner in conditions)
