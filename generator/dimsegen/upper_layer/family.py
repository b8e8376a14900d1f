"""What is peculiar to the tables of PS3.8, as data."""

from __future__ import annotations

from ..families import Family
from ..table.usage import EQUAL_TO_LEFT, Usage

# PS3.8 Section 5.
LEGEND = {
    EQUAL_TO_LEFT: "Equal to the value in the request, or in the response",
    Usage.CONDITIONAL.value: "Conditional (on user option)",
    Usage.MANDATORY.value: "Mandatory",
    Usage.MANDATORY_FIXED.value: "Mandatory, with a fixed value",
    Usage.NOT_USED.value: "Not used",
    Usage.PROVIDER.value: "Provider initiated",
    Usage.OPTIONAL.value: "User option",
    Usage.OPTIONAL_FIXED.value: "User option, with a fixed value",
    Usage.BLANK.value: "Not applicable",
}
# The columns that may say (=), each with the one whose value it then has.
EQUAL_TO = {"indication": "request", "confirmation": "response"}
USAGES = tuple(usage for usage in Usage if usage.value in LEGEND)
# What can be printed in a cell. A blank one, and what the provider initiates, equal nothing.
CELLS = (
    *(usage.value for usage in USAGES),
    *(
        f"{usage.value}{EQUAL_TO_LEFT}"
        for usage in USAGES
        if usage not in (Usage.BLANK, Usage.PROVIDER)
    ),
)

FAMILY = Family(
    name="upper_layer",
    part="PS3.8",
    document="part08.xml",
    page="part08.html",
    base="UpperLayerPrimitive",
    legend=LEGEND,
    usages=USAGES,
    folder="upper_layer",
    is_laid_over=True,
)
