"""Strategies for PDUs and for bytes that nearly are some."""

from __future__ import annotations

from typing import Any

from dimse_primitives import upper_layer as ul
from hypothesis import strategies as st

from tests.fuzz.strategies import DIGITS, uid

uids = st.text(DIGITS, max_size=45).map(lambda text: uid(f"1.{text}"))
titles = st.text(st.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=16)
octets = st.integers(0, 255)
short = st.integers(0, 65535)
context_ids = st.integers(0, 127).map(lambda number: 2 * number + 1)
transfer = st.builds(ul.TransferSyntaxSubItem, uids)
contexts = st.builds(
    ul.PresentationContextItemRQ,
    context_ids,
    st.builds(ul.AbstractSyntaxSubItem, uids),
    st.lists(transfer, min_size=1, max_size=3).map(tuple),
)
results = st.one_of(
    st.builds(ul.PresentationContextItemAC, context_ids, st.just(0), transfer),
    st.builds(ul.PresentationContextItemAC, context_ids, st.integers(1, 4), st.none() | transfer),
)
related = st.builds(ul.RelatedGeneralSOPClassIdentification, uids)
others = st.one_of(
    st.builds(ul.SCPSCURoleSelectionSubItem, uids, st.integers(0, 1), st.integers(0, 1)),
    st.builds(ul.SOPClassExtendedNegotiationSubItem, uids, st.binary(max_size=9)),
    st.builds(
        ul.SOPClassCommonExtendedNegotiationSubItem,
        uids,
        uids,
        st.lists(related, max_size=2).map(tuple),
        st.integers(0, 1),
        st.binary(max_size=3),
    ),
)
once: tuple[st.SearchStrategy[Any], ...] = (
    st.builds(ul.MaximumLengthSubItem, st.integers(0, 0xFFFFFFFF)),
    st.builds(ul.ImplementationClassUIDSubItem, uids),
    st.builds(ul.AsynchronousOperationsWindowSubItem, short, short),
    st.builds(ul.ImplementationVersionNameSubItem, titles),
    st.builds(
        ul.UserIdentitySubItemRQ,
        st.integers(1, 5),
        st.binary(max_size=9),
        positive_response_requested=st.integers(0, 1),
        secondary_field=st.binary(max_size=9),
    ),
    st.builds(ul.UserIdentitySubItemAC, st.binary(max_size=9)),
)


@st.composite
def user_information(draw: st.DrawFn) -> ul.UserInformationItem:
    """A User Information Item with what it must have, in any order."""
    chosen: list[ul.UserDataSubItem] = [draw(once[0]), draw(once[1])]
    chosen += [draw(each) for each in once[2:] if draw(st.booleans())]
    chosen += draw(st.lists(others, max_size=4))
    return ul.UserInformationItem(tuple(draw(st.permutations(chosen))))


def _association(kind: Any, contexts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.builds(
        kind,
        titles,
        titles,
        st.builds(ul.ApplicationContextItem, uids),
        st.lists(contexts, min_size=1, max_size=4).map(tuple),
        user_information(),
        reserved_43_74=st.binary(min_size=32, max_size=32),
    )


fragments = st.builds(ul.PresentationDataValueItem, context_ids, octets, st.binary(max_size=40))
REJECTIONS = [(1, 1), (1, 2), (1, 3), (1, 7), (2, 1), (2, 2), (3, 1), (3, 2)]
pdus = st.one_of(
    _association(ul.A_ASSOCIATE_RQ, contexts),
    _association(ul.A_ASSOCIATE_AC, results),
    st.builds(
        lambda result, pair: ul.A_ASSOCIATE_RJ(result, *pair),
        st.integers(1, 2),
        st.sampled_from(REJECTIONS),
    ),
    st.builds(ul.P_DATA_TF, st.lists(fragments, min_size=1, max_size=4).map(tuple)),
    st.just(ul.A_RELEASE_RQ()),
    st.just(ul.A_RELEASE_RP()),
    st.builds(ul.A_ABORT_PDU, st.just(0)),
    st.builds(ul.A_ABORT_PDU, st.just(2), st.sampled_from([0, 1, 2, 4, 5, 6])),
)


@st.composite
def hostile(draw: st.DrawFn) -> bytes:
    """Bytes of a PDU with some of them changed, cut off, or added."""
    data = bytearray(draw(pdus).encode())
    for _ in range(draw(st.integers(1, 6))):
        data[draw(st.integers(0, len(data) - 1))] = draw(octets)
    if draw(st.booleans()):
        del data[draw(st.integers(0, len(data) - 1)) :]
    return bytes(data + draw(st.binary(max_size=4)))
