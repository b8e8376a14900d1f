"""Every cell is flipped, and whoever breaks is shown a message that was run."""

from __future__ import annotations

from functools import cache

import pytest
from dimsegen.dimse.family import USAGES
from dimsegen.dimse.model import Service
from dimsegen.dimse.witness import assess
from dimsegen.sets.finding import Side, Verdict

from .witness_cases import changed, check, flip, schema

SERVICES = {service.name: service for service in schema().services}


@cache
def cells(service: str) -> tuple[tuple[str, str], ...]:
    """Return the cells of the columns that make up a class of their own."""
    table = SERVICES[service]
    columns = [column for column, each in table.messages.items() if each.primitive is None]
    return tuple((row.keyword, column) for row in table.rows for column in columns)


def flips(service: Service, number: int, keyword: str, column: str) -> Service | None:
    """Return the service with one other code in a cell: codes take turns over the cells."""
    codes = list(USAGES)
    turned = codes[number % len(codes) :] + codes[: number % len(codes)]
    legal = (flip(service, keyword, column, usage) for usage in turned)
    return next((each for each in legal if each is not None), None)


def test_the_cells_are_those_of_the_tables_but_for_cancel() -> None:
    # 205 cells, less the 20 of the cancel columns: those of three services are one class.
    every = sum(len(row.cells) for each in SERVICES.values() for row in each.rows)
    cancel = sum("cancel" in row.cells for each in SERVICES.values() for row in each.rows)
    assert sum(len(cells(service)) for service in SERVICES) == every - cancel
    assert every == 205


@pytest.mark.parametrize("service", SERVICES)
def test_each_side_that_breaks_is_shown_a_message(service: str) -> None:
    for number, (keyword, column) in enumerate(cells(service)):
        new = flips(SERVICES[service], number, keyword, column)
        if new is None:
            # A data set that the message does not carry: no code but the dash is legal.
            parameter = schema().parameters[keyword]
            assert parameter.is_data_set
            continue
        after = new
        change = changed(service, lambda _, after=after: after)  # type: ignore[misc]
        # A condition that a cell now decides by may no longer decide the cell beside it.
        assert (keyword, column) in {(each.keyword, each.direction) for each in change.findings}
        for assessed in assess(change.findings, *change.versions):
            finding = assessed.finding
            breaks = {side for side in Side if finding.verdict(side) is Verdict.BREAKS}
            assert breaks <= set(assessed.counterexamples)
            for example in assessed.counterexamples.values():
                check(change, example)
