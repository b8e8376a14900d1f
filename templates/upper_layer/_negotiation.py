"""What two ends agree on when an association is established (PS3.8 7.1.1, PS3.7 D.3.3).

A `Policy` says what an acceptor takes; both ends read the presentation contexts that were agreed
on, with their roles, from the same two primitives.

This file is copied as it is from `templates/upper_layer/_negotiation.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

from pydicom.uid import UID

from ._enumerations import (
    AssociateResult,
    ContextResult,
    RejectReasonServiceUser,
    RejectSource,
)
from ._facts import APPLICATION_CONTEXT_NAME, CONTEXT_IDS, FRAGMENT_OVERHEAD, FRAGMENT_STEP
from ._pdu_values import first_of
from ._primitive import (
    PresentationContextDefinition,
    PresentationContextResult,
    to_title,
)
from .a_associate import A_ASSOCIATE
from .asynchronous_operations_window_sub_item import AsynchronousOperationsWindowSubItem
from .implementation_class_uid_sub_item import ImplementationClassUIDSubItem
from .implementation_version_name_sub_item import ImplementationVersionNameSubItem
from .maximum_length_sub_item import MaximumLengthSubItem
from .scp_scu_role_selection_sub_item import SCPSCURoleSelectionSubItem
from .user_information_item import UserDataSubItem

# Made once with uuid4, for this package (PS3.5 B.2).
IMPLEMENTATION_CLASS_UID: Final = UID("2.25.34108179209233596343021938041884206541")
IMPLEMENTATION_VERSION_NAME: Final = "DIMSE_PRIMITIVES"
MAXIMUM_LENGTH: Final = 1 << 17
#: A peer that takes less than an item with the least fragment takes no message (PS3.8 D.1, E.1).
LEAST_LENGTH: Final = FRAGMENT_OVERHEAD + FRAGMENT_STEP


@dataclass(frozen=True, slots=True)
class PresentationContext:
    """A presentation context that was accepted.

    Attributes
    ----------
    context_id : int
        An odd number from 1 to 255.
    abstract_syntax, transfer_syntax : pydicom.uid.UID
        What is spoken on it, and how it is encoded.
    as_scu, as_scp : bool
        The roles of this end (PS3.7 D.3.3.4).
    """

    context_id: int
    abstract_syntax: UID
    transfer_syntax: UID
    as_scu: bool
    as_scp: bool


@dataclass(frozen=True, kw_only=True)
class Policy:
    """What an acceptor accepts; called with an A-ASSOCIATE indication, it returns the response.

    Attributes
    ----------
    contexts : mapping of str to sequence of str
        Abstract syntax to the transfer syntaxes that are accepted for it. Of those, the first that
        the requestor names is taken.
    roles : mapping of str to (bool, bool)
        Abstract syntax to whether the requestor may be SCU and SCP, where it asks for roles. By
        default it is SCU only.
    ae_title : str or None
        The only Called AE Title that is recognized; None for any.
    calling_ae_titles : collection of str or None
        The Calling AE Titles that are recognized; None for any.
    maximum_length : int
        The longest variable field of a P-DATA-TF PDU that is received, in bytes; 0 for any.
    maximum_operations : (int, int)
        How many operations the requestor may invoke and perform at once; 0 for any number.
    implementation_class_uid, implementation_version_name : str
        What this end calls itself.

    Raises
    ------
    TypeError, ValueError
        If one of them could not be answered with: now, not when somebody asks.
    """

    contexts: Mapping[str, Sequence[str]]
    roles: Mapping[str, tuple[bool, bool]] = field(default_factory=dict)
    ae_title: str | None = None
    calling_ae_titles: Collection[str] | None = None
    maximum_length: int = MAXIMUM_LENGTH
    maximum_operations: tuple[int, int] = (1, 1)
    implementation_class_uid: str = IMPLEMENTATION_CLASS_UID
    implementation_version_name: str = IMPLEMENTATION_VERSION_NAME

    def __post_init__(self) -> None:
        if not isinstance(self.contexts, Mapping):
            text = "contexts maps each abstract syntax to its transfer syntaxes"
            raise TypeError(f"{text}: it is no {type(self.contexts).__name__}")
        if isinstance(self.calling_ae_titles, str):
            raise TypeError("calling_ae_titles are several: [title] for one")
        for title in (self.ae_title, *(self.calling_ae_titles or ())):
            to_title(title, "an AE title that is recognized")
        for name, syntaxes in self.contexts.items():
            if isinstance(syntaxes, str):
                raise TypeError(f"contexts: {name} needs a sequence of transfer syntaxes")
        check_maximum_length(self.maximum_length)
        # The items say what else cannot be.
        AsynchronousOperationsWindowSubItem(*self.maximum_operations)
        _ = self._names

    def __call__(self, request: A_ASSOCIATE) -> A_ASSOCIATE:
        """Return the response to an A-ASSOCIATE indication: an acceptance, or a rejection."""
        diagnostic = self._diagnostic(request)
        if diagnostic is not None:
            return rejection(
                request,
                result=AssociateResult.REJECTED_PERMANENT,
                source=RejectSource.SERVICE_USER,
                diagnostic=diagnostic,
            )
        contexts = proposed(request).values()
        return request.respond(
            result=AssociateResult.ACCEPTED,
            user_information=tuple(self._user_information(request)),
            presentation_context_definition_list_result=tuple(map(self._judge, contexts)),
        )

    def _diagnostic(self, request: A_ASSOCIATE) -> int | None:
        if request.application_context_name != APPLICATION_CONTEXT_NAME:
            return RejectReasonServiceUser.APPLICATION_CONTEXT_NAME_NOT_SUPPORTED
        if self.ae_title is not None and request.called_ae_title != self.ae_title.strip(" "):
            return RejectReasonServiceUser.CALLED_AE_TITLE_NOT_RECOGNIZED
        known = self.calling_ae_titles
        if known is not None and all(request.calling_ae_title != t.strip(" ") for t in known):
            return RejectReasonServiceUser.CALLING_AE_TITLE_NOT_RECOGNIZED
        if 0 < maximum_length(request) < LEAST_LENGTH:
            return RejectReasonServiceUser.NO_REASON_GIVEN
        return None

    def _judge(self, context: PresentationContextDefinition) -> PresentationContextResult:
        known = self.contexts.get(context.abstract_syntax_name)
        if known is None:
            result = ContextResult.ABSTRACT_SYNTAX_NOT_SUPPORTED
            return PresentationContextResult(context.presentation_context_id, result)
        for name in context.transfer_syntax_names:
            if name in known:
                return PresentationContextResult(
                    context.presentation_context_id, ContextResult.ACCEPTANCE, name
                )
        result = ContextResult.TRANSFER_SYNTAXES_NOT_SUPPORTED
        return PresentationContextResult(context.presentation_context_id, result)

    def _user_information(self, request: A_ASSOCIATE) -> Iterable[UserDataSubItem]:
        length, uid, version = self._names
        yield length
        yield uid
        window = first_of(request.user_information or (), AsynchronousOperationsWindowSubItem)
        if window is not None:
            yield AsynchronousOperationsWindowSubItem(
                _least(window.maximum_number_operations_invoked, self.maximum_operations[0]),
                _least(window.maximum_number_operations_performed, self.maximum_operations[1]),
            )
        asked = _roles(request)
        for name in dict.fromkeys(each.abstract_syntax_name for each in proposed(request).values()):
            if name in asked and name in self.contexts:
                as_scu, as_scp = self.roles.get(name, (True, False))
                yield SCPSCURoleSelectionSubItem(
                    name, int(asked[name][0] and as_scu), int(asked[name][1] and as_scp)
                )
        yield version

    @property
    def _names(self) -> tuple[UserDataSubItem, UserDataSubItem, UserDataSubItem]:
        return (
            MaximumLengthSubItem(self.maximum_length),
            ImplementationClassUIDSubItem(UID(self.implementation_class_uid)),
            ImplementationVersionNameSubItem(self.implementation_version_name),
        )


def check_maximum_length(length: int) -> None:
    """Raise ValueError if nothing could be received in PDUs of such a length."""
    if 0 < length < LEAST_LENGTH:
        text = f"maximum_length is 0 or at least {LEAST_LENGTH}, not {length}"
        raise ValueError(f"{text}: nothing could be received (PS3.8 D.1, E.1)")


def rejection(request: A_ASSOCIATE, *, result: int, source: int, diagnostic: int) -> A_ASSOCIATE:
    """Return the response that rejects an A-ASSOCIATE indication (PS3.8 7.1.1.7 to 7.1.1.9)."""
    response = request.respond(result=result, diagnostic=diagnostic)
    # A blank cell of the response, and yet of what is sent (erratum U8).
    response.result_source = source
    return response


def _least(offered: int, allowed: int) -> int:
    """Return the smaller of two numbers of operations, of which 0 is any (PS3.7 D.3.3.3)."""
    return min(offered, allowed) if offered and allowed else offered or allowed


def proposed(request: A_ASSOCIATE) -> dict[int, PresentationContextDefinition]:
    """Return the presentation contexts that are proposed, by ID.

    Of those with the same ID the first counts; one whose ID is none is passed over.
    """
    found: dict[int, PresentationContextDefinition] = {}
    for definition in request.presentation_context_definition_list or ():
        if definition.presentation_context_id in CONTEXT_IDS:
            found.setdefault(definition.presentation_context_id, definition)
    return found


def accepted_contexts(
    request: A_ASSOCIATE, response: A_ASSOCIATE, *, is_requestor: bool
) -> Mapping[int, PresentationContext]:
    """Return the presentation contexts that two primitives agree on, by ID, with this end's roles.

    A result that answers no proposal, or one that has its result, or names a transfer syntax that
    was not proposed, is none.
    """
    unanswered = proposed(request)
    asked, given = _roles(request), _roles(response)
    found: dict[int, PresentationContext] = {}
    for result in response.presentation_context_definition_list_result or ():
        definition = unanswered.pop(result.presentation_context_id, None)
        if (
            definition is None
            or result.result != ContextResult.ACCEPTANCE
            or result.transfer_syntax_name not in definition.transfer_syntax_names
        ):
            continue
        name = definition.abstract_syntax_name
        scu, scp = True, False
        if name in asked and name in given:
            scu = asked[name][0] and given[name][0]
            scp = asked[name][1] and given[name][1]
        roles = (scu, scp) if is_requestor else (scp, scu)
        found[result.presentation_context_id] = PresentationContext(
            result.presentation_context_id, name, UID(result.transfer_syntax_name), *roles
        )
    return MappingProxyType(found)


def _roles(primitive: A_ASSOCIATE) -> dict[UID, tuple[bool, bool]]:
    """Return whether SCU and SCP are supported, by SOP class; of two items the last counts."""
    return {
        item.sop_class_uid: (item.scu_role == 1, item.scp_role == 1)
        for item in primitive.user_information or ()
        if isinstance(item, SCPSCURoleSelectionSubItem)
    }


def operations_window(
    request: A_ASSOCIATE | None, response: A_ASSOCIATE, *, is_requestor: bool
) -> tuple[int, int]:
    """Return how many operations this end may invoke and perform at once; 0 for any number.

    Both numbers of the acceptor's answer are meant as the requestor's, and are at most those that
    it has offered (PS3.7 D.3.3.3). If the request is not known, the answer counts.
    """
    answered = _window(response)
    offered = answered if request is None else _window(request)
    invoked = _least(
        offered.maximum_number_operations_invoked, answered.maximum_number_operations_invoked
    )
    performed = _least(
        offered.maximum_number_operations_performed, answered.maximum_number_operations_performed
    )
    return (invoked, performed) if is_requestor else (performed, invoked)


def _window(primitive: A_ASSOCIATE) -> AsynchronousOperationsWindowSubItem:
    """Return what is said of operations; where nothing is, what the fields have by default."""
    found = first_of(primitive.user_information or (), AsynchronousOperationsWindowSubItem)
    return found or AsynchronousOperationsWindowSubItem()


def maximum_length(primitive: A_ASSOCIATE) -> int:
    """Return the longest variable field that the sender of a primitive receives; 0 for any."""
    item = first_of(primitive.user_information or (), MaximumLengthSubItem)
    return 0 if item is None else item.maximum_length_received
