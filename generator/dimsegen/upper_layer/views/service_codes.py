"""The codes that the parameters of a service may have, and what depends on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ...code import layout
from ..loader.diagnostics import diagnostics_of
from ..model import Condition, Contents, Row, Service, UpperLayer, Value, ValueKind


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

    @property
    def source_without(self) -> int:
        """The source that is sent where the response names none (PS3.8 7.1.1.8)."""
        source = self.source_of_diagnostics
        fields = [
            field
            for structure in self._layer.structures.values()
            if self._service.name in structure.becomes
            for field in structure.fields
            if field.conveys == source.name and field.without
        ]
        return self.named(source)[fields[0].without] if fields else 0

    def words(self, row: Row) -> Mapping[str, object]:
        """Return what the tables say of a parameter where people are told what it is."""
        conveyed = [
            (structure, field)
            for structure in self._layer.structures.values()
            for field in structure.fields
            if self._service.name in structure.becomes
        ]
        if row.kind is ValueKind.AE_TITLE:
            titles = (field for _, field in conveyed if field.contents is Contents.AE_TITLE)
            return {"width": next(titles).width}
        if row.kind is ValueKind.DIAGNOSTIC:
            found = [structure for structure, field in conveyed if field.conveys == row.name]
            table = f"Table {found[0].places[0].table}" if found else "its PDU"
            return {"table": table, "source": self.source_of_diagnostics.name}
        return {}

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
                    if not value.is_reserved:
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
