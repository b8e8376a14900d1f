"""What the tables of PS3.7 and PS3.4 say, as it would look if somebody typed it in code.

The literals of a file that are no documentation; which of them are a fact.
"""

from __future__ import annotations

import ast
import re
import tokenize
from collections.abc import Iterator
from io import StringIO
from pathlib import Path

from dimsegen.dimse.loader import load_schema as load_services
from dimsegen.sop_classes.loader import load_schema as load_sop_classes
from dimsegen.sop_classes.model import Row, Written
from dimsegen.sop_classes.printed_lines import tables_of
from dimsegen.table.usage import Usage

from tests.conftest import ROOT

_SERVICES = load_services(ROOT / "schemas")
_SOP_CLASSES = load_sop_classes(ROOT / "schemas")
# What begins the names of services, and what is printed of tags, statuses and usages.
_TEXT = re.compile(
    r"[CN]-|.*\b[CN]-[A-Z]{3,}.*|.*\b[0-9A-F]{4}H\b.*|.*\([0-9A-F]{4},[0-9A-F]{4}\).*"
    r"|[1-3]C?/[1-3]C?|[MUC]\(=\)",
    re.DOTALL,
)
# As tags and statuses are spelled; a number of other digits is something else.
_SPELLED = re.compile(r"(?<![`\w])0x(?:0000[0-9A-F]{4}|[0-9A-F]{4})\b(?!`)")


def _names() -> Iterator[str]:
    for parameter in _SERVICES.parameters.values():
        yield parameter.keyword
        if " " in parameter.name:
            yield parameter.name
    for service in _SERVICES.services:
        yield service.name
        yield from (message.name for message in service.messages.values())
    for table in tables_of(_SOP_CLASSES):
        parts = [table.written, *(t.written for t in (*table.event_types, *table.action_types))]
        yield from (keyword for part in parts for each in part for keyword in _keywords(each))
    yield from (each.keyword for each in _SOP_CLASSES.sop_classes)
    yield from (usage.value for usage in Usage if usage.value not in ("", "-"))


def _keywords(written: Written) -> Iterator[str]:
    if isinstance(written.what, Row):
        yield written.what.keyword
    for each in written.below:
        yield from _keywords(each)


def _codes() -> Iterator[int]:
    for each in _SERVICES.status_types:
        for pattern in each.patterns:
            start = int(pattern.replace("x", "0"), 16)
            yield from (start, start + 16 ** pattern.count("x"))


NAMES = frozenset(_names())
CODES = frozenset(_codes()) - {0, 1, 2}


def facts_in(path: Path) -> Iterator[str]:
    """Yield each literal of a file that is a fact of the tables, as it is spelled."""
    text = path.read_text(encoding="utf-8")
    yield from (each for each in literals(path) if isinstance(each, str) and _is_fact(each))
    yield from (each for each in _SPELLED.findall(text) if len(each) > 6 or int(each, 16) in CODES)


def _is_fact(text: str) -> bool:
    return text in NAMES or _TEXT.fullmatch(text) is not None


def without_jinja(text: str) -> str:
    """Return a template without what Jinja puts in, which comes from the rows."""
    text = re.sub(r"\{%.*?%\}\n?", "", re.sub(r"\{\{.*?\}\}", "name", text))
    # What is left need not be Python: it has the tokens of it.
    return re.sub(r"^ +", "", text, flags=re.MULTILINE)


def literals(path: Path) -> Iterator[object]:
    """Yield the numbers and texts of a file that are no documentation."""
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".j2":
        yield from _of_tree(ast.parse(text))
        return
    before = tokenize.NEWLINE
    for token in tokenize.generate_tokens(StringIO(without_jinja(text)).readline):
        is_said = before in (tokenize.NEWLINE, tokenize.NL)
        if token.type == tokenize.NUMBER or (token.type == tokenize.STRING and not is_said):
            yield ast.literal_eval(token.string.lstrip("fr"))
        before = token.type


def _of_tree(node: ast.AST) -> Iterator[object]:
    if isinstance(node, ast.Constant):
        yield node.value
    elif isinstance(node, ast.JoinedStr):
        parts = [each.value if isinstance(each, ast.Constant) else "{}" for each in node.values]
        yield "".join(map(str, parts))
        for each in node.values:
            if isinstance(each, ast.FormattedValue):
                yield from _of_tree(each.value)
    elif not (isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
        for child in ast.iter_child_nodes(node):
            yield from _of_tree(child)
