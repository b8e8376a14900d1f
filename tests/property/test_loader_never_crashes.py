"""Whatever an editor does to the schemas, the loader answers with a schema or with a SchemaError.

Characters, tokens and lines of the real files are deleted, doubled, put in and replaced; every
problem must stand at a place that the file has, and must be one that can be shown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from difflib import unified_diff
from pathlib import Path

from dimsegen.dimse.documents import DOCUMENTS
from dimsegen.dimse.loader import SchemaError
from dimsegen.dimse.loader.assemble import assemble
from dimsegen.dimse.loader.folder import read_folder
from dimsegen.dimse.loader.prose_rules import ADVICE, RULES
from dimsegen.reading.parser import parse
from dimsegen.reading.problems import Report, lines_of
from dimsegen.reading.reader import Reader
from dimsegen.reading.sources import Source
from hypothesis import given, settings
from hypothesis import strategies as st

ROOT = Path(__file__).parents[2]
SOURCES = read_folder(ROOT / "schemas", Report())
SMALL = read_folder(ROOT / "tests" / "golden" / "errors" / "base", Report())
UNITS = {"character": r"[\s\S]", "token": r"\w+|[^\w\n]| +|\n", "line": r".*\n|.+"}
ODD = (
    *"\t\0\ufeff\u2028\xa0\x85\x07\r{}[]:,-&*!|>%@`'\"\\#?~=<é😀",
    *(": ", "- ", "-\n", "&a ", "*a", "!!str ", "<<: *a", "---\n", "...\n", "? ", "%YAML 1.1\n"),
    *("0x", "null", "1e999", "\\U00110000", "\\ud800", "{}", "[]", "(0000,0110)", "C(=)", "\r\n"),
)


@st.composite
def edited(draw: st.DrawFn, text: str) -> str:
    """Draw what `text` is after one to three edits."""
    for _ in range(draw(st.integers(1, 3))):
        pieces = re.findall(UNITS[draw(st.sampled_from(sorted(UNITS)))], text)
        here = draw(st.integers(0, max(len(pieces) - 1, 0)))
        # Of a number, not of the pieces: a strategy looks at each of those thousands.
        others = (
            st.sampled_from(ODD) | st.integers(0, max(len(pieces) - 1, 0)) | st.text(max_size=4)
        )
        drawn = draw(others)
        other = drawn if isinstance(drawn, str) else "".join(pieces[drawn : drawn + 1])
        piece = pieces[here] if pieces else ""
        results = ("", piece * 2, piece + other, other + piece, other)
        pieces[here : here + 1] = [draw(st.sampled_from(results))]
        text = "".join(pieces)
    return text


class Edited:
    """A folder in which one file was edited; a failure shows the edit, not the folder."""

    def __init__(self, sources: Sequence[Source], number: int, text: str) -> None:
        self.sources = sources
        self.number = number
        self.text = text

    def __repr__(self) -> str:
        before, after = self.sources[self.number].text, self.text
        return "\n".join(unified_diff(lines_of(before), lines_of(after), n=0, lineterm=""))

    @property
    def file(self) -> Source:
        source = self.sources[self.number]
        return Source(source.kind, source.file, self.text)

    @property
    def files(self) -> list[Source]:
        return [*self.sources[: self.number], self.file, *self.sources[self.number + 1 :]]


@st.composite
def folders(draw: st.DrawFn, sources: Sequence[Source]) -> Edited:
    """Draw what `sources` are after an editor was at one of them."""
    number = draw(st.integers(0, len(sources) - 1))
    return Edited(sources, number, draw(edited(sources[number].text)))


def check(report: Report, files: Sequence[Source]) -> None:
    texts = {source.file: source.text for source in files}
    for problem in report.problems:
        position = problem.position
        lines = lines_of(texts.get(position.file, ""))
        assert 1 <= position.line <= len(lines), problem
        assert 1 <= position.column <= len(lines[position.line - 1]) + 1, problem
        assert problem.message.isprintable(), problem


def load(files: Sequence[Source]) -> None:
    report = Report(RULES, ADVICE)
    try:
        assemble(files, report)
    except SchemaError as error:
        said = error.explain()
    else:
        said = ""
    assert bool(said) == bool(report.problems)
    check(report, files)


@settings(max_examples=100, deadline=None)
@given(folders(SOURCES))
def test_an_edit_of_the_real_schemas_gives_a_schema_or_a_schema_error(folder: Edited) -> None:
    load(folder.files)


@settings(max_examples=200, deadline=None)
@given(folders(SMALL))
def test_an_edit_of_small_schemas_gives_a_schema_or_a_schema_error(folder: Edited) -> None:
    load(folder.files)


@settings(max_examples=200, deadline=None)
@given(folders(SOURCES))
def test_an_edit_of_a_real_file_is_read_or_told(folder: Edited) -> None:
    report, file = Report(RULES, ADVICE), folder.file
    root = parse(file.text, file.file, report)
    Reader(root, report).read(DOCUMENTS[file.kind], root)
    check(report, [file])


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(sorted(DOCUMENTS)), st.text() | st.lists(st.sampled_from(ODD)).map("".join))
def test_any_text_for_a_file_gives_a_schema_error(kind: str, text: str) -> None:
    others = [source for source in SMALL if source.kind != kind]
    load([*others, Source(kind, f"{kind}.yaml", text)])
