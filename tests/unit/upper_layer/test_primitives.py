"""The service primitives of PS3.8 Section 7 and their rules."""

from __future__ import annotations

from typing import Any

import pytest
from dimse_primitives import InvalidPrimitiveError
from dimse_primitives.upper_layer import (
    A_ABORT,
    A_ASSOCIATE,
    A_ASSOCIATE_AC,
    A_ASSOCIATE_RJ,
    A_P_ABORT,
    A_RELEASE,
    P_DATA,
    AsynchronousOperationsWindowSubItem,
    MaximumLengthSubItem,
    SCPSCURoleSelectionSubItem,
    UpperLayerPrimitive,
    UserIdentitySubItemAC,
    UserIdentitySubItemRQ,
    decode_pdu,
)
from dimsegen.upper_layer.loader import load_schema

from tests.printed import printed_folder

from .primitive_samples import (
    IMPLICIT,
    INFORMATION,
    THERE,
    VERIFICATION,
    indication,
    request,
    response,
    rules,
)

PRIMITIVES: tuple[type[UpperLayerPrimitive], ...] = (
    A_ASSOCIATE,
    A_RELEASE,
    A_ABORT,
    A_P_ABORT,
    P_DATA,
)


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
