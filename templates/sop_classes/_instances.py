"""Follow SOP Instances through their states, by the messages that are seen about them.

Invariant: what no message has told is unknown, and nothing is held against it. Memory is bounded.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any, Final

from .._status import status_class
from ._asked import (
    CREATE,
    DONE,
    Asked,
    Instance,
    Key,
    accepted,
    learn,
    note_refusal,
    provided,
    state_after,
)
from ._data_set import DataSetError, Item, read_data_set
from ._exchange import exchange_of
from ._private import with_known_blocks
from ._sop_class import service_of
from ._states import TRANSACTION_UID, Verdict, verdict_of
from ._usages import ATTRIBUTES
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
_ACTION, _GET, _EVENT = service_of("action"), service_of("get"), service_of("event")


class Instances:
    """The instances of which messages are seen, by who keeps them and by their UIDs."""

    def __init__(self) -> None:
        self._known: OrderedDict[Key, Instance] = OrderedDict()
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
            learn(asked, item)
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
        is_done = status_class(status) in DONE
        item = _item(data_set, transfer_syntax)
        if exchange.service == _GET:
            if is_done:
                learn(asked, item)
            return ()
        instance.outstanding -= 1
        self._asked -= asked.size
        asked.size += len(data_set or b"")
        if not is_done:
            note_refusal(asked, status)
            return ()
        found = tuple(accepted(asked, status))
        instance.state = state_after(asked, bool(found))
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

    def _instance(self, key: Key) -> Instance:
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
            if exchange.service != CREATE:
                asked.unknown = _TOO_MANY if self._has_dropped else _UNTOLD
        elif asked.verdict is not None:
            self._hold_against(asked, asked.verdict)

    def _hold_against(self, asked: Asked, verdict: Verdict) -> None:
        sop_class = asked.exchange.sop_class
        given = provided(sop_class)
        asked.violations = tuple(
            each for each in verdict.violations if not each.tags or each.tags[0] in given
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
        if service == CREATE:
            instance.attributes = {
                ATTRIBUTES["sop_class"].tag: asked.exchange.sop_class.uid,
                ATTRIBUTES["sop_instance"].tag: asked.key[1],
            }
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
        return with_known_blocks(read_data_set(data_set, transfer_syntax))
    except DataSetError:
        return None
