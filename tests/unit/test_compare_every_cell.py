"""Every cell is guarded: whatever legal code is written in it, exactly that is found.

Each of the 205 cells is flipped, in the text of its file, to each other code. What the loader then
asks for is supplied (`schema_edits`); what it refuses even so is counted. The verdicts that are
expected come from the printed matrix or, where a condition or Annex C decides, from trying
messages with the interpreter of the contract.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from dimsegen.dimse.compare import compare
from dimsegen.dimse.loader import SchemaError
from dimsegen.dimse.model import Schema
from dimsegen.sets.finding import Finding, Verdict
from dimsegen.table.usage import Usage

from tests.printed import printed_folder
from tests.property.tables import Tables

from .brute_force import is_lost, tables_in
from .schema_edits import CONDITIONS, base, content, files, load, page, text_of
from .test_compare_matrix import documented

CODES = ("M", "MF", "U", "UF", "C", "-")
SIGNS = {"B": Verdict.BREAKS, "ok": Verdict.OK, "?": Verdict.DEPENDS}

# What the loader says to flips of which no legal table can be made.
REFUSED = {
    ("value-of-data-set",): "a data set has no fixed value",
    ("value-outside-vr",): "nor has a list of tags",
    ("second-data-set",): "a message has one data set",
    ("second-data-set", "value-of-data-set"): "and that has no fixed value",
    ("undecided-cell",): "the conditions of the row need a status, which only the response has",
    ("missing-condition",): "they decide no cell of the column",
    ("missing-condition", "undecided-cell"): "and that of several tables",
    ("condition-never",): "the condition looks at what the column has not",
    ("unknown-row",): "the condition of another cell looks at this one",
    ("request-test-absent",): "so does that of the response",
    ("statuses-without-status",): "without a status there are none to list",
    ("no-status-row", "statuses-without-status"): "and none to look at",
    ("primitive-disagrees",): "not all tables that share the message have the row",
    ("primitive-disagrees", "value-of-data-set"): "and it is a data set",
    ("primitive-disagrees", "undecided-cell"): "and its condition needs a status",
}
# How many flips of each table are legal.
LEGAL = {
    "services/c_echo.yaml": 31,
    "services/c_find.yaml": 66,
    "services/c_get.yaml": 79,
    "services/c_move.yaml": 87,
    "services/c_store.yaml": 67,
    "services/n_action.yaml": 70,
    "services/n_create.yaml": 44,
    "services/n_delete.yaml": 55,
    "services/n_event_report.yaml": 54,
    "services/n_get.yaml": 64,
    "services/n_set.yaml": 62,
}


@dataclass(frozen=True)
class Flip:
    """Write `new` where `old` is printed: in one table, or in all that share the message."""

    files: tuple[str, ...]
    keyword: str
    column: str
    old: str
    new: str

    @property
    def services(self) -> tuple[str, ...]:
        return tuple(content(text_of(name))["service"] for name in self.files)

    def texts(self) -> dict[str, str]:
        found: dict[str, str] = {}
        for name in self.files:
            written = page(name)
            written.write(self.keyword, self.column, self.new)
            found |= written.texts
        return found


def flips(name: str) -> Iterator[Flip]:
    """Yield every flip of the cells of a file, legal or not, but a C that has no condition."""
    data = content(text_of(name))
    for keyword, row in data["parameters"].items():
        for column in data["columns"]:
            old = row[column].removesuffix("(=)")
            sharing = sharing_the_cancel(keyword) if column == "cancel" else (name,)
            if sharing[0] != name:
                continue  # with the first of them
            has_condition = any(key in row for key in CONDITIONS)
            for new in CODES:
                if new != old and (new != "C" or has_condition):
                    yield Flip(sharing, keyword, column, old, new)


@cache
def sharing_the_cancel(keyword: str) -> tuple[str, ...]:
    """Return the tables with this row whose cancel columns make up one primitive."""
    tables = {name: content(text_of(name)) for name in files()}
    return tuple(
        name
        for name, data in tables.items()
        if "cancel" in data["columns"] and keyword in data["parameters"]
    )


@cache
def before() -> Tables:
    return Tables(printed_folder())


def rule(flip: Flip) -> str:
    old, new = ("na" if code == "-" else code.lower() for code in (flip.old, flip.new))
    return f"usage-{old}-to-{new}"


def is_decided(flip: Flip) -> bool:
    """Return whether a condition, or what Annex C permits, has a say in the cell."""
    if flip.column != "response":
        return any(key in row_of(flip) for key in CONDITIONS) and flip.column != "cancel"
    (service,) = flip.services
    permitted = any(flip.keyword in before().permitted(service, code) for code in before().codes())
    return permitted or any(key in row_of(flip) for key in CONDITIONS)


def row_of(flip: Flip) -> dict[str, object]:
    found: dict[str, object] = content(text_of(flip.files[0]))["parameters"][flip.keyword]
    return found


def expected(flip: Flip, texts: dict[str, str], folder: Path) -> tuple[Verdict, Verdict]:
    if not is_decided(flip):
        senders, receivers = documented()[Usage(flip.old), Usage(flip.new)].split("/")
        return SIGNS[senders], SIGNS[receivers]
    (service,) = flip.services
    after = tables_in(folder, texts)
    pairs = ((before(), after), (after, before()))
    senders, receivers = (
        "B" if is_lost(*pair, service, flip.column, flip.keyword) else "ok" for pair in pairs
    )
    return SIGNS[senders], SIGNS[receivers]


def check(flip: Flip, found: tuple[Finding, ...], verdicts: tuple[Verdict, Verdict]) -> None:
    cells = [(each.rule, each.service, each.direction, each.keyword) for each in found]
    services = flip.services
    assert cells == [(rule(flip), name, flip.column, flip.keyword) for name in services], flip
    for each in found:
        assert (each.old, each.new) == (flip.old, flip.new)
        assert (each.senders, each.receivers) == verdicts, (flip, each)
        assert each.position is not None
        assert Path(each.position.file).name in {Path(name).name for name in flip.files}
        assert f"({flip.new})" in each.message or "not in the table" in each.message


def load_or_refuse(texts: dict[str, str]) -> Schema | tuple[str, ...]:
    try:
        return load(texts)
    except SchemaError as error:
        return tuple(sorted({problem.rule for problem in error.problems}))


@pytest.mark.parametrize("name", files())
def test_each_cell_flipped_to_each_legal_code_is_exactly_that_finding(
    name: str, tmp_path: Path
) -> None:
    legal = 0
    for flip in flips(name):
        texts = flip.texts()
        schema = load_or_refuse(texts)
        if not isinstance(schema, Schema):
            assert schema in REFUSED, flip
            continue
        legal += 1
        verdicts = expected(flip, texts, tmp_path)
        check(flip, compare(base(), schema), verdicts)
    assert legal == LEGAL[name]


def test_the_cells_are_all_205() -> None:
    cells = {
        (file, flip.keyword, flip.column)
        for name in files()
        for flip in flips(name)
        for file in flip.files
    }
    assert len(cells) == 205


@pytest.mark.parametrize("name", files())
def test_each_sign_of_equality_put_in_or_taken_out_is_exactly_that_finding(name: str) -> None:
    """Whatever the cell is, a response with another value is the message that decides."""
    data = content(text_of(name))
    for keyword, row in data["parameters"].items():
        code = row["response"].removesuffix("(=)")
        if "-" in (code, row["request"]):
            continue
        is_equal = code != row["response"]
        written = page(name)
        entries = written.row(keyword)
        entries["response"] = code if is_equal else f'"{code}(=)"'
        written.put(keyword, entries)
        (found,) = compare(base(), load(written.texts))
        words = ("any value", f"equal to {keyword}")
        assert (found.service, found.direction, found.keyword) == (
            data["service"],
            "response",
            keyword,
        )
        if is_equal:
            assert (found.rule, found.old, found.new) == ("equality-removed", *words[::-1])
            assert (found.senders, found.receivers) == (Verdict.OK, Verdict.BREAKS)
        else:
            assert (found.rule, found.old, found.new) == ("equality-added", *words)
            assert (found.senders, found.receivers) == (Verdict.BREAKS, Verdict.OK)
