"""What the module of a service primitive says: its properties, its rules, its constructors."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from ...code import layout
from ...code.fit import fitted
from ...code.naming import class_name
from ...reading.problems import listed
from ..model import BLANK, EQUAL, Condition, Row, Service, UpperLayer, Value, ValueKind


@dataclass(frozen=True)
class Kind:
    """How a kind of value is stored: its type, what a setter takes, and what coerces that."""

    type: str
    taken: str
    coerce: str
    what: str


KINDS: Mapping[ValueKind, Kind] = {
    ValueKind.UID: Kind("UID", "UIDLike", "to_uid", "A UID of at most 64 characters"),
    ValueKind.AE_TITLE: Kind("str", "str", "to_title", "At most 16 characters"),
    ValueKind.ADDRESS: Kind("Address", "Address", "to_address", "Host and port"),
    ValueKind.TEXT: Kind("str", "str", "to_words", "A text"),
    ValueKind.CODE: Kind("int", "int", "to_code", "A code"),
    ValueKind.DIAGNOSTIC: Kind("int", "int", "to_code", "A code of Table 9-21, by result source"),
    ValueKind.USER_DATA: Kind(
        "tuple[UserDataSubItem, ...]",
        "Iterable[UserDataSubItem]",
        "to_user_data",
        "The user data sub-items",
    ),
    ValueKind.CONTEXT_DEFINITIONS: Kind(
        "tuple[PresentationContextDefinition, ...]",
        "Iterable[DefinitionLike]",
        "to_definitions",
        "The presentation contexts that are proposed",
    ),
    ValueKind.CONTEXT_RESULTS: Kind(
        "tuple[PresentationContextResult, ...]",
        "Iterable[ResultLike]",
        "to_results",
        "A result for each presentation context that was proposed",
    ),
    ValueKind.DATA_VALUES: Kind(
        "tuple[PresentationDataValueItem, ...]",
        "Iterable[PresentationDataValueItem]",
        "to_data_values",
        "The presentation data values",
    ),
    ValueKind.UNUSED: Kind("object", "object", "to_any", "Not used"),
}

# Each is held against the column before it; a response, against the indication that it answers.
PREVIOUS = {"indication": "request", "response": "indication", "confirmation": "response"}
_MANDATORY = ("M", "MF")
_FIXED = ("MF", "UF")
_ABSENT = ("NU", BLANK)


@dataclass(frozen=True)
class Property:
    """A property of the class."""

    name: str
    kind: Kind
    doc: tuple[str, ...]
    getter_head: str
    getter: str
    setter_head: str
    setter: tuple[str, ...]
    initial: tuple[str, ...]


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


@dataclass(frozen=True)
class Column:
    """A column: how a primitive is made for it, and its rules."""

    name: str
    article: str
    signature: tuple[str, ...]
    arguments: tuple[str, ...]
    valid: tuple[str, ...]
    previous: str
    violations: str
    validate: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True)
class PrimitiveView:
    """What is printed of a service."""

    class_name: str
    module: str
    service: str
    summary: str
    where: str
    parameters: tuple[str, ...]
    slots: str
    signature: tuple[str, ...]
    properties: tuple[Property, ...]
    columns: tuple[Column, ...]
    constants: tuple[Constant, ...]
    tables: tuple[str, ...]
    imports: tuple[str, ...]
    pdus: str
    methods: str


def primitive_view(service: Service, layer: UpperLayer) -> PrimitiveView:
    """Return what is printed of `service`."""
    writer = _Writer(service, layer)
    columns = tuple(writer.column(name) for name in service.columns)
    name = class_name(service.name)
    pdus = [s.class_name for s in layer.structures.values() if service.name in s.becomes]
    view = PrimitiveView(
        name,
        name.lower(),
        service.name,
        service.summary,
        f"PS3.8 {service.section}, {_tables(service)}",
        tuple(_parameters(service)),
        layout.bracketed(
            "__slots__ = (", layout.strings([f"_{row.attribute}" for row in service.rows]), ")", 4
        ).strip(),
        tuple(f"{row.attribute}: {KINDS[row.kind].taken} | None = None," for row in service.rows),
        tuple(_property(row, service) for row in service.rows),
        columns,
        tuple(writer.constants),
        tuple(writer.tables()),
        (),
        " | ".join(sorted(pdus)),
        listed([f"`{column}`" for column in service.columns]),
    )
    return _with_imports(view, pdus)


def _tables(service: Service) -> str:
    plural = "Tables" if len(service.tables) > 1 else "Table"
    return f"{plural} {' and '.join(service.tables)}"


def reference(row: Row, service: Service) -> str:
    """Return the clause and the table of a row."""
    return f"PS3.8 {row.clause or service.section}, Table {row.table}"


def _parameters(service: Service) -> Iterator[str]:
    for row in service.rows:
        given = [("name", row.name), ("reference", reference(row, service))]
        given += [(column, cell) for column, cell in row.cells.items() if cell]
        given += [("value", row.value)] if row.value else []
        given += [("equals", _attribute_of(row.same_as, service))] if row.same_as else []
        arguments = [f"{key}={layout.literal(value)}" for key, value in given]
        line = layout.bracketed(f'"{row.attribute}": ServiceParameter(', arguments, "),", 12)
        yield line.strip()


def _attribute_of(name: str, service: Service) -> str:
    return next(row.attribute for row in service.rows if row.name == name)


def _property(row: Row, service: Service) -> Property:
    kind, slot = KINDS[row.kind], f"_{row.attribute}"
    cells = [f"{service.columns[column]}: {cell or 'blank'}." for column, cell in row.cells.items()]
    what = f"{kind.what}; one of `{row.enumeration}`" if row.enumeration else kind.what
    doc = [f"The {row.name} ({reference(row, service)}).", ""]
    fixed = f", always {layout.literal(row.value).strip(chr(34))!r}" if row.value else ""
    if row.same_as:
        fixed = f", always the {row.same_as} of the indication"
    doc += layout.wrapped(f"{what}{fixed}; None where absent.", 8).split("\n")
    doc += ["", *layout.wrapped(" ".join(cells), 8).split("\n")]
    getter = f"as_uid(self.{slot})" if row.kind is ValueKind.UID else f"self.{slot}"
    setter = f"self.{slot} = {kind.coerce}(value, {layout.literal(row.name)})"
    doc[0] = f'"""{doc[0]}'
    lines = [*(line.strip() for line in doc), '"""']
    return Property(
        row.attribute,
        kind,
        tuple(lines),
        _head(row.attribute, "self", f"{kind.type} | None"),
        getter,
        _head(row.attribute, f"self, value: {kind.taken} | None", "None"),
        fitted([setter], 8),
        fitted([f"self.{row.attribute} = {row.attribute}"], 8),
    )


