"""The typical exchange of a primitive, from the examples of its service, as code that was run.

The arguments are those that the schema writes under `examples`, and what is shown of them was
printed by the package.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ...code.naming import class_name
from ...pages.session import Session, call
from ...witness.packages import Package
from ..primitives import Direction, Primitive
from ..witness.samples import literal_of_example
from . import wire


@dataclass(frozen=True)
class Shown:
    """One message of the exchange: the code with its output, and the bytes element by element."""

    title: str
    message_type: str
    session: str
    elements: tuple[wire.Element, ...]


def exchange_of(primitive: Primitive, package: Package) -> tuple[Shown, ...]:
    """Return the request and the response of the typical exchange; none without examples."""
    examples = _examples(primitive, primitive.request)
    if not examples:
        return ()
    session = Session(package)
    shown = [_request(primitive, examples, session)]
    if primitive.response is not None:
        examples = _examples(primitive, primitive.response)
        shown.append(_response(primitive, primitive.response, examples, session))
    return tuple(shown)


def _examples(primitive: Primitive, direction: Direction) -> Mapping[str, int | str]:
    return primitive.service.examples.get(direction.column, {})


def _request(primitive: Primitive, examples: Mapping[str, int | str], session: Session) -> Shown:
    _show_imports(primitive, examples, session)
    name = class_name(primitive.name)
    session.run(call(f"request = {name}.request", tuple(_arguments(primitive, examples))))
    session.run("request.request_violations()")
    return _encoded(primitive, primitive.request, "request", session)


def _response(
    primitive: Primitive,
    direction: Direction,
    examples: Mapping[str, int | str],
    session: Session,
) -> Shown:
    arguments = tuple(_arguments(primitive, examples))
    session.run(call("response = request.respond", arguments))
    session.run("response.response_violations(request)")
    return _encoded(primitive, direction, "response", session)


def _encoded(primitive: Primitive, direction: Direction, side: str, session: Session) -> Shown:
    data = session.run(f"{side}.encode_{side}()")
    if not isinstance(data, bytes):
        raise TypeError(f"{direction.label}: encode_{side} returned no bytes")
    parameters = {field.parameter.tag: field.parameter for field in direction.message.fields}
    parameters |= {each.tag: each for each in primitive.status_fields}
    known = {tag: parameter for tag, parameter in parameters.items() if tag is not None}
    title = f"{side[0].upper()}{side[1:]}"
    return Shown(title, direction.message_type, session.take(), wire.elements_of(data, known))


def _show_imports(
    primitive: Primitive, examples: Mapping[str, int | str], session: Session
) -> None:
    both = [examples]
    if primitive.response is not None:
        both.append(_examples(primitive, primitive.response))
    used = [primitive.parameters[keyword] for each in both for keyword in each]
    if any(parameter.is_data_set for parameter in used):
        session.run("from io import BytesIO")
    named = {parameter.keyword for parameter in used if parameter.values}
    session.imports(*sorted({class_name(primitive.name), *named}))


def _arguments(
    primitive: Primitive, examples: Mapping[str, int | str]
) -> Iterator[tuple[str, str]]:
    for keyword, value in examples.items():
        yield keyword, literal_of_example(primitive.parameters[keyword], value)
