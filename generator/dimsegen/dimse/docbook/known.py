"""What the schemas call the things that a document prints.

A document is read with the words of the schemas (keywords, columns, roles) and never with their
answers: no cell, tag, code or field comes from here. A thing whose name is another one there, or
misprinted, is known by its tag or its code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from ...document.plain_text import closest, folded, plain
from ..model import Message, Parameter, Schema, Service


class Known:
    """The words of a schema.

    Parameters
    ----------
    schema : Schema
        The schema.
    """

    def __init__(self, schema: Schema) -> None:
        self.parameters = schema.parameters
        self._keywords = {folded(each.name): key for key, each in schema.parameters.items()}
        self._tags: dict[int, str] = {}
        self._columns = {
            folded(column.heading): name
            for service in schema.services
            for name, column in service.columns.items()
        }
        self._messages = {
            message.name: (service, column, message)
            for service in schema.services
            for column, message in service.messages.items()
        }
        self._classes = {folded(each.name): each.identifier for each in schema.status_classes}
        self._types = {folded(each.name): each.identifier for each in schema.status_types}
        self._of_code = {
            code: each.identifier
            for each in schema.status_types
            if len(each.codes) == 1
            for code in each.patterns
        }
        self.status_names = {each.name: each.identifier for each in schema.status_types}

    def parameter(self, keyword: str) -> Parameter:
        """Return the parameter with the keyword, or one without a name if there is none."""
        return self.parameters.get(keyword) or Parameter(keyword, "", "")

    def keyword(self, name: str, tag: int | None = None) -> str:
        """Return the keyword of a printed name; its words joined, if it is a new one.

        A name that nothing has is a misprint where the tag beside it, or but one parameter that
        has a similar name, says what is meant.
        """
        if (known := self._keywords.get(folded(name))) is not None:
            return known
        if tag is not None:
            return self._tags.get(tag) or _joined(name)
        near = closest(name, self._keywords)
        return self._keywords[near] if near else _joined(name)

    def misprint(self, name: str, keyword: str) -> str:
        """Return `name` where it is not one of the names of `keyword`; else nothing."""
        return "" if self._keywords.get(folded(name), _joined(name)) == keyword else name

    def learn(self, parameters: Mapping[str, Parameter]) -> None:
        """Remember the names and the tags that the document itself gives to parameters."""
        self._keywords |= {folded(each.name): key for key, each in parameters.items()}
        self._tags |= {each.tag: key for key, each in parameters.items() if each.tag is not None}

    def column(self, head: str) -> str:
        """Return the column with the printed head; the head itself, if it is a new one."""
        return self._columns.get(folded(head)) or _slug(head)

    def message(self, name: str) -> tuple[Service, str, Message] | None:
        """Return the message with the printed name, its service and column; None if it is new."""
        return self._messages.get(name)

    def status_class(self, name: str) -> str:
        """Return the identifier of the status class with the printed name."""
        return self._classes.get(folded(name)) or _slug(name)

    def status_type(self, name: str, patterns: tuple[str, ...] = ()) -> str:
        """Return the identifier of the status type with the printed name or, if none, the code."""
        of_code = (self._of_code[each] for each in patterns if each in self._of_code)
        return self._types.get(folded(name)) or next(of_code, _slug(name))

    def has_status_type(self, identifier: str) -> bool:
        """Return whether the schemas have a status type with the identifier."""
        return identifier in self._types.values()


def _joined(name: str) -> str:
    words = re.findall(r"\w+", plain(name).replace("-", ""))
    return "".join(word[:1].upper() + word[1:] for word in words)


def _slug(name: str) -> str:
    return "_".join(re.findall(r"\w+", plain(name).casefold()))
