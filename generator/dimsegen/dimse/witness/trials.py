"""For every cell of a table: a message that keeps it, and one that breaks it, both run.

The typical exchange of the service is changed in as little as possible, and what is said of a
message is what the generated rules say of it. Nothing here knows what a usage code means.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from operator import itemgetter
from typing import Any, TypeAlias

from ...code.naming import class_name
from ...pages.session import call
from ...table.vr import vr_of
from ...witness.least import least
from ...witness.packages import Package
from ..demands import demand_of
from ..model import Parameter, Row
from ..primitives import Direction, Primitive
from .samples import literal_of_example

Values: TypeAlias = dict[str, int | str]
"""The example values of one message, by keyword."""
Exchange: TypeAlias = tuple[Values, ...]
"""A request, or a request and its response; the last is the message that is judged."""

_NAMES = ("request", "response")
_OTHER_UID = "1.2.3.4"
_TAGS = "(0010,0010)"
_BYTES = "10 00 10 00 02 00 00 00 41 20"


@dataclass(frozen=True)
class Tried:
    """An exchange as code, and what the package says of the message that the cell is about."""

    code: str
    violations: tuple[str, ...]


@dataclass(frozen=True)
class CellExamples:
    """A valid and an invalid message for one cell; None where there is none of the kind."""

    valid: Tried | None
    invalid: Tried | None


class Trials:
    """Tries messages of one primitive.

    Parameters
    ----------
    primitive : Primitive
        The primitive; its service has examples.
    package : Package
        The package whose rules judge.
    """

    def __init__(self, primitive: Primitive, package: Package) -> None:
        self._primitive = primitive
        self._parameters = primitive.parameters
        self._made: dict[str, Any] = {}
        self._name = class_name(primitive.name)
        self._names: dict[str, object] = {"BytesIO": BytesIO}
        values = {key for key, each in self._parameters.items() if each.values}
        self._names |= {name: package.find(name) for name in {self._name, *values}}
        examples = primitive.service.examples
        response = primitive.response
        self._request: Values = dict(examples.get(primitive.request.column, {}))
        self._response: Values = dict(examples.get(response.column, {})) if response else {}
        self._response = self._repeated() | self._response

    def of(self, direction: Direction, row: Row) -> CellExamples:
        """Return the examples of the cell of `row` in `direction`."""
        tries = self._tries(row, is_response=direction.is_answer)
        judged = [(each, self._violations(each)) for each in tries]
        clean = [each for each, found in judged if not found]
        with_it = [each for each in clean if row.keyword in each[-1]]
        invalid = least(judged, itemgetter(1), lambda each: each.parameter == row.keyword)
        return CellExamples(
            self._tried((with_it or clean)[0]) if clean else None,
            self._tried(invalid.tried[0]) if invalid else None,
        )

    def _tries(self, row: Row, *, is_response: bool) -> Iterator[Exchange]:
        """Yield exchanges, the least changed first."""
        keyword, parameter = row.keyword, row.parameter
        before: Exchange = (self._request,) if is_response else ()
        message = self._response if is_response else self._request
        without = {key: value for key, value in message.items() if key != keyword}
        samples = [without | {keyword: value} for value in _samples(parameter)]
        for each in (message, without, *samples):
            yield (*before, each)
        status = self._primitive.status_row
        if not is_response or status is None or keyword == status.keyword:
            return
        less = {key: value for key, value in self._request.items() if key != keyword}
        for code in self._codes():
            for each in (message if keyword in message else samples[0], without):
                yield self._request, each | {status.keyword: code}
                yield less, each | {status.keyword: code}

    def _codes(self) -> Iterator[int]:
        """Yield one code of every status type that the service lists."""
        for status in self._primitive.statuses:
            yield min(status.codes)

    def _repeated(self) -> dict[str, int | str]:
        """Return what a response repeats of the request: what `respond` fills in."""
        response = self._primitive.response
        if response is None:
            return {}
        found: dict[str, int | str] = {}
        for row in self._primitive.rows:
            source = demand_of(self._primitive, response, row).equal_to
            if source is not None and source.keyword in self._request:
                found[row.keyword] = self._request[source.keyword]
        return found

    def _violations(self, exchange: Exchange) -> Sequence[Any]:
        """Return what is said of the last message of an exchange."""
        made = [self._make(each) for each in exchange]
        found: Sequence[Any] = (
            made[1].response_violations(made[0]) if made[1:] else made[0].request_violations()
        )
        return found

    def _tried(self, exchange: Exchange) -> Tried:
        """Return an exchange as code, and what is said of its last message."""
        lines = [self._code(name, each) for name, each in zip(_NAMES, exchange, strict=False)]
        lines.append(
            "response.validate_response(request)" if exchange[1:] else "request.validate_request()"
        )
        return Tried("\n".join(lines), tuple(map(str, self._violations(exchange))))

    def _make(self, values: Values) -> Any:
        """Return the primitive, which nobody changes: one for all that have the same values."""
        code = call(self._name, self._arguments(values))
        if code not in self._made:
            self._made[code] = eval(code, self._names)
        return self._made[code]

    def _code(self, name: str, values: Values) -> str:
        return call(f"{name} = {self._name}", self._arguments(values))

    def _arguments(self, values: Values) -> tuple[tuple[str, str], ...]:
        parameters = self._parameters
        return tuple(
            (key, literal_of_example(parameters[key], values[key]))
            for key in parameters
            if key in values
        )


def _samples(parameter: Parameter) -> Iterator[int | str]:
    """Yield values of the parameter: those that keep its VR, then those that only can be set."""
    vr = vr_of(parameter.vr)
    if parameter.is_data_set:
        yield _BYTES
    elif parameter.values:
        yield from parameter.values.values()
    elif vr.maximum is not None:
        yield 1
        yield vr.maximum
    elif vr.length is None:
        yield _TAGS
    else:
        yield _OTHER_UID
        yield "01.02"
        yield "A\\B"
