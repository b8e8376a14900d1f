"""What the codes of a diagnostic depend on: those of another field of the PDU that conveys it."""

from __future__ import annotations

from collections.abc import Mapping

from ..model import Service, Structure, Value


def diagnostics_of(
    service: Service, structures: Mapping[str, Structure]
) -> tuple[str, tuple[Value, ...]] | None:
    """Return the enumeration that the diagnostics of `service` depend on, and their values.

    Returns
    -------
    tuple or None
        None if no PDU of the service has values that depend on others.
    """
    for structure in structures.values():
        if service.name in structure.becomes:
            for values in structure.values.values():
                for name in (name for value in values for name in value.when):
                    fields = [each for each in structure.fields if each.name == name]
                    return fields[0].of if fields else "", values
    return None
