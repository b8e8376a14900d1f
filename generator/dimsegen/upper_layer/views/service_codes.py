"""The codes that the parameters of a service may have, and what depends on them."""

from __future__ import annotations

from collections.abc import Iterator

from ...code import layout
from ..loader.diagnostics import diagnostics_of
from ..model import Condition, Row, Service, UpperLayer, Value, ValueKind


class ServiceCodes:
    """The codes of one service: those of its own table, or those of the PDU that conveys it."""

    def __init__(self, service: Service, layer: UpperLayer) -> None:
        self._service, self._layer = service, layer

    def _values(self, row: Row) -> tuple[Value, ...]:
        if row.name in self._service.values:
            return self._service.values[row.name]
        for structure in self._layer.structures.values():
            for field in structure.fields:
                if field.of == row.enumeration and field.name in structure.values:
                    return structure.values[field.name]
        return ()

    def named(self, row: Row) -> dict[str, int]:
        """Return the codes that a parameter may have, by the names of their values."""
        return {value.name: value.first for value in self._values(row) if value.name}

    def _diagnostics(self) -> tuple[Value, ...]:
        """Return the values that depend on another: those of Table 9-21."""
        found = diagnostics_of(self._service, self._layer.structures)
        return found[1] if found else ()

    @property
    def source_of_diagnostics(self) -> Row:
        """The row whose codes say what those of the diagnostic mean."""
        found = diagnostics_of(self._service, self._layer.structures)
        assert found is not None, "the loader has seen that there is one"
        return next(each for each in self._service.rows if each.enumeration == found[0])

    def tables(self) -> Iterator[str]:
        """Yield the constants with the codes that a parameter may have."""
        for row in self._service.rows:
            if row.kind is ValueKind.CODE:
                codes = [str(value.first) for value in self._values(row) if value.name]
                yield f"{self.table(row)}: Final = {layout.tuple_of(codes)}"
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
                yield f"{self.table(row)}: Final = {{{inside}}}"

    def table(self, row: Row) -> str:
        """Return the constant with the codes that a parameter may have."""
        return f"_{row.attribute.upper()}_CODES"

    def holds(self, condition: Condition) -> str:
        """Return the test for a condition on the value of another parameter."""
        tests = []
        for name, members in condition.items():
            row = next(each for each in self._service.rows if each.name == name)
            values = self._values(row)
            codes = [str(value.first) for value in values if value.name in members]
            tests.append(f"self._{row.attribute} in {layout.tuple_of(codes)}")
        return " and ".join(tests)

    def holds_not(self, condition: Condition) -> str:
        """Return the test for a condition on one value that does not hold."""
        assert len(condition) == 1
        return self.holds(condition).replace(" in ", " not in ")
