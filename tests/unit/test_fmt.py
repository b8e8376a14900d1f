"""`dimsegen fmt` gives a schema file the form in which a reviewer compares it with the page."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml
from dimsegen.dimse.documents import DOCUMENTS
from dimsegen.dimse.loader import load_schema
from dimsegen.families import families
from dimsegen.reading.problems import Report
from dimsegen.style import format_text
from dimsegen.style.scalars import key

from ..conftest import Run
from ..printed import printed_folder

HEAD = 'service: X-PING\nsummary: "Knock."\nreference: {section: "Z.1", table: "Z.1-1"}\n'
TAIL = """\
messages:
  request:
    name: X-PING-RQ
    reference: {section: "Z.2", table: "Z.2-1"}
    fields:
      Length:   {usage: M}
statuses: []
"""
COLUMNS = "columns: {request: Req/Ind, response: Rsp/Conf}\n"
WIDTH = 8
ABLE = [family for family in families() if family.has("form")]
FILES = sum(len(family.step("form").read_folder(printed_folder(), Report())) for family in ABLE)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a copy of the schemas that a test may change."""
    return Path(shutil.copytree(printed_folder(), tmp_path / "schemas"))


def formatted(rows: str) -> str:
    """Return what becomes of `rows` of a service table."""
    text = format_text(DOCUMENTS, "service", f"{HEAD}{COLUMNS}parameters:\n{rows}{TAIL}", WIDTH)
    start, end = text.index("parameters:\n") + len("parameters:\n"), text.index("messages:")
    return text[start:end]


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_schemas_are_in_canonical_form(dimsegen: Run) -> None:
    said = dimsegen("fmt", "--check", "--schemas", printed_folder())
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith(f" {FILES} files, up to date\n")


def test_check_shows_the_difference_and_changes_nothing(dimsegen: Run, folder: Path) -> None:
    path = folder / "services" / "n_get.yaml"
    edit(
        path,
        'AttributeIdentifierList:              {request: U,   response: "-",    see',
        'AttributeIdentifierList: {request: U, response: "-", see',
    )
    before = path.read_bytes()
    said = dimsegen("fmt", "--check", "--schemas", folder)
    assert said.code == 1
    assert "\n-  AttributeIdentifierList: {request: U, response" in said.out
    assert (
        '\n+  AttributeIdentifierList:              {request: U,   response: "-",    ' in said.out
    )
    assert "1 file out of date: run dimsegen fmt" in said.err
    assert path.read_bytes() == before


def test_what_is_written_is_what_was_there_before_the_edit(dimsegen: Run, folder: Path) -> None:
    path = folder / "services" / "n_get.yaml"
    before, meaning = path.read_bytes(), load_schema(folder)
    edit(
        path,
        "      CommandGroupLength:                   {usage: M}",
        "      CommandGroupLength:\n            usage: 'M'",
    )
    said = dimsegen("fmt", "--schemas", folder)
    assert (said.code, said.out) == (0, f"{FILES} files, 1 written, {FILES - 1} unchanged\n")
    assert path.read_bytes() == before
    assert load_schema(folder) == meaning


def test_files_can_be_named_and_take_their_stops_from_the_folder_they_are_in(
    dimsegen: Run, folder: Path
) -> None:
    get, find = (folder / "services" / name for name in ("n_get.yaml", "c_find.yaml"))
    before = get.read_bytes()
    for path in (get, find):
        edit(path, "  MessageID:                            ", "  MessageID: ")
    said = dimsegen("fmt", get, folder / "errata.yaml")
    assert (said.code, said.out) == (0, "2 files, 1 written, 1 unchanged\n")
    assert get.read_bytes() == before
    assert dimsegen("fmt", "--check", get).code == 0
    assert dimsegen("fmt", "--check", find).code == 1


