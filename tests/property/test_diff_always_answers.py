"""Whatever legal edits lie between two folders of schemas, `diff` has an answer, both ways.

Lines, blocks and words are taken away or exchanged, services, elements and statuses come and go;
what then does not load is no version. An answer is a report that the command prints: what has no
message to show it (`ContradictionError`) or does not render is none.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from dimsegen.dimse.loader import Memory, SchemaError, load_sources
from hypothesis import assume, given
from hypothesis import strategies as st

from tests.conftest import ROOT

from .both_ways import Files, Folder, answers, drawn

OWN = ROOT / "docs" / "guides" / "own"
LOCK = "services/x_bolt.yaml"

# Words that stand for one another: usage codes, numbers, codes, classes, VRs, keywords, names.
WORDS = (
    r'(?<=: )(?:MF|UF|M|U|C|"-"|"[MUC]F?\(=\)")(?=[,}])',
    r"\b0x[0-9A-F]{4}\b",
    r'"[0-9A-Fx]{4}"',
    r"(?<=class: )\w+",
    r"(?<=vr: )\w+",
    r'(?<=vm: )"[^"]*"',
    r"(?<=name: )[^,}\n]+",
    r"\([0-9A-F]{4},[0-9A-F]{4}\)",
    r"\b[A-Z]\w*[a-z]\w*(?=:)",
)


def drop_lines(draw: st.DrawFn, files: dict[str, str]) -> None:
    """Take a line away, with all that is below it or without."""
    name = draw(st.sampled_from(sorted(files)))
    lines = files[name].split("\n")
    start = draw(st.integers(0, len(lines) - 1))
    indent = len(lines[start]) - len(lines[start].lstrip())
    end = start + 1
    while end < len(lines) and len(lines[end]) - len(lines[end].lstrip()) > indent:
        end += 1
    del lines[start:end]
    files[name] = "\n".join(lines)


def exchange_word(draw: st.DrawFn, files: dict[str, str]) -> None:
    pattern = draw(st.sampled_from(WORDS))
    known = sorted({word for text in files.values() for word in re.findall(pattern, text)})
    places = [(name, m) for name, text in files.items() for m in re.finditer(pattern, text)]
    assume(places)
    name, match = draw(st.sampled_from(places))
    word = draw(st.sampled_from(known))
    files[name] = files[name][: match.start()] + word + files[name][match.end() :]


def remove_service(draw: st.DrawFn, files: dict[str, str]) -> None:
    services = sorted(name for name in files if name.startswith("services/"))
    assume(services)
    del files[draw(st.sampled_from(services))]


def add_service(draw: st.DrawFn, files: dict[str, str]) -> None:
    """Add the service of the guide with another name and other Command Fields."""
    number = draw(st.integers(1, 6))
    name = f"X-BOLT-{'ABCDEF'[number - 1]}"
    text = BASE[LOCK].replace("X-BOLT", name).replace("F20}", f"F3{number}}}")
    files[f"services/{name.lower().replace('-', '_')}.yaml"] = text


def rename_element(draw: st.DrawFn, files: dict[str, str]) -> None:
    elements = files["elements.yaml"]
    keywords = re.findall(r"^  (\w+): +\{tag:", elements, re.MULTILINE)
    assume(keywords)
    former = draw(st.sampled_from(keywords))
    for name, text in files.items():
        files[name] = re.sub(rf"\b{former}\b", f"{former}New", text)
    if draw(st.booleans()):
        row = re.compile(rf"^(  {former}New: .*)\}}$", re.MULTILINE)
        declared = rf"\1, renamed_from: {former}}}"
        files["elements.yaml"] = row.sub(declared, files["elements.yaml"], count=1)


def add_element(draw: st.DrawFn, files: dict[str, str]) -> None:
    tag = draw(st.sampled_from(["0001", "0850", "1001", "1002"]))
    vr = draw(st.sampled_from(["US", "UI", "LO", "AT", "AE"]))
    row = f'  Spare{tag}: {{tag: "(0000,{tag})", vr: {vr}, vm: "1", name: Spare {tag}}}\n'
    text = files["elements.yaml"].replace("\ndata_sets:", f"{row}\ndata_sets:", 1)
    words = f'descriptions:\n  Spare{tag}: "Spare."\n'
    files["elements.yaml"] = text.replace("descriptions:\n", words, 1)


def add_status(draw: st.DrawFn, files: dict[str, str]) -> None:
    """Add a status that nobody lists, or that the service lists, with a field or without."""
    code = draw(st.sampled_from(["C002", "C1xx", "C001", "0001"]))
    field = draw(st.sampled_from([" {}", "\n      Door: {response: any}"]))
    identifier = f"spare_{code.lower()}"
    files["statuses.yaml"] += (
        f"  {identifier}:\n    type: {{name: Spare {code}, class: failure, "
        f'codes: ["{code}"], see: "Z.3.9"}}\n    fields:{field}\n'
    )
    if LOCK in files and draw(st.booleans()):
        files[LOCK] = files[LOCK].replace("  - success\n", f"  - success\n  - {identifier}\n")


EDITS: tuple[Callable[[st.DrawFn, dict[str, str]], None], ...] = (
    drop_lines,
    exchange_word,
    remove_service,
    add_service,
    rename_element,
    add_element,
    add_status,
)
BASE = {path.relative_to(OWN).as_posix(): path.read_text("utf-8") for path in OWN.rglob("*.yaml")}


def is_version(files: Files) -> bool:
    """Return whether `files` are schemas."""
    try:
        load_sources(
            Memory({path: text.encode() for path, text in files.items()}, "tried"),
            may_be_empty=True,
        )
    except SchemaError:
        return False
    return True


@st.composite
def edited(draw: st.DrawFn, files: Files) -> Files:
    """Draw what `files` are after one to three edits, leaving out those that are not legal."""
    now = dict(files)
    for _ in range(draw(st.integers(1, 3))):
        changed = dict(now)
        draw(st.sampled_from(EDITS))(draw, changed)
        if is_version(changed):
            now = changed
    assume(now != files)
    return Folder(now, files)


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Files, Files]:
    old = draw(st.just(Folder(BASE, BASE)) | edited(BASE))
    new = draw(edited(old))
    # Two folders without any service are refused: one of them is likely to be the wrong one.
    assume(any(name.startswith("services/") for name in (*old, *new)))
    return old, new


@drawn(6)
@given(pairs(), st.sampled_from(["counterexamples", "exhaustive"]))
def test_diff_answers_both_ways(pair: tuple[Files, Files], verify: str) -> None:
    there, back = answers(*pair, "--verify", verify)
    assert bool(there["findings"]) == bool(back["findings"])
