"""The rules of the prose on values that have parts: contexts, results, data values.

Invariant: a check yields what is wrong and nothing else: the identifier of the rule, the text, the
clause. Which parameter it is about, and when, is generated.

This file is copied as it is from `templates/upper_layer/_rules.py`. Do not edit the copy.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from typing import Final, TypeAlias, TypeVar

from .._coercion import UID_LENGTH, is_valid_ae, is_valid_uid
from .._fragments import RESERVED
from .._rows import Violation
from ._enumerations import ContextResult
from ._facts import AE_TITLE_LENGTH, CONTEXT_ID_WORDS, CONTEXT_IDS, FRAGMENT_STEP
from ._primitive import PresentationContextDefinition, PresentationContextResult
from .presentation_data_value_item import PresentationDataValueItem

_Key = TypeVar("_Key", bound=Hashable)

#: Rule, text, clause.
Broken: TypeAlias = tuple[str, str, str]

_INVALID, _DUPLICATE = "invalid-value", "duplicate"
_NO_CORRESPONDENCE = "no-correspondence"
_RESULTS: Final = tuple(map(int, ContextResult))


def told(parameter: str, name: str, broken: Iterable[Broken]) -> Iterator[Violation]:
    """Yield the violations of the parameter `name` for what is `broken`."""
    for rule, text, clause in broken:
        yield Violation(rule, parameter, f"{name}: {text}", clause)


def check_title(value: str) -> Iterator[Broken]:
    """Yield what is wrong with an AE title."""
    if not value.strip(" "):
        text = "is all spaces, which means that no name is specified: set a title"
        yield _INVALID, text, "PS3.8 9.3.2, Table 9-11"
    elif not (value.isascii() and is_valid_ae(value)) or len(value) > AE_TITLE_LENGTH:
        what = f"at most {AE_TITLE_LENGTH} characters, no backslash or control character"
        yield _INVALID, f"{value!a} is no AE title: {what}", "PS3.8 9.3.2, Table 9-11"


def check_uid(value: str) -> Iterator[Broken]:
    """Yield what is wrong with a name that is a UID."""
    if not is_valid_uid(value) or len(value) > UID_LENGTH:
        yield _INVALID, f"{value!a} is no UID", "PS3.8 Annex F"


def check_definitions(
    value: tuple[PresentationContextDefinition, ...], clause: str
) -> Iterator[Broken]:
    """Yield what is wrong with a presentation context definition list."""
    if not value:
        yield _INVALID, "is empty: propose at least one presentation context", clause
    yield from _identifiers([each.presentation_context_id for each in value], clause)
    for each in value:
        context = f"context {each.presentation_context_id}"
        if not each.transfer_syntax_names:
            yield _INVALID, f"{context} has no transfer syntax: propose at least one", clause
        for name in (each.abstract_syntax_name, *each.transfer_syntax_names):
            for rule, text, place in check_uid(name):
                yield rule, f"{context}: {text}", place


def _identifiers(identifiers: list[int], clause: str) -> Iterator[Broken]:
    for identifier in identifiers:
        if identifier not in CONTEXT_IDS:
            text = f"context {identifier}: an identifier is {CONTEXT_ID_WORDS}"
            yield _INVALID, text, f"{clause}, 9.3.2.2"
    for identifier in repeated(identifiers):
        text = f"context {identifier} is there more than once: give each its own identifier"
        yield _DUPLICATE, text, clause


def repeated(keys: Iterable[_Key]) -> list[_Key]:
    """Return those of `keys` that are there more than once, in order."""
    counts: dict[_Key, int] = {}
    for key in keys:
        counts[key] = counts.get(key, 0) + 1
    return [key for key, count in counts.items() if count > 1]


def check_results(
    value: tuple[PresentationContextResult, ...],
    definitions: tuple[PresentationContextDefinition, ...] | None,
    clause: str,
) -> Iterator[Broken]:
    """Yield what is wrong with a result list; `definitions` are what was proposed, if known."""
    yield from _identifiers([each.presentation_context_id for each in value], clause)
    for each in value:
        context = f"context {each.presentation_context_id}"
        if each.result not in _RESULTS:
            text = f"{context}: {each.result} is no result: use {min(_RESULTS)} to {max(_RESULTS)}"
            yield _INVALID, text, f"{clause}, Table 9-18"
        elif each.result == ContextResult.ACCEPTANCE and each.transfer_syntax_name is None:
            text = f"{context} is accepted without a transfer syntax: choose one"
            yield _INVALID, text, clause
    if definitions is None:
        return
    proposed = {each.presentation_context_id: each for each in definitions}
    answered = {each.presentation_context_id for each in value}
    for identifier in proposed:
        if identifier not in answered:
            text = f"context {identifier} was proposed and has no result: add one"
            yield _NO_CORRESPONDENCE, text, clause
    for each in value:
        context = f"context {each.presentation_context_id}"
        definition = proposed.get(each.presentation_context_id)
        if definition is None:
            yield _NO_CORRESPONDENCE, f"{context} was not proposed: remove it", clause
        elif each.result == ContextResult.ACCEPTANCE and each.transfer_syntax_name not in (
            None,
            *definition.transfer_syntax_names,
        ):
            text = f"{context}: {each.transfer_syntax_name} was not proposed: choose another"
            yield _NO_CORRESPONDENCE, text, clause


def check_data_values(
    value: tuple[PresentationDataValueItem, ...], clause: str
) -> Iterator[Broken]:
    """Yield what is wrong with a presentation data value list."""
    if not value:
        yield _INVALID, "is empty: send at least one presentation data value", clause
    contexts = sorted({each.presentation_context_id for each in value})
    if len(contexts) > 1:
        shown = ", ".join(map(str, contexts))
        text = f"belongs to the contexts {shown}: one primitive is for one message"
        yield _INVALID, text, "PS3.8 E.1"
    for number, each in enumerate(value, 1):
        if each.presentation_context_id not in CONTEXT_IDS:
            text = f"value {number}: {each.presentation_context_id} is no presentation context ID"
            yield _INVALID, text, "PS3.8 9.3.5.1"
        if each.message_control_header & RESERVED:
            text = f"value {number}: bits 2 to 7 of the Message Control Header are not 0"
            yield _INVALID, text, "PS3.8 E.2"
        if len(each.fragment) % FRAGMENT_STEP:
            text = f"value {number} has {len(each.fragment)} bytes: a fragment has an even number"
            yield _INVALID, text, "PS3.8 E.1"
        elif not len(each.fragment):
            text = f"value {number} is empty: put its header on the one before or after it"
            yield _INVALID, text, "PS3.8 E.1"