def test_a_file_that_cannot_be_read_stops_everything(dimsegen: Run, folder: Path) -> None:
    broken, other = folder / "services" / "n_get.yaml", folder / "services" / "n_set.yaml"
    edit(broken, 'response: "-",', "response: -,")
    edit(other, "service: N-SET", "service:     N-SET")
    before = broken.read_bytes(), other.read_bytes()
    said = dimsegen("fmt", "--schemas", folder)
    assert said.code == 2
    assert "n_get.yaml:9:" in said.err
    assert said.err.endswith("nothing was written\n")
    assert (broken.read_bytes(), other.read_bytes()) == before


def test_a_file_that_is_not_there_is_told(dimsegen: Run, folder: Path) -> None:
    said = dimsegen("fmt", folder / "services" / "n_gte.yaml")
    assert said.code == 2
    assert "n_gte.yaml:1:1: cannot be read" in said.err


def test_a_file_without_a_canonical_form_is_left_as_it_is(dimsegen: Run, folder: Path) -> None:
    path = folder / "audit" / "rules.yaml"
    before = path.read_bytes()
    said = dimsegen("fmt", path, folder / "errata.yaml")
    assert (said.code, said.err) == (0, "")
    assert said.out.endswith(
        "rules.yaml: has no canonical form, left as it is\n1 file, 0 written, 1 unchanged\n"
    )
    assert path.read_bytes() == before
    said = dimsegen("fmt", folder / "audit" / "rule.yaml")
    assert said.code == 2
    assert "rule.yaml:1:1: cannot be read" in said.err


@pytest.mark.parametrize("of", ["services", "upper_layer/pdus", "sop_classes"])
def test_a_folder_without_files_is_told_as_by_every_other_command(
    dimsegen: Run, folder: Path, of: str
) -> None:
    for path in (folder / of).glob("*.yaml"):
        path.unlink()
    lint, fmt = (dimsegen(command, "--schemas", folder) for command in ("lint", "fmt"))
    assert (fmt.code, fmt.out) == (lint.code, lint.out) == (2, "")
    assert fmt.err.splitlines()[:-1] == lint.err.splitlines()[:-1]


def test_line_ends_and_byte_order_marks_are_put_right(dimsegen: Run, folder: Path) -> None:
    path = folder / "statuses.yaml"
    before = path.read_bytes()
    path.write_bytes(b"\xef\xbb\xbf" + before.replace(b"\n", b"\r\n"))
    assert dimsegen("fmt", "--check", path).code == 1
    assert dimsegen("fmt", path).code == 0
    assert path.read_bytes() == before


def test_a_row_has_its_cells_on_stops_its_keys_in_order_and_its_clause_last() -> None:
    rows = """\
  Outcome: {see: "Z.1.3", response: M, request: "-"}
  RouteUID:
    equals: Number
    response: 'U(=)'
    see: 'Z.1.1'
    request: "M"
  Answered: {response: C, only_when: {request: absent, status: [success]}, request: U}
"""
    assert (
        formatted(rows)
        == """\
  Outcome:  {request: "-", response: M,      see: "Z.1.3"}
  RouteUID: {request: M,   response: "U(=)", equals: Number, see: "Z.1.1"}
  Answered: {request: U,   response: C,      only_when: {status: success, request: absent}}
"""
    )


def test_a_longer_keyword_than_all_others_moves_no_row_but_its_own() -> None:
    rows = "  MuchTooLongKeyword: {request: M, response: M}\n  Number: {request: M, response: M}\n"
    assert formatted(rows) == (
        "  MuchTooLongKeyword: {request: M,   response: M}\n"
        "  Number:   {request: M,   response: M}\n"
    )


def test_comments_stay_with_what_they_are_about() -> None:
    rows = """\
  # the first row


  # after two blank lines
  Number: {response: M,   # inside, at the end
           # inside, alone
           request: M}  # at the end of the row
  Outcome: {request: "-", response: M} # one blank before it
   # indented like no row
  # Disabled: {request: U, response: U}
# the next section
"""
    assert (
        formatted(rows)
        == """\
  # the first row

  # after two blank lines
  # inside, at the end
  # inside, alone
  Number:   {request: M,   response: M}  # at the end of the row
  Outcome:  {request: "-", response: M}  # one blank before it
  # indented like no row
  # Disabled: {request: U, response: U}
# the next section
"""
    )


