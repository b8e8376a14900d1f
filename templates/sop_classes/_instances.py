"""Follow SOP Instances through their states, by the messages that are seen about them.

Invariant: what no message has told is unknown, and nothing is held against it. Memory is bounded.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, TypeAlias

from .._status import StatusClass, status_class
from ._check import exchange_of
from ._data_set import DataSetError, Item, read_data_set
from ._sop_class import REQUEST, SOPClass
from ._states import RULE, TRANSACTION_UID, Verdict, in_words, reference_of, state_of, verdict_of
from ._violations import SOPClassViolation

#: How many instances are followed, and how many bytes of their attributes are kept.
MOST: Final = 4096
_MOST_BYTES: Final = 16 << 20

# What is not known, and therefore not checked.
_UNTOLD: Final = "states of SOP Instances that were created before the capture: they are unknown"
_TOO_MANY: Final = f"states of SOP Instances of which more than {MOST} came since: they are unknown"
_AT_ONCE: Final = "states of SOP Instances that several requests change at once"
_NOT_WHOLE: Final = (
    "what a final state wants of SOP Instances of which not all attributes are known"
)
_CREATE, _SET, _ACTION, _GET = "N-CREATE", "N-SET", "N-ACTION", "N-GET"
_EVENT: Final = "N-EVENT-REPORT"
_DONE: Final = (StatusClass.SUCCESS, StatusClass.WARNING)
_SOP_CLASS_UID, _SOP_INSTANCE_UID = 0x00080016, 0x00080018
_Key: TypeAlias = tuple[str, str]


@dataclass(slots=True)
class Instance:
    """What is known of an instance.

    Attributes
    ----------
    state : str or None
        Empty if it does not exist; None if that is not known.
    attributes : dict
        Those that messages have told.
    has_all : bool
        Whether they are all, but for what the SCP adds by itself.
    outstanding : int
        How many requests to change it have not been answered.
    """

    state: str | None = None
    attributes: Item = field(default_factory=dict)
    has_all: bool = False
    outstanding: int = 0
    size: int = 0


@dataclass(slots=True)
class Asked:
    """A request about an instance, until it is answered.

    Attributes
    ----------
    violations : tuple of SOPClassViolation
        What the states have against it.
    unknown : str
        What could not be held against it, and why; empty if everything could.
    """

    instance: Instance
    key: _Key
    exchange: Any
    item: Item | None
    size: int
    verdict: Verdict | None = None
    violations: tuple[SOPClassViolation, ...] = ()
    unknown: str = ""


class Instances:
    """The instances of which messages are seen, by who keeps them and by their UIDs."""

    def __init__(self) -> None:
        self._known: OrderedDict[_Key, Instance] = OrderedDict()
        self._size = self._asked = 0
        self._has_dropped = False

    def ask(
        self, server: str, request: Any, data_set: bytes | None, transfer_syntax: str
    ) -> Asked | None:
        """Hold a request against what is known of its instance.

        Parameters
        ----------
        server : str
            Who keeps the instance: whom an operation is asked of, who sends a notification.
        request : DIMSEPrimitive
            The request.
        data_set : bytes or None
            Its data set, empty if it has none; None if that is not known.
        transfer_syntax : str
            UID of the transfer syntax of `data_set`.

        Returns
        -------
        Asked or None
            None if its SOP class has no states, or the request says nothing of them.
        """
        exchange = exchange_of(request)
        states = exchange.sop_class.states if exchange is not None else None
        if exchange is None or states is None:
            return None
        service = exchange.service
        if service not in (_GET, _EVENT, *(each.service for each in states.transitions)):
            return None
        item = _item(data_set, transfer_syntax)
        uid = exchange.value("AffectedSOPInstanceUID") or exchange.value("RequestedSOPInstanceUID")
        key = (server, str(uid or ""))
        asked = Asked(self._instance(key), key, exchange, item, len(data_set or b""))
        if service == _EVENT:
            _learn(asked, item)
        elif service != _GET:
            self._judge(asked)
            asked.instance.outstanding += 1
            if self._asked + asked.size > _MOST_BYTES:
                # What it leads to is not known then.
                asked.item, asked.size = None, 0
            self._asked += asked.size
        return asked

    def answer(
        self, asked: Asked, response: Any, data_set: bytes | None, transfer_syntax: str
    ) -> tuple[SOPClassViolation, ...]:
        """Take the final response to a request; return what the states have against it."""
        exchange, instance, status = asked.exchange, asked.instance, response.Status
        if exchange.service == _EVENT or status is None:
            return ()
        is_done = status_class(status) in _DONE
        item = _item(data_set, transfer_syntax)
        if exchange.service == _GET:
            if is_done:
                _learn(asked, item)
            return ()
        instance.outstanding -= 1
        self._asked -= asked.size
        asked.size += len(data_set or b"")
        if not is_done:
            _note_refusal(asked, status)
            return ()
        found = tuple(_accepted(asked, status))
        instance.state = _state_after(asked, bool(found))
        if not asked.key[1] and response.AffectedSOPInstanceUID is not None:
            # The SCP has chosen the UID of what it created (PS3.7 10.1.5.1.4).
            asked.key = asked.key[0], str(response.AffectedSOPInstanceUID)
            self._known[asked.key] = instance
        self._keep(asked, item, is_unchanged=status == 0)
        return found

    def lose(self, asked: Asked) -> None:
        """Take note that it will not be seen how a request is answered."""
        if asked.exchange.service not in (_GET, _EVENT):
            self._asked -= asked.size
            asked.instance.outstanding -= 1
            asked.instance.state, asked.instance.has_all = None, False

    def forget(self, server: str) -> None:
        """Take note that messages to a server were missed: nothing is certain any more."""
        for (keeper, _), instance in self._known.items():
            if keeper == server:
                instance.state, instance.has_all = None, False

    def _instance(self, key: _Key) -> Instance:
        if not key[1]:
            return Instance()
        instance = self._known.get(key)
        if instance is None:
            instance = self._known[key] = Instance()
            self._make_room()
        self._known.move_to_end(key)
        return instance

    def _make_room(self) -> None:
        while len(self._known) > 1 and (len(self._known) > MOST or self._size > _MOST_BYTES):
            _, dropped = self._known.popitem(last=False)
            self._size -= dropped.size
            self._has_dropped = True

    def _judge(self, asked: Asked) -> None:
        """Hold a request to change an instance against what is known of it."""
        instance, exchange, known = asked.instance, asked.exchange, asked.instance.state
        if asked.item is not None:
            attributes, has_all = instance.attributes, instance.has_all
            verdict = verdict_of(exchange, asked.item, known or "", attributes, has_all)
            asked.verdict = verdict
            if verdict.transition is None:
                return
        if instance.outstanding:
            asked.unknown = _AT_ONCE
        elif known is None:
            # Whoever creates an instance says what it is like.
            if exchange.service != _CREATE:
                asked.unknown = _TOO_MANY if self._has_dropped else _UNTOLD
        elif asked.verdict is not None:
            self._hold_against(asked, asked.verdict)

    def _hold_against(self, asked: Asked, verdict: Verdict) -> None:
        sop_class = asked.exchange.sop_class
        provided = _provided(sop_class)
        asked.violations = tuple(
            each for each in verdict.violations if not each.tags or each.tags[0] in provided
        )
        outcome = verdict.outcome
        if outcome is None or (outcome.status is not None and not outcome.needs_final):
            return
        if sop_class.states.states.get(outcome.state) and not asked.instance.has_all:
            asked.unknown = _NOT_WHOLE

    def _keep(self, asked: Asked, item: Item | None, *, is_unchanged: bool) -> None:
        """Keep the attributes that an instance has now."""
        instance, service = asked.instance, asked.exchange.service
        given, size = asked.item or {}, instance.size + asked.size
        if service == _CREATE:
            uids: Item = {_SOP_CLASS_UID: asked.exchange.sop_class.uid}
            instance.attributes = {**uids, _SOP_INSTANCE_UID: asked.key[1]}
            instance.has_all, size = True, asked.size
        elif service == _ACTION:
            tags = (asked.exchange.sop_class.states.tag, TRANSACTION_UID)
            given, size = {tag: given[tag] for tag in tags if tag in given}, instance.size
        if service != _ACTION and (asked.item is None or not is_unchanged):
            # With a warning, the SCP has changed what it was asked for.
            instance.has_all = False
        instance.attributes.update(given)
        instance.attributes.update(item or {})
        if self._known.get(asked.key) is instance:
            self._size += size - instance.size
            instance.size = size
            self._make_room()


def _item(data_set: bytes | None, transfer_syntax: str) -> Item | None:
    """Return what a data set holds; None if it is not known, or cannot be read."""
    if not data_set:
        return None if data_set is None else {}
    try:
        return read_data_set(data_set, transfer_syntax)
    except DataSetError:
        return None


@cache
def _provided(sop_class: SOPClass) -> frozenset[int]:
    """Return the attributes that an SCU gives an instance; others come from its SCP."""
    return frozenset(
        row.tag
        for service in (_CREATE, _SET)
        for row in sop_class.attributes(service, REQUEST)
        if len(row.path) == 1 and row.scu not in ("", "-")
    )


def _learn(asked: Asked, item: Item | None) -> None:
    """Take the state that a server tells."""
    states = asked.exchange.sop_class.states
    told = state_of(item or {}, states)
    if told in states.states:
        asked.instance.state = told
        asked.instance.attributes[states.tag] = told


def _note_refusal(asked: Asked, status: int) -> None:
    """Take what a refusal tells of an instance: whether there is one."""
    transition = asked.verdict.transition if asked.verdict is not None else None
    if transition is None:
        return
    of_none = transition.outcomes.get(None)
    if of_none is not None and of_none.status == status:
        asked.instance.state = ""
    elif asked.exchange.service == _CREATE and asked.instance.state is None:
        refused = {outcome.status for outcome in transition.outcomes.values()}
        if status not in refused:
            asked.instance.state = ""


def _state_after(asked: Asked, is_refused: bool) -> str | None:
    """Return the state that an instance has when a request is done."""
    states, known = asked.exchange.sop_class.states, asked.instance.state
    if asked.item is None:
        return None
    wanted = state_of(asked.item, states)
    if wanted in states.states:
        return wanted
    transition = asked.verdict.transition if asked.verdict is not None else None
    if transition is None or is_refused:
        return known
    if known is not None:
        outcome = transition.outcomes.get(known or None)
        return outcome.state or known if outcome is not None else known
    possible = {outcome.state for outcome in transition.outcomes.values() if outcome.state}
    return possible.pop() if len(possible) == 1 else None


def _accepted(asked: Asked, status: int) -> Iterator[SOPClassViolation]:
    """Yield what the states have against a request that was not refused."""
    verdict = asked.verdict
    if not asked.violations or verdict is None or verdict.transition is None:
        return
    if not asked.instance.state:
        # Whether there is an instance, its SCP knows better.
        return
    outcome = verdict.outcome
    due = outcome.status if outcome is not None else None
    if outcome is None or due is None or status_class(due) in _DONE:
        return
    states, transition = asked.exchange.sop_class.states, verdict.transition
    if outcome.needs_final:
        lacking = ", ".join(dict.fromkeys(each.parameter for each in asked.violations))
        why = f"the SOP Instance lacks what {outcome.state} wants: {lacking}"
    else:
        why = f"the SOP Instance {in_words(asked.instance.state or '')}"
    said = f"{transition.event}: answered {status:04X}H, though {why}; answer {due:04X}H"
    yield SOPClassViolation(RULE, "Status", said, reference_of(transition, states))
