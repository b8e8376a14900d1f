"""What a message is about: its service, its SOP class, and the request that it answers.

This file is copied as it is from `templates/sop_classes/_exchange.py`. Do not edit the copy.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final

from ._data_set import Item
from ._registry import sop_class
from ._sop_class import REQUEST, RESPONSE, SOPClass, service_of
from ._usages import REQUESTS

# The parameters of requests that name the SOP class; those that list the attributes that are asked
# for, all if there are none (PS3.7 10.1.2.1.5); and those with an event or action type.
_NAMING: Final = tuple(dict.fromkeys(each.sop_class for each in REQUESTS.values()))
ASKING: Final = tuple(each.asks for each in REQUESTS.values() if each.asks)
TYPES: Final = {
    REQUESTS[service].type: (rule, types)
    for service, rule, types in (
        (service_of("event"), "unknown-event-type", "event_types"),
        (service_of("action"), "unknown-action-type", "action_types"),
    )
    if service in REQUESTS
}


@dataclass(frozen=True)
class Exchange:
    """A message, and what it is about.

    Attributes
    ----------
    service, direction : str
        E.g. ``N-CREATE`` and ``request``.
    request : DIMSEPrimitive or None
        The request that it answers.
    asked : dict or None
        The identifier of that request; None if it is not known.
    """

    primitive: Any
    service: str
    direction: str
    sop_class: SOPClass
    request: Any
    asked: Item | None = None

    @property
    def is_request(self) -> bool:
        """Whether the message is a request."""
        return self.direction == REQUEST

    @property
    def message(self) -> str:
        """The message in words: ``an N-CREATE request``."""
        # As its first letter is spoken.
        article = "an" if self.service[0] in "AEFHILMNORSX" else "a"
        return f"{article} {self.service} {self.direction}"

    def value(self, keyword: str) -> Any:
        """Return a parameter of the message, or of the request that it answers."""
        for primitive in (self.primitive, self.request):
            value = getattr(primitive, keyword, None)
            if value is not None:
                return value
        return None

    @property
    def type_id(self) -> int | None:
        """The event or action type."""
        for keyword in TYPES:
            if (value := self.value(keyword)) is not None:
                return int(value)
        return None


def exchange_of(primitive: Any, request: Any = None) -> Exchange | None:
    """Return what a message is about; None if the tables do not know its SOP class."""
    is_response = getattr(primitive, "MessageIDBeingRespondedTo", None) is not None
    for source in (primitive, request):
        for keyword in _NAMING:
            uid = getattr(source, keyword, None)
            known = sop_class(uid) if uid is not None else None
            if known is not None:
                direction = RESPONSE if is_response else REQUEST
                return Exchange(primitive, primitive.msg_type, direction, known, request)
    return None
