"""Command sets that real peers have sent: read, written and judged again, without the peers."""

from __future__ import annotations

import pytest
from dimse_primitives import decode

from . import corpus, dialogues, report
from .corpus import FOLDER, Entry
from .findings import NOT_THE_SAME_BYTES, encode, find, read

ENTRIES = corpus.load()
EVERY_ENTRY = pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry.file)


def stand_in(entry: Entry) -> bytes | None:
    """Return as many bytes as the data set had: of it, only whether it is empty matters."""
    return None if entry.data_set is None else bytes(entry.data_set)


def command(name: str) -> bytes:
    return (FOLDER / name).read_bytes()


@EVERY_ENTRY
def test_it_is_the_message_that_the_index_describes(entry: Entry) -> None:
    message = decode(command(entry.file))
    assert message.message_type == entry.message
    assert message.has_data_set == (entry.data_set is not None)
    if entry.status is not None:
        assert message.primitive.Status == int(entry.status, 16)  # type: ignore[union-attr]


@EVERY_ENTRY
def test_it_is_encoded_to_the_same_bytes_or_if_it_is_irregular_to_the_same_primitive(
    entry: Entry,
) -> None:
    data = command(entry.file)
    message = read(data, stand_in(entry))
    if message.anomalies:
        assert read(encode(message), stand_in(entry)).primitive == message.primitive
    else:
        assert encode(message) == data


@EVERY_ENTRY
def test_it_breaks_the_rules_that_are_recorded(entry: Entry) -> None:
    request = None if entry.answers is None else command(entry.answers)
    assert tuple(find(command(entry.file), stand_in(entry), request)) == entry.findings
    assert NOT_THE_SAME_BYTES not in [finding.rule for finding in entry.findings]


def test_what_we_send_breaks_no_rule() -> None:
    ours = [entry for entry in ENTRIES if entry.sender == "us"]
    assert ours
    assert [entry for entry in ours if entry.findings] == []


def test_the_index_describes_every_file_once() -> None:
    files = [entry.file for entry in ENTRIES]
    assert len(files) == len(set(files))
    assert {path.name for path in FOLDER.iterdir()} == {*files, "index.json"}


def test_every_response_comes_after_the_request_that_it_answers() -> None:
    before: set[str] = set()
    for entry in ENTRIES:
        assert (entry.answers is None) == (entry.role == "invokes")
        assert entry.answers is None or entry.answers in before
        before.add(entry.file)


def test_the_page_of_the_peers_shows_what_the_corpus_holds() -> None:
    assert report.PAGE.read_text("utf-8") == report.page(
        ENTRIES, dialogues.load(dialogues.RECORDED)
    )
