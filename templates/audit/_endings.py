"""What the record of an association shows when no more of it comes."""

from __future__ import annotations

from ..upper_layer.a_associate_rq import A_ASSOCIATE_RQ
from ..upper_layer.a_release_rq import A_RELEASE_RQ
from . import _rules as rules
from ._finding import ACCEPTOR, REQUESTOR, Finding, Place
from ._record import Association


def unanswered_pdu(record: Association, place: Place) -> Finding | None:
    """Return what was not answered before the connection was closed at `place`, if anything."""
    if not record.pdus:
        return None
    last, sender = record.pdus[-1], place.sender
    if last.name == A_ASSOCIATE_RQ.NAME and sender == REQUESTOR:
        return rules.association_unanswered(place, seconds=_seconds(last.place, place))
    if last.name == A_RELEASE_RQ.NAME and sender != last.place.sender:
        return rules.release_unanswered(last.place, seconds=_seconds(last.place, place))
    return None


def one_direction(record: Association) -> Finding:
    """Return that only what one side sent is in the capture."""
    places = [*(each.place for each in record.pdus), *(each.place for each in record.messages)]
    senders = {place.sender for place in places}
    party = ACCEPTOR if senders == {ACCEPTOR} else REQUESTOR
    return rules.one_direction(Place(party, record.ended, 0), party=party)


def _seconds(first: Place, last: Place) -> str:
    if first.time is None or last.time is None:
        return "a while"
    return f"{(last.time - first.time) / 1e9:.1f} s"
