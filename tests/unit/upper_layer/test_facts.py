"""What the rows of PDUs say of all of them is a constant of the package, and follows the rows."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from dimse_primitives import FragmentError, _fragments, fragment
from dimse_primitives.aio import connect
from dimse_primitives.upper_layer import PresentationContextDefinition, _facts
from dimsegen.sets.finding import Side
from dimsegen.upper_layer.model import Parity, UpperLayer
from dimsegen.upper_layer.views.facts import facts_of

from .test_diff import LAYER, assessed, below, broken, with_structure

__all__ = ["below"]
ITEM = "PresentationDataValueItem"


def with_field(structure: str, name: str, **changes: Any) -> UpperLayer:
    fields = LAYER.structures[structure].fields
    changed = (replace(each, **changes) if each.name == name else each for each in fields)
    return with_structure(structure, fields=tuple(changed))


def values(layer: UpperLayer) -> dict[str, str]:
    return {each.name: each.value for each in facts_of(layer)}


@pytest.mark.parametrize(
    ("structure", "field", "changes", "constant", "value"),
    [
        ("A_ASSOCIATE_RQ", "Called-AE-title", {"width": 20}, "AE_TITLE_LENGTH", "20"),
        ("A_ASSOCIATE_AC", "Protocol-version", {"bit": 2}, "PROTOCOL_VERSION", "4"),
        (ITEM, "Presentation-data-value", {"parity": None}, "FRAGMENT_STEP", "1"),
        (ITEM, "Item-length", {"width": 2}, "FRAGMENT_OVERHEAD", "4"),
        (ITEM, "Presentation-context-ID", {"width": 2}, "FRAGMENT_COUNTED", "3"),
        ("ApplicationContextItem", "Application-context-name", {"well_known": "1.2"},
         "APPLICATION_CONTEXT_NAME", 'UID("1.2")'),
    ],
)  # fmt: skip
def test_a_constant_follows_its_row(
    structure: str, field: str, changes: dict[str, Any], constant: str, value: str
) -> None:
    assert values(LAYER)[constant] != value
    assert values(with_field(structure, field, **changes))[constant] == value


@pytest.mark.parametrize(
    ("parity", "expected"),
    [
        (None, ("range(0, 256)", '"a number from 0 to 255"')),
        (Parity.EVEN, ("range(0, 256, 2)", '"an even number from 0 to 254"')),
        (Parity.ODD, ("range(1, 256, 2)", '"an odd number from 1 to 255"')),
    ],
)
def test_what_a_context_id_may_be_follows_its_row(
    parity: Parity | None, expected: tuple[str, str]
) -> None:
    found = values(
        with_field("PresentationContextItemAC", "Presentation-context-ID", parity=parity)
    )
    assert (found["CONTEXT_IDS"], found["CONTEXT_ID_WORDS"]) == expected


@pytest.mark.parametrize("field", ["Presentation-context-ID", "Presentation-data-value"])
def test_another_parity_is_shown_by_what_was_run(field: str, below: Mapping[str, bytes]) -> None:
    new = with_field(ITEM, field, parity=None)
    (each,) = assessed(LAYER, new, below)
    assert each.finding.rule == "values-widened"
    assert set(each.counterexamples) == broken(each.finding) == {Side.RECEIVERS}
    (back,) = assessed(new, LAYER, below)
    assert (back.finding.rule, set(back.counterexamples)) == ("values-narrowed", {Side.SENDERS})


@pytest.mark.parametrize("identifier", [0, 2, 254, 256])
def test_a_context_id_that_is_none_is_refused_by_the_constructor(identifier: int) -> None:
    with pytest.raises(ValueError, match=r"an odd number from 1 to 255|from 0 to 255"):
        PresentationContextDefinition(identifier, "1.2", ["1.2.3"])


def test_fragments_know_the_same_without_the_upper_layer() -> None:
    """`dimse_primitives` imports nothing of its `upper_layer`: both are held against each other."""
    assert (_fragments._OVERHEAD, _fragments._OVERHEAD - _fragments._LENGTH) == (
        _facts.FRAGMENT_OVERHEAD,
        _facts.FRAGMENT_COUNTED,
    )
    for identifier in range(-1, 258):
        if identifier in _facts.CONTEXT_IDS:
            _fragments.check_context(identifier)
        else:
            with pytest.raises(FragmentError, match=_facts.CONTEXT_ID_WORDS):
                _fragments.check_context(identifier)
    sizes = [len(each.data) for each in fragment(b"\0" * 8, b"\0" * 101, 17, 1)]
    assert not any(size % _facts.FRAGMENT_STEP for size in sizes[:-1])


def test_no_more_contexts_than_identifiers() -> None:
    contexts = [("1.2.3", ["1.2.840.10008.1.2"])] * 129
    with pytest.raises(ValueError, match=r"at most 128 presentation contexts .* not 129"):
        asyncio.run(connect("localhost", 104, contexts=contexts))
