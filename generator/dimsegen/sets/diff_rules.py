"""The catalogue: every rule that a comparison can report.

Identifiers are never reused for another meaning. The rules on usage codes are made from
`usage.STATES`, and so are their verdicts; whoever reports another rule takes its verdicts from
here, or computes them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from itertools import permutations

from ..table.usage import STATES, State, Usage
from .finding import Rollout, Verdict, rollout_of
from .matrix import usage_rule, usage_verdicts
from .other_rules import LAYOUT_RULES, OTHER_RULES
from .rule import Rule
from .states import ABSENT, READINGS
from .verdicts import Verdicts
from .wording import adjective


def stated(rule: str) -> Verdicts:
    """Return the verdicts that the catalogue states of `rule`; computed ones are a mistake."""
    found = RULES[rule]
    assert isinstance(found.senders, Verdict)
    assert isinstance(found.receivers, Verdict)
    return Verdicts(found.senders, found.receivers)


_CASE = "A finding evaluates the conditions of its cell, and what Annex C permits."
_ADVICE = {
    Rollout.ANY_ORDER: "Nobody has to move.",
    Rollout.SENDERS_FIRST: "Update the senders first, then the receivers.",
    Rollout.RECEIVERS_FIRST: "Update the receivers first, then the senders.",
    Rollout.TWO_RELEASES: f"Make two releases: first to {Usage.OPTIONAL.value}, receivers first; "
    "then on from there, senders first.",
}


def _usage(old: Usage, new: Usage) -> Rule:
    verdicts = usage_verdicts(old, new)
    sentences = [
        f"{old.value} allows {_states(old)}; {new.value} allows {_states(new)}.",
        _effect(verdicts.senders, "senders", "a message that was valid no longer is"),
        _effect(verdicts.receivers, "receivers", "a message that never was valid now is"),
        _ADVICE[rollout_of(verdicts.senders, verdicts.receivers)],
    ]
    if any(each.is_conditional or each.is_forbidden for each in (old, new)):
        sentences.append(_CASE)
    return Rule(
        usage_rule(old, new),
        f"{_cell(old)} became {_cell(new)}",
        " ".join(sentence for sentence in sentences if sentence),
        verdicts.senders,
        verdicts.receivers,
    )


def _cell(usage: Usage) -> str:
    return f"{adjective(usage)} ({usage.value})"


def _states(usage: Usage) -> str:
    if usage.is_conditional:
        readings = " or ".join(reading.value for reading in READINGS)
        mandatory = Usage.MANDATORY.value
        return f"what {mandatory} does where its condition holds, else what {readings} does"
    allowed = STATES[usage]
    if allowed >= {State.FIXED, State.OTHER}:
        present = ["present with any value"]
    else:
        present = [state.value for state in State if state in allowed - ABSENT]
    absent = [State.ABSENT.value] if allowed & ABSENT else []
    return " or ".join(absent + present)


def _effect(verdict: Verdict, side: str, why: str) -> str:
    if verdict is Verdict.OK:
        return ""
    how = "break" if verdict is Verdict.BREAKS else "may break, as the condition has it"
    return f"The {side} {how}: {why}."


@cache
def rules_between(usages: Collection[Usage]) -> Mapping[str, Rule]:
    """Return the rules on tables that have only `usages`, by identifier."""
    on_usages = (_usage(old, new) for old, new in permutations(usages, 2))
    return {rule.identifier: rule for rule in (*on_usages, *OTHER_RULES)}


RULES = {
    **rules_between(tuple(Usage)),
    **{rule.identifier: rule for rule in LAYOUT_RULES},
}
