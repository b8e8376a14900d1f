"""Show results: as an aligned table for a person, as JSON for a program.

Invariant: both say the same, and both are made from results alone.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence

from .result import Measure, Result, Unit

HEADINGS = ("name", "ours", "theirs", "ratio", "target", "verdict")
_SCALES = ((1e9, "s"), (1e6, "ms"), (1e3, "µs"), (1.0, "ns"))
_FACTORS = (Measure.TIMES, Measure.GAIN)
_VERDICTS = {True: "pass", False: "FAIL", None: ""}


def render(results: Sequence[Result]) -> str:
    """Return the table, one line a result; only the first and the last column stand left."""
    rows = [HEADINGS, *map(_cells, results)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    return "\n".join([lines[0], "  ".join("-" * width for width in widths), *lines[1:]])


def to_json(results: Sequence[Result], versions: Mapping[str, str]) -> str:
    """Return the results, and the versions of what was measured, as JSON."""
    items = [
        {
            "name": result.name,
            "ours": result.ours,
            "theirs": result.theirs,
            "unit": result.unit.value,
            "measure": result.measure.value,
            "ratio": result.ratio,
            "limit": result.limit,
            "passed": result.passed,
        }
        for result in results
    ]
    return json.dumps({"versions": versions, "results": items}, indent=2) + "\n"


def quantity(value: float | None, unit: Unit) -> str:
    """Return `value` for a person, e.g. ``3.90 µs`` or ``547 B``."""
    if value is None:
        return "-"
    if unit is Unit.BYTES:
        return f"{value:.0f} B"
    if unit is Unit.PER_SECOND:
        return f"{value:.0f} /s"
    scale, name = next((item for item in _SCALES if value >= item[0]), _SCALES[-1])
    number = value / scale
    return f"{number:.{2 if number < 10 else 1 if number < 100 else 0}f} {name}"


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    name, *numbers, verdict = cells
    shown = (number.rjust(width) for number, width in zip(numbers, widths[1:-1], strict=True))
    return "  ".join((name.ljust(widths[0]), *shown, verdict)).rstrip()


def _cells(result: Result) -> tuple[str, ...]:
    return (
        result.name,
        quantity(result.ours, result.unit),
        quantity(result.theirs, result.unit),
        _ratio(result.ratio, result.measure),
        _target(result),
        _VERDICTS[result.passed],
    )


def _ratio(ratio: float | None, measure: Measure) -> str:
    if ratio is None:
        return "-"
    return f"{ratio:.2f}x" if measure in _FACTORS else f"{ratio:.2f}"


def _target(result: Result) -> str:
    if result.limit is None:
        return ""
    if result.measure is Measure.OURS:
        return f"<= {quantity(result.limit, result.unit)}"
    return f">= {result.limit:g}x" if result.measure in _FACTORS else f"<= {result.limit:g}"
