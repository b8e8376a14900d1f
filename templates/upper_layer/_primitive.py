"""What the primitives of the Upper Layer share: base class, rows of the tables, checks of values.

Invariant: nothing here knows a service or a usage code; those are generated.

This file is copied as it is from `templates/upper_layer/_primitive.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar, Final, TypeAlias, TypeVar

from pydicom.uid import UID

from .._coercion import UIDLike, as_uid, to_uid
from .._json import JSONForm
from .._rows import InvalidPrimitiveError, Violation
from ._facts import AE_TITLE_LENGTH, LARGEST_CODE
from ._pdu import PDU
from ._pdu_values import setters, to_context_id, to_items, to_name, whole
from ._serial import from_json, to_json
from .presentation_data_value_item import PresentationDataValueItem
from .user_information_item import USER_DATA_CLASSES, UserDataSubItem

_Self = TypeVar("_Self", bound="UpperLayerPrimitive")
_SERVICE: Final = "service"
#: A TCP/IP address: host and port (PS3.8 7.1.1.10).
Address: TypeAlias = tuple[str, int]


@dataclass(frozen=True)
class ServiceParameter:
    """A row of a service table.

    Attributes
    ----------
    name : str
        The name as printed.
    request, indication, response, confirmation : str or None
        The cells as printed, e.g. ``M(=)``; None where the table is blank or has no such column.
    value : str or None
        The fixed value, where the row has one.
    equals : str or None
        The attribute whose value in the indication is the fixed value.
    reference : str
        The clause that describes the parameter, and the table.
    """

    name: str
    reference: str
    request: str | None = None
    indication: str | None = None
    response: str | None = None
    confirmation: str | None = None
    value: str | None = None
    equals: str | None = None


@dataclass(frozen=True, slots=True, init=False)
class PresentationContextDefinition:
    """A presentation context that is proposed (PS3.8 7.1.1.13).

    Attributes
    ----------
    presentation_context_id : int
        An odd number from 1 to 255.
    abstract_syntax_name : pydicom.uid.UID
        What is to be exchanged, a SOP Class most often.
    transfer_syntax_names : tuple of pydicom.uid.UID
        How it may be encoded, one or more.
    """

    presentation_context_id: int
    abstract_syntax_name: UID
    transfer_syntax_names: tuple[UID, ...]

    def __init__(
        self,
        presentation_context_id: int,
        abstract_syntax_name: UIDLike,
        transfer_syntax_names: Iterable[UIDLike],
    ) -> None:
        if isinstance(transfer_syntax_names, str | bytes):
            transfer_syntax_names = (transfer_syntax_names,)
        identifier = to_context_id(presentation_context_id, "presentation context identification")
        _set_definition_id(self, identifier)
        _set_abstract_syntax(self, to_name(abstract_syntax_name, "Abstract Syntax Name"))
        names = tuple(to_name(name, "Transfer Syntax Name") for name in transfer_syntax_names)
        _set_transfer_syntaxes(self, names)


_set_definition_id, _set_abstract_syntax, _set_transfer_syntaxes = setters(
    PresentationContextDefinition
)


@dataclass(frozen=True, slots=True, init=False)
class PresentationContextResult:
    """What became of a presentation context that was proposed (PS3.8 7.1.1.14).

    Attributes
    ----------
    presentation_context_id : int
        That of the definition.
    result : int
        One of `ContextResult`.
    transfer_syntax_name : pydicom.uid.UID or None
        The one that was chosen; without meaning if the context was not accepted.
    """

    presentation_context_id: int
    result: int
    transfer_syntax_name: UID | None

    def __init__(
        self,
        presentation_context_id: int,
        result: int,
        transfer_syntax_name: UIDLike | None = None,
    ) -> None:
        identifier = to_context_id(presentation_context_id, "presentation context identification")
        _set_result_id(self, identifier)
        _set_result(self, whole(result, "result", LARGEST_CODE))
        _set_transfer_syntax(self, as_uid(to_uid(transfer_syntax_name, "Transfer Syntax Name")))


_set_result_id, _set_result, _set_transfer_syntax = setters(PresentationContextResult)

DefinitionLike: TypeAlias = PresentationContextDefinition | tuple[int, UIDLike, Iterable[UIDLike]]
ResultLike: TypeAlias = (
    PresentationContextResult | tuple[int, int] | tuple[int, int, UIDLike | None]
)


class UpperLayerPrimitive(JSONForm):
    """Base of the service primitives of the Upper Layer (PS3.8 Section 7).

    Attributes
    ----------
    PARAMETERS : Mapping of str to ServiceParameter
        The rows of the service table, in order, by attribute.
    """

    __slots__ = ()

    #: The name of the service, as printed.
    SERVICE: ClassVar[str] = ""
    PARAMETERS: ClassVar[Mapping[str, ServiceParameter]] = {}

    def to_pdu(self) -> PDU:
        """Return the PDU that conveys the primitive.

        Raises
        ------
        InvalidPrimitiveError
            If a parameter that the PDU carries is missing.
        """
        raise NotImplementedError

    def to_json_dict(self) -> dict[str, Any]:
        """Return the service, and one key a parameter that is set; see `to_json`."""
        values = ((name, getattr(self, name)) for name in self.PARAMETERS)
        shown = {name: to_json(value) for name, value in values if value is not None}
        return {_SERVICE: self.SERVICE, **shown}

    @classmethod
    def _from(cls: type[_Self], content: Mapping[str, Any]) -> _Self:
        if content.get(_SERVICE) != cls.SERVICE:
            raise ValueError(f"service is {content.get(_SERVICE)!r}, not {cls.SERVICE!r}")
        primitive = cls()
        for name, value in content.items():
            if name == _SERVICE:
                continue
            if name not in cls.PARAMETERS:
                raise ValueError(f"{name} is no parameter of {cls.SERVICE}")
            setattr(primitive, name, from_json(value))
        return primitive

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.PARAMETERS)

    # Its values can change, and with them its place in a set.
    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        values = ((name, getattr(self, name)) for name in self.PARAMETERS)
        shown = (f"{name}={value!r}" for name, value in values if value is not None)
        return f"{type(self).__name__}({', '.join(shown)})"


def raise_any(violations: tuple[Violation, ...]) -> None:
    """Raise `InvalidPrimitiveError` if there are `violations`."""
    if violations:
        raise InvalidPrimitiveError(violations)


def missing(primitive: UpperLayerPrimitive, *needed: str) -> InvalidPrimitiveError:
    """Return the error of a primitive without all that its PDU carries."""
    rows = [(name, primitive.PARAMETERS[name]) for name in needed]
    return InvalidPrimitiveError(
        tuple(
            Violation(
                "missing-mandatory",
                name,
                f"{row.name} is missing: the PDU carries it; set {name}",
                row.reference,
            )
            for name, row in rows
            if getattr(primitive, name) is None
        )
    )


def unfit(parameter: str, name: str, text: str, where: str) -> InvalidPrimitiveError:
    """Return the error of a primitive of which a part cannot be sent."""
    return InvalidPrimitiveError((Violation("invalid-value", parameter, f"{name}: {text}", where),))


def to_title(value: str | None, name: str) -> str | None:
    """Return `value` as an AE title, without the spaces that are not significant (PS3.8 9.3.2)."""
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a str or None, not {type(value).__name__}")
    title = value.strip(" ")
    if len(title) > AE_TITLE_LENGTH:
        text = f"at most {AE_TITLE_LENGTH} characters, not {len(title)}"
        raise ValueError(f"{name} must have {text}")
    if not title.isascii():
        raise ValueError(f"{name} must be ASCII, not {value!r}")
    if not title:
        raise ValueError(f"{name} must not be empty or all spaces")
    return title


def to_address(value: Address | None, name: str) -> Address | None:
    """Return `value`, a host and a port."""
    if value is None:
        return None
    if not isinstance(value, tuple) or len(value) < 2 or not isinstance(value[0], str):
        raise TypeError(f"{name} must be a tuple of host and port or None, not {value!r}")
    # IPv6 sockets say more than that; flow and scope are no part of the address.
    return value[0], whole(value[1], f"{name}: the port", 65535)


def to_code(value: int | None, name: str) -> int | None:
    """Return `value`, a code that a field of a PDU holds."""
    return None if value is None else whole(value, name, LARGEST_CODE)


def to_words(value: str | None, name: str) -> str | None:
    """Return `value`, a text."""
    if value is not None and not isinstance(value, str):
        raise TypeError(f"{name} must be a str or None, not {type(value).__name__}")
    return value


def to_any(value: object, name: str) -> object:
    """Return `value`: the parameter is not used, and only the rules say so."""
    return value


def to_user_data(
    value: Iterable[UserDataSubItem] | None, name: str
) -> tuple[UserDataSubItem, ...] | None:
    """Return `value`, any number of user data sub-items, as a tuple."""
    return None if value is None else to_items(value, name, USER_DATA_CLASSES)


def to_data_values(
    value: Iterable[PresentationDataValueItem] | None, name: str
) -> tuple[PresentationDataValueItem, ...] | None:
    """Return `value`, any number of presentation data values, as a tuple."""
    return None if value is None else to_items(value, name, PresentationDataValueItem)


def to_definitions(
    value: Iterable[DefinitionLike] | None, name: str
) -> tuple[PresentationContextDefinition, ...] | None:
    """Return `value`, any number of presentation contexts or of their parts, as a tuple."""
    return _records(value, name, PresentationContextDefinition)


def to_results(
    value: Iterable[ResultLike] | None, name: str
) -> tuple[PresentationContextResult, ...] | None:
    """Return `value`, any number of results or of their parts, as a tuple."""
    return _records(value, name, PresentationContextResult)


def _records(value: Iterable[Any] | None, name: str, kind: type[Any]) -> tuple[Any, ...] | None:
    if value is None:
        return None
    try:
        return tuple(item if isinstance(item, kind) else kind(*item) for item in value)
    except TypeError as error:
        raise TypeError(f"{name} must hold {kind.__name__} or its parts: {error}") from None
