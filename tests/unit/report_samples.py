"""Reports made by hand, with everything that a format has to print."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dimsegen.dimse.comparison import counts
from dimsegen.dimse.loader import load_schema
from dimsegen.reading.position import Position
from dimsegen.sets.finding import Finding, Side, Verdict, ends_of
from dimsegen.sets.report import Assessed, Audience, Counterexample, Report, Version
from dimsegen.table.waiver import Waiver

from ..conftest import TINY

SCHEMA = load_schema(TINY)
OLD = Version("origin/main@merge-base 3f2a91c", SCHEMA, "3f2a91c:")
NEW = Version("working tree", SCHEMA)
COMPARED = counts(SCHEMA)
(PAYLOAD,) = (row for row in SCHEMA.services[0].rows if row.keyword == "Payload")

NARROWED = Finding(
    rule="usage-u-to-m",
    message="Payload of an X-PING request was optional (U) and is mandatory (M)",
    service="X-PING",
    direction="request",
    parameter=PAYLOAD.parameter,
    old="U",
    new="M",
    senders=Verdict.BREAKS,
    receivers=Verdict.OK,
    reference="PS3.7 Z.1, Table Z.1-1",
    position=Position("schemas/services/x_ping.yaml", 22, 51),
    actors=(ends_of(is_answer=False),),
)
DEPENDING = replace(
    NARROWED, rule="usage-c-to-u", old="C", senders=Verdict.OK, receivers=Verdict.DEPENDS, new="U"
)
EDITED = Finding(
    rule="documentation-edited",
    message="The summary of X-TELL was edited",
    service="X-TELL",
    direction="",
    parameter=None,
    old="Tell a peer | <b>something</b>.",
    new="Tell a peer 100%: anything,\neverything.",
    senders=Verdict.OK,
    receivers=Verdict.OK,
    reference="",
    position=None,
)
EXAMPLE = Counterexample(
    code="from dimse_primitives import X_PING\n\nrequest = X_PING(Number=1)\nrequest.check()",
    request=bytes(range(40)),
    response=None,
    accepted_by="old",
    rejected_by="new",
    words=("missing-mandatory: Payload is missing: it is M in an X-PING request",),
)
WAIVER = Waiver(
    "X-PING request Payload",
    "usage-u-to-m",
    "U -> M",
    "All peers send it.",
    "Minutes 7",
    date(2027, 1, 31),
    Position("schemas/waivers.yaml", 3, 5),
)


def report(*findings: Finding, audience: Audience | None = None) -> Report:
    """Return a report on `findings`; the first one that narrows has a counterexample."""
    examples = {Side.SENDERS: EXAMPLE}
    assessed = [Assessed(each, examples if each is NARROWED else {}) for each in findings]
    return Report(OLD, NEW, tuple(assessed), COMPARED, audience or Audience())


def waived() -> Report:
    """Return a report whose only finding is waived, with a waiver that matches nothing."""
    accepted = Assessed(NARROWED, {Side.SENDERS: EXAMPLE}, WAIVER)
    unused = replace(
        WAIVER, cell="X-PING request Reply", position=Position("schemas/waivers.yaml", 9, 5)
    )
    return Report(OLD, NEW, (accepted,), COMPARED, unused=(unused,))
