"""A message of a SOP class as Python that makes it and checks its data set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from ..model import REQUEST, Dictionary, Example, RequestParameters, SOPClass, SOPClasses
from .data_set_code import code, is_sequence, nothing
from .python_values import Content, content_of


@dataclass(frozen=True)
class Message:
    """A message of a SOP class.

    Attributes
    ----------
    uid : str
        The UID that the message names.
    parameters : RequestParameters
        Which parameters of the request say what the data set is about.
    type_id : int or None
        The event or action type.
    asked : tuple of int
        The tags that the request asks for; none if it asks for all, or cannot ask.
    wanted : mapping
        The keys of the query that a response answers.
    status : int
        That of a response, if it is not the usual one.
    dictionary : Dictionary
        What the keywords of its attributes mean.
    """

    service: str
    direction: str
    uid: str
    parameters: RequestParameters
    type_id: int | None = None
    asked: tuple[int, ...] = ()
    wanted: Content = field(default_factory=dict)
    status: int | None = None
    dictionary: Dictionary = field(default_factory=Dictionary)

    @property
    def imported(self) -> str:
        """The class of the primitive."""
        return self.service.replace("-", "_")

    @property
    def is_query(self) -> bool:
        """Whether the message answers a query with keys."""
        return bool(self.wanted and self.parameters.query)

    def lines(self) -> Iterator[str]:
        """Yield the lines that make the message and check `data_set`; the last is the call."""
        if self.is_query:
            yield from code(self.wanted, "wanted", self.dictionary)
            yield "identifier = BytesIO()"
            yield "wanted.save_as(identifier, implicit_vr=True, little_endian=True)"
        typed = f"{self.parameters.type}={self.type_id}"
        types = () if self.type_id is None else (typed,)
        tags = ", ".join(f"0x{tag:08X}" for tag in self.asked)
        asks = (f"{self.parameters.asks}=[{tags}]",) if self.parameters.asks and tags else ()
        query = (f"{self.parameters.query}=identifier",) if self.is_query else ()
        named = f'{self.parameters.sop_class}="{self.uid}"'
        given = ", ".join(("MessageID=1", named, *types, *asks, *query))
        yield f"request = {self.imported}({given})"
        if self.direction == REQUEST:
            yield "check(request, data_set)"
            return
        status = self.parameters.status if self.status is None else f"{self.status:04X}"
        answer = ", ".join(("MessageIDBeingRespondedTo=1", f"Status=0x{status}", *types))
        yield f"response = {self.imported}({answer})"
        yield "check(response, data_set, request=request)"


def message_of(
    model: SOPClasses, sop_class: SOPClass, service: str, direction: str, type_id: int | None
) -> Message:
    """Return a message of `sop_class`, with the UID that such messages have."""
    named = next((each for each in model.sop_classes if sop_class.keyword in each.stands_for), None)
    uid = (named or sop_class).uid
    made = Message(service, direction, uid, model.requests[service], type_id)
    return replace(made, dictionary=model.dictionary)


def message_for(model: SOPClasses, sop_class: SOPClass, example: Example) -> Message:
    """Return the message that has `example`; it asks for what the example has, if it can."""
    what = (example.service, example.direction, example.type_id)
    made = message_of(model, sop_class, *what)
    tags = [model.dictionary.tag(given.keyword) for given in example.data_set]
    is_answer = example.direction != REQUEST
    wanted = keys_of(content_of(example.data_set), model.dictionary) if is_answer else {}
    return replace(made, asked=tuple(tag for tag in tags if tag is not None), wanted=wanted)


def keys_of(content: Content, dictionary: Dictionary) -> Content:
    """Return what asks for all that `content` has: the same attributes without values."""
    return {
        keyword: [keys_of(value[0], dictionary)]
        if is_sequence(value) and value
        else nothing(keyword, dictionary)
        for keyword, value in content.items()
    }
