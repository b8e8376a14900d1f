"""The attributes that there are: those of the dictionary, and the private ones of the files."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from pydicom._dicom_dict import DicomDictionary
from pydicom.datadict import keyword_for_tag, tag_for_keyword

from ...reading.position import Position
from ...reading.problems import Report
from ...reading.values import Fields
from ..model import FIRST_BLOCK, LAST_BLOCK, Dictionary, PrivateAttribute


def tag_of(
    keyword: str,
    position: Position,
    dictionary: Dictionary,
    report: Report,
    rule: str = "unknown-attribute",
) -> int | None:
    """Return the tag of an attribute; report a keyword that nobody has."""
    tag = dictionary.tag(keyword)
    if tag is None:
        known = (*dictionary.private, *_keywords())
        report.add_unknown(position, rule, keyword, known)
    return tag


@cache
def _keywords() -> tuple[str, ...]:
    return tuple(filter(None, map(keyword_for_tag, DicomDictionary)))


def build_dictionary(documents: Iterable[Fields], report: Report) -> Dictionary:
    """Return what `documents` say of private attributes, in their order."""
    blocks: dict[tuple[int, str], int] = {}
    found: dict[str, PrivateAttribute] = {}
    for document in documents:
        for keyword, position, fields in document.records("private_attributes"):
            if tag_for_keyword(keyword) is not None:
                report.add(position, "known-attribute", name=keyword)
            elif keyword in found:
                report.add(position, "second-attribute", name=keyword)
            elif fields.is_whole:
                found[keyword] = _private(keyword, position, fields, blocks)
    taken: dict[int, str] = {}
    for keyword, each in found.items():
        other = taken.setdefault(each.tag, keyword)
        if other != keyword:
            report.add(each.position, "attribute-of-another", name=keyword, other=other)
        if each.group % 2 == 0 or each.block > LAST_BLOCK:
            report.add(each.position, "private-group", name=keyword)
    return Dictionary(found)


def _private(
    keyword: str, position: Position, fields: Fields, blocks: dict[tuple[int, str], int]
) -> PrivateAttribute:
    group, element = int(fields.text("tag")[1:5], 16), int(fields.text("tag")[8:10], 16)
    creator = fields.text("creator")
    before = sum(known == group for known, _ in blocks)
    block = blocks.setdefault((group, creator), FIRST_BLOCK + before)
    name, vr, vm = (fields.text(key) for key in ("name", "vr", "vm"))
    return PrivateAttribute(keyword, name, creator, group, element, block, vr, vm, position)
