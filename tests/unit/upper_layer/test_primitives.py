"""The service primitives of PS3.8 Section 7 and their rules."""

from __future__ import annotations

from typing import Any

import pytest
from dimse_primitives import InvalidPrimitiveError, Violation
from dimse_primitives.upper_layer import (
    A_ABORT,
    A_ABORT_PDU,
    A_ASSOCIATE,
    A_ASSOCIATE_AC,
    A_ASSOCIATE_RJ,
    A_ASSOCIATE_RQ,
    A_P_ABORT,
    A_RELEASE,
    A_RELEASE_RP,
    A_RELEASE_RQ,
    P_DATA,
    P_DATA_TF,
    AsynchronousOperationsWindowSubItem,
    ImplementationClassUIDSubItem,
    MaximumLengthSubItem,
    PresentationDataValueItem,
    SCPSCURoleSelectionSubItem,
    UpperLayerPrimitive,
    UserIdentitySubItemAC,
    UserIdentitySubItemRQ,
    decode_pdu,
)
from dimsegen.upper_layer.loader import load_schema

from tests.printed import printed_folder

PRIMITIVES: tuple[type[UpperLayerPrimitive], ...] = (
    A_ASSOCIATE,
    A_RELEASE,
    A_ABORT,
    A_P_ABORT,
    P_DATA,
)
VERIFICATION, IMPLICIT = "1.2.840.10008.1.1", "1.2.840.10008.1.2"
INFORMATION = (MaximumLengthSubItem(16384), ImplementationClassUIDSubItem("1.2.3"))
HERE, THERE = ("10.0.0.1", 11112), ("10.0.0.2", 104)


def request(**values: Any) -> A_ASSOCIATE:
    given: dict[str, Any] = {
        "application_context_name": "1.2.840.10008.3.1.1.1",
        "calling_ae_title": "CALLING",
        "called_ae_title": "CALLED",
        "user_information": INFORMATION,
        "calling_presentation_address": HERE,
        "called_presentation_address": THERE,
        "presentation_context_definition_list": [(1, VERIFICATION, [IMPLICIT])],
    }
    return A_ASSOCIATE.request(**{**given, **values})


def indication(**values: Any) -> A_ASSOCIATE:
    pdu = request(**values).to_pdu()
    assert isinstance(pdu, A_ASSOCIATE_RQ)
    return pdu.to_primitive(calling_presentation_address=HERE, called_presentation_address=THERE)


def response(**values: Any) -> A_ASSOCIATE:
    given: dict[str, Any] = {
        "application_context_name": "1.2.840.10008.3.1.1.1",
        "calling_ae_title": "CALLING",
        "called_ae_title": "CALLED",
        "user_information": INFORMATION,
        "result": 0,
        "presentation_context_definition_list_result": [(1, 0, IMPLICIT)],
        "responding_ae_title": "CALLED",
        "responding_presentation_address": THERE,
    }
    return A_ASSOCIATE.response(**{**given, **values})


def rules(violations: tuple[Violation, ...]) -> list[tuple[str, str]]:
    return [(each.rule, each.parameter) for each in violations]


def test_the_tables_are_what_the_standard_prints() -> None:
    printed = {each.name: each.rows for each in load_schema(printed_folder()).services}
    of_printed = [[row.attribute for row in printed[kind.SERVICE]] for kind in PRIMITIVES]
    assert [len(each) for each in of_printed] == [20, 3, 2, 1, 1]
    for kind, names in zip(PRIMITIVES, of_printed, strict=True):
        assert [name for name in kind.PARAMETERS if name in names] == names
    calling = A_ASSOCIATE.PARAMETERS["calling_ae_title"]
    cells = (calling.request, calling.indication, calling.response, calling.confirmation)
    assert (calling.name, *cells) == ("calling AE title", "M", "M(=)", "M", "M(=)")
    assert A_ASSOCIATE.PARAMETERS["mode"].value == "normal"
    assert A_ASSOCIATE.PARAMETERS["mode"].response is None
    assert A_ASSOCIATE.PARAMETERS["responding_ae_title"].equals == "called_ae_title"
    assert A_ASSOCIATE.PARAMETERS["other_parameters"].request == "NU"
    assert A_P_ABORT.PARAMETERS["provider_reason"].indication == "P"
    assert A_P_ABORT.PARAMETERS["provider_reason"].request is None


@pytest.mark.parametrize("kind", PRIMITIVES)
def test_every_row_is_a_property_and_nothing_else_is(kind: type[UpperLayerPrimitive]) -> None:
    primitive = kind()
    assert [name for name in kind.PARAMETERS if getattr(primitive, name) is None] == list(
        kind.PARAMETERS
    )
    with pytest.raises(AttributeError):
        primitive.caling_ae_title = "X"  # type: ignore[attr-defined]
    assert primitive == kind()
    assert not hasattr(primitive, "__dict__")


def test_a_valid_exchange_breaks_no_rule() -> None:
    asked = request()
    assert asked.is_valid_request
    assert asked.request_violations() == ()
    heard = indication()
    assert heard.is_valid_indication
    assert heard.mode == "normal"
    assert heard.indication_violations(asked) == ()
    answer = response()
    assert answer.is_valid_response
    assert answer.response_violations(heard) == ()
    answer.validate_response(heard)
    pdu = decode_pdu(answer.to_pdu().encode(), strict=True).pdu
    assert isinstance(pdu, A_ASSOCIATE_AC)
    confirmed = pdu.to_primitive(responding_presentation_address=THERE)
    assert confirmed.is_valid_confirmation
    assert (confirmed.result, confirmed.result_source) == (0, 1)
    assert confirmed.confirmation_violations(answer) == ()


