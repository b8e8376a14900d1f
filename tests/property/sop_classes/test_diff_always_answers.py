"""Whatever legal edits lie between two versions of the SOP classes, `diff` answers, both ways.

Lines and words are taken away or exchanged; what then does not load is no version.
"""

from __future__ import annotations

from dimsegen.agreement_of import check_agreement
from dimsegen.dimse.loader import load_schema as load_primitives
from dimsegen.reading.places import Memory
from dimsegen.reading.problems import SchemaError
from dimsegen.sop_classes.family import FAMILY
from dimsegen.sop_classes.loader import load_schema
from dimsegen.sop_classes.model import SOPClasses
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.golden.sop_classes.test_sop_class_errors import BASE as FOLDER

from ..both_ways import BELOW, Files, Folder, answers, drawn
from ..edits import drop_line, exchange, exchange_word, swap_lines

BASE = {
    path.relative_to(FOLDER).as_posix(): path.read_text("utf-8")
    for path in sorted(FOLDER.rglob("*.yaml"))
}
# Words that stand for one another: usage codes, attributes, statuses, presence, services, states.
WORDS = (
    r"(?<=: )(?:1/1|3/3|1C/1C|not-allowed)(?=[,}])",
    r"(?<=- )[A-Z]\w+(?=: \{)",
    r"(?<=absent: )\w+",
    r'(?<=code: )"[0-9A-F]{4}"',
    r"(?<=class: )\w+",
    r"(?:mandatory|optional|not allowed)(?=,)",
    r"(?<=services: )N-[A-Z]+",
    r"(?<=direction: )\w+",
    r'(?<=table: )"8-1[ab]"',
    r"\b[MU]/[MU]\b",
    r'(?<=meaning: )"\w+"',
    r"(?<=: )(?:open|final)(?=[,}])",
)


def drop_word(draw: st.DrawFn, files: dict[str, str]) -> None:
    pattern = r", (?:required_when|empty|fields|direction|sender): (?:\{[^}]*\}|\[[^]]*\]|[^,}]+)"
    exchange(draw, files, pattern, [""])


def exchange_one(draw: st.DrawFn, files: dict[str, str]) -> None:
    exchange_word(draw, files, WORDS)


EDITS = (drop_line, drop_word, swap_lines, exchange_one, exchange_one, exchange_one)


def model_of(files: Files) -> SOPClasses | None:
    """Return the tables in `files`, None if they are none."""
    try:
        tried = Memory({path: text.encode() for path, text in files.items()}, "tried")
        model = load_schema(tried)
        check_agreement({"dimse": PRIMITIVES, FAMILY.name: model})
    except SchemaError:
        return None
    return model


PRIMITIVES = load_primitives(ROOT / "schemas")
REAL = model_of(BASE)


@st.composite
def edited(draw: st.DrawFn) -> Files:
    """Draw what the tables are after one to three edits, leaving out those that are not legal."""
    now, model = dict(BASE), REAL
    for _ in range(draw(st.integers(1, 3))):
        changed = dict(now)
        draw(st.sampled_from(EDITS))(draw, changed)
        if changed != now and (found := model_of(changed)) is not None:
            now, model = changed, found
    assume(model != REAL)
    return Folder(now, BASE)


@drawn(3)
@given(edited())
def test_diff_answers_both_ways(other: Files) -> None:
    # What an SCP has to support breaks it when it comes, and nobody when it goes.
    there, back = answers({**BELOW, **BASE}, {**BELOW, **other}, is_mirrored=False)
    assert bool(there["findings"]) == bool(back["findings"])
