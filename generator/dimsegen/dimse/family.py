"""What is peculiar to the tables of PS3.7, as data."""

from __future__ import annotations

from ..families import Family
from ..table.usage import EQUAL_TO_LEFT, Usage

STANDARD = "PS3.7"
ANNEX = "Annex C"
ELEMENTS = "Annex E"

# PS3.7 Section 5.
LEGEND: dict[str, str] = {
    EQUAL_TO_LEFT: "Equal to the value in the column to the left",
    Usage.NOT_APPLICABLE.value: "Not applicable: shall not be present",
    Usage.CONDITIONAL.value: "Conditional: the text states the condition",
    Usage.MANDATORY.value: "Mandatory",
    Usage.MANDATORY_FIXED.value: "Mandatory, with a fixed value",
    Usage.OPTIONAL.value: "At the option of the DIMSE service user",
    Usage.OPTIONAL_FIXED.value: "At the option of the DIMSE service user, with a fixed value",
}
USAGES = tuple(usage for usage in Usage if usage.value in LEGEND)

FAMILY = Family(
    name="dimse",
    part=STANDARD,
    document="part07.xml",
    page="part07.html",
    marker="elements.yaml",
    base="DIMSEPrimitive",
    legend=LEGEND,
    usages=USAGES,
)
