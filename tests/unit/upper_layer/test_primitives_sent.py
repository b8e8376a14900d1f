"""What primitives of the Upper Layer become as PDUs, and what they take as values."""

from __future__ import annotations

import pytest
from dimse_primitives import InvalidPrimitiveError
from dimse_primitives.upper_layer import (
    A_ABORT,
    A_ABORT_PDU,
    A_ASSOCIATE,
    A_ASSOCIATE_AC,
    A_ASSOCIATE_RQ,
    A_P_ABORT,
    A_RELEASE,
    A_RELEASE_RP,
    A_RELEASE_RQ,
    P_DATA,
    P_DATA_TF,
    PresentationDataValueItem,
    decode_pdu,
)

from .primitive_samples import (
    HERE,
    IMPLICIT,
    THERE,
    VERIFICATION,
    indication,
    request,
    response,
    rules,
)


def test_a_rejected_context_is_sent_with_a_transfer_syntax_and_heard_without() -> None:
    """Table 9-18: one Transfer Syntax Sub-Item, not significant unless the context is accepted."""
    pdu = response(presentation_context_definition_list_result=[(1, 3)]).to_pdu()
    assert isinstance(pdu, A_ASSOCIATE_AC)
    assert pdu.presentation_contexts[0].transfer_syntax_name == IMPLICIT
    (heard,) = pdu.to_primitive().presentation_context_definition_list_result or ()
    assert (heard.result, heard.transfer_syntax_name) == (3, None)
    with pytest.raises(InvalidPrimitiveError, match="ID 1: a result of 0 needs a transfer"):
        response(presentation_context_definition_list_result=[(1, 0)]).to_pdu()


def test_what_the_other_side_hears_is_what_was_said() -> None:
    heard = indication()
    heard.called_ae_title = "OTHER"
    assert rules(heard.indication_violations(request())) == [("not-equal", "called_ae_title")]
    answer = response(responding_ae_title="OTHER")
    assert rules(answer.response_violations(indication())) == [
        ("wrong-fixed-value", "responding_ae_title")
    ]


def test_release_is_two_pdus() -> None:
    assert A_RELEASE.request(reason="normal").to_pdu() == A_RELEASE_RQ()
    assert rules(A_RELEASE.request(reason="urgent").request_violations()) == [
        ("wrong-fixed-value", "reason")
    ]
    answer = A_RELEASE.response(result="affirmative")
    assert answer.response_violations() == ()
    assert answer.to_pdu() == A_RELEASE_RP()
    assert A_RELEASE_RP().to_primitive().confirmation_violations(answer) == ()
    assert A_RELEASE_RQ().to_primitive() == A_RELEASE()


def test_abort_is_of_the_user_or_of_the_provider() -> None:
    assert A_ABORT.request().request_violations() == ()
    assert A_ABORT.request().to_pdu() == A_ABORT_PDU(0)
    heard = A_ABORT_PDU(0).to_primitive()
    assert heard == A_ABORT.indication(abort_source=0)
    assert isinstance(heard, A_ABORT)
    assert heard.indication_violations() == ()
    failed = A_ABORT_PDU(2, 6).to_primitive()
    assert failed == A_P_ABORT.indication(provider_reason=6)
    assert isinstance(failed, A_P_ABORT)
    assert failed.indication_violations() == ()
    assert failed.to_pdu() == A_ABORT_PDU(2, 6)
    assert rules(A_P_ABORT(provider_reason=3).indication_violations()) == [
        ("invalid-value", "provider_reason")
    ]


@pytest.mark.parametrize(
    ("values", "clause"),
    [
        ([], "PS3.8 7.6.1"),
        ([(1, 3, b"ab"), (3, 2, b"ab")], "PS3.8 E.1"),
        ([(1, 3, b"abc")], "PS3.8 E.1"),
        ([(1, 3, b"")], "PS3.8 E.1"),
        ([(1, 0x83, b"ab")], "PS3.8 E.2"),
    ],
)
def test_data_values_keep_annex_e(values: list[tuple[int, int, bytes]], clause: str) -> None:
    items = [PresentationDataValueItem(*each) for each in values]
    (violation,) = P_DATA.request(presentation_data_value_list=items).request_violations()
    assert (violation.rule, violation.reference) == ("invalid-value", clause)


def test_data_values_go_through_a_pdu_as_they_are() -> None:
    items = [PresentationDataValueItem(1, 3, b"ab"), PresentationDataValueItem(1, 2, b"cd")]
    said = P_DATA.request(presentation_data_value_list=items)
    assert said.request_violations() == ()
    pdu = decode_pdu(said.to_pdu().encode()).pdu
    assert isinstance(pdu, P_DATA_TF)
    assert pdu.to_primitive() == said
    assert pdu.to_primitive().indication_violations(said) == ()


@pytest.mark.parametrize(
    ("name", "value", "error"),
    [
        ("calling_ae_title", "A" * 17, ValueError),
        ("calling_ae_title", "   ", ValueError),
        ("calling_ae_title", 5, TypeError),
        ("application_context_name", "1" * 65, ValueError),
        ("calling_presentation_address", "host", TypeError),
        ("calling_presentation_address", ("host", 65536), ValueError),
        ("result", 256, ValueError),
        ("result", True, TypeError),
        ("mode", 5, TypeError),
        ("user_information", [5], TypeError),
        ("presentation_context_definition_list", [(2, VERIFICATION, [IMPLICIT])], ValueError),
        ("presentation_context_definition_list", [5], TypeError),
    ],
)
def test_setting_checks_type_and_range(name: str, value: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        setattr(A_ASSOCIATE(), name, value)


def test_a_pdu_is_not_made_without_what_it_carries() -> None:
    with pytest.raises(InvalidPrimitiveError, match="calling AE title is missing"):
        A_ASSOCIATE(called_ae_title="CALLED").to_pdu()


def test_what_was_received_is_kept_and_the_rules_say_what_is_wrong() -> None:
    pdu = decode_pdu(A_ASSOCIATE_RQ("", "CALLING").encode()).pdu
    assert isinstance(pdu, A_ASSOCIATE_RQ)
    heard = pdu.to_primitive(calling_presentation_address=HERE, called_presentation_address=THERE)
    assert rules(heard.indication_violations()) == [
        ("missing-mandatory", "application_context_name"),
        ("invalid-value", "called_ae_title"),
        ("missing-mandatory", "user_information"),
        ("invalid-value", "presentation_context_definition_list"),
    ]


def test_a_primitive_shows_what_is_set() -> None:
    assert repr(A_ABORT(abort_source=2)) == "A_ABORT(abort_source=2)"
    with pytest.raises(TypeError):
        hash(A_ABORT())
