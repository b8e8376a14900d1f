"""Every kind of change but that of a usage code: what is found, whom it breaks, and back again."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import permutations
from pathlib import Path

import pytest
from dimsegen.dimse.compare import compare
from dimsegen.dimse.family import USAGES
from dimsegen.dimse.model import Schema
from dimsegen.sets.diff_rules import RULES, rules_between
from dimsegen.sets.finding import Finding, Level, Rollout, Verdict
from dimsegen.sets.rule import COMPUTED
from dimsegen.table.usage import Usage
from hypothesis import given, settings
from hypothesis import strategies as st

from .compare_cases import C_ECHO, C_FIND, CASES, N_GET, everywhere, without_n_delete
from .schema_edits import base, edited, load, page, text_of

each_case = pytest.mark.parametrize("name", CASES)
MIRRORED = {"added": "removed", "removed": "added", "narrowed": "widened", "widened": "narrowed"}


@cache
def versions(name: str) -> tuple[Schema, Schema]:
    return load(CASES[name].old), load(CASES[name].new)


def told(finding: Finding) -> str:
    cell = (finding.service, finding.direction, finding.keyword)
    verdicts = f"{finding.senders.value}/{finding.receivers.value}"
    return " ".join([finding.rule, *(part or "-" for part in cell), verdicts])


def mirrored(finding: Finding) -> tuple[object, ...]:
    """Return what the finding is the other way round."""
    words = finding.rule.split("-")
    if words[0] == "usage":
        rule = "-".join(("usage", words[3], "to", words[1]))
    else:
        rule = "-".join(MIRRORED.get(word, word) for word in words)
    # A rename is found under the keyword of the new version.
    keyword = finding.old if rule == "renamed" else finding.keyword
    cell = (finding.service, finding.direction, keyword)
    return (rule, *cell, finding.new, finding.old, finding.receivers, finding.senders)


def seen(finding: Finding) -> tuple[object, ...]:
    cell = (finding.service, finding.direction, finding.keyword)
    changed = (finding.old, finding.new, finding.senders, finding.receivers)
    return (finding.rule, *cell, *changed)


@each_case
def test_a_change_is_found_with_its_verdicts(name: str) -> None:
    assert tuple(told(each) for each in compare(*versions(name))) == CASES[name].expected


@each_case
def test_the_way_back_is_the_mirror_image(name: str) -> None:
    old, new = versions(name)
    there, back = compare(old, new), compare(new, old)
    assert Counter(map(mirrored, there)) == Counter(map(seen, back))


@each_case
def test_a_finding_says_where_and_what(name: str) -> None:
    for finding in compare(*versions(name)):
        assert finding.position is not None
        assert Path(finding.position.file).name.endswith(".yaml")
        assert finding.message
        assert "None" not in finding.message
        assert finding.reference.startswith("PS3.7")
        assert finding.old != finding.new


def test_equal_schemas_have_no_finding() -> None:
    assert compare(base(), load()) == ()


def test_the_cases_show_every_rule_and_the_catalogue_has_every_rule_that_is_found() -> None:
    found = {
        finding.rule
        for name in CASES
        for pair in permutations(versions(name))
        for finding in compare(*pair)
    }
    # Data sets have attributes; what is compared there, the tests of SOP classes show.
    rules = {rule for rule in rules_between(USAGES) if not rule.startswith("attribute-")}
    usages = {rule for rule in rules if rule.startswith("usage-")}
    assert len(usages) == 30
    assert found | {"condition-changed"} | usages == rules


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_is_explained(rule: str) -> None:
    found = RULES[rule]
    assert found.identifier == rule
    assert rule == rule.lower()
    assert found.title[0].islower() or found.title.startswith("(")
    assert found.explanation.endswith(".")
    assert {found.senders, found.receivers} <= {*Verdict, COMPUTED}


def test_the_explanation_of_a_usage_rule_is_its_arithmetic() -> None:
    rule = RULES["usage-u-to-m"]
    assert rule.title == f"optional ({Usage.OPTIONAL.value}) became mandatory (M)"
    assert rule.explanation == (
        "U allows absent or present with any value; M allows present with any value. The senders "
        "break: a message that was valid no longer is. Update the senders first, then the "
        "receivers."
    )
    assert (rule.senders, rule.receivers) == (Verdict.BREAKS, Verdict.OK)


def test_a_changed_cell_is_told_in_the_words_of_the_table() -> None:
    (found,) = compare(base(), written(N_GET, "AttributeIdentifierList", "request", "M"))
    assert found.message == (
        "Attribute Identifier List of an N-GET request was optional (U) and is mandatory (M)"
    )
    assert found.reference == "PS3.7 10.1.2.1.5, Table 10.1-2"
    assert found.rollout is Rollout.SENDERS_FIRST
    assert found.level() is Level.ERROR


def test_a_finding_points_at_the_cell() -> None:
    (found,) = compare(base(), written(N_GET, "AttributeIdentifierList", "request", "M"))
    line = next(n for n, x in enumerate(text_of(N_GET).split("\n"), 1) if "tributeIdentifi" in x)
    assert str(found.position) == f"schemas/{N_GET}:{line}:38"


def test_what_is_gone_is_found_at_the_nearest_line_that_is_left() -> None:
    schema = written(N_GET, "AttributeIdentifierList", "request", "-")
    texts = page(N_GET)
    (found,) = compare(base(), schema)
    above = next(
        n for n, x in enumerate(text_of(N_GET).split("\n"), 1) if "AttributeIdentifierList:" in x
    )
    assert texts.row("AttributeIdentifierList")
    assert found.position is not None
    assert (found.position.file, found.position.line) == (f"schemas/{N_GET}", above - 1)


def test_a_status_that_is_gone_is_found_in_the_list_of_statuses() -> None:
    (found,) = compare(base(), load(edited(C_FIND, ("  - failed\n", ""))))
    lines = text_of(C_FIND).split("\n")
    assert found.position is not None
    assert found.position.line == lines.index("  - failed")


def test_findings_come_in_the_order_of_the_new_tables_and_shared_ones_last() -> None:
    texts = edited(N_GET, ("request: U,", "request: M,")) | edited(
        C_ECHO, ('summary: "', 'summary: "Now, ')
    )
    texts |= edited("elements.yaml", ("name: Error ID", "name: Error Number")) | without_n_delete()
    found = [(each.service, each.rule) for each in compare(base(), load(texts))]
    assert found == [
        ("C-ECHO", "documentation-edited"),
        ("N-GET", "usage-u-to-m"),
        ("N-DELETE", "service-removed"),
        ("", "documentation-edited"),
    ]


def test_a_rename_that_nobody_declares_is_a_removal_and_an_addition() -> None:
    found = compare(base(), load(everywhere("ActionTypeID", "ActionTypeNumber")))
    rules = Counter(each.rule for each in found)
    assert (rules["usage-m-to-na"], rules["usage-na-to-m"]) == (1, 1)
    assert (rules["element-removed"], rules["element-added"]) == (1, 1)
    assert "renamed" not in rules


def test_a_tolerant_receiver_does_not_mind_what_it_does_not_know() -> None:
    new = written(N_GET, "AttributeIdentifierList", "request", "-")
    (strict,), (tolerant,) = compare(base(), new), compare(base(), new, tolerant=True)
    assert (strict.senders, strict.receivers) == (Verdict.BREAKS, Verdict.OK)
    assert (tolerant.senders, tolerant.receivers) == (Verdict.OK, Verdict.OK)


def written(name: str, keyword: str, column: str, code: str) -> Schema:
    changed = page(name)
    changed.write(keyword, column, code)
    return load(changed.texts)


@settings(max_examples=60)
@given(pair=st.tuples(*[st.sampled_from(sorted(CASES))] * 2), tolerant=st.booleans())
def test_any_two_versions_are_mirror_images(pair: tuple[str, str], tolerant: bool) -> None:
    old, new = (versions(name)[1] for name in pair)
    there, back = compare(old, new, tolerant=tolerant), compare(new, old, tolerant=tolerant)
    assert Counter(map(mirrored, there)) == Counter(map(seen, back))
