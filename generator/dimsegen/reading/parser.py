"""Turn the text of a file into a tree, going on after a mistake where that can be done.

A line that is no YAML is reported once and costs no more than its own value; where the lines below
it cannot be understood without it, the tree is `Broken` and nothing is guessed.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

import yaml

from .events import TooDeepError, TreeBuilder
from .libyaml import libyaml_for
from .position import Position
from .problems import Problem, Report, lines_of
from .syntax import Mistake, diagnose
from .tree import Broken, Node

# Each of them costs a run of the YAML parser, and nobody mends more at a time.
_MOST_BROKEN_LINES = 50
_CONFLICT = re.compile(r"<{7} |={7}$|>{7} |\|{7} ")
_TABBED = re.compile(r" *\t\s*[^\s#]")
# Invisible to a person, but not to YAML or Python; a blank stands in for each.
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"})
_ALLOWED = frozenset(" \t\r\n")
# What they are taken for is not what was meant, so that an error after them is theirs.
_MISLEADING = frozenset({"alias", "yaml-tag"})
_NOT_IN_YAML = frozenset("\ufffe\uffff")
# A few folders of schemas: who compares many of them meets most files again.
_MOST_TREES = 256


def parse(text: str, file: str, report: Report) -> Node:
    """Return the tree of a YAML document; what cannot be read is `Broken` and reported.

    Parameters
    ----------
    text : str
        The content of the file.
    file : str
        Its path, for the positions.
    report : Report
        Receives syntax errors, duplicate keys and the YAML features that schemas do not use.
    """
    text = text.removeprefix("\ufeff")
    root, problems = _parsed(text, file, libyaml_for(text) is not None)
    report.include(problems)
    return root


@lru_cache(_MOST_TREES)
def _parsed(text: str, file: str, is_for_libyaml: bool) -> tuple[Node, tuple[Problem, ...]]:
    """Return the tree of a text and all that is wrong with it, as either parser tells it."""
    report = Report()
    seen = _without_invisible(text, file, report)
    if _has_conflict(seen, file, report):
        return Broken(Position(file, 1, 1)), report.problems
    loader = libyaml_for(seen) if is_for_libyaml or seen != text else None
    root = _parse_quickly(seen, file, loader) if loader else None
    return root or _parse_patiently(seen, file, report), report.problems


def _parse_quickly(text: str, file: str, loader: type[yaml.SafeLoader]) -> Node | None:
    """Return the tree of a text without any problem; None if it may have one."""
    report = Report()
    builder = TreeBuilder(text, file, (), report, loader(text))
    try:
        node = builder.build()
    except (yaml.YAMLError, TooDeepError):
        return None
    return None if report.problems or builder.has_empty_or_block else node


def _parse_patiently(text: str, file: str, report: Report) -> Node:
    """Return the tree of a text, going on after mistakes."""
    nothing = Broken(Position(file, 1, 1))
    broken_lines: set[int] = set()
    while len(broken_lines) < _MOST_BROKEN_LINES:
        loader = yaml.SafeLoader(text)
        try:
            return TreeBuilder(text, file, broken_lines, report, loader).build()
        except TooDeepError:
            return nothing
        except yaml.MarkedYAMLError as error:
            mistake = diagnose(error, text)
        except (ValueError, OverflowError):
            mistake = _stumble(loader.get_mark(), text)
        if mistake.line in broken_lines:
            return nothing
        _tell(mistake, text, file, report)
        broken_lines.add(mistake.line)
        mended = None if mistake.spoils_file else _mend(text, mistake)
        if mended is None:
            return nothing
        text = mended
    return nothing


def _without_invisible(text: str, file: str, report: Report) -> str:
    odd = {char for char in set(text) - _ALLOWED if _is_invisible(char)}
    if not odd:
        return text
    for number, line in enumerate(lines_of(text), 1):
        for column, char in enumerate(line, 1):
            if char in odd:
                name = unicodedata.name(char, "a control character")
                code = f"U+{ord(char):04X}"
                position = Position(file, number, column)
                report.add(position, "invisible", code=code, name=name.lower())
    return text.translate({ord(char): " " for char in odd})


def _is_invisible(char: str) -> bool:
    return unicodedata.category(char) in _INVISIBLE or char in _NOT_IN_YAML


def _has_conflict(text: str, file: str, report: Report) -> bool:
    lines = [number for number, line in enumerate(lines_of(text), 1) if _CONFLICT.match(line)]
    for number in lines[:1]:
        report.add(Position(file, number, 1), "merge-conflict")
    return bool(lines)


def _stumble(reached: yaml.Mark, text: str) -> Mistake:
    """Return the mistake where the YAML parser met a number that Python cannot hold."""
    line, column = reached.line + 1, reached.column + 1
    before = lines_of(text)[line - 1][:column]
    if "\\" in before:
        return Mistake(line, before.rindex("\\") + 1, "backslash")
    return Mistake(line, column, "syntax", {"problem": "a number out of range"}, spoils_file=True)


def _tell(mistake: Mistake, text: str, file: str, report: Report) -> None:
    for problem in report.problems:
        place = problem.position
        if (place.file, place.line) == (file, mistake.line) and problem.rule in _MISLEADING:
            return
    report.add(Position(file, mistake.line, mistake.column), mistake.rule, **mistake.facts)
    if mistake.rule == "tab" and mistake.spoils_file:
        for number, line in enumerate(lines_of(text), 1):
            if number != mistake.line and _TABBED.match(line):
                report.add(Position(file, number, line.index("\t") + 1), "tab")


def _mend(text: str, mistake: Mistake) -> str | None:
    """Return `text` without the value in the line of `mistake`; None if the line has no key."""
    lines = text.splitlines(keepends=True)
    line = lines[mistake.line - 1] if mistake.line <= len(lines) else ""
    end = line[len(line.rstrip("\r\n")) :]
    if mistake.rule == "stray-line":
        mended = f"#{end}"
    elif mistake.rule == "tab":
        mended = line.replace("\t", " ")
    elif item := re.match(r" *-(?=\s)", line):
        mended = item[0] + end
    elif key := re.match(r" *[\w.-]+", line):
        mended = f"{key[0]}:{end}"
    else:
        return None
    return "".join([*lines[: mistake.line - 1], mended, *lines[mistake.line :]])
