"""Primitives to PDUs and back: which parameter is which field (PS3.8 9.3).

This file is copied as it is from `templates/upper_layer/_conversion.py`. Do not edit the copy.
"""

from __future__ import annotations

from typing import Any, TypeVar

from pydicom.uid import ImplicitVRLittleEndian

from .._runtime import InvalidPrimitiveError, Violation
from ._enumerations import AbortSource, AssociateResult, ContextResult, RejectSource
from ._pdu import new
from ._primitive import (
    Address,
    PresentationContextDefinition,
    PresentationContextResult,
    UpperLayerPrimitive,
)
from .a_abort import A_ABORT
from .a_abort_pdu import A_ABORT_PDU
from .a_associate import A_ASSOCIATE
from .a_associate_ac import A_ASSOCIATE_AC
from .a_associate_rj import A_ASSOCIATE_RJ
from .a_associate_rq import A_ASSOCIATE_RQ
from .a_p_abort import A_P_ABORT
from .a_release import A_RELEASE
from .a_release_rp import A_RELEASE_RP
from .a_release_rq import A_RELEASE_RQ
from .abstract_syntax_sub_item import AbstractSyntaxSubItem
from .application_context_item import ApplicationContextItem
from .p_data import P_DATA
from .p_data_tf import P_DATA_TF
from .presentation_context_item_ac import PresentationContextItemAC
from .presentation_context_item_rq import PresentationContextItemRQ
from .transfer_syntax_sub_item import TransferSyntaxSubItem
from .user_information_item import UserInformationItem

_Primitive = TypeVar("_Primitive", bound=UpperLayerPrimitive)


def a_associate_to_pdu(
    primitive: A_ASSOCIATE,
) -> A_ASSOCIATE_AC | A_ASSOCIATE_RJ | A_ASSOCIATE_RQ:
    """Return the PDU of a request, or of a response that accepts or rejects."""
    if primitive.result is None:
        return _request(primitive)
    if primitive.result == AssociateResult.ACCEPTED:
        return _acceptance(primitive)
    source = primitive.result_source or RejectSource.SERVICE_USER
    # Without a diagnostic, no reason is given, which is 1 for the user and for ACSE.
    return A_ASSOCIATE_RJ(primitive.result, source, primitive.diagnostic or 1)


def _request(primitive: A_ASSOCIATE) -> A_ASSOCIATE_RQ:
    _require(
        primitive,
        "called_ae_title",
        "calling_ae_title",
        "application_context_name",
        "presentation_context_definition_list",
        "user_information",
    )
    contexts = [
        PresentationContextItemRQ(
            each.presentation_context_id,
            AbstractSyntaxSubItem(each.abstract_syntax_name),
            [TransferSyntaxSubItem(name) for name in each.transfer_syntax_names],
        )
        for each in primitive.presentation_context_definition_list or ()
    ]
    return A_ASSOCIATE_RQ(
        primitive.called_ae_title or "",
        primitive.calling_ae_title or "",
        ApplicationContextItem(primitive.application_context_name or ""),
        contexts,
        UserInformationItem(primitive.user_information or ()),
    )


def _acceptance(primitive: A_ASSOCIATE) -> A_ASSOCIATE_AC:
    _require(
        primitive,
        "called_ae_title",
        "calling_ae_title",
        "application_context_name",
        "presentation_context_definition_list_result",
        "user_information",
    )
    return A_ASSOCIATE_AC(
        primitive.called_ae_title or "",
        primitive.calling_ae_title or "",
        ApplicationContextItem(primitive.application_context_name or ""),
        [
            _result_item(each)
            for each in primitive.presentation_context_definition_list_result or ()
        ],
        UserInformationItem(primitive.user_information or ()),
    )


def _result_item(each: PresentationContextResult) -> PresentationContextItemAC:
    if each.result == ContextResult.ACCEPTANCE and each.transfer_syntax_name is None:
        name = "presentation_context_definition_list_result"
        row = A_ASSOCIATE.PARAMETERS[name]
        text = f"context {each.presentation_context_id} is accepted without a transfer syntax"
        broken = Violation("invalid-value", name, f"{row.name}: {text}: choose one", row.reference)
        raise InvalidPrimitiveError((broken,))
    # Table 9-18 has one in every item; where the context is rejected, it is without meaning.
    syntax = TransferSyntaxSubItem(each.transfer_syntax_name or ImplicitVRLittleEndian)
    return PresentationContextItemAC(each.presentation_context_id, each.result, syntax)


def _require(primitive: UpperLayerPrimitive, *names: str) -> None:
    """Raise `InvalidPrimitiveError` for each parameter of `names` that is missing."""
    rows = [(name, primitive.PARAMETERS[name]) for name in names]
    violations = tuple(
        Violation(
            "missing-mandatory",
            name,
            f"{row.name} is missing: the PDU carries it; set {name}",
            row.reference,
        )
        for name, row in rows
        if getattr(primitive, name) is None
    )
    if violations:
        raise InvalidPrimitiveError(violations)


def a_release_to_pdu(primitive: A_RELEASE) -> A_RELEASE_RP | A_RELEASE_RQ:
    """Return the PDU of a request or, where there is a result, of a response."""
    return A_RELEASE_RQ() if primitive.result is None else A_RELEASE_RP()


