"""What an association request and its answer say, in a record; which rules of PS3.8 they break."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Final

from pydicom.uid import UID

from .._rows import Violation
from ..upper_layer._enumerations import ContextResult
from ..upper_layer._negotiation import (
    PresentationContext,
    accepted_contexts,
    maximum_length,
    operations_window,
)
from ..upper_layer._pdu_values import first_of
from ..upper_layer.a_associate import A_ASSOCIATE
from ..upper_layer.a_associate_ac import A_ASSOCIATE_AC
from ..upper_layer.a_associate_rq import A_ASSOCIATE_RQ
from ..upper_layer.asynchronous_operations_window_sub_item import (
    AsynchronousOperationsWindowSubItem,
)
from ..upper_layer.implementation_class_uid_sub_item import ImplementationClassUIDSubItem
from ..upper_layer.implementation_version_name_sub_item import ImplementationVersionNameSubItem
from ..upper_layer.scp_scu_role_selection_sub_item import SCPSCURoleSelectionSubItem
from ..upper_layer.sop_class_common_extended_negotiation_sub_item import (
    SOPClassCommonExtendedNegotiationSubItem,
)
from ..upper_layer.user_identity_sub_item_rq import UserIdentitySubItemRQ
from ._finding import ACCEPTOR, REQUESTOR
from ._record import Association, Context
from ._segments import Endpoint

# Where addresses are not known, the rules about them say nothing.
_SOMEWHERE: Final = Endpoint("", 0)
_YES_NO: Final = ("no", "yes")


class Negotiated:
    """What both sides agreed on.

    Attributes
    ----------
    contexts : mapping of int to PresentationContext, or None
        The accepted ones, with the roles of the requestor; None while there are none to know of.
    longest : dict of str to int
        The longest variable field of a P-DATA-TF PDU that each side takes; 0 for any.
    most : dict of str to int
        How many operations each side may have outstanding; 0 for any number.
    has_related_classes : bool
        Whether the requestor sends SOP classes on contexts of others (PS3.7 D.3.3.6).
    """

    __slots__ = ("contexts", "has_related_classes", "longest", "most", "request")

    def __init__(self) -> None:
        self.contexts: Mapping[int, PresentationContext] | None = None
        self.longest = {REQUESTOR: 0, ACCEPTOR: 0}
        self.most = {REQUESTOR: 0, ACCEPTOR: 0}
        self.has_related_classes = False
        self.request: A_ASSOCIATE | None = None

    def take_request(
        self, pdu: A_ASSOCIATE_RQ, record: Association, ends: tuple[Endpoint, Endpoint] | None
    ) -> tuple[Violation, ...]:
        """Read a request into the record, and return the rules that it breaks."""
        calling, called = ends or (_SOMEWHERE, _SOMEWHERE)
        self.request = request = pdu.to_primitive(
            calling_presentation_address=(calling.address, calling.port),
            called_presentation_address=(called.address, called.port),
        )
        record.calling_ae_title, record.called_ae_title = pdu.calling_ae_title, pdu.called_ae_title
        for proposed in request.presentation_context_definition_list or ():
            number = proposed.presentation_context_id
            syntaxes = tuple(map(str, proposed.transfer_syntax_names))
            record.contexts[number] = Context(number, str(proposed.abstract_syntax_name), syntaxes)
        record.user_information[REQUESTOR] = dict(_user_information(request))
        offered = request.user_information or ()
        self.longest[REQUESTOR] = maximum_length(request)
        self.has_related_classes = (
            first_of(offered, SOPClassCommonExtendedNegotiationSubItem) is not None
        )
        return request.indication_violations()

    def take_answer(
        self, pdu: A_ASSOCIATE_AC, record: Association, end: Endpoint | None
    ) -> tuple[Violation, ...]:
        """Read an acceptance into the record, and return the rules that it breaks."""
        responding = end or _SOMEWHERE
        response = pdu.to_primitive(
            responding_presentation_address=(responding.address, responding.port)
        )
        # What the provider adds to a confirmation, its user did not respond with.
        response.result_source = None
        request = self.request or A_ASSOCIATE()
        for result in response.presentation_context_definition_list_result or ():
            number = result.presentation_context_id
            context = record.contexts.setdefault(number, Context(number, "", ()))
            context.result = _result_text(pdu, number)
            context.is_accepted = result.result == ContextResult.ACCEPTANCE
            name = result.transfer_syntax_name
            context.transfer_syntax = str(name) if context.is_accepted and name else None
        record.user_information[ACCEPTOR] = dict(_user_information(response))
        self.longest[ACCEPTOR] = maximum_length(response)
        self.most[REQUESTOR], self.most[ACCEPTOR] = operations_window(
            self.request, response, is_requestor=True
        )
        if self.request is None:
            return ()
        self.contexts = accepted_contexts(request, response, is_requestor=True)
        return response.response_violations(self.request)

    def take_rejection(self) -> None:
        """Take note that nothing was agreed on."""
        self.contexts = MappingProxyType({})


def _result_text(pdu: A_ASSOCIATE_AC, number: int) -> str:
    found = [each for each in pdu.presentation_contexts if each.presentation_context_id == number]
    return str(found[0].result_reason_text) if found else ""


def _user_information(primitive: A_ASSOCIATE) -> Iterator[tuple[str, str]]:
    """Yield what a side says of itself, by name; nobody's password is among it."""
    yield "Maximum Length Received", str(maximum_length(primitive) or "no limit")
    offered = primitive.user_information or ()
    if (uid := first_of(offered, ImplementationClassUIDSubItem)) is not None:
        yield "Implementation Class UID", str(uid.implementation_class_uid)
    if (name := first_of(offered, ImplementationVersionNameSubItem)) is not None:
        yield "Implementation Version Name", name.implementation_version_name
    if (window := first_of(offered, AsynchronousOperationsWindowSubItem)) is not None:
        invoked = window.maximum_number_operations_invoked
        performed = window.maximum_number_operations_performed
        text = f"invoked {invoked or 'any'}, performed {performed or 'any'}"
        yield "Asynchronous Operations Window", text
    for role in offered:
        if isinstance(role, SCPSCURoleSelectionSubItem):
            scu, scp = _YES_NO[role.scu_role == 1], _YES_NO[role.scp_role == 1]
            yield f"Role Selection {UID(role.sop_class_uid).name}", f"SCU {scu}, SCP {scp}"
    if (identity := first_of(offered, UserIdentitySubItemRQ)) is not None:
        yield "User Identity", f"type {identity.user_identity_type}"
