"""Everything that is changed in pynetdicom, and how it was.

Invariant: each change is undone in the reverse order; an installation that fails half way undoes
what it has done.

This file is copied as it is from `templates/contrib/pynetdicom/_installation.py`. Do not edit the
copy.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from pynetdicom import dimse_messages, dimse_primitives
from pynetdicom.dimse import DIMSEServiceProvider
from pynetdicom.dimse_messages import DIMSEMessage

from . import (
    _aborting,
    _data_sets,
    _limits,
    _logging,
    _messages,
    _pdu,
    _primitives,
    _private,
    _provider,
    _refusing,
    _responses,
    _waiting,
    _wire,
)
from ._adapter import Adapter
from ._names import Replacement

_ABSENT = object()


class Installation:
    """The classes of this package in place of those of pynetdicom.

    Parameters
    ----------
    codec : bool
        Whether its codec is in place, too, and its way of waiting.
    """

    def __init__(self, *, codec: bool) -> None:
        self.codec = codec
        self._undo: list[Callable[[], None]] = []
        try:
            self._replace_classes()
            self._extend_messages()
            self._add_private()
            self._repair()
            if codec:
                self._replace_codec_and_waits()
        except BaseException:
            self.undo()
            raise

    def undo(self) -> None:
        """Put everything back."""
        while self._undo:
            self._undo.pop()()

    def _replace_classes(self) -> None:
        ours: dict[str, Any] = {each.__name__: each for each in _primitives.ADAPTERS}
        ours["DIMSEPrimitive"] = Adapter
        for alias in ("DimseServiceType", "DimsePrimitiveType"):
            ours[alias] = getattr(_primitives, alias)
        pairs = {name: (getattr(dimse_primitives, name), new) for name, new in ours.items()}
        self._replace(pairs)

    def _extend_messages(self) -> None:
        """Let messages carry every element that their primitive has, such as status fields."""
        messages = dimse_messages._COMMAND_SET_KEYWORDS
        before = dict(messages)
        self._undo.append(lambda: messages.update(before))
        for name in messages:
            service, _, direction = name.rpartition("-")
            primitive = getattr(_primitives, service.replace("-", "_"))
            elements = {"RQ": primitive.REQUEST_ELEMENTS, "RSP": primitive.RESPONSE_ELEMENTS}
            messages[name] = elements[direction]

    def _add_private(self) -> None:
        """Make the messages known that this package has and pynetdicom has not."""
        for table, key, value in _private.entries():
            self._undo.append(partial(table.pop, key, None))
            table[key] = value

    def _repair(self) -> None:
        """Take out the defects that show on the wire, and explain what is invalid."""
        self._replace(_logging.HANDLERS)
        self._set(DIMSEMessage, "decode_msg", _messages.decode_message)
        self._set(DIMSEMessage, "primitive_to_message", _messages.to_message)
        self._set(DIMSEMessage, "message_to_primitive", _messages.to_primitive)
        self._set(DIMSEMessage, "encode_msg", _messages.encode_message)
        self._set(DIMSEServiceProvider, "receive_primitive", _provider.receive)
        self._set(DIMSEServiceProvider, "get_msg", _provider.next_message)
        self._set_all(_aborting, _data_sets, _refusing, _responses)

    def _replace_codec_and_waits(self) -> None:
        self._set_all(_wire, _pdu, _waiting, _limits)

    def _set_all(self, *modules: Any) -> None:
        for module in modules:
            for owner, name, value in module.replacements():
                self._set(owner, name, value)

    def _replace(self, pairs: dict[str, tuple[object, object]]) -> None:
        replacement = Replacement(pairs)
        self._undo.append(replacement.reversed().apply)
        replacement.apply()

    def _set(self, owner: Any, name: str, value: object) -> None:
        before = vars(owner).get(name, _ABSENT)

        def undo() -> None:
            if before is _ABSENT:
                delattr(owner, name)
            else:
                setattr(owner, name, before)

        self._undo.append(undo)
        setattr(owner, name, value)
