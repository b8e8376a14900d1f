"""What the generated primitives share: their base classes.

Invariant: nothing here knows a service, a parameter or a usage code; those are generated.

This file is copied as it is from `templates/_runtime.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import TYPE_CHECKING, Any, ClassVar, Final, TypeVar

from ._json import Serializable
from ._rows import InvalidPrimitiveError, Parameter, Violation

if TYPE_CHECKING:
    from ._codec import Elements

_Self = TypeVar("_Self", bound="AnsweredPrimitive")


class DIMSEPrimitive(Serializable):
    """Base of all DIMSE service primitives.

    Attributes
    ----------
    REQUEST_KEYWORDS, RESPONSE_KEYWORDS : tuple of str
        The mandatory parameters (M, MF) of each direction, in table order.
    STATUS_OPTIONAL_KEYWORDS : tuple of str
        The command elements that some status of the service permits, ascending by tag.
    PARAMETERS : Mapping of str to Parameter
        The rows of the service table, in order, by keyword.
    REQUEST_ELEMENTS, RESPONSE_ELEMENTS : tuple of str
        The command elements that the messages can carry, ascending by tag.
    STATUS_FIELDS : Mapping of int to tuple of str
        Status code to the keywords that Annex C permits with it.
    """

    __slots__ = ()

    REQUEST_KEYWORDS: ClassVar[tuple[str, ...]] = ()
    RESPONSE_KEYWORDS: ClassVar[tuple[str, ...]] = ()
    STATUS_OPTIONAL_KEYWORDS: ClassVar[tuple[str, ...]] = ()
    PARAMETERS: ClassVar[Mapping[str, Parameter]] = {}
    REQUEST_ELEMENTS: ClassVar[tuple[str, ...]] = ()
    RESPONSE_ELEMENTS: ClassVar[tuple[str, ...]] = ()
    STATUS_FIELDS: ClassVar[Mapping[int, tuple[str, ...]]] = {}
    _STATUS: ClassVar[str | None] = None

    @property
    def is_valid_request(self) -> bool:
        """Whether every mandatory parameter of the request is present."""
        raise NotImplementedError

    @property
    def is_valid_response(self) -> bool:
        """Whether every mandatory parameter of the response is present."""
        raise NotImplementedError

    def request_violations(self) -> tuple[Violation, ...]:
        """Return every rule that this primitive breaks as a request, in table order."""
        raise NotImplementedError

    def validate_request(self) -> None:
        """Raise `InvalidPrimitiveError` if this primitive breaks any rule as a request."""
        violations = self.request_violations()
        if violations:
            raise InvalidPrimitiveError(violations)

    def encode_request(self, *, allow_invalid: bool = False, unknown: Elements = ()) -> bytes:
        """Return the command set of the request (Implicit VR Little Endian).

        Parameters
        ----------
        allow_invalid : bool, optional
            Write whatever is set, even what the message does not carry, and do not mind what is
            missing. For tools that test a peer.
        unknown : iterable of (int, bytes), optional
            Further elements to write, as `Message.unknown` has them.

        Raises
        ------
        InvalidPrimitiveError
            If a mandatory parameter is missing, or its data set is empty.
        """
        raise NotImplementedError

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(
            _comparable(getattr(self, keyword)) == _comparable(getattr(other, keyword))
            for keyword in self._KEYWORDS
        )

    # Its values can change, and with them its place in a set.
    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        values = ((keyword, getattr(self, keyword)) for keyword in self._KEYWORDS)
        shown = (
            f"{key}={f'0x{value:04X}' if key == self._STATUS else _shown(value)}"
            for key, value in values
            if value is not None
        )
        return f"{type(self).__name__}({', '.join(shown)})"


class AnsweredPrimitive(DIMSEPrimitive):
    """Base of the primitives whose requests are answered."""

    __slots__ = ()

    def response_violations(self: _Self, request: _Self | None = None) -> tuple[Violation, ...]:
        """Return every rule that this primitive breaks as a response, in table order.

        Parameters
        ----------
        request : DIMSEPrimitive, optional
            The request that is answered, of the same class; without it, the rules that compare with
            it are silent.
        """
        raise NotImplementedError

    def validate_response(self: _Self, request: _Self | None = None) -> None:
        """Raise `InvalidPrimitiveError` if this breaks any rule as the response to `request`."""
        violations = self.response_violations(request)
        if violations:
            raise InvalidPrimitiveError(violations)

    def encode_response(self, *, allow_invalid: bool = False, unknown: Elements = ()) -> bytes:
        """Return the command set of the response; the rest is as `encode_request` has it."""
        raise NotImplementedError


def _comparable(value: object) -> object:
    # Of a stream that is closed, nobody knows the content: it is equal to itself alone.
    return value.getvalue() if isinstance(value, BytesIO) and not value.closed else value


def _shown(value: object) -> str:
    if isinstance(value, BytesIO):
        return "<closed>" if value.closed else f"<{len(value.getvalue())} bytes>"
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return str(value) if isinstance(value, int) else repr(str(value))


# The default of `respond()` for what the request determines. Typed Any so that it fits everywhere.
class _FromRequest:
    def __repr__(self) -> str:
        return "<from the request>"


FROM_REQUEST: Final[Any] = _FromRequest()
