"""A counterexample as Python that can be run.

The last line is what the rejecting version refuses, and everything above it runs there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

from ..model import Parameter
from .samples import literal
from .scope import Scope
from .search import Found
from .validator import Draft, Step, Values, class_name

Spell: TypeAlias = Callable[[str], str]

PACKAGE = "dimse_primitives"
_WIDTH = 88


def source_of(scope: Scope, found: Found, sent: bytes, spell: Spell = str) -> str:
    """Return the code of what was found.

    Parameters
    ----------
    scope : Scope
        Where it was found.
    sent : bytes
        The message as the accepting side sends it.
    spell : callable, optional
        Gives what the rejecting version calls a keyword, where it may have another name for it.
    """
    first = found.said[0]
    if first.step is Step.READ:
        return "\n".join(_reading(sent, first.claim))
    return "\n".join(_making(scope, found, spell))


def _reading(sent: bytes, claim: str) -> Iterator[str]:
    yield f"from {PACKAGE} import decode"
    yield ""
    digits = sent.hex(" ")
    width = 3 * 24
    yield "command_set = bytes.fromhex("
    yield from (f'    "{digits[at : at + width]}"' for at in range(0, len(digits), width))
    yield ")"
    if claim:
        yield "message = decode(command_set)"
        yield f"assert {claim}"
    else:
        yield "decode(command_set, strict=True)"


def _making(scope: Scope, found: Found, spell: Spell) -> Iterator[str]:
    draft = found.tried
    kind = class_name(draft.primitive)
    values = (*draft.values.values(), *(draft.request or {}).values())
    if any(isinstance(value, bytes) for value in values):
        yield "from io import BytesIO"
        yield ""
    yield f"from {PACKAGE} import {kind}"
    yield ""
    if draft.request is not None:
        yield from _assigned("request", kind, _arguments(scope.request, draft.request, spell))
    name = "response" if draft.is_response else "request"
    refused = [each.keyword for each in found.said if each.step is Step.SET]
    early = {key: value for key, value in draft.values.items() if key not in refused}
    yield from _assigned(name, kind, _arguments(scope, early, spell))
    if refused:
        late = refused[0]
        yield f"{name}.{spell(late)} = {literal(_parameter(scope, late), draft.values[late])}"
    else:
        yield _validation(draft, name)


def _validation(draft: Draft, name: str) -> str:
    if not draft.is_response:
        return f"{name}.validate_request()"
    return f"{name}.validate_response({'' if draft.request is None else 'request'})"


def _assigned(name: str, kind: str, arguments: Sequence[str]) -> Iterator[str]:
    line = f"{name} = {kind}({', '.join(arguments)})"
    if len(line) <= _WIDTH:
        yield line
    else:
        yield f"{name} = {kind}("
        yield from (f"    {argument}," for argument in arguments)
        yield ")"


def call_of(scope: Scope, draft: Draft) -> str:
    """Return a message in one line, e.g. ``N_GET(MessageID=1)``, and what it answers."""
    kind = class_name(draft.primitive)
    shown = f"{kind}({', '.join(_arguments(scope, draft.values))})"
    if draft.request is None:
        return shown
    return f"{shown} to {kind}({', '.join(_arguments(scope.request, draft.request))})"


def _arguments(scope: Scope, values: Values, spell: Spell = str) -> list[str]:
    return [
        f"{spell(key)}={literal(_parameter(scope, key), value)}" for key, value in values.items()
    ]


def _parameter(scope: Scope, keyword: str) -> Parameter:
    return scope.variants(keyword)[0]
