"""The rules of the cells of a service: a branch of a method for each, and what is said then."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ...code import layout
from ...code.fit import fitted
from ..family import FAMILY
from ..model import Condition, Row, Service, ValueKind
from .service_codes import ServiceCodes

# Each is held against the column before it; a response, against the indication that it answers.
PREVIOUS = {"indication": "request", "response": "indication", "confirmation": "response"}


@dataclass(frozen=True)
class Rule:
    """A branch of a method: the row's own words as a comment, and the lines."""

    comment: str
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Constant:
    """A violation that never varies."""

    name: str
    lines: tuple[str, ...]


class CellRules:
    """Writes the rules of one service, and the violations that they find.

    Parameters
    ----------
    service : Service
        The service.
    codes : ServiceCodes
        Its codes.

    Attributes
    ----------
    constants : list of Constant
        The violations that the rules written so far find.
    """

    def __init__(self, service: Service, codes: ServiceCodes) -> None:
        self._service, self._codes = service, codes
        self.constants: list[Constant] = []

    def rules(self, row: Row, column: str) -> Iterator[Rule]:
        """Yield the branch that holds the cell against a primitive, if it demands anything."""
        usage = row.usage(column)
        value = f"self._{row.attribute}"
        lines: list[str] = []
        if usage.is_forbidden:
            found = self._found(row, column, "must-be-absent")
            lines += [f"if {value} is not None:", f"    {found}"]
        else:
            if usage.is_mandatory:
                test = f"{value} is None"
                test += f" and {self._codes.holds_not(row.unless)}" if row.unless else ""
                lines += [f"if {test}:", f"    {self._found(row, column, 'missing-mandatory')}"]
            if row.only_when:
                lines += self._conditional(row, column, value)
            lines += self._value_rules(row, column, value)
            if row.is_equal(column):
                lines += self._equality(row, column, value)
        clause = row.clause or self._service.section
        words = f"{row.name}: {row.cells[column] or 'blank'} ({clause})"
        if lines:
            yield Rule(words, fitted(lines, 8))

    def _conditional(self, row: Row, column: str, value: str) -> list[str]:
        name = next(iter(row.only_when))
        other = next(each for each in self._service.rows if each.name == name)
        test = f"{value} is not None and self._{other.attribute} is not None"
        found = self._found(row, column, "forbidden-conditional")
        return [f"if {test} and {self._codes.holds_not(row.only_when)}:", f"    {found}"]

    def _value_rules(self, row: Row, column: str, value: str) -> list[str]:
        if row.value and row.usage(column).is_fixed:
            found = self._found(row, column, "wrong-fixed-value")
            test = f"{value} is not None and {value} != {layout.literal(row.value)}"
            return [f"if {test}:", f"    {found}"]
        if row.same_as and row.usage(column).is_fixed:
            other = attribute_of(row.same_as, self._service)
            found = self._found(row, column, "wrong-fixed-value")
            lines = []
            if column == "response":
                expected = f"indication._{other}"
                test = f"{value} is not None and indication is not None and {value} != {expected}"
                lines += [f"if {test}:", f"    {found}"]
            return lines
        return self._checks(row, column, value)

    def _checks(self, row: Row, column: str, value: str) -> list[str]:
        call = self._check(row, column, value)
        if row.kind in (ValueKind.CODE, ValueKind.DIAGNOSTIC):
            return call
        if not call:
            return []
        label = f"{layout.literal(row.attribute)}, {layout.literal(row.name)}"
        *before, check = call
        lines = [*before, f"found += told({label}, {check})"]
        return [f"if {value} is not None:", *(f"    {line}" for line in lines)]

    def _check(self, row: Row, column: str, value: str) -> list[str]:
        is_offer = column in ("request", "indication")
        clause = layout.literal(FAMILY.cited(row.clause))
        match row.kind:
            case ValueKind.CODE:
                found = self._found(row, column, "invalid-value", f".given({value})")
                test = f"{value} is not None and {value} not in {self._codes.table(row)}"
                return [f"if {test}:", f"    {found}"]
            case ValueKind.DIAGNOSTIC:
                return self._diagnostic_rule(row, column, value)
            case ValueKind.AE_TITLE:
                return [f"check_title({value})"]
            case ValueKind.UID:
                return [f"check_uid({value})"]
            case ValueKind.CONTEXT_DEFINITIONS:
                return [f"check_definitions({value}, {clause})"]
            case ValueKind.CONTEXT_RESULTS:
                proposed = self._of_indication("proposed", ValueKind.CONTEXT_DEFINITIONS, column)
                known = "proposed" if proposed else "None"
                return [*proposed, f"check_results({value}, {known}, {clause})"]
            case ValueKind.USER_DATA if is_offer:
                return [f"check_requested({value})"]
            case ValueKind.USER_DATA:
                offered = self._of_indication("offered", row.kind, column)
                return [*offered, f"check_answered({value}, {'offered' if offered else 'None'})"]
            case ValueKind.DATA_VALUES:
                return [f"check_data_values({value}, {clause})"]
            case _:
                return []

    def _of_indication(self, name: str, kind: ValueKind, column: str) -> list[str]:
        """Return the line that takes a value of the indication; none where there is none."""
        row = next((each for each in self._service.rows if each.kind is kind), None)
        if row is None or column != "response":
            return []
        return [f"{name} = None if indication is None else indication._{row.attribute}"]

    def _diagnostic_rule(self, row: Row, column: str, value: str) -> list[str]:
        source = f"self._{self._codes.source_of_diagnostics.attribute}"
        # A response is the user's; the source is written in the confirmation (7.1.2).
        without = self._codes.source_without if column == "response" else 0
        known = f"{source} or {without}"
        found = self._found(row, column, "invalid-value", f".given({value})")
        test = f"{value} is not None and {value} not in codes"
        if column != "response":
            test = f"{source} is not None and {test}"
        codes = f"codes = {self._codes.table(row)}.get({known}, ())"
        return [codes, f"if {test}:", f"    {found}"]

    def _equality(self, row: Row, column: str, value: str) -> list[str]:
        previous = PREVIOUS[column]
        if row.kind is ValueKind.UNUSED or previous not in self._service.columns:
            return []
        other = f"{previous}._{row.attribute}"
        found = self._found(row, column, "not-equal", f".given({value})")
        test = f"{previous} is not None and {value} is not None and {other} is not None"
        return [f"if {test} and {value} != {other}:", f"    {found}"]

    def _found(self, row: Row, column: str, rule: str, given: str = "") -> str:
        suffix = _SUFFIXES[rule]
        name = f"_{column}_{row.attribute}_{suffix}".upper()
        cell = row.cells[column]
        printed = f"{cell!r}".strip("'") or "blank"
        article = "an" if self._service.name[0] == "A" else "a"
        where = f"{printed} in {article} {self._service.name} {column}"
        text = _TEXTS[rule].format(
            name=row.name,
            where=where,
            attribute=row.attribute,
            value=row.value or f"that of the {row.same_as} in the indication",
            previous=PREVIOUS.get(column, ""),
            condition=_words(row.only_when),
        )
        lines = (
            f"    rule={layout.literal(rule)},",
            f"    parameter={layout.literal(row.attribute)},",
            f"    message={layout.literal(text)},",
            f"    reference={layout.literal(reference(row, self._service))},",
        )
        constant = Constant(name, lines)
        if constant not in self.constants:
            self.constants.append(constant)
        return f"found.append({name}{given})"


