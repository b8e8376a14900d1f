"""With the codec, what is logged of an irregular command set is what a handler gets.

The messages go through pynetdicom's own provider. Every kind of anomaly has its meaning, done to
the bytes by hand; what a handler gets of either is the same.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from dimse_primitives import Anomaly
from dimse_primitives.contrib import pynetdicom as standin
from hypothesis import given, settings
from hypothesis import strategies as st
from pydicom.dataset import Dataset
from pydicom.multival import MultiValue
from pydicom.tag import BaseTag
from pynetdicom import AE, evt
from pynetdicom.association import Association
from pynetdicom.pdu_primitives import P_DATA

from tests.fuzz.command_sets import FIXED, KEYWORDS
from tests.property.anomaly_meanings import MEANINGS, Understood, check_meaning
from tests.property.irregular_sets import irregular

DATA_SET = b"\x10\x00\x20\x00\x02\x00\x00\x0012"
each_kind = pytest.mark.parametrize("kind", MEANINGS)
pytestmark = [
    pytest.mark.usefixtures("_installed"),
    # pydicom warns of values that are looked at.
    pytest.mark.filterwarnings("ignore::UserWarning:pydicom"),
]


@pytest.fixture(scope="module")
def _installed() -> Iterator[None]:
    standin.install(codec=True)
    yield
    standin.uninstall()


class Receiver(logging.Handler):
    """A provider of pynetdicom, what it delivers and what is logged meanwhile."""

    def __init__(self, patched: pytest.MonkeyPatch) -> None:
        from dimse_primitives.contrib.pynetdicom import _provider, _wire

        super().__init__(logging.WARNING)
        self.delivered: list[Any] = []
        self.parts = 0
        self.anomalies: tuple[Anomaly, ...] = ()
        self.lines: list[str] = []
        self.of_sop_class: list[str] = []
        self.shown: list[tuple[str, Dataset]] = []
        report = vars(_wire)["report"]

        def note(anomalies: tuple[Anomaly, ...], message_type: str) -> None:
            self.anomalies = anomalies
            report(anomalies, message_type)

        patched.setattr(_wire, "report", note)
        patched.setattr(_provider, "_deliver", lambda _, primitive, number: self._take(primitive))
        self.association = Association(AE(), "acceptor")
        self.association.bind(evt.EVT_DIMSE_RECV, self._look)

    def emit(self, record: logging.LogRecord) -> None:
        of_sop_class = record.name.endswith(".sop_classes")
        (self.of_sop_class if of_sop_class else self.lines).append(record.getMessage())

    def _look(self, event: Any) -> None:
        name = type(event.message).__name__.replace("_", "-")
        self.shown.append((name, event.message.command_set))

    def _take(self, primitive: Any) -> None:
        self.delivered.append(primitive)

    def receive(self, command_set: bytes) -> None:
        """Receive a message, with a data set if one is announced."""
        for header, data in ((b"\3", command_set), (b"\2", DATA_SET)):
            pdata = P_DATA()
            pdata.presentation_data_value_list.append((1, header + data))
            self.association.dimse.receive_primitive(pdata)
            self.parts += 1
            if self.delivered:
                return


def receive(command_set: bytes) -> Receiver:
    """Return what comes of a command set."""
    logger = logging.getLogger("dimse_primitives")
    with pytest.MonkeyPatch.context() as patched:
        receiver = Receiver(patched)
        logger.addHandler(receiver)
        try:
            receiver.receive(command_set)
        finally:
            logger.removeHandler(receiver)
    return receiver


def understand(command_set: bytes) -> Understood:
    """Return what a handler gets, once it is sure that it is what the log says."""
    receiver = receive(command_set)
    (primitive,), ((name, shown),) = receiver.delivered, receiver.shown
    words = [word for word in KEYWORDS.values() if hasattr(primitive, word)]
    values = {word: getattr(primitive, word) for word in words}
    check_log(name, receiver)
    if receiver.anomalies:
        check_shown(values, shown)
    if "Priority" in values and "Priority" not in shown:
        # What there is by default nobody has sent.
        values["Priority"] = None
    return Understood(name, values, receiver.parts == 2, receiver.anomalies)


def check_log(name: str, receiver: Receiver) -> None:
    """Check that there is one line of the bytes, which counts every kind of anomaly."""
    of_bytes = [line for line in receiver.lines if line.startswith(f"{name}: ")]
    assert len(of_bytes) == (1 if receiver.anomalies else 0)
    assert len(receiver.lines) - len(of_bytes) <= 1
    assert len(receiver.of_sop_class) <= 1
    if receiver.anomalies:
        first, *others = receiver.anomalies
        assert str(first) in of_bytes[0]
        assert all(other.kind in of_bytes[0] or other.kind == "further" for other in others)


def check_shown(values: dict[str, Any], command_set: Dataset) -> None:
    """Check that a handler of EVT_DIMSE_RECV sees what the service gets, and nothing besides."""
    fixed = {KEYWORDS[tag] for tag in FIXED}
    seen = {each.keyword: plain(each.value) for each in command_set if each.keyword not in fixed}
    given = {word: plain(value) for word, value in values.items() if value is not None}
    # A default stands for what the peer has left out.
    assert seen.items() <= given.items()
    assert given.keys() - seen.keys() <= {"Priority"}


def plain(value: Any) -> Any:
    if isinstance(value, MultiValue | list):
        return [int(each) for each in value]
    if isinstance(value, BaseTag):
        return [int(value)]
    return value.strip() if isinstance(value, str) else value


@each_kind
@settings(max_examples=15, derandomize=True)
@given(data=st.data())
def test_an_anomaly_in_the_log_says_what_a_handler_gets(kind: str, data: st.DataObject) -> None:
    seen = check_meaning(data.draw(irregular(kind)), understand)
    assert kind in [anomaly.kind for anomaly in seen.anomalies]


@each_kind
@settings(max_examples=8, derandomize=True)
@given(data=st.data())
def test_and_so_it_does_among_others(kind: str, data: st.DataObject) -> None:
    check_meaning(data.draw(irregular(kind, more=3)), understand)
