"""The YAML of a folder of schemas, asked directly.

Invariant: nothing here comes from the generator or from what it generated; the files are read as
they are, and an answer is looked up, never worked out in advance. What is not in the vocabulary
raises `ValueError` or `KeyError`; nothing is skipped.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, TypeAlias

from tests.yaml_text import content_of

Direction: TypeAlias = Literal["request", "response"]

CANCEL = "C-CANCEL"


class Tables:
    """The tables of a folder of schemas.

    Attributes
    ----------
    services : tuple of str
        The services that have a table of their own, by name.
    """

    def __init__(self, folder: Path) -> None:
        elements, statuses = (_read(folder / f"{name}.yaml") for name in ("elements", "statuses"))
        services = [_read(path) for path in sorted((folder / "services").glob("*.yaml"))]
        self._elements: dict[str, Any] = elements["elements"]
        self._parameters: dict[str, Any] = self._elements | elements["data_sets"]
        self._classes: dict[str, Any] = statuses["classes"]
        self._types: dict[str, Any] = statuses["types"]
        self._services: dict[str, Any] = {each["service"]: each for each in services}
        self.services = tuple(self._services)
        # The same few questions are asked again and again.
        self.row = cache(self._row)
        self.vr = cache(self._vr)
        self.data_set = cache(self._data_set)
        self.equal_to = cache(self._equal_to)
        self.decided = cache(self._decided)
        self.class_of = cache(self._class_of)
        self.types_of = cache(self._types_of)
        self.permitted = cache(self._permitted)
        self.status_fields = cache(self._status_fields)
        self.cells = cache(self._cells)
        self.is_listed = cache(self._is_listed)
        self.codes = cache(self._codes)

    # ---- what the tables hold ----------------------------------------------------------------

    def name(self, keyword: str) -> str:
        """Return the name of a parameter as printed."""
        return str(self._parameters[keyword]["name"])

    def _vr(self, keyword: str) -> str | None:
        """Return the VR of an element, None for a data set."""
        vr = self._parameters[keyword].get("vr")
        return None if vr is None else str(vr)

    def _row(self, service: str, keyword: str) -> Mapping[str, Any]:
        """Return a row of the table as it is written, empty for a status field without one."""
        found: Mapping[str, Any] = self._services[service]["parameters"].get(keyword, {})
        return found

    def _decided(self, service: str, keyword: str) -> frozenset[str]:
        """Return the codes that conditions decide: C or, in a row without any, U and UF."""
        row = self.row(service, keyword)
        columns = [column for column in ("request", "response", "cancel") if column in row]
        cells = {str(row[column]).removesuffix("(=)") for column in columns}
        return frozenset({"C"} if "C" in cells else {"U", "UF"})

    def references(self, service: str, keyword: str) -> tuple[str, ...]:
        """Return what a violation of a parameter refers to: its clause and table, or Annex C."""
        if service == CANCEL:
            found = [self.references(each, keyword) for each in self._cancelled()]
            return tuple(part for each in found for part in each)
        row = self.row(service, keyword)
        if not row or keyword == "Status":
            return (str(self.row(service, "Status")["see"]),)
        return str(row["see"]), str(self._services[service]["reference"]["table"])

    def _data_set(self, service: str, direction: Direction) -> str | None:
        """Return the data set that a message has a field for, None if it has none."""
        fields = self._services[service]["messages"][direction]["fields"]
        return next((key for key in fields if key not in self._elements), None)

    def rows(self, service: str) -> tuple[str, ...]:
        """Return the keywords of the rows, in order."""
        return tuple(self.cells(service, "request"))

    def status_elements(self, service: str) -> tuple[str, ...]:
        """Return the elements that Annex C permits with a listed status, ascending by tag."""
        statuses = [] if service == CANCEL else self._services[service]["statuses"]
        fields = {keyword for each in statuses for keyword in self._fields(each, service)}
        elements = fields & set(self._elements)
        return tuple(sorted(elements, key=lambda keyword: str(self._elements[keyword]["tag"])))

    def _codes(self) -> tuple[int, ...]:
        """Return the codes of all types, ascending; 0xA000 stands for Axxx."""
        patterns = [each for status in self._types.values() for each in status["type"]["codes"]]
        return tuple(sorted({int(pattern.replace("x", "0"), 16) for pattern in patterns}))

    def _cells(self, service: str, direction: Direction) -> Mapping[str, str]:
        """Return keyword to cell, in table order; C-CANCEL is made of the cancel columns."""
        if service != CANCEL:
            table = self._services[service]["parameters"]
            return {keyword: str(row[direction]) for keyword, row in table.items()}
        tables = [self._services[each]["parameters"] for each in self._cancelled()]
        columns = [
            {keyword: row["cancel"] for keyword, row in table.items() if row["cancel"] != "-"}
            for table in tables
        ]
        if any(column != columns[0] for column in columns):
            raise ValueError(f"the cancel columns differ: {columns}")
        return columns[0] if direction == "request" else {}

    def _cancelled(self) -> list[str]:
        """Return the services whose cancel message is a C-CANCEL."""
        messages = {name: each["messages"] for name, each in self._services.items()}
        return [
            name
            for name, each in messages.items()
            if each.get("cancel", {}).get("primitive") == CANCEL
        ]

    def _status_fields(self, service: str) -> tuple[str, ...]:
        """Return the status fields without a row, ascending by tag."""
        return tuple(key for key in self.status_elements(service) if key not in self.rows(service))

    # ---- what Annex C says of a status -------------------------------------------------------

    def _class_of(self, status: int) -> str | None:
        """Return the class of a status; of two entries that hold it, the one with fewer x wins."""
        found = [
            (pattern.count("x"), name)
            for name, each in self._classes.items()
            for pattern in each["codes"]
            if _holds(pattern, status) and f"{status:04X}" not in each.get("except", ())
        ]
        return min(found)[1] if found else None

    def is_in(self, status: int, classes: Iterable[str]) -> bool:
        """Return whether a status is in one of `classes`."""
        return self.class_of(status) in {name: self._classes[name] for name in classes}

    def _types_of(self, status: int) -> list[str]:
        """Return the types that hold a status; an exact code goes before a range."""
        found = [
            (pattern.count("x"), name)
            for name, each in self._types.items()
            for pattern in each["type"]["codes"]
            if _holds(pattern, status)
        ]
        return [name for free, name in found if free == min(found)[0]]

    def _fields(self, identifier: str, service: str) -> Iterator[str]:
        for keyword, limit in self._types[identifier]["fields"].items():
            allowed = limit["response"]
            if allowed == "any" or service in ([allowed] if isinstance(allowed, str) else allowed):
                yield keyword

    def _permitted(self, service: str, status: int) -> frozenset[str]:
        """Return what Annex C permits: the listed types of the code, or else all of the code."""
        types = self.types_of(status)
        listed = [each for each in types if each in self._services[service]["statuses"]]
        return frozenset(key for each in listed or types for key in self._fields(each, service))

    def _is_listed(self, service: str, status: int) -> bool:
        """Return whether the Status clause of the service lists a type of the code."""
        return any(each in self._services[service]["statuses"] for each in self.types_of(status))

    def _equal_to(self, service: str, keyword: str) -> str | None:
        """Return the parameter of the request that the one of the response repeats."""
        row = self.row(service, keyword)
        if str(row["response"]).endswith("(=)"):
            return keyword
        source = row.get("equals") or self._parameters[keyword].get("equals")
        return None if source is None else str(source)


def _holds(pattern: str, status: int) -> bool:
    return all(digit in ("x", given) for digit, given in zip(pattern, f"{status:04X}", strict=True))


def _read(path: Path) -> dict[str, Any]:
    return _parse(path.read_text(encoding="utf-8"))


@cache  # folders that differ in a cell have all other files in common
def _parse(text: str) -> dict[str, Any]:
    content: dict[str, Any] = content_of(text)
    return content
