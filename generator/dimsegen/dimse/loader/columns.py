"""The columns of a DIMSE service table.

PS3.7 prints the request, what answers it, and for the C-services that can be cancelled the
cancel. A file names and heads them; what they are follows from their order, here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Mapping

from ...table.column import Column


def columns_of(headings: Mapping[str, str]) -> dict[str, Column]:
    """Return the columns with these headings, by name."""
    return {
        name: _column(number, name, heading, next(iter(headings)))
        for number, (name, heading) in enumerate(headings.items())
    }


def _column(number: int, name: str, heading: str, first: str) -> Column:
    if number == 0:
        return Column(name, heading)
    if number == 1:
        return Column(name, heading, answers=first, equal_to=first, has_status=True)
    return Column(name, heading, is_apart=True)
