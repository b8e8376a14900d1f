"""What the text of an anomaly says was done, was done: for every kind that there is."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from dimse_primitives import _anomalies, _irregular, decode
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.command_sets import KEYWORDS

from .anomaly_meanings import MEANINGS, Understood, check_meaning
from .irregular_sets import irregular

each_kind = pytest.mark.parametrize("kind", MEANINGS)


def understand(data: bytes) -> Understood:
    """Return what `decode` makes of a command set."""
    message = decode(data)
    primitive: Any = message.primitive
    words = [word for word in KEYWORDS.values() if hasattr(primitive, word)]
    return Understood(
        message.message_type,
        {word: getattr(primitive, word) for word in words},
        message.has_data_set,
        message.anomalies,
        message.unknown,
    )


def test_every_kind_has_a_meaning() -> None:
    source = Path(_irregular.__file__).read_text()
    said = re.findall(r'_(?:note|anomalies\.note)\(\s*"([a-z-]+)"', source)
    assert {*said, _anomalies.UNLISTED} == set(MEANINGS)


@each_kind
@settings(max_examples=25, derandomize=True)
@given(data=st.data())
def test_an_anomaly_says_what_was_done(kind: str, data: st.DataObject) -> None:
    seen = check_meaning(data.draw(irregular(kind)), understand)
    assert kind in [anomaly.kind for anomaly in seen.anomalies]


@each_kind
@settings(max_examples=15, derandomize=True)
@given(data=st.data())
def test_and_so_it_does_among_others(kind: str, data: st.DataObject) -> None:
    check_meaning(data.draw(irregular(kind, more=3)), understand)


@settings(max_examples=15, derandomize=True)
@given(irregular("further", more=3))
def test_those_that_are_only_counted_are_counted_right(data: bytes) -> None:
    *listed, last = decode(data).anomalies
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(_anomalies, "MOST_LISTED", len(data))
        whole = Counter(anomaly.kind for anomaly in decode(data).anomalies)
    counted = {kind: int(number) for number, kind in re.findall(r"(\d+) ([a-z-]+)", last.message)}
    del counted["more"]
    assert Counter(anomaly.kind for anomaly in listed) + Counter(counted) == whole
