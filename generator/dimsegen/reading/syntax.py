"""Find the mistake behind an error of the YAML parser.

The parser says where it could not go on; the mistake that is reported is the one a person made, in
the place where it is to be mended. What makes no sense to a person who does not know YAML's grammar
is not said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import yaml

_WORD = re.compile(r"\s*(?:- +)?([\w.-]+)")
_KEY = re.compile(r"\s*(?:- +)?[\w.-]+:(?=\s|$)")
# A colon, or the space after it, is missing.
_BRACKET_AFTER_KEY = re.compile(r"\s*[\w.-]+(\s+|:)[{\[]")
_OPENING = {"}": "{", "]": "["}


@dataclass(frozen=True)
class Mistake:
    """A mistake in one line.

    Attributes
    ----------
    line, column : int
        Where it is, from 1.
    rule : str
        The rule that is broken.
    facts : mapping of str to object
        What its text needs to know.
    spoils_file : bool
        Whether the lines that follow cannot be understood without this one.
    """

    line: int
    column: int
    rule: str
    facts: Mapping[str, object] = field(default_factory=dict)
    spoils_file: bool = False


def diagnose(error: yaml.MarkedYAMLError, text: str) -> Mistake:
    """Return the mistake because of which `text` raised `error`."""
    diagnosis = _Diagnosis(error, text)
    problem = error.problem or ""
    for pattern, method in _DIAGNOSES:
        if match := re.match(pattern, problem):
            return method(diagnosis, match)
    return diagnosis.unclear()


class _Diagnosis:
    """What is known about one error."""

    def __init__(self, error: yaml.MarkedYAMLError, text: str) -> None:
        mark = error.problem_mark or error.context_mark
        self._problem = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        index = mark.index if mark else 0
        context = error.context_mark
        self._context = (context.line + 1, context.column + 1) if context else self._problem
        self._what = " ".join(filter(None, (error.context, error.problem)))
        self._lines = [*text.splitlines(), ""]
        self._tokens = list(_tokens_before(text, index))

    def unclear(self) -> Mistake:
        """Whatever has no diagnosis of its own."""
        return Mistake(*self._problem, "syntax", {"problem": self._what}, spoils_file=True)

    def tab(self, _: re.Match[str]) -> Mistake:
        line, column = self._problem
        is_indentation = not self._line(line)[: column - 1].strip()
        return Mistake(line, column, "tab", spoils_file=is_indentation)

    def reserved(self, match: re.Match[str]) -> Mistake:
        return Mistake(*self._problem, "reserved-character", {"char": match[1]})

    def reserved_start(self, _: re.Match[str]) -> Mistake:
        line, column = self._context
        char = self._line(line)[column - 1 : column]
        return Mistake(line, column, "reserved-character", {"char": char})

    def dash(self, _: re.Match[str]) -> Mistake:
        line, column = self._problem
        rest = self._line(line)[column:].strip()
        if rest and rest[0] not in ",}]#":
            return Mistake(line, column, "item-in-line")
        return Mistake(line, column, "bare-dash")

    def backslash(self, _: re.Match[str]) -> Mistake:
        line, column = self._problem
        before = self._line(line)[: column - 1]
        return Mistake(line, before.rfind("\\") + 1 or column, "backslash")

    def open_quote(self, _: re.Match[str]) -> Mistake:
        return self._torn_quote() or Mistake(*self._context, "unclosed-quote")

    def header(self, _: re.Match[str]) -> Mistake:
        return Mistake(*self._context, "block-text", {"label": ""})

    def tag(self, _: re.Match[str]) -> Mistake:
        line, column = self._context
        text = self._line(line)[column - 1 :]
        tag = re.match(r"[^\s,{}\[\]]*", text)
        return Mistake(line, column, "yaml-tag", {"tag": tag[0] if tag else text})

    def colon_expected(self, _: re.Match[str]) -> Mistake:
        return self._without_colon(self._context[0])

    def colon_unexpected(self, _: re.Match[str]) -> Mistake:
        line, column = self._problem
        whole = self._line(line)
        if _BRACKET_AFTER_KEY.match(whole):
            return self._without_colon(line)
        key = _KEY.match(whole)
        if key and key.end() < column:
            if "{" not in whole and whole.rstrip().endswith("}"):
                return self._no_opening(line, "{")
            return Mistake(line, column, "colon-in-text")
        above = self._line_above(line)
        if above and not _KEY.match(self._line(above)):
            return self._without_colon(above)
        return self._indentation(line)

    def flow(self, match: re.Match[str]) -> Mistake:
        close, got = match[1], match[2]
        if mistake := self._torn_quote() or self._unclosed(close):
            return mistake
        before = self._tokens[-1]
        line, column = before.end_mark.line + 1, before.end_mark.column + 1
        if got in _OPENING:
            opening = {"open": _OPENING[close], "close": close, "got": got}
            return Mistake(*self._problem, "wrong-bracket", opening)
        if isinstance(before, yaml.ScalarToken) and got == ":" and before.plain:
            words = re.fullmatch(r"(.*\S)\s+([a-z_]+)", before.value)
            if words is None:
                return Mistake(*self._problem, "colon-in-text")
            if before.start_mark.line == before.end_mark.line:
                column = before.start_mark.column + len(words[1]) + 1
            else:
                column -= len(words[2])
        elif isinstance(before, yaml.ScalarToken) and (line, column) == self._problem:
            return Mistake(line, column, "trailing-text")
        is_wrapped = self._context[0] < line
        return Mistake(line, column, "missing-comma", {"close": close}, spoils_file=is_wrapped)

    def _unclosed(self, close: str) -> Mistake | None:
        """Return the end of what a bracket opened, where the file goes on as if it were closed."""
        first = self._context[0]
        for number in range(first + 1, self._problem[0] + 1):
            line = _without_comment(self._line(number))
            if line.strip() and _indent(line) <= _indent(self._line(first)):
                break
        else:
            if self._problem[0] < len(self._lines):
                return None
            number = len(self._lines) + 1
        above = self._line_above(number)
        column = len(_without_comment(self._line(above))) + 1
        return Mistake(above, column, "missing-comma", {"close": close})

    def block_end(self, match: re.Match[str]) -> Mistake:
        got = match[1]
        if torn := self._torn_quote():
            return torn
        line = self._problem[0]
        before = self._tokens[-1].end_mark.line + 1 if self._tokens else 0
        if _BRACKET_AFTER_KEY.match(self._line(line)):
            return self._without_colon(line)
        if got in _OPENING:
            return Mistake(*self._problem, "stray-bracket", {"got": got})
        if got == ":":
            return Mistake(*self._problem, "no-key", spoils_file=True)
        if before < line:
            if got in "-?":
                return Mistake(*self._problem, "mixed-list", spoils_file=True)
            return self._indentation(line)
        if got == "," and self._line(line).rstrip().endswith(("}", "]")):
            closing = self._line(line).rstrip()[-1]
            return self._no_opening(line, _OPENING[closing])
        return Mistake(*self._problem, "trailing-text")

    def content(self, match: re.Match[str]) -> Mistake:
        got = match[1]
        if got == yaml.BlockEntryToken.id:
            return self.dash(match)
        if got == ",":
            return Mistake(*self._problem, "extra-comma")
        if got == ":":
            return Mistake(*self._problem, "no-key")
        if got in _OPENING:
            return Mistake(*self._problem, "stray-bracket", {"got": got})
        return self.unclear()

    def outside(self, _: re.Match[str]) -> Mistake:
        return Mistake(*self._problem, "outside", spoils_file=True)

    def _line(self, number: int) -> str:
        return self._lines[number - 1] if number <= len(self._lines) else ""

    def _line_above(self, number: int) -> int:
        for above in range(number - 1, 0, -1):
            if _without_comment(self._line(above)).strip():
                return above
        return 0

    def _torn_quote(self) -> Mistake | None:
        """Return the quote that runs on to another line, where such a one precedes the error."""
        for token in self._tokens:
            is_quoted = isinstance(token, yaml.ScalarToken) and token.style in ("'", '"')
            if is_quoted and token.end_mark.line > token.start_mark.line:
                mark = token.start_mark
                return Mistake(mark.line + 1, mark.column + 1, "unclosed-quote")
        return None

    def _without_colon(self, number: int) -> Mistake:
        line = self._line(number)
        word = _WORD.match(line)
        if word is None:
            return Mistake(number, _indent(line) + 1, "stray-line")
        if re.match(r"-\S", word[1]):
            return Mistake(number, word.start(1) + 2, "item-space")
        if line[word.end() :].startswith(":"):
            return Mistake(number, word.end() + 2, "missing-space", {"key": word[1]})
        return Mistake(number, word.end() + 1, "missing-colon", {"key": word[1]})

    def _no_opening(self, number: int, bracket: str) -> Mistake:
        line = self._line(number)
        key = _KEY.match(line)
        column = len(line) - len(line[key.end() :].lstrip()) + 1 if key else self._problem[1]
        return Mistake(number, column, "no-opening", {"open": bracket})

    def _indentation(self, number: int) -> Mistake:
        column = _indent(self._line(number)) + 1
        return Mistake(number, column, "indentation", spoils_file=True)


def _tokens_before(text: str, index: int) -> Iterator[yaml.Token]:
    """Yield the tokens that take up space and end at `index` or before."""
    try:
        for token in yaml.scan(text, Loader=yaml.SafeLoader):
            if token.end_mark.index > index:
                return
            if token.end_mark.index > token.start_mark.index:
                yield token
    except (yaml.YAMLError, ValueError, OverflowError):
        return


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _without_comment(line: str) -> str:
    return re.sub(r"(^|\s)#.*", "", line).rstrip()


_DIAGNOSES: tuple[tuple[str, Callable[[_Diagnosis, re.Match[str]], Mistake]], ...] = (
    (r"found character '\\t'", _Diagnosis.tab),
    (r"found character '(.)' that cannot start", _Diagnosis.reserved),
    (r"expected alphabetic or numeric character", _Diagnosis.reserved_start),
    (r"sequence entries are not allowed", _Diagnosis.dash),
    (r"found unknown escape|expected escape", _Diagnosis.backslash),
    (r"found unexpected (?:end of stream|document separator)", _Diagnosis.open_quote),
    (r"expected (?:chomping|indentation|a comment)", _Diagnosis.header),
    (r"found undefined tag handle|expected (?:' '|'!'|'>'|URI)", _Diagnosis.tag),
    (r"could not find expected ':'", _Diagnosis.colon_expected),
    (r"mapping values are not allowed", _Diagnosis.colon_unexpected),
    (r"expected ',' or '(.)', but got '(.*)'", _Diagnosis.flow),
    (r"expected <block end>, but found '(.*)'", _Diagnosis.block_end),
    (r"expected the node content, but found '(.*)'", _Diagnosis.content),
    (r"expected '<document start>'", _Diagnosis.outside),
)
