"""What a request of each service may have: tables of other families name these parameters."""

from __future__ import annotations

from collections.abc import Mapping

from .model import Schema


def parameters_of_requests(schema: Schema) -> Mapping[str, tuple[str, ...]]:
    """Return the keywords of the parameters of each request, by service."""
    return {
        service.name: tuple(
            row.keyword
            for row in service.rows
            if not row.cells[next(iter(service.columns))].usage.is_forbidden
        )
        for service in schema.services
    }
