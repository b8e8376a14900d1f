"""Hold a message against the tables of its SOP class.

Invariant: everything that is wrong is reported at once: what is wrong with the message first, then
what is wrong with its data set, in table order.

This file is copied as it is from `templates/sop_classes/_check.py`. Do not edit the copy.
"""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Any, Final

from pydicom.dataset import Dataset
from pydicom.uid import ImplicitVRLittleEndian

from .._messages import _TYPES as MESSAGE_TYPES
from .._messages import NORMALIZED
from .._runtime import DIMSEPrimitive
from .._status import SERVICE_CLASS_SPECIFIC, StatusClass, status_class
from ._data_set import Item, read_data_set
from ._exchange import ASKING, TYPES, Exchange, exchange_of
from ._keys import check_keys
from ._objects import from_dataset
from ._private import BLOCKS, as_sent, with_known_blocks
from ._rules import Place, check_rules
from ._sop_class import REQUEST, RESPONSE
from ._states import check_states
from ._usages import ANSWERS, ATTRIBUTES
from ._violations import SOPClassViolation

# PS3.4 5.4.2.3: the SOP Class and the SOP Instance are conveyed in the message.
_SOP_UIDS: Final = (ATTRIBUTES["sop_class"], ATTRIBUTES["sop_instance"])
_NUMBER: Final = re.compile(r"\[(\d+)\]")
_SUFFIXES: Final = {REQUEST: "RQ", RESPONSE: "RSP"}


def check(
    primitive: DIMSEPrimitive,
    data_set: Dataset | bytes | None = None,
    *,
    request: DIMSEPrimitive | None = None,
    transfer_syntax: str = ImplicitVRLittleEndian,
    state: str | Dataset | None = None,
) -> tuple[SOPClassViolation, ...]:
    """Return everything in which a message is not what its SOP class asks.

    Parameters
    ----------
    primitive : DIMSEPrimitive
        The message; it is a response if it has a Message ID Being Responded To.
    data_set : pydicom.dataset.Dataset or bytes, optional
        Its data set; without it, that of the primitive is read.
    request : DIMSEPrimitive, optional
        The request that it answers.
    transfer_syntax : str, optional
        UID of the transfer syntax of an encoded data set.
    state : str or pydicom.dataset.Dataset, optional
        The state that the instance has, e.g. ``IN PROGRESS``, empty if it does not exist; or all
        its attributes, with which the requirements of a final state are checked too.

    Returns
    -------
    tuple of SOPClassViolation
        In table order; empty if nothing is wrong, and if PS3.4 has no table for the message.

    Raises
    ------
    DataSetError
        If the data set cannot be read.
    ValueError
        If the SOP class has states, and not this one.
    """
    exchange = exchange_of(primitive, request)
    if exchange is None:
        return ()
    found: list[SOPClassViolation] = []
    if exchange.service not in exchange.sop_class.named_in:
        found.append(_service_not_used(exchange))
    elif _check_message(exchange, found) and _has_tables(exchange):
        sent = _item(exchange, data_set, transfer_syntax)
        item = with_known_blocks(sent)
        exchange = _with_request(exchange, transfer_syntax)
        if state is not None and exchange.is_request:
            check_states(exchange, item, state, found)
        _check_data_set(exchange, item, found)
        if BLOCKS:
            found = [_as_sent(each, sent) for each in found]
    return tuple(found)


def _as_sent(violation: SOPClassViolation, sent: Item) -> SOPClassViolation:
    """Return a violation with the tags of a data set, whose creators have blocks of their own."""
    numbers = tuple(map(int, _NUMBER.findall(violation.path)))
    return replace(violation, tags=as_sent(sent, violation.tags, numbers))


def _item(
    exchange: Exchange, data_set: Dataset | bytes | BytesIO | None, transfer_syntax: str
) -> Item:
    if data_set is None:
        keyword = MESSAGE_TYPES[f"{exchange.service}-{_SUFFIXES[exchange.direction]}"].data_set
        data_set = getattr(exchange.primitive, keyword, None) if keyword else None
    return _read(data_set, transfer_syntax)


def _read(data_set: Dataset | bytes | BytesIO | None, transfer_syntax: str) -> Item:
    if isinstance(data_set, Dataset):
        return from_dataset(data_set)
    if data_set is None:
        return {}
    data = data_set.getvalue() if isinstance(data_set, BytesIO) else bytes(data_set)
    return read_data_set(data, transfer_syntax)


def _with_request(exchange: Exchange, transfer_syntax: str) -> Exchange:
    """Return the exchange with what a query asked for, where it is one."""
    keyword = MESSAGE_TYPES[f"{exchange.service}-RQ"].data_set if exchange.request else None
    if keyword is None or not exchange.sop_class.key_tables(exchange.service, exchange.direction):
        return exchange
    sent = getattr(exchange.request, keyword, None)
    return replace(exchange, asked=with_known_blocks(_read(sent, transfer_syntax)))


