"""Compare two schemas.

The order of the findings is that of the new version, service by service and row by row; what only
the old one has comes after; what services share comes last.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...sets.cell_findings import cell_findings
from ...sets.diff_rules import stated
from ...sets.finding import Finding
from ...sets.pair import in_both
from ..model import Schema
from ..primitives import primitives_of
from .annex import annex_findings
from .element_findings import element_findings
from .message_findings import message_findings
from .misprints import printed_in_annex, printed_names
from .renamed import renames_between
from .status_findings import status_findings
from .text_findings import service_texts, shared_texts
from .version import Pair, Version


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
    renames = renames_between(old, new)
    before, after = _versions(renames.schema), _versions(new)
    pairs = [
        Pair(before[name], after[name], after[name].service.standard.name, tolerant)
        for name in after
        if name in before
    ]
    by_name = {pair.name: pair for pair in pairs}
    for name in in_both(before, after):
        if name in by_name:
            yield from renames.row_findings(after[name].service)
            yield from _of_service(by_name[name])
        else:
            yield _whole(before, after, name)
    yield from renames.element_findings()
    yield from element_findings(renames.schema, new)
    yield from annex_findings(renames.schema, new, pairs)
    yield from shared_texts(renames.schema, new)
    yield from printed_in_annex(renames.schema, new)


def _versions(schema: Schema) -> dict[str, Version]:
    primitives = {primitive.name: primitive for primitive in primitives_of(schema)}
    return {service.name: Version(service, primitives[service.name]) for service in schema.services}


def _of_service(pair: Pair) -> Iterator[Finding]:
    if pair.old != pair.new:  # most are equal, in most changes
        yield from cell_findings(pair)
        yield from message_findings(pair)
        yield from status_findings(pair)
        yield from service_texts(pair)
    # How a clause prints its statuses is no part of what is equal.
    if pair.old.service is not pair.new.service:
        yield from printed_names(pair)


def _whole(old: Mapping[str, Version], new: Mapping[str, Version], name: str) -> Finding:
    """Return the finding about a service of one version only."""
    is_new = name in new
    service = (new if is_new else old)[name].service
    rule = "service-added" if is_new else "service-removed"
    verdicts = stated(rule)
    return Finding(
        rule,
        f"{name} {'is a new service' if is_new else 'is gone'}",
        name,
        "",
        None,
        "" if is_new else name,
        name if is_new else "",
        verdicts.senders,
        verdicts.receivers,
        f"{service.standard.name} {service.section}, Table {service.table}",
        # The file is gone with it, and no line of another one is about it.
        service.position,
    )
