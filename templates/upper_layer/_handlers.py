"""The handlers of an asyncio end: which there are, and what they are called with.

What is no handler is refused when the server or the client is made, what is no response when it is
given.
"""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias

from .._messages import NORMALIZED
from .._runtime import DIMSEPrimitive
from .._status import StatusCode
from ..c_cancel import C_CANCEL

if TYPE_CHECKING:
    from ._performing import Operation

Handler: TypeAlias = Callable[..., Awaitable[Any] | AsyncIterator[Any]]


class Handlers:
    """The handlers of a server or client, and what they take.

    Raises
    ------
    TypeError
        If a key is no class of a request that is answered, or its handler cannot be called.
    """

    def __init__(self, handlers: Mapping[type[Any], Handler]) -> None:
        for kind, handler in handlers.items():
            _check(kind, handler)
        self._handlers = {
            kind: (handler, _takes_operation(handler)) for kind, handler in handlers.items()
        }

    def call(self, request: Any, operation: Operation) -> Awaitable[Any] | AsyncIterator[Any]:
        """Call the handler of a request; where there is none, what refuses it."""
        handler, takes_operation = self._handlers.get(type(request), (_refuse, False))
        called = handler(request, operation) if takes_operation else handler(request)
        if isinstance(called, Awaitable | AsyncIterator):
            return called
        raise TypeError(
            f"the handler of {request.msg_type} returned {type(called).__name__} at once: "
            "define it with async def"
        )


def _check(kind: Any, handler: Any) -> None:
    if not (isinstance(kind, type) and issubclass(kind, DIMSEPrimitive)):
        raise TypeError(f"handlers: {kind!r} is no class of a primitive, such as C_ECHO")
    if issubclass(kind, C_CANCEL):
        raise TypeError("handlers: C_CANCEL has none, it sets Operation.cancelled of its request")
    if not callable(handler):
        raise TypeError(f"handlers: that of {kind.__name__} cannot be called: {handler!r}")


def _takes_operation(handler: Handler) -> bool:
    """Return whether a second argument can be given, and has no value of its own."""
    parameters = inspect.signature(handler).parameters.values()
    given = [
        each
        for each in parameters
        if each.kind in (each.POSITIONAL_ONLY, each.POSITIONAL_OR_KEYWORD)
        and each.default is each.empty
    ]
    return len(given) > 1 or any(each.kind is each.VAR_POSITIONAL for each in parameters)


async def _refuse(request: Any) -> Any:
    is_normalized = request.msg_type in NORMALIZED
    status = (
        StatusCode.UNRECOGNIZED_OPERATION
        if is_normalized
        else StatusCode.REFUSED_SOP_CLASS_NOT_SUPPORTED
    )
    return request.respond(Status=status)


def check_response(request: Any, response: Any) -> None:
    """Raise TypeError if what a handler gave is no response to its request."""
    if not isinstance(response, type(request)):
        given = "None" if response is None else f"{type(response).__name__} ({response!r:.60})"
        text = f"a handler of {request.msg_type} gave {given}, not a response"
    elif response.MessageIDBeingRespondedTo != request.MessageID:
        text = (
            f"a handler of {request.msg_type} with Message ID {request.MessageID} gave a "
            f"{type(response).__name__} that answers {response.MessageIDBeingRespondedTo}"
        )
    else:
        return
    raise TypeError(f"{text}: make it with request.respond(Status=...)")