def _has_tables(exchange: Exchange) -> bool:
    """Return whether anything is said of the data set: what C-STORE stores is not even read."""
    if exchange.service in NORMALIZED:
        return True
    return bool(exchange.sop_class.key_tables(exchange.service, exchange.direction))


def _check_message(exchange: Exchange, found: list[SOPClassViolation]) -> bool:
    """Add what is wrong with the parameters; return whether the data set is worth a look."""
    if not exchange.is_request:
        status = exchange.primitive.Status
        if status is None:
            return False
        _check_status(exchange, status, found)
        # What fails has no data set, or one with what was wrong in that of the request.
        if status_class(status) not in (StatusClass.SUCCESS, StatusClass.PENDING):
            return False
    for keyword, (rule, types) in TYPES.items():
        number = getattr(exchange.primitive, keyword, None)
        if number is None:
            continue
        known = getattr(exchange.sop_class, types)
        if known and number not in known:
            found.append(_unknown_type(exchange, rule, keyword, number, known))
            return False
    return True


def _check_status(exchange: Exchange, status: int, found: list[SOPClassViolation]) -> None:
    """Report a code that PS3.7 leaves to SOP classes, and that this one does not define."""
    if not any(status in codes for codes in SERVICE_CLASS_SPECIFIC):
        return
    known = exchange.sop_class.statuses(exchange.service, exchange.type_id)
    if status in known:
        return
    codes = ", ".join(f"{each.code}H" for each in known.printed) or "none of its own"
    name = exchange.sop_class.name
    said = f"Status {status:04X}H is not one that {name} defines for {exchange.service}: {codes}"
    reference = known.printed[0].reference if known.printed else exchange.sop_class.reference
    found.append(_about(exchange, "sop-class-status", "Status", said, reference))


def _check_data_set(exchange: Exchange, item: Item, found: list[SOPClassViolation]) -> None:
    place = Place(exchange.message, exchange.is_request)
    rules = exchange.sop_class.rules(exchange.service, exchange.direction, exchange.type_id) or ()
    if exchange.service in NORMALIZED:
        _check_sop_uids(exchange, item, {rule.tag for rule in rules}, found)
    wrong: list[SOPClassViolation] = []
    check_rules(rules, (item,), place, wrong)
    found += [each for each in wrong if _is_wanted(exchange, each)]
    check_keys(exchange, item, place, found)


def _is_wanted(exchange: Exchange, violation: SOPClassViolation) -> bool:
    """Return whether what is missing was asked for: in N-GET, the request says what is returned."""
    parameters = type(exchange.primitive).PARAMETERS
    asking = next((each for each in ASKING if each in parameters), None)
    if exchange.is_request or asking is None:
        return True
    if violation.rule != "missing-attribute" or len(violation.tags) > 1:
        return True
    if exchange.request is None:
        return False
    # An adapter for another library may give one tag as it is.
    tags: Any = getattr(exchange.request, asking, None) or ()
    return not tags or violation.tags[0] in ((tags,) if isinstance(tags, int) else tags)


def _check_sop_uids(
    exchange: Exchange, item: Item, listed: set[int], found: list[SOPClassViolation]
) -> None:
    """Report UIDs that the message has, and its data set has again."""
    for tag, keyword, name in _SOP_UIDS:
        if tag in item and tag not in listed:
            said = f"{name} shall not be in the data set: the message has it; leave {keyword} out"
            found.append(
                SOPClassViolation(
                    "sop-uid-in-data-set",
                    keyword,
                    said,
                    "PS3.4 5.4.2.3",
                    keyword,
                    ANSWERS["sop-uid-in-data-set"] if exchange.is_request else None,
                    (tag,),
                )
            )


def _service_not_used(exchange: Exchange) -> SOPClassViolation:
    one = exchange.sop_class
    known = ", ".join(one.named_in) or "none"
    said = f"{exchange.service} is not a service of {one.name}: it has {known}; use one of these"
    return _about(exchange, "service-not-used", "", said, one.reference)


def _unknown_type(
    exchange: Exchange, rule: str, keyword: str, number: int, known: Any
) -> SOPClassViolation:
    name = exchange.primitive.PARAMETERS[keyword].name
    types = ", ".join(f"{each} ({text})" for each, text in known.items())
    said = f"{name} is {number}, and {exchange.sop_class.name} has {types}; use one of these"
    return _about(exchange, rule, keyword, said, exchange.sop_class.reference)


def _about(
    exchange: Exchange, rule: str, parameter: str, said: str, reference: str
) -> SOPClassViolation:
    status = ANSWERS.get(rule) if exchange.is_request else None
    return SOPClassViolation(rule, parameter, said, reference, "", status)


def has_tables_for(primitive: DIMSEPrimitive, request: Any = None) -> bool:
    """Return whether the SOP class of a message is one of those here."""
    return exchange_of(primitive, request) is not None


def meaning_of(primitive: DIMSEPrimitive, status: int, request: Any = None) -> str | None:
    """Return what the SOP class of a response calls its status; None if it does not say."""
    exchange = exchange_of(primitive, request)
    if exchange is None:
        return None
    return exchange.sop_class.meaning(exchange.service, status, exchange.type_id)
