"""What is peculiar to the tables of PS3.4, as data.

What their usage codes mean is in ``usages.yaml``: PS3.4 has a legend for each kind of table.
"""

from __future__ import annotations

from ..families import Family

FAMILY = Family(
    name="sop_classes",
    part="PS3.4",
    document="part04.xml",
    page="part04.html",
    base="SOPClass",
    legend={},
    usages=(),
    folder="sop_classes",
    is_laid_over=True,
)
