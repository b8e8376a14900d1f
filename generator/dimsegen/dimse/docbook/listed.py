"""Find the status that an item of a Status clause names.

An item starts with a name: ``Duplicate invocation (0210H) - ...`` since 2017e, before that
``Refused:Duplicate Invocation- ...`` or ``duplicate invocation: ...``. The name is that of Annex C,
with or without what stands before its colon; a code tells what a name leaves open.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from ...document.plain_text import closest, folded
from ...table.status_codes import codes_of_all, union
from ..model import Listing, StatusClass, StatusType
from .known import Known
from .mentions import StatusMention
from .status_tables import Annex, with_codes

_CODED = re.compile(r"^(.*?) ?\((?:([0-9A-F]{4})H|[^)]*Service Class specific)\)")
_PREFIX = r"(?:\w+\s*:\W*)?"
# What ends a name where nothing else does: the colon, the dash or the end.
_HEAD = re.compile(r"^(?:\w+\s*:\s*)??(.+?)\s*(?::|-\s|\s-|-(?=[A-Z])|$)")


@dataclass(frozen=True)
class Item:
    """An item of a Status clause.

    Attributes
    ----------
    name : str
        The status as printed there.
    code : str or None
        Its code, in four digits.
    is_open : bool
        Whether the item leaves the code to the Service Classes.
    identifier : str
        The status type that is meant; empty where nobody can tell.
    """

    name: str
    code: str | None = None
    is_open: bool = False
    identifier: str = ""


class Names:
    """The names of the status types, by which items are understood.

    Parameters
    ----------
    names : mapping of str to str
        The identifier of each name.
    codes : mapping of str to str
        The identifier of each code, in four digits.
    """

    def __init__(self, names: Mapping[str, str], codes: Mapping[str, str]) -> None:
        self._names = names
        self._codes = codes

    def read(self, text: str) -> Item | None:
        """Return what the item starts with; None if that is no status."""
        if found := _CODED.search(text):
            name, code = found[1], found[2]
            identifier = self._whole(name) or self._codes.get(code or "") or self._near(name)
            return Item(name, code, code is None, identifier or "")
        if (start := self._start(text)) is not None:
            return start
        head = _HEAD.search(text)
        identifier = self._near(head[1]) if head else None
        return Item(head[1], identifier=identifier) if head and identifier else None

    def _whole(self, name: str) -> str | None:
        """Return the type that `name` is, with or without what stands before a colon."""
        if exact := self._exact.get(folded(name)):
            return exact
        loose = (each for each, (_, free) in self._patterns.items() if free.fullmatch(name))
        return next((self._names[each] for each in loose), None)

    def _start(self, text: str) -> Item | None:
        """Return the longest name with which `text` starts."""
        for number in range(2):
            found = {
                name: match.end()
                for name, patterns in self._patterns.items()
                if (match := patterns[number].match(text))
            }
            if found:
                longest = max(found, key=lambda name: found[name])
                return Item(text[: found[longest]], identifier=self._names[longest])
        return None

    def _near(self, name: str) -> str | None:
        near = closest(name, self._names)
        return self._names[near] if near else None

    @cached_property
    def _exact(self) -> Mapping[str, str]:
        """The identifier of each name, where capitals, spaces and punctuation do not count."""
        return {folded(each): identifier for each, identifier in self._names.items()}

    @cached_property
    def _patterns(self) -> Mapping[str, tuple[re.Pattern[str], re.Pattern[str]]]:
        """The patterns of each name: as it is, and with or without what is before the colon."""
        return {name: (_pattern(name, ""), _pattern(_tail(name), _PREFIX)) for name in self._names}


def _tail(name: str) -> str:
    _, _, rest = name.partition(":")
    return rest or name


def _pattern(name: str, prefix: str) -> re.Pattern[str]:
    words: Iterable[str] = re.findall(r"\w+", name)
    return re.compile(prefix + r"\W+".join(words) + r"(?!\w)", re.IGNORECASE)


class ListedStatuses:
    """The statuses of the Status clauses as Annex C has them.

    A code that the clause itself prints counts, whatever Annex C says of that name: it is what
    goes over the wire (9.1.1.1.9 had 0112H for 0122H from 2017e to 2020a). One outside all status
    classes is no status, and stays part of the name.

    Parameters
    ----------
    annex : Annex
        Annex C.
    known : Known
        Tells whether a status that it lacks is one of its own, whose table is merely missing.
    """

    def __init__(self, annex: Annex, known: Known) -> None:
        self._annex = annex
        self._known = known
        self._types = {each.identifier: each for each in annex.types}
        self._codes = union(*(each.codes for each in annex.classes))

    def types(self, mentions: Iterable[StatusMention]) -> Iterator[StatusType]:
        """Yield the types that are listed, but for those without any code."""
        for each in mentions:
            status = self._types.get(each.identifier)
            if status is not None:
                yield self._as_printed(status, each)
            elif (code := self._code(each)) and not self._known.has_status_type(each.identifier):
                yield _made_up(each, code)

    def listings(self, mentions: Iterable[StatusMention]) -> dict[str, Listing]:
        """Return the items, but for those whose table is missing: nothing can be said of them."""
        return {
            each.identifier: self._listing(each)
            for each in mentions
            if each.identifier in self._types or not self._known.has_status_type(each.identifier)
        }

    def _listing(self, mention: StatusMention) -> Listing:
        """Return what the clause prints otherwise than Annex C."""
        status = self._types.get(mention.identifier)
        name = mention.name
        if mention.code is not None and self._code(mention) is None:
            name = f"{name} ({mention.code}H)"
        is_same = status is not None and folded(status.name) == folded(name)
        return Listing(mention.position, "" if is_same else name, mention.has_code)

    def _code(self, mention: StatusMention) -> str | None:
        """Return the code that the clause prints, if it is one of a status class."""
        code = mention.code
        return code if code is not None and int(code, 16) in self._codes else None

    def _as_printed(self, status: StatusType, mention: StatusMention) -> StatusType:
        code = self._code(mention)
        if code is not None and status.patterns != (code,):
            return with_codes(status, (code,))
        left = self._annex.left[status.status_class.identifier]
        if mention.is_open and left and status.exact_codes == tuple(status.codes):
            return with_codes(status, left)
        return status


def _made_up(mention: StatusMention, code: str) -> StatusType:
    """Return a status that Annex C does not have."""
    nowhere = StatusClass("", "", frozenset(), mention.where)
    codes = codes_of_all((code,))
    return StatusType(mention.identifier, mention.name, nowhere, (code,), codes, (), mention.where)
