"""Where libyaml reads a text, the parser in Python reads the same, in the same places."""

from __future__ import annotations

import pytest
import yaml
from dimsegen.reading import libyaml, tree
from dimsegen.reading.parser import parse
from dimsegen.reading.problems import Problem, Report
from dimsegen.style.comments import Comment, comments_in
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from .test_loader_never_crashes import ODD, ROOT, edited

TEXTS = [path.read_text() for path in sorted((ROOT / "schemas").rglob("*.yaml"))]
PIECES = (*ODD, " ", "\n", "\n  ", "a", "a: b\n", "'b'", "{a: ", "|\n  x\n", ">-\n  x\n", " # x\n")


@st.composite
def parts(draw: st.DrawFn) -> str:
    """Draw some lines of a schema after an editor was at them."""
    lines = draw(st.sampled_from(TEXTS)).splitlines(keepends=True)
    start = draw(st.integers(0, len(lines) - 1))
    return draw(edited("".join(lines[start : start + draw(st.integers(1, 12))])))


def read(text: str) -> tuple[tree.Node, tuple[Problem, ...], tuple[Comment, ...]]:
    report = Report()
    node = parse(text, "a.yaml", report)
    return node, report.problems, () if report.problems else comments_in(text)


@pytest.mark.skipif(
    not yaml.__with_libyaml__, reason="PyYAML was built without libyaml: install a wheel of it"
)
@settings(max_examples=300)
@given(parts() | st.lists(st.sampled_from(PIECES)).map("".join))
@example("a: {b: c,, d: }\n")
@example("a:\tb\n")
@example("a: {b: c?d}\n")
@example("a: |#\n  b\n")
@example("a: [b: , c]\n")
@example("\ufeff:#")
@example("\n".join(TEXTS[:1]))
def test_both_parsers_read_the_same(text: str) -> None:
    assume(libyaml.libyaml_for(text) is not None)
    quickly = read(text)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(libyaml, "_LIBYAML", None)
        patiently = read(text)
    assert quickly == patiently


@pytest.mark.parametrize("text", TEXTS)
def test_every_schema_is_read_by_libyaml(text: str) -> None:
    if yaml.__with_libyaml__:
        assert libyaml.libyaml_for(text) is not None
