"""Whatever legal edits lie between two versions of the Upper Layer, `diff` answers, both ways.

Lines and words are taken away or exchanged; what then does not load is no version. An answer names
what differs and, for every side that breaks, has run what shows it: a `ContradictionError` is none.
"""

from __future__ import annotations

from dimsegen.reading.places import Disk, Memory
from dimsegen.reading.problems import Report, SchemaError
from dimsegen.upper_layer.loader import load_schema, read_folder
from dimsegen.upper_layer.model import UpperLayer
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.conftest import ROOT

from ..both_ways import BELOW, Files, Folder, answers, drawn
from ..edits import drop_line, exchange, exchange_word, swap_lines

SCHEMAS = ROOT / "schemas"
BASE = {
    each.file.partition("schemas/")[2]: each.text for each in read_folder(Disk(SCHEMAS), Report())
}

PDUS = "upper_layer/pdus"
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


def drop_word(draw: st.DrawFn, files: dict[str, str]) -> None:
    pattern = r", (?:unless|only_when|repeats|one_for|answers|asked_by|no_limit|at_most|in|see): "
    exchange(draw, files, rf"{pattern}(?:\{{[^}}]*\}}|\[[^]]*\]|[^,}}]+)", [""])


def exchange_one(draw: st.DrawFn, files: dict[str, str]) -> None:
    exchange_word(draw, files, WORDS)


def add_item(draw: st.DrawFn, files: dict[str, str]) -> None:
    """Add a sub-item of one's own, of a type that the standard has not."""
    letter = draw(st.sampled_from("ABC"))
    code, contents = f"F{letter}H", draw(st.sampled_from(["rest", "uid", "bytes"]))
    text = files[f"{PDUS}/implementation_version_name_sub_item.yaml"]
    text = text.replace("ImplementationVersionName", f"Own{letter}").replace("55H", code)
    text = text.replace("is: text,     characters: 1-16", f"is: {contents}")
    files[f"{PDUS}/own{letter.lower()}_sub_item.yaml"] = text
    occurs = draw(st.sampled_from(["one", "at most one", "any number"]))
    row = f'{{occurs: {occurs}, as: own_{letter.lower()}, see: "D.1"}}'
    files[f"{PDUS}/user_information_item.yaml"] += f"  Own{letter}SubItem: {row}\n"


EDITS = (drop_line, drop_word, swap_lines, add_item, exchange_one, exchange_one, exchange_one)


def layer_of(files: Files) -> UpperLayer | None:
    """Return the tables in `files`, None if they are none."""
    try:
        return load_schema(Memory({path: text.encode() for path, text in files.items()}, "tried"))
    except SchemaError:
        return None


REAL = layer_of(BASE)


@st.composite
def edited(draw: st.DrawFn) -> Files:
    """Draw what the tables are after one or two edits, leaving out those that are not legal."""
    now, layer = dict(BASE), REAL
    for _ in range(draw(st.integers(1, 2))):
        changed = dict(now)
        draw(st.sampled_from(EDITS))(draw, changed)
        if changed != now and (found := layer_of(changed)) is not None:
            now, layer = changed, found
    assume(layer != REAL)
    return Folder(now, BASE)


@drawn(3)
@given(edited())
def test_diff_answers_both_ways(other: Files) -> None:
    there, back = answers({**BELOW, **BASE}, {**BELOW, **other})
    assert bool(there["findings"]) == bool(back["findings"])