def reference(row: Row, service: Service) -> str:
    """Return the clause and the table of a row."""
    return FAMILY.cited(row.clause or service.section, row.table)


def attribute_of(name: str, service: Service) -> str:
    """Return the attribute of the row that is called `name`."""
    return next(row.attribute for row in service.rows if row.name == name)


_SUFFIXES = {
    "missing-mandatory": "missing",
    "must-be-absent": "must_be_absent",
    "wrong-fixed-value": "wrong_value",
    "invalid-value": "invalid",
    "forbidden-conditional": "forbidden",
    "not-equal": "not_equal",
}
_TEXTS = {
    "missing-mandatory": "{name} is missing: it is {where}; set {attribute}",
    "must-be-absent": "{name} is present: it is {where}; leave {attribute} unset",
    "wrong-fixed-value": "{name} has another value than its fixed one, {value}: it is {where}",
    "invalid-value": "{name} has a value that is not listed: it is {where}; correct {attribute}",
    "forbidden-conditional": "{name} is present: it is {where}, and only with {condition}; "
    "leave {attribute} unset",
    "not-equal": "{name} differs from that of the {previous}: it is {where}",
}


def _words(condition: Condition) -> str:
    return " and ".join(
        f"a {name} of {' or '.join(member.lower().replace('_', '-') for member in members)}"
        for name, members in condition.items()
    )
