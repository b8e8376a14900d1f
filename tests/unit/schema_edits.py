"""Edits of the real schema files, as an editor makes them, and what they then say.

Invariant: an edit changes the text of files and nothing else. A cell that is written anew brings
along what the loader asks for: a fixed value, the element in the message table, the data set type;
it takes along what is then in the way: conditions that decide nothing, a row of dashes, its (=).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from dimsegen.dimse.loader.assemble import assemble
from dimsegen.dimse.loader.folder import read_folder
from dimsegen.dimse.loader.prose_rules import ADVICE, RULES
from dimsegen.dimse.model import Schema
from dimsegen.reading.problems import Report
from dimsegen.reading.sources import Source

from tests.printed import printed_folder
from tests.yaml_text import content_of

FOLDER = printed_folder()
NO_TEXTS: Mapping[str, str] = {}
CONDITIONS = ("required_when", "forbidden_when", "only_when", "permitted_when")
# By VR, a value that can be fixed; a tag or a data set cannot.
FIXED = {"US": "0x0001", "UI": '"1.2.840.10008.1.1"', "AE": '"STORE_SCP"', "LO": '"a comment"'}


@cache
def sources() -> Mapping[str, Source]:
    """Return the schema files by their name: ``elements.yaml``, ``services/n_get.yaml``."""
    found = read_folder(FOLDER, Report())
    folders = {"service": "services/"}
    return {f"{folders.get(each.kind, '')}{Path(each.file).name}": each for each in found}


def text_of(name: str) -> str:
    return sources()[name].text


def files() -> list[str]:
    """Return the names of the files of services."""
    return [name for name, source in sources().items() if source.kind == "service"]


@cache
def content(text: str) -> Any:
    return content_of(text)


def load(changed: Mapping[str, str] = NO_TEXTS) -> Schema:
    """Return what the files say where those of `changed` have other texts; "" removes a file."""
    known = {name: changed.get(name, source.text) for name, source in sources().items()}
    kinds = {name: source.kind for name, source in sources().items()}
    new = {name: text for name, text in changed.items() if name not in known}
    return assemble(
        [
            Source(kinds.get(name, "service"), f"schemas/{name}", text)
            for name, text in (known | new).items()
            if text
        ],
        Report(RULES, ADVICE),
    )


@cache
def base() -> Schema:
    return load()


def edited(name: str, *edits: tuple[str, str]) -> dict[str, str]:
    """Return the text of `name` in which each of `edits` replaces what is there once."""
    text = text_of(name)
    for old, new in edits:
        assert text.count(old) == 1, (text.count(old), old)
        text = text.replace(old, new)
    return {name: text}


@dataclass
class Page:
    """A service file that is being edited, line by line.

    Attributes
    ----------
    name : str
        The file.
    lines : list of str
        Its lines.
    removed : list of str
        The rows that are gone.
    """

    name: str
    lines: list[str]
    removed: list[str] = field(default_factory=list)

    @property
    def data(self) -> Any:
        return content(text_of(self.name))

    def write(self, keyword: str, column: str, code: str) -> None:
        """Write `code` into a cell, and whatever the loader asks for with it."""
        row = self.row(keyword)
        is_equal = row[column].strip('"').endswith("(=)") and code != "-"
        row[column] = f'"{code}(=)"' if is_equal else quoted(code)
        columns = list(self.data["columns"])
        if column == columns[0] and code == "-":
            row[columns[1]] = quoted(row[columns[1]].strip('"').removesuffix("(=)"))
            self._drop_equals(keyword)
        if column == columns[1] and code == "-":
            row.pop("equals", None)
        codes = {each: row[each].strip('"').removesuffix("(=)") for each in columns}
        self._fit_conditions(row, codes)
        self._fit_value(keyword, row, codes)
        if set(codes.values()) == {"-"}:
            self._remove_row(keyword)
        else:
            self.put(keyword, row)
        self._fit_message(keyword, column, code)
        if code == "-":
            self._remove_example(keyword, column)

    def row(self, keyword: str) -> dict[str, str]:
        return entries(self.lines[self._at(keyword)])

    def put(self, keyword: str, row: Mapping[str, str]) -> None:
        inner = ", ".join(f"{key}: {value}" for key, value in row.items())
        self.lines[self._at(keyword)] = f"  {keyword}: {{{inner}}}"

    def _at(self, keyword: str) -> int:
        return next(n for n, line in enumerate(self.lines) if line.startswith(f"  {keyword}: "))

    def _drop_equals(self, keyword: str) -> None:
        for other in self.data["parameters"]:
            if other not in self.removed and other != keyword:
                row = self.row(other)
                if row.get("equals") == keyword:
                    del row["equals"]
                    self.put(other, row)

    def _fit_conditions(self, row: dict[str, str], codes: Mapping[str, str]) -> None:
        conditional = [column for column, code in codes.items() if code == "C"]
        decided = conditional or [c for c, code in codes.items() if code in ("U", "UF")]
        response = list(codes)[1]
        for key in CONDITIONS:
            needs_response = re.search(r"status:|request:", row.get(key, ""))
            if key in row and not (response in decided if needs_response else decided):
                del row[key]

    def _fit_value(self, keyword: str, row: dict[str, str], codes: Mapping[str, str]) -> None:
        if not {"MF", "UF"} & set(codes.values()):
            row.pop("value", None)
        elif "value" not in row:
            element = content(text_of("elements.yaml"))["elements"].get(keyword, {})
            row["value"] = FIXED.get(element.get("vr", ""), '"none"')

    def _remove_row(self, keyword: str) -> None:
        self.removed.append(keyword)
        self.lines = [line for line in self.lines if not line.startswith(f"  {keyword}: ")]

    def _fit_message(self, keyword: str, column: str, code: str) -> None:
        first = self.lines.index(f"  {column}:")
        start = self.lines.index("    fields:", first) + 1
        end = next(n for n in range(start, len(self.lines)) if self.lines[n][:6] != " " * 6)
        carried = [n for n in range(start, end) if self.lines[n].startswith(f"      {keyword}: ")]
        is_data_set = keyword in content(text_of("elements.yaml"))["data_sets"]
        if code == "-" and carried:
            del self.lines[carried[0]]
            if is_data_set:
                self._data_set_type(start, end - 1, "{usage: MF, value: 0x0101}")
        elif code in ("M", "MF") and not carried:
            self.lines.insert(end, f"      {keyword}: {{usage: parameter}}")
            if is_data_set:
                self._data_set_type(start, end, "{usage: M}")

    def _remove_example(self, keyword: str, column: str) -> None:
        start = self.lines.index("examples:")
        if f"  {column}:" not in self.lines[start:]:
            return
        first = self.lines.index(f"  {column}:", start)
        size = len(self.data["examples"][column])
        kept = [
            line
            for line in self.lines[first + 1 : first + 1 + size]
            if not line.startswith(f"    {keyword}: ")
        ]
        self.lines[first : first + 1 + size] = [self.lines[first], *kept] if kept else []

    def _data_set_type(self, start: int, end: int, usage: str) -> None:
        key = "      CommandDataSetType: "
        at = next(n for n in range(start, end) if self.lines[n].startswith(key))
        self.lines[at] = f"{key}{usage}"

    @property
    def texts(self) -> dict[str, str]:
        """The texts that have changed: the page and, where a row is gone, the errata."""
        found = {self.name: "\n".join(self.lines)}
        if self.removed:
            service = self.data["service"]
            errata = text_of("errata.yaml")
            for keyword in self.removed:
                cell = rf"{service}\.{keyword}"
                errata = re.sub(rf" *- {cell}\n", "", errata)
                errata = re.sub(rf", {cell}\b|{cell}, |\b{cell}\b", "", errata)
            found["errata.yaml"] = errata
        return found


def page(name: str) -> Page:
    return Page(name, text_of(name).split("\n"))


def quoted(code: str) -> str:
    return code if code.isalpha() else f'"{code}"'


def entries(line: str) -> dict[str, str]:
    """Return what is in the braces of a row, each value as it is written."""
    found: dict[str, str] = {}
    for part in _parts(line[line.index("{") + 1 : line.rindex("}")]):
        key, _, value = part.partition(":")
        found[key.strip()] = value.strip()
    return found


def _parts(inner: str) -> Iterator[str]:
    depth, part = 0, ""
    for letter in inner:
        depth += (letter in "{[") - (letter in "}]")
        if letter == "," and not depth:
            yield part
            part = ""
        else:
            part += letter
    yield part
