"""Compare two schemas.

Invariant: the order of the findings is that of the new version, service by service and row by row;
what only the old one has comes after; what services share comes last.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.primitive import primitives_of
from ..model.schema import Schema
from .cells import cell_findings
from .finding import Finding
from .pair import Pair, Version


def compare(old: Schema, new: Schema, *, tolerant: bool = False) -> tuple[Finding, ...]:
    r"""Return everything that differs between `old` and `new`.

    Parameters
    ----------
    old, new : Schema
        The schemas before and after.
    tolerant : bool
        Whether receivers ignore what they do not expect. Strictly (PS3.7 Section 5) a dash "shall
        not be present", and who receives it rejects the message. A tolerant receiver takes
        anything where a parameter shall be absent: send(-) is {absent}, accept(-) is every state.
        Senders then break where send(old) \ accept(new) is not empty, receivers where
        send(new) \ accept(old) is not.

    Returns
    -------
    tuple of Finding
        One for each change of each cell, none if the schemas say the same.
    """
    return tuple(_findings(old, new, tolerant))


def _findings(old: Schema, new: Schema, tolerant: bool) -> Iterator[Finding]:
    before, after = _versions(old), _versions(new)
    for name, version in after.items():
        if name in before:
            yield from cell_findings(Pair(before[name], version, tolerant))


def _versions(schema: Schema) -> dict[str, Version]:
    primitives = {primitive.name: primitive for primitive in primitives_of(schema)}
    return {service.name: Version(service, primitives[service.name]) for service in schema.services}
