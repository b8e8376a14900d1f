"""The 36 changes of a usage code, cell by cell as they are documented.

The table is the one that reviewers read; nothing in the generator repeats it.
"""

from __future__ import annotations

from collections import Counter
from itertools import product

import pytest
from dimsegen.dimse.family import USAGES
from dimsegen.sets.finding import Verdict
from dimsegen.sets.matrix import usage_rule, usage_verdicts
from dimsegen.table.usage import STATES, Usage

# senders/receivers: B breaks, ok unaffected, ? depends on the condition.
DOCUMENTED = """
| old \\ new | M | MF | U | UF | C | - |
|---|---|---|---|---|---|---|
| M  | ok/ok | B/ok | ok/B | B/B | ?/B | B/B |
| MF | ok/B | ok/ok | ok/B | ok/B | ?/B | B/B |
| U  | B/ok | B/ok | ok/ok | B/ok | B/ok | B/ok |
| UF | B/B | B/ok | ok/B | ok/ok | B/B | B/ok |
| C  | B/? | B/? | ok/B | B/B | ok/ok | B/B |
| -  | B/B | B/B | ok/B | ok/B | B/B | ok/ok |
"""
SIGNS = {Verdict.BREAKS: "B", Verdict.OK: "ok", Verdict.DEPENDS: "?"}
PAIRS = list(product(USAGES, USAGES))


def documented() -> dict[tuple[Usage, Usage], str]:
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in _lines()]
    columns = [Usage(code) for code in lines[0][1:]]
    rows = [(Usage(line[0]), line[1:]) for line in lines[2:]]
    return {
        (old, new): sign for old, signs in rows for new, sign in zip(columns, signs, strict=True)
    }


def _lines() -> list[str]:
    return DOCUMENTED.strip().split("\n")


def signs(old: Usage, new: Usage, *, tolerant: bool = False) -> tuple[str, str]:
    verdicts = usage_verdicts(old, new, tolerant=tolerant)
    return SIGNS[verdicts.senders], SIGNS[verdicts.receivers]


def ids(pair: tuple[Usage, Usage]) -> str:
    return usage_rule(*pair)


@pytest.mark.parametrize("pair", PAIRS, ids=ids)
def test_each_of_the_36_cells_is_as_documented(pair: tuple[Usage, Usage]) -> None:
    assert "/".join(signs(*pair)) == documented()[pair]


@pytest.mark.parametrize("tolerant", [False, True])
@pytest.mark.parametrize("pair", PAIRS, ids=ids)
def test_the_way_back_swaps_senders_and_receivers(
    pair: tuple[Usage, Usage], tolerant: bool
) -> None:
    old, new = pair
    assert signs(old, new, tolerant=tolerant) == signs(new, old, tolerant=tolerant)[::-1]


def test_no_change_of_a_usage_code_is_compatible() -> None:
    kinds = Counter(signs(old, new) for old, new in PAIRS if old is not new)
    one_and_perhaps = sum(count for kind, count in kinds.items() if "?" in kind)
    assert (kinds[("B", "B")], kinds[("B", "ok")], kinds[("ok", "B")]) == (10, 8, 8)
    assert one_and_perhaps == 4
    assert kinds.total() == 30
    assert ("ok", "ok") not in kinds


@pytest.mark.parametrize(
    ("code", "alike"),
    [
        (Usage.NOT_USED, Usage.NOT_APPLICABLE),
        (Usage.BLANK, Usage.NOT_APPLICABLE),
        (Usage.PROVIDER, Usage.OPTIONAL),
    ],
)
def test_codes_of_other_tables_are_compared_by_their_states(code: Usage, alike: Usage) -> None:
    assert signs(code, alike) == ("ok", "ok")
    for other in USAGES:
        assert signs(code, other) == signs(alike, other)


def send(usage: Usage) -> set[object]:
    return set(STATES[usage])


def accept(usage: Usage) -> set[object]:
    return set(STATES[Usage.OPTIONAL if usage.is_forbidden else usage])


@pytest.mark.parametrize("pair", [pair for pair in PAIRS if Usage.CONDITIONAL not in pair], ids=ids)
def test_a_tolerant_receiver_takes_anything_where_a_dash_is(pair: tuple[Usage, Usage]) -> None:
    old, new = pair
    expected = tuple(
        "B" if send(before) - accept(after) else "ok" for before, after in (pair, pair[::-1])
    )
    assert signs(old, new, tolerant=True) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        pytest.param("U", "-", "ok/ok", id="an optional parameter is ignored once it is gone"),
        pytest.param("-", "U", "ok/ok", id="and ignored before it is there"),
        pytest.param("M", "-", "ok/B", id="a mandatory one is missed by those who expect it"),
        pytest.param("-", "M", "B/ok", id="and not yet sent by those who do not know it"),
        pytest.param("M", "C", "ok/B", id="no condition decides whether senders break"),
    ],
)
def test_tolerance_is_about_what_is_not_expected(old: str, new: str, expected: str) -> None:
    assert "/".join(signs(Usage(old), Usage(new), tolerant=True)) == expected


def test_a_rule_is_named_for_its_two_codes() -> None:
    assert usage_rule(Usage.OPTIONAL, Usage.MANDATORY) == "usage-u-to-m"
    assert usage_rule(Usage.NOT_APPLICABLE, Usage.OPTIONAL_FIXED) == "usage-na-to-uf"
