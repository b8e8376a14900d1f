"""What the generated primitives share: base class, checks of values, violations, errors.

Invariant: nothing here knows a service, a parameter or a usage code; those are generated.

This file is copied as it is from `templates/_runtime.py`. Do not edit the copy.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from io import BytesIO
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Final, SupportsIndex, TypeAlias, TypeVar

from pydicom.tag import BaseTag, Tag
from pydicom.uid import UID

from ._json import Serializable

if TYPE_CHECKING:
    from ._codec import Elements

UIDLike: TypeAlias = str | bytes
TagLike: TypeAlias = int | str | tuple[int, int]
TagsLike: TypeAlias = TagLike | Iterable[TagLike]
_Self = TypeVar("_Self", bound="AnsweredPrimitive")


@dataclass(frozen=True)
class Violation:
    """A rule of PS3.7 that a primitive breaks.

    Attributes
    ----------
    rule : str
        Identifier of the rule, e.g. ``missing-mandatory``.
    parameter : str
        DICOM keyword of the parameter.
    message : str
        The parameter as printed, its cell, and what to do.
    reference : str
        Where the rule stands, e.g. ``PS3.7 10.1.2.1.8, Table 10.1-2``.
    """

    rule: str
    parameter: str
    message: str
    reference: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.message} ({self.reference})"

    def given(self, value: object) -> Violation:
        """Return the same violation with the offending `value` in its message, in one line."""
        shown = str(value)
        shown = shown if shown.isprintable() else ascii(shown)
        return replace(self, message=f"{self.message} (the value is {shown})")


class InvalidPrimitiveError(ValueError):
    """A primitive breaks rules of PS3.7; the text has a line for each.

    Attributes
    ----------
    violations : tuple of Violation
        Every rule that is broken, in table order.
    """

    __module__ = __package__  # tracebacks name it as it is imported

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        super().__init__("\n".join(map(str, violations)))
        self.violations = violations

    def __reduce__(self) -> tuple[type[InvalidPrimitiveError], tuple[tuple[Violation, ...]]]:
        return type(self), (self.violations,)


@dataclass(frozen=True)
class Parameter:
    """A row of a service table.

    Attributes
    ----------
    name : str
        The name as printed.
    reference : str
        The clause that describes the parameter, and the table.
    tag : pydicom.tag.BaseTag or None
        Tag of the command element; None for a data set.
    vr, vm : str or None
        Value Representation and Multiplicity; None for a data set.
    request, response, cancel : str or None
        The cells as printed, e.g. ``M``, ``U(=)`` or ``-``; None where the table has no such
        column.
    equals : str or None
        Keyword of the parameter of the request that the text, not the cell, wants repeated.
    """

    name: str
    reference: str
    tag: BaseTag | None = None
    vr: str | None = None
    vm: str | None = None
    request: str | None = None
    response: str | None = None
    cancel: str | None = None
    equals: str | None = None


class Row:
    """A row of a service table, or a status field: its record, and what is said of its rules.

    Each sentence stands here once. Generated modules make their violations of them when they are
    imported. A `cell` is the cell in words with the message it is about and, where a condition is
    broken, the condition, e.g. ``C in an N-GET response, required when the status is Success``.
    Nobody is told to set a parameter that shall be `absent`, nor, without a word about leaving it
    unset, one that is `optional`: that shall be absent from some messages.
    """

    __slots__ = ("keyword", "parameter")

    def __init__(
        self,
        keyword: str,
        name: str,
        tag: int | None,
        vr: str | None,
        vm: str | None,
        request: str | None,
        response: str | None,
        reference: str,
        *,
        cancel: str | None = None,
        equals: str | None = None,
    ) -> None:
        self.keyword = keyword
        element = None if tag is None else BaseTag(tag)
        self.parameter = Parameter(
            name, reference, element, vr, vm, request, response, cancel, equals
        )

    def missing(self, cell: str) -> Violation:
        return self._violation("missing-mandatory", f"is missing: it is {cell}; set {self.keyword}")

    def required(self, cell: str, erratum: str = "") -> Violation:
        said = f"is missing: it is {cell}; set {self.keyword}"
        return self._violation("missing-conditional", said, erratum)

    def must_be_absent(self, cell: str, erratum: str = "") -> Violation:
        return self._unwanted("must-be-absent", cell, erratum)

    def forbidden(self, cell: str, erratum: str = "") -> Violation:
        return self._unwanted("forbidden-conditional", cell, erratum)

    def not_permitted(self, cell: str) -> Violation:
        return self._unwanted("status-field-not-permitted", cell)

    def fixed(self, cell: str, value: str, *, optional: bool = False) -> Violation:
        advice = self._advice(f"set it to {value}", optional=optional)
        return self._violation("wrong-fixed-value", f"shall be {value}: it is {cell}; {advice}")

    def invalid(self, cell: str, *, optional: bool = False, absent: bool = False) -> Violation:
        vr = self.parameter.vr or ""
        if absent:
            wanted, advice = f", which wants {_RULES[vr]}", f"leave {self.keyword} unset"
        else:
            what = "it" if optional else self.keyword
            wanted, advice = "", self._advice(f"set {what} to {_RULES[vr]}", optional=optional)
        return self._violation("invalid-value", f"breaks VR {vr}{wanted}: it is {cell}; {advice}")

    def not_equal(
        self, cell: str, source: Row, *, optional: bool = False, erratum: str = ""
    ) -> Violation:
        advice = self._advice(f"copy {source.keyword}", optional=optional)
        said = f"shall equal {source.parameter.name} of the request: it is {cell}; {advice}"
        return self._violation("not-equal", said, erratum)

    def unknown(self, cell: str, reference: str) -> Violation:
        said = f"is in no status class: it is {cell}; use a code that has one"
        return self._violation("unknown-status", said, reference=reference)

    def not_listed(self, cell: str, service: str, reference: str) -> Violation:
        said = f"is not one that {service} lists: it is {cell}; use one of its Status clause"
        return self._violation("status-not-listed", said, reference=reference)

    def _unwanted(self, rule: str, cell: str, erratum: str = "") -> Violation:
        said = f"shall be absent: it is {cell}; leave {self.keyword} unset"
        return self._violation(rule, said, erratum)

    def _advice(self, advice: str, *, optional: bool) -> str:
        return f"leave {self.keyword} unset, or {advice}" if optional else advice

    def _violation(
        self, rule: str, said: str, erratum: str = "", *, reference: str = ""
    ) -> Violation:
        where = reference or self.parameter.reference
        where = f"{where}; erratum {erratum}" if erratum else where
        return Violation(rule, self.keyword, f"{self.parameter.name} {said}", where)


def parameters(*rows: Row) -> MappingProxyType[str, Parameter]:
    """Return the records of `rows` by keyword, in their order."""
    return MappingProxyType({row.keyword: row.parameter for row in rows})


class StatusFields(Mapping[int, tuple[str, ...]]):
    """Status code to the keywords that Annex C permits with it.

    A code is looked up exactly, then by range (``0xA700`` finds what ``Axxx`` permits); one that
    the service does not list is a `KeyError`. Iteration goes over every listed code, those of the
    ranges one by one.
    """

    __slots__ = ("_codes", "_ranges")

    def __init__(
        self,
        codes: Mapping[int, tuple[str, ...]],
        ranges: Mapping[tuple[int, int], tuple[str, ...]] = MappingProxyType({}),
    ) -> None:
        self._codes = codes
        self._ranges = ranges

    def __getitem__(self, code: int) -> tuple[str, ...]:
        # Whoever asks `"x" in fields` is told no, as by any mapping.
        if isinstance(code, int):
            if code in self._codes:
                return self._codes[code]
            for (shift, prefix), keywords in self._ranges.items():
                if code >> shift == prefix:
                    return keywords
        raise KeyError(code)

    def __iter__(self) -> Iterator[int]:
        yield from self._codes
        for shift, prefix in self._ranges:
            block = range(prefix << shift, (prefix + 1) << shift)
            yield from (code for code in block if code not in self._codes)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        ranges = ", ".join(f"{prefix:X}{'x' * (shift // 4)}" for shift, prefix in self._ranges)
        codes = ", ".join(f"{code:04X}H" for code in self._codes)
        return f"<StatusFields {codes}{', ' if ranges else ''}{ranges}>"


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

# PS3.5 9.1: components of digits without leading zero, separated by periods. Digits and periods
# are read in one run, and what must not be among them is looked for first: a third faster than a
# group for each component.
_match_uid: Callable[[str], object] = re.compile(
    r"(?!0[0-9])(?!.*\.(?:0[0-9]|\.|\Z))[0-9][0-9.]*"
).fullmatch
# PS3.5 6.2: no backslash and no control characters; LO, not AE, may have ESC.
_search_not_ae: Callable[[str], object] = re.compile(r"[\x00-\x1f\x7f\\]").search
_search_not_lo: Callable[[str], object] = re.compile(r"[\x00-\x1a\x1c-\x1f\x7f\\]").search
_new_uid = str.__new__

# What a value has to be that keeps its VR.
_RULES: Final = {
    "AE": "text without backslash and control characters (PS3.5 6.2)",
    "LO": "text without backslash and control characters but ESC (PS3.5 6.2)",
    "UI": "numbers without leading zeros, separated by periods (PS3.5 9.1)",
}


def is_valid_uid(value: str | None) -> bool:
    """Return whether `value` keeps the syntax of PS3.5 Section 9.1; None does."""
    return value is None or _match_uid(value) is not None


def is_valid_ae(value: str | None) -> bool:
    """Return whether `value` has only characters that AE allows (PS3.5 6.2); None does."""
    return value is None or _search_not_ae(value) is None


def is_valid_lo(value: str | None) -> bool:
    """Return whether `value` has only characters that LO allows (PS3.5 6.2); None does."""
    return value is None or _search_not_lo(value) is None


def _whole(value: int | None, name: str, maximum: int) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool):
        raise TypeError(f"{name} must be an int or None, not {type(value).__name__}")
    if not 0 <= value <= maximum:
        raise ValueError(f"{name} must be from 0 to {maximum}, not {value}")
    return int(value)


def to_us(value: int | None, name: str) -> int | None:
    """Return `value` as US: an integer from 0 to 65535."""
    if type(value) is int and 0 <= value <= 0xFFFF:
        return value
    return _whole(value, name, 0xFFFF)


def to_ul(value: int | None, name: str) -> int | None:
    """Return `value` as UL: an integer from 0 to 4294967295."""
    return _whole(value, name, 0xFFFFFFFF)


def to_named(value: int | None, name: str, values: type[IntEnum]) -> int | None:
    """Return `value`, which must be one of `values`."""
    if value is not None and value not in values.__members__.values():
        known = ", ".join(f"{item.value} ({item.name})" for item in values)
        raise ValueError(f"{name} must be one of {known}, not {value}")
    return value


def to_uid(value: UIDLike | None, name: str) -> str | None:
    """Return the text of the UID `value`, None if it is empty.

    Only what no UID can be is refused: other types, more than 64 characters, non-ASCII. A malformed
    UID is kept, for the rules to report.
    """
    if value is None:
        return None
    if not isinstance(value, str):
        if not isinstance(value, bytes):
            kind = type(value).__name__
            raise TypeError(f"{name} must be a UID, str, bytes or None, not {kind}")
        value = value.decode("latin-1")
    if not value.isascii():
        raise ValueError(f"{name} must be ASCII, not {value!r}")
    text = value.strip(" \0")
    if len(text) > 64:
        raise ValueError(f"{name} must have at most 64 characters, not {len(text)}: {text!r}")
    if type(value) is UID and len(text) == len(value):
        # A UID that stays as it is is shared, not copied.
        return value or None
    return text or None


def as_uid(value: str | None) -> UID | None:
    """Return what is stored as a UID of pydicom, as it is read.

    Text is stored as text: a UID object takes twice the memory, and few of them are looked at.
    """
    if value is None or type(value) is UID:
        return value
    # pydicom's own constructor would validate once more, and warn.
    return _new_uid(UID, value)


def _text(value: str | None, name: str, length: int) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str):
        raise TypeError(f"{name} must be a str or None, not {type(value).__name__}")
    if len(value) > length:
        raise ValueError(f"{name} must have at most {length} characters, not {len(value)}")
    if not value.isascii():
        # A command set has no Specific Character Set: the default repertoire applies (PS3.5 6.1).
        # Of Error Comment, Annex C and E.1 say so themselves.
        raise ValueError(f"{name} must be ASCII, not {value!r}")
    return value


def to_ae(value: str | None, name: str) -> str | None:
    """Return `value` as AE: 1 to 16 characters that are not all spaces."""
    value = _text(value, name, 16)
    if value is not None and not value.strip(" "):
        raise ValueError(f"{name} must not be empty or blank")
    return value


def to_lo(value: str | None, name: str) -> str | None:
    """Return `value` as LO: at most 64 characters; None if it is empty."""
    return _text(value, name, 64) or None


def to_tags(value: TagsLike | None, name: str) -> list[BaseTag] | None:
    """Return `value`, one tag or several in any form that pydicom takes, as a list; None if empty.

    A tuple of two integers, or two strings of up to four hexadecimal digits, is one tag.
    """
    if value is None:
        return None
    try:
        if type(value) is not list and (isinstance(value, int | str) or _is_pair(value)):
            return [_tag(value)]
        if isinstance(value, bytes | bytearray | memoryview | Mapping):
            raise TypeError(f"{type(value).__name__} is neither")
        return [_tag(item) for item in value] or None
    except (TypeError, ValueError) as error:
        kind = TypeError if isinstance(error, TypeError) else ValueError
        raise kind(f"{name} must be one tag or a list of tags: {error}") from None


def _tag(value: Any) -> BaseTag:
    if type(value) is int and 0 <= value <= 0xFFFFFFFF:
        # What Tag() comes to, three times as fast.
        return BaseTag(value)
    for part in value if isinstance(value, tuple | list) else (value,):
        # Tag() itself takes a float for the integer before it, and True for 1.
        if isinstance(part, bool) or not isinstance(part, str | SupportsIndex):
            raise TypeError(f"a {type(part).__name__} is no tag")
    if value == "":
        # To Tag() it is the keyword of a retired element that has none.
        raise ValueError("an empty string is no tag")
    try:
        return Tag(value)
    except OverflowError as error:
        raise ValueError(str(error)) from None


def _is_pair(value: TagsLike) -> bool:
    if not isinstance(value, tuple) or len(value) != 2:
        return False
    return all(
        (isinstance(part, int) and not isinstance(part, BaseTag) and part <= 0xFFFF)
        or (isinstance(part, str) and re.fullmatch("[0-9A-Fa-f]{1,4}", part) is not None)
        for part in value
    )


# What a pydicom Dataset lacks is the transfer syntax, which its presentation context decides.
_HINT_AT_ENCODING: Final = (
    "; dataset.save_as(stream, implicit_vr=True, little_endian=True) encodes it into an "
    "io.BytesIO in Implicit VR Little Endian"
)


def to_data_set(value: BytesIO | None, name: str) -> BytesIO | None:
    """Return `value`, which must be an encoded data set or None."""
    if value is None or isinstance(value, BytesIO):
        return value
    hint = _HINT_AT_ENCODING if hasattr(value, "save_as") else ""
    raise TypeError(f"{name} must be an io.BytesIO or None, not {type(value).__name__}{hint}")
