"""Whatever legal edits lie between two versions of the Upper Layer, `diff` answers, both ways.

Lines and words are taken away or exchanged; what then does not load is no version. An answer names
what differs and, for every side that breaks, has run what shows it: a `ContradictionError` is none.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from dimsegen.data import folder_of
from dimsegen.dimse.loader import load_schema as load_dimse
from dimsegen.dimse.package import render_package as render_dimse
from dimsegen.reading.places import Disk, Memory
from dimsegen.reading.problems import SchemaError
from dimsegen.sets.report import Version
from dimsegen.upper_layer.comparison import compared
from dimsegen.upper_layer.loader import files_of, load_schema
from dimsegen.upper_layer.model import UpperLayer
from dimsegen.witness.packages import Files
from dimsegen.witness.proof import Proof
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from tests.conftest import ROOT

SCHEMAS, TEMPLATES = ROOT / "schemas", folder_of("templates")
BASE = {each.file.partition("schemas/")[2]: each.text for each in files_of(Disk(SCHEMAS))}

# Words that stand for one another: usage codes, values, conditions, codes, names, cells.
WORDS = (
    r'(?<=: )(?:MF|UF|NU|M|U|C|P|""|"(?:M|U|C|MF|UF|NU)\(=\)")(?=[,}])',
    r"(?<=occurs: )[a-z ]+(?=,)",
    r"(?<=is: )[a-z_]+",
    r'(?<=code: )"[0-9-]+"',
    r"(?<=value: )[0-9A-F]+H",
    r'(?<=Source: )"[0-9]"',
    r"(?<=text: )[^,}]+",
    r"(?<=name: )[A-Z_]+",
    r"(?<=in: )A_ASSOCIATE_[A-Z]+",
    r"(?<=: )[A-Z]{2}-[0-9]+ Sta[0-9 or]+(?=[,}])",
    r"(?<=pdu: )[A-Z_]+",
    r"REJECTED_[A-Z]+",
    r"(?<=one_for: )[\w-]+",
    r"[0-9]+-[0-9]+(?=, see)",
)


@cache
def below() -> Files:
    """Return the package that the Upper Layer imports from."""
    return render_dimse(load_dimse(SCHEMAS), TEMPLATES)


def beside(_: Version) -> Files:
    return below()


def drop_line(draw: st.DrawFn, files: dict[str, str]) -> None:
    """Take a line away, or a word with its key."""
    name = draw(st.sampled_from(sorted(files)))
    lines = files[name].split("\n")
    del lines[draw(st.integers(0, len(lines) - 1))]
    files[name] = "\n".join(lines)


def drop_word(draw: st.DrawFn, files: dict[str, str]) -> None:
    pattern = r", (?:unless|only_when|repeats|one_for|answers|asked_by|no_limit|at_most|in|see): "
    exchange(draw, files, rf"{pattern}(?:\{{[^}}]*\}}|\[[^]]*\]|[^,}}]+)", [""])


def exchange_word(draw: st.DrawFn, files: dict[str, str]) -> None:
    pattern = draw(st.sampled_from(WORDS))
    known = sorted({word for text in files.values() for word in re.findall(pattern, text)})
    assume(known)
    exchange(draw, files, pattern, known)


def exchange(draw: st.DrawFn, files: dict[str, str], pattern: str, known: list[str]) -> None:
    places = [(name, m) for name, text in sorted(files.items()) for m in re.finditer(pattern, text)]
    assume(places)
    name, match = draw(st.sampled_from(places))
    word = draw(st.sampled_from(known))
    files[name] = files[name][: match.start()] + word + files[name][match.end() :]


EDITS = (drop_line, drop_word, exchange_word, exchange_word, exchange_word)


def version(files: Mapping[str, str]) -> UpperLayer | None:
    """Return the version that `files` are, None if they are none."""
    try:
        return load_schema(Memory({path: text.encode() for path, text in files.items()}, "tried"))
    except SchemaError:
        return None


@st.composite
def edited(draw: st.DrawFn) -> UpperLayer:
    """Draw what the tables are after one or two edits, leaving out those that are not legal."""
    now, layer = dict(BASE), None
    for _ in range(draw(st.integers(1, 2))):
        changed = dict(now)
        draw(st.sampled_from(EDITS))(draw, changed)
        if changed != now and (found := version(changed)) is not None:
            now, layer = changed, found
    assume(layer is not None)
    assert layer is not None
    return layer


REAL = load_schema(SCHEMAS)


@settings(
    derandomize=True,
    max_examples=12,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)
@given(edited())
def test_diff_answers_both_ways(other: UpperLayer) -> None:
    proof = Proof("counterexamples", TEMPLATES, beside=beside)
    there = compared(proof, Version("real", REAL), Version("other", other))
    back = compared(proof, Version("other", other), Version("real", REAL))
    assert bool(there.assessed) == bool(back.assessed) == (other != REAL)
