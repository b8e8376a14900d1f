"""The negotiation matrix: abstract syntaxes, transfer syntaxes, roles and limits, all with all.

What is expected is said here, in the words of PS3.8 7.1.1.13 and PS3.7 D.3.3, not by `Policy`.
"""

from __future__ import annotations

from itertools import product

import pytest
from dimse_primitives.upper_layer import (
    A_ASSOCIATE,
    Accepted,
    Association,
    ContextResult,
    Policy,
    user_information,
)

from .associations import sent

KNOWN, STRANGE = "1.2.840.10008.1.1", "1.2.840.10008.5.1.4.1.1.2"
SYNTAXES = ("1.2.840.10008.1.2", "1.2.840.10008.1.2.1", "1.2.840.10008.1.2.4.50")
OFFERS = [(0,), (1,), (0, 1), (1, 0), (2, 1, 0)]
TAKEN = [(0,), (1,), (0, 1), (2,)]
ROLES = [(True, False), (False, True), (True, True), (False, False)]
WINDOWS = [None, (1, 1), (0, 0), (5, 2), (2, 0)]
ALLOWED = [(1, 1), (0, 0), (3, 4)]
LENGTHS = [0, 16384, 131072]


def agreed(
    contexts: list[tuple[str, tuple[int, ...]]],
    policy: Policy,
    *,
    roles: dict[str, tuple[bool, bool]] | None = None,
    window: tuple[int, int] | None = None,
    length: int = 16384,
) -> tuple[Association, Association]:
    """Return both ends after the requestor's request was answered by the policy."""
    request = A_ASSOCIATE.request(
        application_context_name="1.2.840.10008.3.1.1.1",
        calling_ae_title="US",
        called_ae_title="THEM",
        user_information=user_information(
            maximum_length=length, maximum_operations=window, roles=roles or {}
        ),
        calling_presentation_address=("127.0.0.1", 1),
        called_presentation_address=("127.0.0.1", 104),
        presentation_context_definition_list=[
            (2 * number + 1, abstract, [SYNTAXES[each] for each in transfer])
            for number, (abstract, transfer) in enumerate(contexts)
        ],
    )
    asking, answering = Association.requestor(request), Association.acceptor(accept=policy)
    for event in answering.receive_data(sent(asking)):
        assert isinstance(event, Accepted)
        # What the acceptor answers keeps every rule; of addresses only a transport knows.
        broken = event.response.response_violations(event.request)
        assert {each.parameter for each in broken} <= {"responding_presentation_address"}
    (event,) = asking.receive_data(sent(answering))
    assert isinstance(event, Accepted)
    return asking, answering


@pytest.mark.parametrize("taken", TAKEN)
def test_abstract_and_transfer_syntaxes(taken: tuple[int, ...]) -> None:
    policy = Policy(contexts={KNOWN: tuple(SYNTAXES[each] for each in taken)})
    proposals = [*product((KNOWN, STRANGE), OFFERS)]
    asking, answering = agreed(proposals, policy)
    response = asking.response
    assert response is not None
    assert asking.contexts.keys() == answering.contexts.keys()
    results = response.presentation_context_definition_list_result or ()
    for (abstract, offer), result in zip(proposals, results, strict=True):
        common = [each for each in offer if each in taken]
        expected = (
            ContextResult.ABSTRACT_SYNTAX_NOT_SUPPORTED
            if abstract == STRANGE
            else ContextResult.ACCEPTANCE
            if common
            else ContextResult.TRANSFER_SYNTAXES_NOT_SUPPORTED
        )
        assert result.result == expected, (abstract, offer)
        context = asking.contexts.get(result.presentation_context_id)
        assert (context is not None) == (expected == ContextResult.ACCEPTANCE)
        if context is not None:
            # Of those that both have, the first that the requestor names.
            assert context.transfer_syntax == SYNTAXES[common[0]]
            assert context.abstract_syntax == abstract


@pytest.mark.parametrize("asked", [None, *ROLES])
@pytest.mark.parametrize("allowed", [None, *ROLES])
def test_roles(asked: tuple[bool, bool] | None, allowed: tuple[bool, bool] | None) -> None:
    """A role is granted if asked for and allowed; without the sub-item, SCU only (D.3.3.4)."""
    policy = Policy(contexts={KNOWN: SYNTAXES}, roles={} if allowed is None else {KNOWN: allowed})
    roles = None if asked is None else {KNOWN: asked}
    asking, answering = agreed([(KNOWN, (0,))], policy, roles=roles)
    ours, theirs = asking.contexts[1], answering.contexts[1]
    scu, scp = (True, False) if allowed is None else allowed
    expected = (True, False) if asked is None else (asked[0] and scu, asked[1] and scp)
    assert (ours.as_scu, ours.as_scp) == expected
    assert (theirs.as_scp, theirs.as_scu) == expected


def least(offered: int, allowed: int) -> int:
    return min((each for each in (offered, allowed) if each), default=0)


@pytest.mark.parametrize(("window", "allowed"), [*product(WINDOWS, ALLOWED)])
def test_operations(window: tuple[int, int] | None, allowed: tuple[int, int]) -> None:
    """As many as both can; 0 is any number, and without the sub-item it is one (PS3.7 D.3.3.3)."""
    policy = Policy(contexts={KNOWN: SYNTAXES}, maximum_operations=allowed)
    asking, answering = agreed([(KNOWN, (0,))], policy, window=window)
    expected = (1, 1)
    if window is not None:
        expected = (least(window[0], allowed[0]), least(window[1], allowed[1]))
    assert asking.maximum_operations == expected
    assert answering.maximum_operations == (expected[1], expected[0])


@pytest.mark.parametrize(("ours", "theirs"), [*product(LENGTHS, LENGTHS)])
def test_lengths(ours: int, theirs: int) -> None:
    """Each end says what it takes, and the other keeps to it (PS3.8 D.1)."""
    policy = Policy(contexts={KNOWN: SYNTAXES}, maximum_length=theirs)
    asking, answering = agreed([(KNOWN, (0,))], policy, length=ours)
    assert (asking._machine.longest, answering._machine.longest) == (theirs, ours)