def a_abort_to_pdu(primitive: A_ABORT) -> A_ABORT_PDU:
    """Return the PDU of an abort; the source of a request is the user (7.3.2)."""
    return A_ABORT_PDU(primitive.abort_source or AbortSource.SERVICE_USER)


def a_p_abort_to_pdu(primitive: A_P_ABORT) -> A_ABORT_PDU:
    """Return the PDU of an abort by the provider."""
    return A_ABORT_PDU(AbortSource.SERVICE_PROVIDER, primitive.provider_reason or 0)


def p_data_to_pdu(primitive: P_DATA) -> P_DATA_TF:
    """Return the PDU with the presentation data values."""
    _require(primitive, "presentation_data_value_list")
    return P_DATA_TF(primitive.presentation_data_value_list or ())


# What was received is not checked again: the rules say what is wrong with it.
def _received(kind: type[_Primitive], **values: Any) -> _Primitive:
    primitive = new(kind)
    for name in kind.PARAMETERS:
        setattr(primitive, f"_{name}", values.get(name))
    return primitive


def a_associate_rq_to_primitive(
    pdu: A_ASSOCIATE_RQ,
    calling_presentation_address: Address | None,
    called_presentation_address: Address | None,
) -> A_ASSOCIATE:
    """Return the indication."""
    definitions = [_definition(each) for each in pdu.presentation_contexts]
    return _received(
        A_ASSOCIATE,
        application_context_name=pdu.application_context_name,
        calling_ae_title=pdu.calling_ae_title.strip(" "),
        called_ae_title=pdu.called_ae_title.strip(" "),
        user_information=_user_data(pdu.user_information),
        calling_presentation_address=calling_presentation_address,
        called_presentation_address=called_presentation_address,
        presentation_context_definition_list=tuple(definitions),
        mode=A_ASSOCIATE.PARAMETERS["mode"].value,
    )


def _definition(item: PresentationContextItemRQ) -> PresentationContextDefinition:
    definition = new(PresentationContextDefinition)
    set_ = object.__setattr__
    set_(definition, "presentation_context_id", item.presentation_context_id)
    set_(definition, "abstract_syntax_name", item.abstract_syntax_name or "")
    set_(definition, "transfer_syntax_names", item.transfer_syntax_names)
    return definition


def _result(item: PresentationContextItemAC) -> PresentationContextResult:
    result = new(PresentationContextResult)
    set_ = object.__setattr__
    set_(result, "presentation_context_id", item.presentation_context_id)
    set_(result, "result", item.result_reason)
    # Not significant unless the context is accepted (Table 9-18).
    is_accepted = item.result_reason == ContextResult.ACCEPTANCE
    set_(result, "transfer_syntax_name", item.transfer_syntax_name if is_accepted else None)
    return result


def _user_data(item: UserInformationItem | None) -> Any:
    return None if item is None else item.user_data


def a_associate_ac_to_primitive(
    pdu: A_ASSOCIATE_AC, responding_presentation_address: Address | None
) -> A_ASSOCIATE:
    """Return the confirmation that accepts; its source is the user (7.1.1.8)."""
    called = pdu.called_ae_title.strip(" ")
    return _received(
        A_ASSOCIATE,
        application_context_name=pdu.application_context_name,
        calling_ae_title=pdu.calling_ae_title.strip(" "),
        called_ae_title=called,
        user_information=_user_data(pdu.user_information),
        result=int(AssociateResult.ACCEPTED),
        result_source=int(RejectSource.SERVICE_USER),
        presentation_context_definition_list_result=tuple(map(_result, pdu.presentation_contexts)),
        responding_ae_title=called,
        responding_presentation_address=responding_presentation_address,
    )


def a_associate_rj_to_primitive(pdu: A_ASSOCIATE_RJ) -> A_ASSOCIATE:
    """Return the confirmation that rejects."""
    return _received(
        A_ASSOCIATE, result=pdu.result, result_source=pdu.source, diagnostic=pdu.reason_diag
    )


def a_release_rq_to_primitive(pdu: A_RELEASE_RQ) -> A_RELEASE:
    """Return the indication."""
    return _received(A_RELEASE)


def a_release_rp_to_primitive(pdu: A_RELEASE_RP) -> A_RELEASE:
    """Return the confirmation, whose result is fixed (7.2.1.2)."""
    return _received(A_RELEASE, result=A_RELEASE.PARAMETERS["result"].value)


def a_abort_pdu_to_primitive(pdu: A_ABORT_PDU) -> A_ABORT | A_P_ABORT:
    """Return the indication: A-P-ABORT if the provider aborted (Table 9-9, AA-3)."""
    if pdu.source == AbortSource.SERVICE_PROVIDER:
        return _received(A_P_ABORT, provider_reason=pdu.reason_diag)
    return _received(A_ABORT, abort_source=int(AbortSource.SERVICE_USER))


def p_data_tf_to_primitive(pdu: P_DATA_TF) -> P_DATA:
    """Return the indication."""
    primitive = new(P_DATA)
    primitive._presentation_data_value_list = pdu.presentation_data_value_items
    return primitive
