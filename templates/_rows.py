"""The rows of service tables: their records, what is said of their rules, and the errors with it.

Invariant: nothing here knows a service or a usage code; those are generated.

This file is copied as it is from `templates/_rows.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from pydicom.tag import BaseTag

# What a value has to be that keeps its VR.
_RULES: Final = {
    "AE": "text without backslash and control characters (PS3.5 6.2)",
    "LO": "text without backslash and control characters but ESC (PS3.5 6.2)",
    "UI": "numbers without leading zeros, separated by periods (PS3.5 9.1)",
}


@dataclass(frozen=True)
class Violation:
    """A rule of PS3.7 that a primitive breaks.

    Attributes
    ----------
    rule : str
        Identifier of the rule, e.g. ``missing-mandatory``.
    parameter : str
        DICOM keyword of the parameter.
    message : str
        The parameter as printed, its cell, and what to do.
    reference : str
        Where the rule stands, e.g. ``PS3.7 10.1.2.1.8, Table 10.1-2``.
    """

    rule: str
    parameter: str
    message: str
    reference: str

    def __str__(self) -> str:
        return f"{self.rule}: {self.message} ({self.reference})"

    def given(self, value: object) -> Violation:
        """Return the same violation with the offending `value` in its message, in one line."""
        shown = str(value)
        shown = shown if shown.isprintable() else ascii(shown)
        message = f"{self.message} (the value is {shown})"
        return Violation(self.rule, self.parameter, message, self.reference)


class InvalidPrimitiveError(ValueError):
    """A primitive breaks rules of PS3.7; the text has a line for each.

    Attributes
    ----------
    violations : tuple of Violation
        Every rule that is broken, in table order.
    """

    __module__ = __package__  # tracebacks name it as it is imported

    def __init__(self, violations: tuple[Violation, ...]) -> None:
        super().__init__("\n".join(map(str, violations)))
        self.violations = violations

    def __reduce__(self) -> tuple[type[InvalidPrimitiveError], tuple[tuple[Violation, ...]]]:
        return type(self), (self.violations,)


@dataclass(frozen=True)
class Parameter:
    """A row of a service table.

    Attributes
    ----------
    name : str
        The name as printed.
    reference : str
        The clause that describes the parameter, and the table.
    tag : pydicom.tag.BaseTag or None
        Tag of the command element; None for a data set.
    vr, vm : str or None
        Value Representation and Multiplicity; None for a data set.
    request, response, cancel : str or None
        The cells as printed, e.g. ``M``, ``U(=)`` or ``-``; None where the table has no such
        column.
    equals : str or None
        Keyword of the parameter of the request that the text, not the cell, wants repeated.
    """

    name: str
    reference: str
    tag: BaseTag | None = None
    vr: str | None = None
    vm: str | None = None
    request: str | None = None
    response: str | None = None
    cancel: str | None = None
    equals: str | None = None


class Row:
    """A row of a service table, or a status field: its record, and what is said of its rules.

    Each sentence stands here once. Generated modules make their violations of them when they are
    imported. A `cell` is the cell in words with the message it is about and, where a condition is
    broken, the condition, e.g. ``C in an N-GET response, required when the status is Success``.
    Nobody is told to set a parameter that shall be `absent`, nor, without a word about leaving it
    unset, one that is `optional`: that shall be absent from some messages.
    """

    __slots__ = ("keyword", "parameter")

    def __init__(
        self,
        keyword: str,
        name: str,
        tag: int | None,
        vr: str | None,
        vm: str | None,
        request: str | None,
        response: str | None,
        reference: str,
        *,
        cancel: str | None = None,
        equals: str | None = None,
    ) -> None:
        self.keyword = keyword
        element = None if tag is None else BaseTag(tag)
        self.parameter = Parameter(
            name, reference, element, vr, vm, request, response, cancel, equals
        )

    def missing(self, cell: str) -> Violation:
        return self._violation("missing-mandatory", f"is missing: it is {cell}; set {self.keyword}")

    def required(self, cell: str, erratum: str = "") -> Violation:
        said = f"is missing: it is {cell}; set {self.keyword}"
        return self._violation("missing-conditional", said, erratum)

    def must_be_absent(self, cell: str, erratum: str = "") -> Violation:
        return self._unwanted("must-be-absent", cell, erratum)

    def forbidden(self, cell: str, erratum: str = "") -> Violation:
        return self._unwanted("forbidden-conditional", cell, erratum)

    def not_permitted(self, cell: str) -> Violation:
        return self._unwanted("status-field-not-permitted", cell)

    def fixed(self, cell: str, value: str, *, optional: bool = False) -> Violation:
        advice = self._advice(f"set it to {value}", optional=optional)
        return self._violation("wrong-fixed-value", f"shall be {value}: it is {cell}; {advice}")

    def invalid(self, cell: str, *, optional: bool = False, absent: bool = False) -> Violation:
        vr = self.parameter.vr or ""
        if absent:
            wanted, advice = f", which wants {_RULES[vr]}", f"leave {self.keyword} unset"
        else:
            what = "it" if optional else self.keyword
            wanted, advice = "", self._advice(f"set {what} to {_RULES[vr]}", optional=optional)
        return self._violation("invalid-value", f"breaks VR {vr}{wanted}: it is {cell}; {advice}")

    def not_equal(
        self, cell: str, source: Row, *, optional: bool = False, erratum: str = ""
    ) -> Violation:
        advice = self._advice(f"copy {source.keyword}", optional=optional)
        said = f"shall equal {source.parameter.name} of the request: it is {cell}; {advice}"
        return self._violation("not-equal", said, erratum)

    def unknown(self, cell: str, reference: str) -> Violation:
        said = f"is in no status class: it is {cell}; use a code that has one"
        return self._violation("unknown-status", said, reference=reference)

    def not_listed(self, cell: str, service: str, reference: str) -> Violation:
        said = f"is not one that {service} lists: it is {cell}; use one of its Status clause"
        return self._violation("status-not-listed", said, reference=reference)

    def _unwanted(self, rule: str, cell: str, erratum: str = "") -> Violation:
        said = f"shall be absent: it is {cell}; leave {self.keyword} unset"
        return self._violation(rule, said, erratum)

    def _advice(self, advice: str, *, optional: bool) -> str:
        return f"leave {self.keyword} unset, or {advice}" if optional else advice

    def _violation(
        self, rule: str, said: str, erratum: str = "", *, reference: str = ""
    ) -> Violation:
        where = reference or self.parameter.reference
        where = f"{where}; erratum {erratum}" if erratum else where
        return Violation(rule, self.keyword, f"{self.parameter.name} {said}", where)


def parameters(*rows: Row) -> MappingProxyType[str, Parameter]:
    """Return the records of `rows` by keyword, in their order."""
    return MappingProxyType({row.keyword: row.parameter for row in rows})


class StatusFields(Mapping[int, tuple[str, ...]]):
    """Status code to the keywords that Annex C permits with it.

    A code is looked up exactly, then by range (``0xA700`` finds what ``Axxx`` permits); one that
    the service does not list is a `KeyError`. Iteration goes over every listed code, those of the
    ranges one by one.
    """

    __slots__ = ("_codes", "_ranges")

    def __init__(
        self,
        codes: Mapping[int, tuple[str, ...]],
        ranges: Mapping[tuple[int, int], tuple[str, ...]] = MappingProxyType({}),
    ) -> None:
        self._codes = codes
        self._ranges = ranges

    def __getitem__(self, code: int) -> tuple[str, ...]:
        # Whoever asks `"x" in fields` is told no, as by any mapping.
        if isinstance(code, int):
            if code in self._codes:
                return self._codes[code]
            for (shift, prefix), keywords in self._ranges.items():
                if code >> shift == prefix:
                    return keywords
        raise KeyError(code)

    def __iter__(self) -> Iterator[int]:
        yield from self._codes
        for shift, prefix in self._ranges:
            block = range(prefix << shift, (prefix + 1) << shift)
            yield from (code for code in block if code not in self._codes)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __repr__(self) -> str:
        ranges = ", ".join(f"{prefix:X}{'x' * (shift // 4)}" for shift, prefix in self._ranges)
        codes = ", ".join(f"{code:04X}H" for code in self._codes)
        return f"<StatusFields {codes}{', ' if ranges else ''}{ranges}>"