def _head(name: str, arguments: str, returned: str) -> str:
    line = f"    def {name}({arguments}) -> {returned}:"
    if len(line) <= layout.WIDTH:
        return line
    lone = "," if arguments == "self" else ""
    return f"    def {name}(\n        {arguments}{lone}\n    ) -> {returned}:"


class _Writer:
    def __init__(self, service: Service, layer: UpperLayer) -> None:
        self._service, self._layer = service, layer
        self.constants: list[Constant] = []
        self._known: dict[str, tuple[Value, ...]] = {}

    def column(self, name: str) -> Column:
        rows = self._service.rows
        usages = {row.attribute: row.cells[name].removesuffix(EQUAL) for row in rows}
        required = [row for row in rows if usages[row.attribute] in _MANDATORY]
        optional = [row for row in rows if usages[row.attribute] not in (*_MANDATORY, *_ABSENT)]
        signature = [f"{row.attribute}: {KINDS[row.kind].taken}," for row in required]
        signature += [
            f"{row.attribute}: {KINDS[row.kind].taken} | None = None," for row in optional
        ]
        previous = PREVIOUS.get(name, "")
        previous = previous if previous in self._service.columns else ""
        kind = class_name(self._service.name)
        takes = ["self", *([f"{previous}: {kind} | None = None"] if previous else [])]
        rules = tuple(rule for row in rows for rule in self._rules(row, name))
        return Column(
            name,
            f"{'an' if name[0] in 'aeiou' else 'a'} {name}",
            tuple(signature),
            tuple(f"{row.attribute}={row.attribute}," for row in (*required, *optional)),
            tuple(self._valid(required)),
            previous,
            layout.bracketed(f"def {name}_violations(", takes, ") -> tuple[Violation, ...]:", 4),
            layout.bracketed(f"def validate_{name}(", takes, ") -> None:", 4),
            rules,
        )

    def _valid(self, required: list[Row]) -> Iterator[str]:
        """Yield the lines that say whether every mandatory parameter is present."""
        tests = {row.attribute: f"self._{row.attribute} is not None" for row in required}
        unless = next((row.unless for row in required if row.unless), None)
        if unless is not None:
            always = [tests[row.attribute] for row in required if not row.unless]
            yield f"        if {self._holds(unless)}:"
            yield layout.returned(always, 12)
        yield layout.returned(list(tests.values()), 8)

    def _holds(self, condition: Condition) -> str:
        """Return the test for a condition on the value of another parameter."""
        tests = []
        for name, members in condition.items():
            row = next(each for each in self._service.rows if each.name == name)
            values = self._values(row)
            codes = [str(value.first) for value in values if value.name in members]
            tests.append(f"self._{row.attribute} in {layout.tuple_of(codes)}")
        return " and ".join(tests)

    def _holds_not(self, condition: Condition) -> str:
        """Return the test for a condition on one value that does not hold."""
        assert len(condition) == 1
        return self._holds(condition).replace(" in ", " not in ")

    def _values(self, row: Row) -> tuple[Value, ...]:
        if row.name in self._service.values:
            return self._service.values[row.name]
        for structure in self._layer.structures.values():
            for field in structure.fields:
                if field.of == row.enumeration and field.name in structure.values:
                    return structure.values[field.name]
        return ()

    def _diagnostics(self) -> tuple[Value, ...]:
        """Return the values that depend on another: those of Table 9-21."""
        for structure in self._layer.structures.values():
            if self._service.name in structure.becomes:
                for values in structure.values.values():
                    if any(value.when for value in values):
                        return values
        return ()

    def tables(self) -> Iterator[str]:
        """Yield the constants with the codes that a parameter may have."""
        for row in self._service.rows:
            if row.kind is ValueKind.CODE:
                codes = [str(value.first) for value in self._values(row) if value.name]
                yield f"{self._table(row)}: Final = {layout.tuple_of(codes)}"
            elif row.kind is ValueKind.DIAGNOSTIC:
                yield "# By result source."
                sources: dict[str, list[str]] = {}
                for value in self._diagnostics():
                    (source,) = (code for codes in value.when.values() for code in codes)
                    if value.text != "reserved":
                        sources.setdefault(source, []).append(str(value.first))
                inside = ", ".join(
                    f"{key}: {layout.tuple_of(codes)}" for key, codes in sources.items()
                )
                yield f"{self._table(row)}: Final = {{{inside}}}"

    def _table(self, row: Row) -> str:
        return f"_{row.attribute.upper()}_CODES"

    def _rules(self, row: Row, column: str) -> Iterator[Rule]:
        cell = row.cells[column]
        usage = cell.removesuffix(EQUAL)
        value = f"self._{row.attribute}"
        lines: list[str] = []
        if usage in _ABSENT:
            found = self._found(row, column, "must-be-absent")
            lines += [f"if {value} is not None:", f"    {found}"]
        else:
            if usage in _MANDATORY:
                test = f"{value} is None"
                test += f" and {self._holds_not(row.unless)}" if row.unless else ""
                lines += [f"if {test}:", f"    {self._found(row, column, 'missing-mandatory')}"]
            if row.only_when:
                lines += self._conditional(row, column, value)
            lines += self._value_rules(row, column, value, usage)
            if EQUAL in cell:
                lines += self._equality(row, column, value)
        clause = row.clause or self._service.section
        words = f"{row.name}: {cell or 'blank'} ({clause})"
        if lines:
            yield Rule(words, fitted(lines, 8))

    def _conditional(self, row: Row, column: str, value: str) -> list[str]:
        name = next(iter(row.only_when))
        other = next(each for each in self._service.rows if each.name == name)
        test = f"{value} is not None and self._{other.attribute} is not None"
        found = self._found(row, column, "forbidden-conditional")
        return [f"if {test} and {self._holds_not(row.only_when)}:", f"    {found}"]

    def _value_rules(self, row: Row, column: str, value: str, usage: str) -> list[str]:
        if row.value and usage in _FIXED:
            found = self._found(row, column, "wrong-fixed-value")
            test = f"{value} is not None and {value} != {layout.literal(row.value)}"
            return [f"if {test}:", f"    {found}"]
        if row.same_as:
            other = _attribute_of(row.same_as, self._service)
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
        match row.kind:
            case ValueKind.CODE:
                found = self._found(row, column, "invalid-value", f".given({value})")
                test = f"{value} is not None and {value} not in {self._table(row)}"
                return [f"if {test}:", f"    {found}"]
            case ValueKind.DIAGNOSTIC:
                return self._diagnostic_rule(row, column, value)
            case ValueKind.AE_TITLE:
                return [f"check_title({value})"]
            case ValueKind.UID:
                return [f"check_uid({value})"]
            case ValueKind.CONTEXT_DEFINITIONS:
                return [f"check_definitions({value})"]
            case ValueKind.CONTEXT_RESULTS:
                proposed = self._of_indication("proposed", ValueKind.CONTEXT_DEFINITIONS, column)
                return [*proposed, f"check_results({value}, {'proposed' if proposed else 'None'})"]
            case ValueKind.USER_DATA if is_offer:
                return [f"check_requested({value})"]
            case ValueKind.USER_DATA:
                offered = self._of_indication("offered", row.kind, column)
                return [*offered, f"check_answered({value}, {'offered' if offered else 'None'})"]
            case ValueKind.DATA_VALUES:
                return [f"check_data_values({value})"]
            case _:
                return []

    def _of_indication(self, name: str, kind: ValueKind, column: str) -> list[str]:
        """Return the line that takes a value of the indication; none where there is none."""
        row = next(each for each in self._service.rows if each.kind is kind)
        if column != "response":
            return []
        return [f"{name} = None if indication is None else indication._{row.attribute}"]

    def _diagnostic_rule(self, row: Row, column: str, value: str) -> list[str]:
        sources = [each for each in self._service.rows if each.enumeration == "RejectSource"]
        source = f"self._{sources[0].attribute}"
        # The source of a response is the user; it is written in the confirmation (7.1.2).
        known = f"{source} or 1" if column == "response" else f"{source} or 0"
        found = self._found(row, column, "invalid-value", f".given({value})")
        test = f"{value} is not None and {value} not in codes"
        if column != "response":
            test = f"{source} is not None and {test}"
        codes = f"codes = {self._table(row)}.get({known}, ())"
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


