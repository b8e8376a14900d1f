"""Values for the parameters of a primitive, and primitives made of them.

Invariant: every value can be set and reads back equal to itself, so that the values that a
primitive is made of are the values that it has.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from io import BytesIO
from itertools import combinations
from typing import Any

import dimse_primitives
from hypothesis import strategies as st

from tests.fuzz.strategies import some

from .tables import Tables

_VALID: Mapping[str | None, tuple[object, object]] = {
    "AE": ("STORE_SCP", "OTHER_SCP"),
    "AT": ([0x00100010], [0x00080005, 0x00100020]),
    "LO": ("a comment", "another comment"),
    "UI": ("1.2.840.10008.1.1", "1.2.840.10008.1.2"),
    "UL": (1, 2),
    "US": (1, 2),
    None: (b"\x08\x00", b"\x10\x00"),
}
"""By VR, None for data sets: two valid values."""

_MALFORMED_UIDS = ("1.02", "1..2", "1.", ".1", "abc", "1.2.x", "00", "-1.2", "1.2 3")
_text = st.characters(min_codepoint=0, max_codepoint=127)
_STRATEGIES: Mapping[str | None, st.SearchStrategy[object]] = {
    "AE": st.text(_text, min_size=1, max_size=16).filter(lambda text: text.strip(" ") != ""),
    "AT": st.lists(st.integers(0, 0xFFFFFFFF), min_size=1, max_size=3),
    "LO": st.text(_text, min_size=1, max_size=64),
    "UI": st.one_of(
        st.sampled_from(("1.2.3", "1.2.4", "0.0", "1")),
        st.sampled_from(_MALFORMED_UIDS),
        st.text("0123456789.a", min_size=1, max_size=64),
    ),
    "UL": st.integers(0, 0xFFFFFFFF),
    "US": st.one_of(st.integers(0, 3), st.integers(0, 0xFFFF)),
    None: st.binary(max_size=8),
}


def subsets(keywords: Sequence[str]) -> list[tuple[str, ...]]:
    """Return every subset of `keywords`, the empty one first."""
    sizes = range(len(keywords) + 1)
    return [chosen for size in sizes for chosen in combinations(keywords, size)]


def valid_values(tables: Tables, keywords: Iterable[str], choice: int = 0) -> dict[str, object]:
    """Return a valid value for each keyword; two primitives of the same `choice` agree."""
    return {keyword: _VALID[tables.vr(keyword)][choice] for keyword in keywords}


@cache
def random_values(tables: Tables, service: str) -> st.SearchStrategy[dict[str, object]]:
    """Return a strategy for what is set in a primitive of `service`, valid or not."""
    strategies = {key: _STRATEGIES[tables.vr(key)] for key in _keywords(tables, service)}
    if "Priority" in strategies:
        strategies["Priority"] = st.integers(0, 2)
    if "Status" in strategies:
        known = st.sampled_from(tables.codes())
        strategies["Status"] = st.one_of(known, st.integers(0, 0xFFFF))
    return some({}, strategies)


def class_of(service: str) -> Any:
    """Return the class of `service`, whose type is known only when the test runs."""
    return getattr(dimse_primitives, service.replace("-", "_"))


def primitive(service: str, values: Mapping[str, object]) -> Any:
    """Return the primitive of `service` that has `values`."""
    settable = {
        keyword: BytesIO(value) if isinstance(value, bytes) else value
        for keyword, value in values.items()
    }
    return class_of(service)(**settable)


def _keywords(tables: Tables, service: str) -> tuple[str, ...]:
    return tables.rows(service) + tables.status_fields(service)
