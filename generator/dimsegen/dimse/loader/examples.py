"""Read the examples of a service: the values of a typical message of each column.

An example is of a parameter of the service, and its text is a value of its VR. Whether the message
keeps the rules is not decided here: whoever changes a cell to a dash need not hurry, and a test
runs them all.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...reading.names import Names
from ...reading.problems import Report
from ...reading.values import Fields, Number, Word
from ...table.column import Column
from ...table.notation import hex4
from ...table.vr import is_value_of, vr_of
from ..model import Parameter, StatusType
from .lines import Line

_TAGS = re.compile(r"\([0-9A-F]{4},[0-9A-F]{4}\)( \([0-9A-F]{4},[0-9A-F]{4}\))*")
_BYTES = re.compile(r"[0-9A-F]{2}( ?[0-9A-F]{2})*")


def build_examples(
    document: Fields,
    columns: Mapping[str, Column],
    lines: Names[Line],
    statuses: Names[StatusType],
    report: Report,
) -> dict[str, dict[str, int | str]]:
    """Return the example values by column and keyword.

    Parameters
    ----------
    document : Fields
        The file, read as `documents.DOCUMENT`.
    columns : mapping of str to Column
        The columns of the service table; none if nobody could read them.
    lines : Names of Line
        The lines of the service table.
    statuses : Names of StatusType
        The statuses that are listed; what they permit may be in a response, too.
    report : Report
        Receives what is wrong.
    """
    written = document.fields("examples")
    names = Names("example-column", dict.fromkeys(columns, ""), is_open=not columns)
    found: dict[str, dict[str, int | str]] = {}
    for column, place, fields in written.records() if written else ():
        names.find(column, place, report)
        known = {keyword: line.parameter for keyword, line in lines.found.items()}
        known |= (
            _status_fields(statuses) if column in columns and columns[column].has_status else {}
        )
        is_open = not columns or lines.is_open or statuses.is_open
        keywords = Names("example-keyword", known, tuple(lines), is_open)
        found[column] = _values(fields, keywords, report)
    return found


def _status_fields(statuses: Names[StatusType]) -> dict[str, Parameter | None]:
    fields = [item for status in statuses.found.values() for item in status.fields]
    return {item.parameter.keyword: item.parameter for item in fields}


def _values(fields: Fields, names: Names[Parameter | None], report: Report) -> dict[str, int | str]:
    found: dict[str, int | str] = {}
    for keyword, position in fields.keys.items():
        parameter = names.find(keyword, position, report)
        value = fields.values.get(keyword)
        if parameter is None or not isinstance(value, Number | Word):
            continue
        content = value.value if isinstance(value, Number) else value.text
        if not _is_example(parameter.vr, content):
            shown = repr(content) if isinstance(content, str) else hex4(content)
            facts = {"value": shown, "vr": parameter.vr or "a data set", "what": _what(parameter)}
            report.add(value.position, "example-value", keyword=keyword, **facts)
        found[keyword] = content
    return found


def _is_example(vr: str | None, content: int | str) -> bool:
    if vr is not None and (vr_of(vr).maximum is not None or vr_of(vr).length is not None):
        return is_value_of(vr, content)
    pattern = _BYTES if vr is None else _TAGS
    return isinstance(content, str) and pattern.fullmatch(content) is not None


def _what(parameter: Parameter) -> str:
    if parameter.is_data_set:
        return 'its bytes in hex, such as "10 00 20 00"'
    vr = vr_of(parameter.vr)
    is_tags = vr.maximum is None and vr.length is None
    return 'tags such as "(0010,0020) (0010,0010)"' if is_tags else vr.meaning