def _with_imports(view: PrimitiveView, pdus: list[str]) -> PrimitiveView:
    text = "\n".join(
        [
            *(line for column in view.columns for rule in column.rules for line in rule.lines),
            *(line for each in view.properties for line in each.setter),
            *(each.getter for each in view.properties),
            *(f"{each.kind.type} {each.kind.taken}" for each in view.properties),
        ]
    )
    used = set(re.findall(r"[A-Za-z_]+", re.sub(r'"[^"]*"', "", text)))
    lines = []
    iterables = ["Iterable"] if "Iterable" in used else []
    lines.append(f"from collections.abc import {', '.join([*iterables, 'Mapping'])}")
    lines.append("from types import MappingProxyType")
    final = ["Final"] if view.constants or view.tables else []
    lines.append(f"from typing import {', '.join(['TYPE_CHECKING', 'ClassVar', *final])}")
    lines.append("")
    if "UID" in used:
        lines += ["from pydicom.uid import UID", ""]
    common = used & {"UIDLike", "as_uid", "to_uid"}
    lines.append(layout.import_from(".._runtime", {"Violation"} | common))
    shared = used & _SHARED | {"ServiceParameter", "UpperLayerPrimitive", "raise_any"}
    lines.append(layout.import_from("_primitive", shared))
    if rules := used & _RULES:
        lines.append(layout.import_from("_rules", rules))
    for name, module in (
        ("PresentationDataValueItem", "presentation_data_value_item"),
        ("UserDataSubItem", "user_information_item"),
    ):
        if name in used:
            lines.append(f"from .{module} import {name}")
    lines += ["", "if TYPE_CHECKING:"]
    lines += [f"    from .{name.lower()} import {name}" for name in sorted(pdus)]
    return replace(view, imports=tuple(lines))


_SHARED = {
    "Address",
    "DefinitionLike",
    "PresentationContextDefinition",
    "PresentationContextResult",
    "ResultLike",
    "to_address",
    "to_any",
    "to_code",
    "to_data_values",
    "to_definitions",
    "to_results",
    "to_title",
    "to_user_data",
    "to_words",
}
_RULES = {
    "check_answered",
    "check_data_values",
    "check_definitions",
    "check_requested",
    "check_results",
    "check_title",
    "check_uid",
    "told",
}
