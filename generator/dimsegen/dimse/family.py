"""What is peculiar to the tables of PS3.7, as data."""

from __future__ import annotations

from ..families import PUBLISHED, Family
from ..table.standard import Standard
from ..table.usage import EQUAL_TO_LEFT, Usage

STANDARD = "PS3.7"
# As NEMA publishes it: what tables are printed in that no other document is named for.
_PAGE = "part07.html"
PRINTED = Standard(STANDARD, link=f"{PUBLISHED}/{_PAGE}#{{kind}}_{{place}}")
ANNEX = "Annex C"
ELEMENTS = "Annex E"


def statuses_in(standard: Standard) -> str:
    """Return where a document has its statuses: ``PS3.7 Annex C``."""
    return f"{STANDARD} {ANNEX}" if standard == PRINTED else standard.name


def elements_in(standard: Standard) -> str:
    """Return where a document has its elements: ``PS3.7 Annex E``."""
    return f"{STANDARD} {ELEMENTS}" if standard == PRINTED else standard.name


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
    page=_PAGE,
    file="elements.yaml",
    base="DIMSEPrimitive",
    legend=LEGEND,
    usages=USAGES,
    is_laid_over=True,
)