def test_the_comment_at_the_top_stays_there_when_the_keys_change_places() -> None:
    moved = "# What this file is.\n\n# The table.\n" + COLUMNS + HEAD + TAIL
    moved += "parameters:\n  Number:   {request: M}\n# The end.\n"
    assert format_text(DOCUMENTS, "service", moved, WIDTH) == (
        f"# What this file is.\n\n{HEAD}\n# The table.\n{COLUMNS}"
        f"parameters:\n  Number:   {{request: M}}\n# The end.\n{TAIL}"
    )


def test_a_list_that_is_too_long_for_a_line_has_a_line_for_each_item() -> None:
    def text(applies_to: str) -> str:
        return (
            "errata:\n  Z1:\n    title: Too long\n"
            '    clause: "One."\n    other_clause: "Two."\n    decision: "None."\n'
            f"    applies_to:{applies_to}\n"
        )

    few, many = ([f"X-PING.Keyword{n}" for n in range(count)] for count in (3, 12))
    as_lines = "".join(f"\n      - {item}" for item in many)
    assert format_text(DOCUMENTS, "errata", text("\n    - " + "\n    - ".join(few)), WIDTH) == text(
        f" [{', '.join(few)}]"
    )
    assert format_text(DOCUMENTS, "errata", text(f" [{', '.join(many)}]"), WIDTH) == text(as_lines)


def test_words_have_quotes_where_the_shape_or_yaml_wants_them_and_nowhere_else() -> None:
    text = """\
classes: {"success": {name: 'Success', codes: ['0000'], see: 'C.1'}}
types:
  failed:
    type: {name: 'Error: Failed', class: "failure", codes: ["Cxxx"], see: "C.5"}
    fields: {Remark: {response: ["any"]}}
  odd:
    type: {name: 'Refused, at last', class: "failure", codes: ["0122"], see: "C.5"}
    fields: {}
"""
    assert (
        format_text(DOCUMENTS, "statuses", text, WIDTH)
        == """\
classes:
  success:  {name: Success, codes: ["0000"], see: "C.1"}
types:
  failed:
    type: {name: "Error: Failed", class: failure, codes: ["Cxxx"], see: "C.5"}
    fields:
      Remark:   {response: any}
  odd:
    type: {name: "Refused, at last", class: failure, codes: ["0122"], see: "C.5"}
    fields: {}
"""
    )


@pytest.mark.parametrize("text", ["no", "Null", "TRUE", "on", "y", "e5", "inf", "a b", "no way"])
@pytest.mark.parametrize("is_in_row", [True, False])
def test_a_word_has_quotes_where_yaml_takes_it_for_something_else(
    text: str, is_in_row: bool
) -> None:
    plain = f"{{a: {text}}}" if is_in_row else f"a: {text}"
    assert (key(text, is_in_row) == text) == (yaml.safe_load(plain) == {"a": text})


@pytest.mark.parametrize(
    ("file", "written", "other"),
    [
        ("services/p_data.yaml", "{request: M,  indication", "{request: M, indication"),
        ("pdus/p_data_tf.yaml", 'bytes: "1",      field', "bytes: '1', field"),
        ("states.yaml", 'Sta4: AE-2 Sta5, Sta5: "",         ', "Sta5: '', Sta4: AE-2 Sta5, "),
        ("errata.yaml", 'clause: "7.1.1.9: no', 'clause:   "7.1.1.9: no'),
    ],
)
def test_a_file_of_the_upper_layer_is_known_by_its_place(
    dimsegen: Run, folder: Path, file: str, written: str, other: str
) -> None:
    path = folder / "upper_layer" / file
    before = path.read_bytes()
    edit(path, written, other)
    assert path.read_bytes() != before
    assert dimsegen("fmt", "--check", path).code == 1
    assert dimsegen("fmt", path).out == "1 file, 1 written, 0 unchanged\n"
    assert path.read_bytes() == before