def test_an_empty_request_says_everything_that_is_missing_with_its_clause() -> None:
    with pytest.raises(InvalidPrimitiveError) as caught:
        A_ASSOCIATE().validate_request()
    assert [each.parameter for each in caught.value.violations] == [
        "application_context_name",
        "calling_ae_title",
        "called_ae_title",
        "user_information",
        "calling_presentation_address",
        "called_presentation_address",
        "presentation_context_definition_list",
    ]
    assert str(caught.value.violations[1]) == (
        "missing-mandatory: calling AE title is missing: it is M in an A-ASSOCIATE request; "
        "set calling_ae_title (PS3.8 7.1.1.3, Table 7-2)"
    )


@pytest.mark.parametrize(
    ("values", "broken"),
    [
        ({"mode": "x410-1984"}, ("wrong-fixed-value", "mode")),
        (
            {"presentation_context_definition_list": []},
            ("invalid-value", "presentation_context_definition_list"),
        ),
        (
            {"presentation_context_definition_list": [(1, VERIFICATION, [])]},
            ("invalid-value", "presentation_context_definition_list"),
        ),
        (
            {
                "presentation_context_definition_list": [
                    (1, VERIFICATION, [IMPLICIT]),
                    (1, VERIFICATION, [IMPLICIT]),
                ]
            },
            ("duplicate", "presentation_context_definition_list"),
        ),
        ({"user_information": INFORMATION[:1]}, ("missing-mandatory", "user_information")),
        (
            {"user_information": (*INFORMATION, MaximumLengthSubItem(0))},
            ("duplicate", "user_information"),
        ),
        (
            {"user_information": (*INFORMATION, UserIdentitySubItemAC(b""))},
            ("must-be-absent", "user_information"),
        ),
        (
            {"user_information": (*INFORMATION, UserIdentitySubItemRQ(1, b"me", 0, b"secret"))},
            ("forbidden-conditional", "user_information"),
        ),
        ({"application_context_name": "1..2"}, ("invalid-value", "application_context_name")),
    ],
)
def test_a_request_that_breaks_a_rule_of_the_prose(
    values: dict[str, Any], broken: tuple[str, str]
) -> None:
    assert rules(request(**values).request_violations()) == [broken]


def test_what_is_blank_or_not_used_must_be_absent() -> None:
    primitive = request()
    primitive.result = 0
    primitive.other_parameters = "quality of service"
    assert rules(primitive.request_violations()) == [
        ("must-be-absent", "result"),
        ("must-be-absent", "other_parameters"),
    ]


def test_a_rejection_carries_none_of_the_parameters() -> None:
    """Table 9-21: an A-ASSOCIATE-RJ has a result, a source and a reason."""
    rejection = A_ASSOCIATE(result=1, diagnostic=3)
    assert rejection.is_valid_response
    assert rejection.response_violations(indication()) == ()
    pdu = rejection.to_pdu()
    assert pdu == A_ASSOCIATE_RJ(1, 1, 3)
    confirmed = A_ASSOCIATE_RJ(1, 1, 3).to_primitive()
    assert confirmed.is_valid_confirmation
    assert confirmed.confirmation_violations(rejection) == ()


def test_a_diagnostic_is_for_rejections_and_one_of_its_source() -> None:
    assert rules(response(diagnostic=1).response_violations()) == [
        ("forbidden-conditional", "diagnostic")
    ]
    wrong = A_ASSOCIATE(result=1, result_source=2, diagnostic=7)
    assert rules(wrong.confirmation_violations()) == [("invalid-value", "diagnostic")]
    assert "(the value is 7)" in str(wrong.confirmation_violations()[0])


@pytest.mark.parametrize(
    ("results", "rule"),
    [
        ([], "no-correspondence"),
        ([(1, 0, IMPLICIT), (3, 0, IMPLICIT)], "no-correspondence"),
        ([(1, 0, "1.2.840.10008.1.2.1")], "no-correspondence"),
        ([(1, 0)], "invalid-value"),
        ([(1, 5)], "invalid-value"),
    ],
)
def test_results_correspond_to_what_was_proposed(results: list[Any], rule: str) -> None:
    """7.1.1.14: there is a one to one correspondence."""
    answer = response(presentation_context_definition_list_result=results)
    assert rules(answer.response_violations(indication())) == [
        (rule, "presentation_context_definition_list_result")
    ]


@pytest.mark.parametrize(
    ("offered", "answered"),
    [
        ((), AsynchronousOperationsWindowSubItem(1, 1)),
        ((AsynchronousOperationsWindowSubItem(2, 2),), AsynchronousOperationsWindowSubItem(3, 1)),
        ((AsynchronousOperationsWindowSubItem(2, 2),), AsynchronousOperationsWindowSubItem(1, 0)),
        ((), SCPSCURoleSelectionSubItem(VERIFICATION, 1, 0)),
        (
            (SCPSCURoleSelectionSubItem(VERIFICATION, 1, 0),),
            SCPSCURoleSelectionSubItem(VERIFICATION, 1, 1),
        ),
        ((UserIdentitySubItemRQ(1, b"me"),), UserIdentitySubItemAC(b"")),
    ],
)
def test_an_acceptor_answers_only_what_was_offered(offered: Any, answered: Any) -> None:
    heard = indication(user_information=(*INFORMATION, *offered))
    answer = response(user_information=(*INFORMATION, answered))
    assert rules(answer.response_violations(heard)) == [("not-negotiated", "user_information")]
    assert answer.response_violations() == ()


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
