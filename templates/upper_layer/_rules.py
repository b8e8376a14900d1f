"""The rules of the prose on values that have parts: contexts, results, user data, data values.

Invariant: a check yields what is wrong and nothing else: the identifier of the rule, the text, the
clause. Which parameter it is about, and when, is generated.

This file is copied as it is from `templates/upper_layer/_rules.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import TypeAlias, TypeVar

from .._runtime import Violation, is_valid_ae, is_valid_uid
from ._enumerations import UserIdentityType
from ._primitive import PresentationContextDefinition, PresentationContextResult
from .asynchronous_operations_window_sub_item import AsynchronousOperationsWindowSubItem
from .implementation_class_uid_sub_item import ImplementationClassUIDSubItem
from .implementation_version_name_sub_item import ImplementationVersionNameSubItem
from .maximum_length_sub_item import MaximumLengthSubItem
from .presentation_data_value_item import PresentationDataValueItem
from .scp_scu_role_selection_sub_item import SCPSCURoleSelectionSubItem
from .sop_class_common_extended_negotiation_sub_item import (
    SOPClassCommonExtendedNegotiationSubItem,
)
from .sop_class_extended_negotiation_sub_item import SOPClassExtendedNegotiationSubItem
from .user_identity_sub_item_ac import UserIdentitySubItemAC
from .user_identity_sub_item_rq import UserIdentitySubItemRQ
from .user_information_item import UserDataSubItem

_Key = TypeVar("_Key", bound=Hashable)

#: Rule, text, clause.
Broken: TypeAlias = tuple[str, str, str]

_INVALID, _DUPLICATE = "invalid-value", "duplicate"
_NOT_NEGOTIATED, _NO_CORRESPONDENCE = "not-negotiated", "no-correspondence"


def told(parameter: str, name: str, broken: Iterable[Broken]) -> Iterator[Violation]:
    """Yield the violations of the parameter `name` for what is `broken`."""
    for rule, text, clause in broken:
        yield Violation(rule, parameter, f"{name}: {text}", clause)


def check_title(value: str) -> Iterator[Broken]:
    """Yield what is wrong with an AE title."""
    if not value.strip(" "):
        text = "is all spaces, which means that no name is specified: set a title"
        yield _INVALID, text, "PS3.8 9.3.2, Table 9-11"
    elif not (value.isascii() and is_valid_ae(value)) or len(value) > 16:
        text = f"{value!a} is no AE title: at most 16 characters, no backslash or control character"
        yield _INVALID, text, "PS3.8 9.3.2, Table 9-11"


def check_uid(value: str) -> Iterator[Broken]:
    """Yield what is wrong with a name that is a UID."""
    if not is_valid_uid(value) or len(value) > 64:
        yield _INVALID, f"{value!a} is no UID", "PS3.8 Annex F"


def check_definitions(value: tuple[PresentationContextDefinition, ...]) -> Iterator[Broken]:
    """Yield what is wrong with a presentation context definition list."""
    clause = "PS3.8 7.1.1.13"
    if not value:
        yield _INVALID, "is empty: propose at least one presentation context", clause
    yield from _identifiers([each.presentation_context_id for each in value], clause)
    for each in value:
        context = f"context {each.presentation_context_id}"
        if not each.transfer_syntax_names:
            yield _INVALID, f"{context} has no transfer syntax: propose at least one", clause
        for name in (each.abstract_syntax_name, *each.transfer_syntax_names):
            for rule, text, place in check_uid(name):
                yield rule, f"{context}: {text}", place


def _identifiers(identifiers: list[int], clause: str) -> Iterator[Broken]:
    for identifier in identifiers:
        if not identifier & 1 or not 0 < identifier < 256:
            text = f"context {identifier}: an identifier is an odd number from 1 to 255"
            yield _INVALID, text, f"{clause}, 9.3.2.2"
    for identifier in _repeated(identifiers):
        text = f"context {identifier} is there more than once: give each its own identifier"
        yield _DUPLICATE, text, clause


def _repeated(keys: Iterable[_Key]) -> list[_Key]:
    counts: dict[_Key, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return [key for key, count in counts.items() if count > 1]


def check_results(
    value: tuple[PresentationContextResult, ...],
    definitions: tuple[PresentationContextDefinition, ...] | None,
) -> Iterator[Broken]:
    """Yield what is wrong with a result list; `definitions` are what was proposed, if known."""
    clause = "PS3.8 7.1.1.14"
    yield from _identifiers([each.presentation_context_id for each in value], clause)
    for each in value:
        context = f"context {each.presentation_context_id}"
        if each.result > 4:
            text = f"{context}: {each.result} is no result: use 0 to 4"
            yield _INVALID, text, f"{clause}, Table 9-18"
        elif each.result == 0 and each.transfer_syntax_name is None:
            text = f"{context} is accepted without a transfer syntax: choose one"
            yield _INVALID, text, clause
    if definitions is None:
        return
    proposed = {each.presentation_context_id: each for each in definitions}
    answered = {each.presentation_context_id for each in value}
    for identifier in proposed:
        if identifier not in answered:
            text = f"context {identifier} was proposed and has no result: add one"
            yield _NO_CORRESPONDENCE, text, clause
    for each in value:
        context = f"context {each.presentation_context_id}"
        definition = proposed.get(each.presentation_context_id)
        if definition is None:
            yield _NO_CORRESPONDENCE, f"{context} was not proposed: remove it", clause
        elif each.result == 0 and each.transfer_syntax_name not in (
            None,
            *definition.transfer_syntax_names,
        ):
            text = f"{context}: {each.transfer_syntax_name} was not proposed: choose another"
            yield _NO_CORRESPONDENCE, text, clause


_ONCE: tuple[tuple[type[UserDataSubItem], str], ...] = (
    (MaximumLengthSubItem, "PS3.8 D.1"),
    (ImplementationClassUIDSubItem, "PS3.7 D.3.3.2"),
    (ImplementationVersionNameSubItem, "PS3.7 D.3.3.2"),
    (AsynchronousOperationsWindowSubItem, "PS3.7 D.3.3.3"),
    (UserIdentitySubItemRQ, "PS3.7 D.3.3.7"),
    (UserIdentitySubItemAC, "PS3.7 D.3.3.7"),
)
_REQUIRED = (MaximumLengthSubItem, ImplementationClassUIDSubItem)
_ONCE_A_SOP_CLASS = (
    (SCPSCURoleSelectionSubItem, "PS3.7 D.3.3.4"),
    (SOPClassExtendedNegotiationSubItem, "PS3.7 D.3.3.5"),
    (SOPClassCommonExtendedNegotiationSubItem, "PS3.7 D.3.3.6"),
)


def _check_numbers(value: tuple[UserDataSubItem, ...]) -> Iterator[Broken]:
    for kind, clause in _ONCE:
        count = sum(isinstance(item, kind) for item in value)
        if count == 0 and kind in _REQUIRED:
            yield "missing-mandatory", f"no {kind.NAME}: add one", clause
        elif count > 1:
            yield _DUPLICATE, f"{count} times {kind.NAME}: keep one", clause
    for each, clause in _ONCE_A_SOP_CLASS:
        for uid in _repeated(item.sop_class_uid for item in value if isinstance(item, each)):
            yield _DUPLICATE, f"more than one {each.NAME} for {uid}: keep one", clause
    for item in value:
        if (
            isinstance(item, ImplementationVersionNameSubItem)
            and not 1 <= len(item.implementation_version_name) <= 16
        ):
            text = "an Implementation Version Name has 1 to 16 characters"
            yield _INVALID, text, "PS3.7 D.3.3.2.3"


def check_requested(value: tuple[UserDataSubItem, ...]) -> Iterator[Broken]:
    """Yield what is wrong with the user information of a request or an indication."""
    yield from _check_numbers(value)
    for item in value:
        if isinstance(item, UserIdentitySubItemAC):
            text = f"{item.NAME} (59H) is for the acceptor: remove it"
            yield "must-be-absent", text, "PS3.7 D.3.3.7.2"
        elif isinstance(item, UserIdentitySubItemRQ):
            yield from _check_identity(item)


def _check_identity(item: UserIdentitySubItemRQ) -> Iterator[Broken]:
    clause = "PS3.7 D.3.3.7.1"
    if item.user_identity_type not in set(UserIdentityType):
        yield _INVALID, f"{item.user_identity_type} is no User-Identity-Type", clause
    elif item.user_identity_type != UserIdentityType.USERNAME_AND_PASSCODE and item.secondary_field:
        yield "forbidden-conditional", "only a passcode is a Secondary-field: remove it", clause
    if item.positive_response_requested > 1:
        yield _INVALID, "Positive-response-requested must be 0 or 1", clause


def check_answered(
    value: tuple[UserDataSubItem, ...], offered: tuple[UserDataSubItem, ...] | None
) -> Iterator[Broken]:
    """Yield what is wrong with that of a response; `offered` is that of the request, if known."""
    yield from _check_numbers(value)
    for item in value:
        if isinstance(item, UserIdentitySubItemRQ | SOPClassCommonExtendedNegotiationSubItem):
            text = f"{item.NAME} ({item.TYPE:02X}H) is for the requestor: remove it"
            yield "must-be-absent", text, _clause_of(item)
        elif offered is not None:
            yield from _check_offer(item, offered)


def _clause_of(item: UserDataSubItem) -> str:
    is_identity = isinstance(item, UserIdentitySubItemRQ)
    return "PS3.7 D.3.3.7.1" if is_identity else "PS3.7 D.3.3.6"


def _check_offer(item: UserDataSubItem, offered: tuple[UserDataSubItem, ...]) -> Iterator[Broken]:
    match item:
        case AsynchronousOperationsWindowSubItem():
            windows = [each for each in offered if isinstance(each, type(item))]
            yield from _check_window(item, windows)
        case SCPSCURoleSelectionSubItem():
            yield from _check_role(item, offered)
        case SOPClassExtendedNegotiationSubItem():
            if not any(_is_for(each, item.sop_class_uid, type(item)) for each in offered):
                text = f"no extended negotiation was offered for {item.sop_class_uid}: remove it"
                yield _NOT_NEGOTIATED, text, "PS3.7 D.3.3.5"
        case UserIdentitySubItemAC():
            asked = [each for each in offered if isinstance(each, UserIdentitySubItemRQ)]
            if not any(each.positive_response_requested for each in asked):
                text = "no positive response was requested: remove the server response"
                yield _NOT_NEGOTIATED, text, "PS3.7 D.3.3.7"


def _is_for(each: UserDataSubItem, uid: str, kind: type) -> bool:
    return isinstance(each, kind) and getattr(each, "sop_class_uid", None) == uid


def _check_window(
    item: AsynchronousOperationsWindowSubItem,
    offered: list[AsynchronousOperationsWindowSubItem],
) -> Iterator[Broken]:
    clause = "PS3.7 D.3.3.3"
    if not offered:
        text = "no asynchronous operations window was offered: remove it"
        yield _NOT_NEGOTIATED, text, clause
        return
    pairs = (
        ("invoked", item.maximum_number_operations_invoked,
         offered[0].maximum_number_operations_invoked),
        ("performed", item.maximum_number_operations_performed,
         offered[0].maximum_number_operations_performed),
    )  # fmt: skip
    for what, ours, theirs in pairs:
        # 0 is no limit.
        if theirs != 0 and (ours == 0 or ours > theirs):
            text = (
                f"{ours} operations {what}, where {theirs} were offered: answer with at most that"
            )
            yield _NOT_NEGOTIATED, text, clause


def _check_role(
    item: SCPSCURoleSelectionSubItem, offered: tuple[UserDataSubItem, ...]
) -> Iterator[Broken]:
    clause = "PS3.7 D.3.3.4"
    found = [
        each
        for each in offered
        if isinstance(each, SCPSCURoleSelectionSubItem) and each.sop_class_uid == item.sop_class_uid
    ]
    if not found:
        yield _NOT_NEGOTIATED, f"no role was proposed for {item.sop_class_uid}: remove it", clause
        return
    for role, ours, theirs in (
        ("SCU", item.scu_role, found[0].scu_role),
        ("SCP", item.scp_role, found[0].scp_role),
    ):
        if ours and not theirs:
            text = f"the role {role} was not proposed for {item.sop_class_uid}: answer with 0"
            yield _NOT_NEGOTIATED, text, clause


def check_data_values(value: tuple[PresentationDataValueItem, ...]) -> Iterator[Broken]:
    """Yield what is wrong with a presentation data value list."""
    if not value:
        yield _INVALID, "is empty: send at least one presentation data value", "PS3.8 7.6.1"
    contexts = sorted({each.presentation_context_id for each in value})
    if len(contexts) > 1:
        shown = ", ".join(map(str, contexts))
        text = f"belongs to the contexts {shown}: one primitive is for one message"
        yield _INVALID, text, "PS3.8 E.1"
    for number, each in enumerate(value, 1):
        if not each.presentation_context_id & 1:
            text = f"value {number}: {each.presentation_context_id} is no presentation context ID"
            yield _INVALID, text, "PS3.8 9.3.5.1"
        if each.message_control_header & 0xFC:
            text = f"value {number}: bits 2 to 7 of the Message Control Header are not 0"
            yield _INVALID, text, "PS3.8 E.2"
        if len(each.fragment) % 2:
            text = f"value {number} has {len(each.fragment)} bytes: a fragment has an even number"
            yield _INVALID, text, "PS3.8 E.1"
        elif not len(each.fragment):
            text = f"value {number} is empty: put its header on the one before or after it"
            yield _INVALID, text, "PS3.8 E.1"
