"""Read the old version in the keywords of the new one.

What was only renamed is compared with itself, so that a rename is one finding. A rename counts if
the old version has nothing but the one name and the new version nothing but the other; the new
version declares it or, on the way back, the old one does.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, TypeVar

from ...sets.finding import Finding
from ...sets.verdicts import KEEPS, REPLACES
from ...table.condition import Leaf, Present, PresentInRequest, with_leaves
from ...table.erratum import Erratum
from ..family import elements_in
from ..model import Message, Parameter, Row, Schema, Service, StatusType

_WithFields = TypeVar("_WithFields", Message, StatusType)


@dataclass(frozen=True)
class Renames:
    """The renames between two versions.

    Attributes
    ----------
    schema : Schema
        The old version in the keywords of the new one.
    elements : mapping of str to str
        Former to new keyword, of elements and data sets.
    rows : mapping of str to mapping
        The same of rows, by service.
    """

    old: Schema
    new: Schema
    schema: Schema
    elements: Mapping[str, str]
    rows: Mapping[str, Mapping[str, str]]

    def element_findings(self) -> Iterator[Finding]:
        """Yield the elements and data sets that were renamed."""
        for former, keyword in self.elements.items():
            parameter = self.new.parameters[keyword]
            yield Finding(
                "renamed",
                f"{former} is called {keyword}",
                "",
                "",
                parameter,
                former,
                keyword,
                KEEPS.senders,
                KEEPS.receivers,
                elements_in(parameter.standard),
                parameter.position,
            )

    def row_findings(self, service: Service) -> Iterator[Finding]:
        """Yield the rows of `service` that were renamed; the message may show another element."""
        for former, keyword in self.rows.get(service.name, {}).items():
            row = next(row for row in service.rows if row.keyword == keyword)
            before = self.schema.parameters[former]
            is_same = (before.tag, before.vr) == (row.parameter.tag, row.parameter.vr)
            verdicts = KEEPS if is_same else REPLACES
            yield Finding(
                "renamed",
                f"{before.name} of {service.name} is called {row.parameter.name}",
                service.name,
                "",
                row.parameter,
                former,
                keyword,
                verdicts.senders,
                verdicts.receivers,
                f"{service.standard.name} {row.clause}, Table {service.table}",
                row.position,
            )


def renames_between(old: Schema, new: Schema) -> Renames:
    """Return what was renamed between `old` and `new`."""
    elements = _renamed(old.parameters, new.parameters)
    schema = _with_elements(old, elements) if elements else old
    after = {service.name: service for service in new.services}
    rows = {
        service.name: _renamed(_rows(service), _rows(after[service.name]))
        for service in schema.services
        if service.name in after
    }
    services = tuple(
        _with_rows(service, rows[service.name], after[service.name])
        if rows.get(service.name)
        else service
        for service in schema.services
    )
    errata = {key: _erratum(each, rows) for key, each in schema.errata.items()}
    schema = replace(schema, services=services, errata=errata)
    return Renames(old, new, schema, elements, rows)


def _rows(service: Service) -> dict[str, Row]:
    return {row.keyword: row for row in service.rows}


def _renamed(
    old: Mapping[str, Parameter] | Mapping[str, Row],
    new: Mapping[str, Parameter] | Mapping[str, Row],
) -> dict[str, str]:
    there = [(each.renamed_from, key) for key, each in new.items()]
    back = [(key, each.renamed_from) for key, each in old.items()]
    return {
        former: keyword
        for former, keyword in (*there, *back)
        if former in old and keyword in new and former not in new and keyword not in old
        if former is not None and keyword is not None
    }


def _with_elements(schema: Schema, names: Mapping[str, str]) -> Schema:
    parameters = {key: _parameter(each, names) for key, each in schema.parameters.items()}
    by_name = {each.keyword: each for each in parameters.values()}
    of_all = {service.name: names for service in schema.services}
    return replace(
        schema,
        errata={key: _erratum(each, of_all) for key, each in schema.errata.items()},
        parameters=by_name,
        status_types=tuple(_fields(each, names, by_name) for each in schema.status_types),
        services=tuple(
            replace(
                _service(service, names, by_name),
                statuses=tuple(_fields(each, names, by_name) for each in service.statuses),
            )
            for service in schema.services
        ),
    )


def _with_rows(service: Service, names: Mapping[str, str], new: Service) -> Service:
    return _service(service, names, {row.keyword: row.parameter for row in new.rows})


def _erratum(erratum: Erratum, rows: Mapping[str, Mapping[str, str]]) -> Erratum:
    cells = tuple(
        (service, rows.get(service, {}).get(keyword, keyword))
        for service, keyword in erratum.applies_to
    )
    return replace(erratum, applies_to=cells)


def _parameter(parameter: Parameter, names: Mapping[str, str]) -> Parameter:
    equals = names.get(parameter.equals or "", parameter.equals)
    return replace(
        parameter, keyword=names.get(parameter.keyword, parameter.keyword), equals=equals
    )


def _fields(
    of: _WithFields, names: Mapping[str, str], parameters: Mapping[str, Parameter]
) -> _WithFields:
    fields: Any = tuple(
        replace(field, parameter=_named(field.parameter, names, parameters)) for field in of.fields
    )
    return replace(of, fields=fields)


def _service(
    service: Service, names: Mapping[str, str], parameters: Mapping[str, Parameter]
) -> Service:
    return replace(
        service,
        rows=tuple(_row(row, names, parameters) for row in service.rows),
        messages={
            column: _fields(message, names, parameters)
            for column, message in service.messages.items()
        },
        examples={
            column: {names.get(keyword, keyword): value for keyword, value in values.items()}
            for column, values in service.examples.items()
        },
    )


def _row(row: Row, names: Mapping[str, str], parameters: Mapping[str, Parameter]) -> Row:
    conditions = (row.required_when, row.forbidden_when, row.permitted_when)
    required, forbidden, permitted = (
        None if each is None else with_leaves(each, partial(_leaf, names=names))
        for each in conditions
    )
    return replace(
        row,
        parameter=_named(row.parameter, names, parameters),
        equals=names.get(row.equals or "", row.equals),
        required_when=required,
        forbidden_when=forbidden,
        permitted_when=permitted,
    )


def _named(
    parameter: Parameter, names: Mapping[str, str], parameters: Mapping[str, Parameter]
) -> Parameter:
    return parameters.get(names.get(parameter.keyword, parameter.keyword), parameter)


def _leaf(leaf: Leaf, names: Mapping[str, str]) -> Leaf:
    match leaf:
        case Present(keyword):
            return Present(names.get(keyword, keyword))
        case PresentInRequest(keyword):
            return PresentInRequest(names.get(keyword, keyword))
    return leaf
