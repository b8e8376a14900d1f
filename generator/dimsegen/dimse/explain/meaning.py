"""What a cell asks of the sender and of the receiver, in plain words.

Everything follows from the demand of the cell, which the generated code keeps to as well; no usage
code is known here.
"""

from __future__ import annotations

from dataclasses import dataclass

from ...table.condition import FORBID, PERMIT, REQUIRE, All, Not
from ...table.satisfiable import can_hold
from ...table.status_codes import show
from ...table.words import in_words
from ..demands import Demand
from .asked import Subject


@dataclass(frozen=True)
class Meaning:
    """What a cell asks of either side; the roles are ``invoker`` and ``performer``."""

    sender: str
    receiver: str
    sending: str
    receiving: str


def meaning_of(subject: Subject) -> Meaning:
    """Return what the cell of `subject` means."""
    demand = subject.demand
    sender, receiver = ("performer", "invoker") if demand.is_answer else ("invoker", "performer")
    if subject.row is None:
        return Meaning(sender, receiver, *_of_status_field(demand))
    return Meaning(sender, receiver, _sending(demand), _receiving(demand))


def _of_status_field(demand: Demand) -> tuple[str, str]:
    if not demand.is_answer:
        return "shall not send it: a request has no status.", "never finds it."
    permitted = show(demand.permitted)
    return (
        f"may send it with {permitted}, as {demand.annex} permits, and with no other status.",
        f"may find it with {permitted}; with any other status the message is invalid.",
    )


def _sending(demand: Demand) -> str:
    """Return what the sender shall and may do."""
    if demand.is_forbidden:
        return f"shall not send it{_unless(demand)}."
    if demand.is_mandatory:
        return f"shall send it{_value(demand)}."
    parts = _parts(demand, "shall send it", "shall not send it", "may send it or leave it out")
    text = "; ".join(parts) + _value(demand)
    if PERMIT in demand.conditions:
        text += f". The text says that it may when {_when(demand, PERMIT)}, and forbids nothing"
    return f"{text}."


def _receiving(demand: Demand) -> str:
    """Return what the receiver can rely on, and has to cope with."""
    if demand.is_forbidden:
        return f"never finds it{_unless(demand)}; with it the message is invalid."
    if demand.is_mandatory:
        return "always finds it; without it the message is invalid."
    if not demand.conditions.keys() & {REQUIRE, FORBID}:
        return "copes with its presence and with its absence."
    parts = _parts(demand, "always finds it", "never finds it", "copes with either")
    return "; ".join(parts) + ". Any other message is invalid."


def _parts(demand: Demand, required: str, forbidden: str, free: str) -> list[str]:
    """Return what happens when, for each of the conditions and for what they leave open."""
    parts: list[str] = []
    if REQUIRE in demand.conditions:
        parts.append(f"{required} when {_when(demand, REQUIRE)}")
    if FORBID in demand.conditions:
        parts.append(f"{forbidden} when {_when(demand, FORBID)}{_unless(demand)}")
    decided = [demand.conditions[each] for each in (REQUIRE, FORBID) if each in demand.conditions]
    if not decided or can_hold(All(tuple(Not(each) for each in decided))):
        # There are messages in which no condition decides.
        parts.append(f"otherwise {free}" if parts else free)
    return parts


def _when(demand: Demand, effect: str) -> str:
    return in_words(demand.conditions[effect], demand.names)


def _unless(demand: Demand) -> str:
    return f", {demand.exception}, with which {demand.annex} permits it" if demand.exception else ""


def _value(demand: Demand) -> str:
    text = f", and always as {demand.fixed}" if demand.fixed else ""
    if demand.equal_to is None:
        return text
    return f"{text}. Where it is sent, it is equal to {demand.equal_to.name} of the request"
