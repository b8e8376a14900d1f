"""What the SOP classes of DICOM PS3.4 ask of data sets, generated from its tables.

`check` holds a message against the tables of its SOP class; `refuse` makes the response to one that
is not what they ask.

This file is copied as it is from `templates/sop_classes/__init__.py`. Do not edit the copy.
"""

from __future__ import annotations

from ._check import check, has_tables_for, meaning_of
from ._data_set import DataSetError
from ._instances import Instances
from ._refuse import refuse
from ._registry import SOP_CLASSES, sop_class
from ._sop_class import AttributeRow, SOPClass
from ._tables import Status
from ._violations import SOPClassViolation

__all__ = [
    "SOP_CLASSES",
    "AttributeRow",
    "DataSetError",
    "Instances",
    "SOPClass",
    "SOPClassViolation",
    "Status",
    "check",
    "has_tables_for",
    "meaning_of",
    "refuse",
    "sop_class",
]
