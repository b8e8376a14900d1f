"""The attributes that there are: those of the dictionary."""

from __future__ import annotations

from functools import cache

from pydicom._dicom_dict import DicomDictionary
from pydicom.datadict import keyword_for_tag, tag_for_keyword

from ...reading.position import Position
from ...reading.problems import Report


def tag_of(
    keyword: str, position: Position, report: Report, rule: str = "unknown-attribute"
) -> int | None:
    """Return the tag of an attribute; report a keyword that the dictionary does not have."""
    tag = tag_for_keyword(keyword)
    if tag is None:
        report.add_unknown(position, rule, keyword, _keywords())
    return tag


@cache
def _keywords() -> tuple[str, ...]:
    return tuple(filter(None, map(keyword_for_tag, DicomDictionary)))
