"""One version at work: what its generated code says to a message or an exchange.

A refusal is what the generated code itself reports or raises; nothing here judges.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from functools import cache
from io import BytesIO
from types import MappingProxyType
from typing import Any, TypeAlias

from ...witness.packages import Files, Package
from .samples import Value

Values: TypeAlias = Mapping[str, Value]


@dataclass(frozen=True)
class Draft:
    """A message or, where it answers a request, an exchange.

    Attributes
    ----------
    primitive : str
        The primitive as printed.
    values, request : mapping of str to Value
        What is set in the message, and in the request that it answers.
    """

    primitive: str
    is_response: bool
    values: Values
    request: Values | None = None


@dataclass(frozen=True)
class Sent:
    """A command set as it is sent, and what its sender means by it."""

    data: bytes
    message_type: str
    has_data_set: bool


class Step(Enum):
    """Where a message is refused: when it is made, by the rules, or when it is read."""

    SET = "set"
    RULES = "rules"
    READ = "read"


@dataclass(frozen=True)
class Refusal:
    """One thing that the generated code objects to.

    Attributes
    ----------
    keyword : str
        The parameter, empty where it is the message as such.
    tag : int or None
        The tag that was read.
    words : str
        What the generated code says.
    is_unknown : bool
        Whether the version has no such parameter.
    claim : str
        What is not so of a message that was read: an expression about `message`.
    """

    step: Step
    keyword: str
    words: str
    tag: int | None = None
    is_unknown: bool = False
    claim: str = ""


Refusals: TypeAlias = tuple[Refusal, ...]

# What a tolerant receiver ignores: a parameter that is present and should not be.
PRESENCE = frozenset({"must-be-absent", "forbidden-conditional", "status-field-not-permitted"})
_EXTRA = frozenset({"unknown-element", "unexpected-element"})


class RequestError(Exception):
    """The version cannot make the request, so it says nothing of the response."""


class Validator:
    """The generated code of one version.

    Parameters
    ----------
    name : str
        ``old`` or ``new``.
    package : Package
        The package, which must stay imported.
    names : mapping of str to mapping, optional
        For each primitive, what this version calls a keyword that it writes otherwise.
    """

    def __init__(
        self,
        name: str,
        package: Package,
        names: Mapping[str, Mapping[str, str]] = MappingProxyType({}),
    ) -> None:
        self.name = name
        self.package = package
        self._names = names
        self._keywords = {
            primitive: {former: keyword for keyword, former in each.items()}
            for primitive, each in names.items()
        }
        self.class_of = cache(self._class_of)

    def _class_of(self, primitive: str) -> Any:
        return self.package.find(class_name(primitive))

    def spelled(self, primitive: str, keyword: str) -> str:
        """Return what this version calls the parameter `keyword`."""
        return self._names[primitive].get(keyword, keyword) if primitive in self._names else keyword

    def called(self, primitive: str, name: str) -> str:
        """Return the keyword of what this version calls `name`."""
        return self._keywords[primitive].get(name, name) if primitive in self._keywords else name

    def sources(self, primitive: str) -> Files:
        """Return the modules that the class of a primitive is made of."""
        return self.package.sources(class_name(primitive))

    def refusals(self, draft: Draft, *, tolerant: bool = False) -> Refusals:
        """Return what the version objects to when the message is made and judged.

        Parameters
        ----------
        tolerant : bool, optional
            Whether it ignores a parameter that is present and should not be.

        Raises
        ------
        RequestError
            If the request cannot be made.
        """
        message, refused = self.make(draft.primitive, draft.values)
        kept = tuple(each for each in refused if not (tolerant and each.is_unknown))
        # What cannot be set is missing only because of that.
        told = {each.keyword for each in refused}
        rules = self._broken_rules(draft, message, tolerant)
        return (*kept, *(each for each in rules if each.keyword not in told))

    def _broken_rules(self, draft: Draft, message: Any, tolerant: bool) -> Refusals:
        request = self._request(draft)
        try:
            violations = (
                message.response_violations(request)
                if draft.is_response
                else message.request_violations()
            )
        except Exception as error:  # a template can do anything wrong
            return (Refusal(Step.RULES, "", f"{type(error).__name__}: {error}"),)
        return tuple(
            Refusal(Step.RULES, self.called(draft.primitive, each.parameter), str(each))
            for each in violations
            if not (tolerant and each.rule in PRESENCE)
        )

    def make(self, primitive: str, values: Values) -> tuple[Any, Refusals]:
        """Return a primitive with `values`, and what could not be set."""
        message = self.class_of(primitive)()
        refused: list[Refusal] = []
        for keyword, value in values.items():
            try:
                setattr(message, self.spelled(primitive, keyword), settable(value))
            except (AttributeError, TypeError, ValueError) as error:
                words = f"{type(error).__name__}: {error}"
                is_unknown = isinstance(error, AttributeError)
                refused.append(Refusal(Step.SET, keyword, words, is_unknown=is_unknown))
        return message, tuple(refused)

    def _request(self, draft: Draft) -> Any:
        if draft.request is None:
            return None
        request, refused = self.make(draft.primitive, draft.request)
        if refused:
            raise RequestError
        return request

    def is_asked(self, draft: Draft) -> bool:
        """Return whether the request of an exchange can be sent; of a request, whether anything."""
        request = self._request(draft)
        try:
            return request is None or bool(request.encode_request())
        except ValueError:
            return False

    def send(self, draft: Draft, message_type: str) -> Sent:
        """Return the message of `draft`, not what it answers, as it is sent."""
        request, response = self.encode(draft)
        data = response if draft.is_response else request
        assert data is not None, "a message is encoded"
        has_data_set = any(isinstance(value, bytes) for value in draft.values.values())
        return Sent(data, message_type, has_data_set)

    def encode(self, draft: Draft) -> tuple[bytes | None, bytes | None]:
        """Return the command sets of request and response."""
        message, _ = self.make(draft.primitive, draft.values)
        if not draft.is_response:
            return bytes(message.encode_request()), None
        request = self._request(draft)
        sent = None if request is None else bytes(request.encode_request())
        return sent, bytes(message.encode_response())

    def read(self, sent: Sent, *, tolerant: bool = False) -> Refusals:
        """Return what the version objects to when it reads a command set."""
        try:
            message = self.package.find("decode")(sent.data)
        except ValueError as error:
            return (Refusal(Step.READ, "", f"{type(error).__name__}: {error}"),)
        if message.message_type != sent.message_type:
            words = f"it reads as {message.message_type}, not as {sent.message_type}"
            claim = f'message.message_type == "{sent.message_type}"'
            return (Refusal(Step.READ, "", words, claim=claim),)
        if message.has_data_set != sent.has_data_set:
            words = (
                "it reads as a message with a data set, and has none"
                if message.has_data_set
                else "it reads as a message without a data set, and has one"
            )
            claim = f"message.has_data_set is {sent.has_data_set}"
            return (Refusal(Step.READ, "", words, claim=claim),)
        return tuple(
            Refusal(Step.READ, each.keyword or "", str(each), each.tag)
            for each in message.anomalies
            if not (tolerant and each.kind in _EXTRA)
        )


def class_name(primitive: str) -> str:
    """Return what the generated class of a primitive is called."""
    return primitive.replace("-", "_")


def settable(value: Value) -> object:
    """Return `value` as it is set."""
    if isinstance(value, bytes):
        return BytesIO(value)
    return list(value) if isinstance(value, tuple) else value
