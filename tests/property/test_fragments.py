"""Whatever is sent comes back the same; whatever else comes is a message or a FragmentError.

Invariant: what a `Reassembler` shall give is computed here from the whole sequence of fragments,
by `read`, which knows PS3.8 E.1 and no states.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from io import BufferedReader, BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from dimse_primitives import (
    PDV,
    DecodeError,
    FragmentError,
    Reassembler,
    decode,
    fragment,
    read_pdvs,
)
from hypothesis import event, given, settings
from hypothesis import strategies as st

from .samples import primitive, random_values
from .tables import Tables

TABLES = Tables(Path(__file__).resolve().parents[2] / "schemas")
FORMS: tuple[Callable[[bytes], Any], ...] = (
    bytes,
    bytearray,
    memoryview,
    BytesIO,
    lambda content: BufferedReader(BytesIO(content)),
)
limits = st.just(0) | st.integers(8, 100) | st.integers(8, 0xFFFFFFFF)
context_ids = st.integers(0, 127).map(lambda number: 2 * number + 1)
few_context_ids = st.sampled_from((1, 1, 1, 1, 1, 3, 255, 0, 2, 256, -1))
other_pdvs = st.builds(PDV, few_context_ids, st.booleans(), st.booleans(), st.binary())


class Content(NamedTuple):
    """A message: its command set, and its data set if it announces one."""

    command: bytes
    data_set: bytes | None


class Reading(NamedTuple):
    """The messages that fragments hold with their contexts, and what comes after them."""

    messages: list[tuple[int, Content]]
    end: str


@st.composite
def contents(draw: st.DrawFn, data_sets: st.SearchStrategy[bytes]) -> Content:
    """Draw a message of any service, valid or not."""
    service = draw(st.sampled_from(sorted(TABLES.services)))
    sample = primitive(service, draw(random_values(TABLES, service)))
    encode = draw(st.sampled_from((sample.encode_request, sample.encode_response)))
    command = encode(allow_invalid=True)
    return Content(command, draw(data_sets) if decode(command).has_data_set else None)


def pieces(draw: st.DrawFn, content: bytes, context_id: int, *, is_command: bool) -> Iterator[PDV]:
    """Yield fragments of any size, empty ones among them."""
    cuts = sorted(draw(st.lists(st.integers(0, len(content)), max_size=4)))
    for start, end in zip([0, *cuts], [*cuts, len(content)], strict=True):
        yield PDV(context_id, is_command, False, content[start:end])


def as_fragments(draw: st.DrawFn, message: Content, context_id: int) -> list[PDV]:
    """Return a message as another sender might cut it."""
    pdvs: list[PDV] = []
    for content, is_command in ((message.command, True), (message.data_set, False)):
        if content is not None:
            *rest, last = pieces(draw, content, context_id, is_command=is_command)
            pdvs += [*rest, PDV(context_id, is_command, True, last.data)]
    return pdvs


@st.composite
def sequences(draw: st.DrawFn) -> list[PDV]:
    """Draw the fragments of a few messages, with some of them lost, twice, moved or changed."""
    pdvs: list[PDV] = []
    for message in draw(st.lists(contents(st.binary(max_size=6)), min_size=1, max_size=4)):
        pdvs += as_fragments(draw, message, draw(st.sampled_from((1, 1, 3))))
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(0, len(pdvs)))
        here, following = pdvs[place : place + 1], pdvs[place + 1 : place + 2]
        other = [draw(other_pdvs)]
        pdvs[place : place + 2] = draw(
            st.sampled_from(
                (
                    following,
                    [*here, *here, *following],
                    [*following, *here],
                    [*other, *following],
                    [*here, *other, *following],
                )
            )
        )
    return pdvs


def read(pdvs: Sequence[PDV]) -> Reading:
    """Return what the fragments hold, up to the first that is wrong."""
    messages: list[tuple[int, Content]] = []
    while pdvs:
        context_id = pdvs[0].context_id
        if context_id not in range(1, 256, 2):
            return Reading(messages, "error")
        streams: list[bytes] = []
        for is_command in (True, False):
            size = next((index + 1 for index, pdv in enumerate(pdvs) if pdv.is_last), len(pdvs))
            found = {(pdv.context_id, pdv.is_command) for pdv in pdvs[:size]}
            if not found <= {(context_id, is_command)}:
                return Reading(messages, "error")
            streams.append(b"".join(pdv.data for pdv in pdvs[:size]))
            if not pdvs or not pdvs[size - 1].is_last:
                return Reading(messages, "unfinished")
            pdvs = pdvs[size:]
            try:
                if is_command and not decode(streams[0]).has_data_set:
                    break
            except DecodeError:
                return Reading(messages, "error")
        data_set = streams[1] if len(streams) == 2 else None
        messages.append((context_id, Content(streams[0], data_set)))
    return Reading(messages, "complete")


def receive(reassembler: Reassembler, pdvs: Sequence[PDV]) -> Reading:
    """Return what a reassembler makes of the fragments, and check it."""
    messages: list[tuple[int, Content]] = []
    for pdv in pdvs:
        try:
            received = reassembler.feed(pdv)
        except FragmentError as error:
            event(error.reason)
            return Reading(messages, "error")
        if received is None:
            continue
        content = None
        if received.data_set is not None:
            content = received.data_set.read()
            if isinstance(received.data_set, BytesIO):
                received.data_set.seek(0)
                assert received.message == decode(received.command, received.data_set)
            received.data_set.close()
        messages.append((received.context_id, Content(received.command, content)))
    return Reading(messages, "unfinished" if reassembler.unfinished else "complete")


@given(contents(st.binary(min_size=1)), st.sampled_from(FORMS), limits, context_ids)
def test_what_is_sent_comes_back(
    message: Content, form: Callable[[bytes], Any], max_pdu: int, context_id: int
) -> None:
    data_set = None if message.data_set is None else form(message.data_set)
    items = [pdv.to_bytes() for pdv in fragment(message.command, data_set, max_pdu, context_id)]
    assert all(len(item) <= (max_pdu or len(item)) for item in items)
    pdvs = list(read_pdvs(b"".join(items), strict=True))
    assert receive(Reassembler(), pdvs) == Reading([(context_id, message)], "complete")


@st.composite
def cut_messages(draw: st.DrawFn) -> tuple[list[tuple[int, Content]], list[PDV]]:
    """Draw messages, each on a context, and their fragments as another sender might cut them."""
    messages = draw(st.lists(st.tuples(context_ids, contents(st.binary())), min_size=1, max_size=3))
    cuts = [as_fragments(draw, message, context_id) for context_id, message in messages]
    return messages, [pdv for pdvs in cuts for pdv in pdvs]


@given(cut_messages(), st.none() | st.integers(0, 20))
def test_however_it_is_cut_the_same_messages_come_back(
    cut: tuple[list[tuple[int, Content]], list[PDV]], threshold: int | None
) -> None:
    messages, pdvs = cut
    reassembler = Reassembler(spool_threshold=threshold)
    assert receive(reassembler, pdvs) == Reading(messages, "complete")


@settings(max_examples=500)
@given(sequences())
def test_any_sequence_gives_the_messages_it_holds_or_an_error(pdvs: list[PDV]) -> None:
    expected = read(pdvs)
    event(expected.end)
    reassembler = Reassembler()
    assert receive(reassembler, pdvs) == expected
    assert expected.end != "error" or not reassembler.unfinished


@given(sequences(), sequences())
def test_after_an_error_only_reset_makes_it_usable(before: list[PDV], pdvs: list[PDV]) -> None:
    reassembler = Reassembler()
    if receive(reassembler, before).end == "error":
        assert receive(reassembler, pdvs) == Reading([], "error" if pdvs else "complete")
    reassembler.reset()
    assert receive(reassembler, pdvs) == read(pdvs)


@st.composite
def broken_items(draw: st.DrawFn) -> bytes:
    """Draw items with a few bytes of them changed, lost or put in."""
    parts = draw(st.lists(st.binary(max_size=4), max_size=4))
    items = bytearray(b"".join(PDV(1, True, True, part).to_bytes() for part in parts))
    for _ in range(draw(st.integers(0, 2))):
        place = draw(st.integers(0, len(items)))
        items[place : place + draw(st.integers(0, 2))] = draw(st.binary(max_size=2))
    return bytes(items)


@given(st.binary() | broken_items())
def test_any_bytes_are_items_or_an_error_where_they_end(items: bytes) -> None:
    read_so_far = 0
    offset: int | None = len(items)
    try:
        for pdv in read_pdvs(items):
            item = items[read_so_far : read_so_far + 6 + len(pdv.data)]
            assert pdv.to_bytes() == item[:5] + bytes((item[5] & 3,)) + item[6:]
            read_so_far += len(item)
    except FragmentError as error:
        event(error.reason)
        offset = error.offset
    assert offset == read_so_far
