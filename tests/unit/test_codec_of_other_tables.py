"""Messages that PS3.7 has none of: a fixed UL, two elements before the Command Field, odd names."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from _pytest.monkeypatch import MonkeyPatch
from dimsegen.cli import main

from tests.fuzz.command_sets import element, us, with_length

from ..conftest import TINY, tree

ELEMENTS = {
    "CommandField": """
  Scope:                                {tag: "(0000,0003)", vr: UI, vm: "1",   name: Scope UID}
""",
    "MessageIDBeingRespondedTo": """
  From:                                 {tag: "(0000,0111)", vr: UL, vm: "1",   name: From}
  Data:                                 {tag: "(0000,0112)", vr: US, vm: "1",   name: Data}
""",
    "Status": """
  Magic:                                {tag: "(0000,0801)", vr: UL, vm: "1",   name: Magic}
""",
}
DESCRIPTIONS = """
  Scope:                                "Whom it is for."
  From:                                 "Since when."
  Data:                                 "How much there is."
  Magic:                                "Always the same number."
"""
ROWS = """
  RouteUID:                             {request: M}
  Scope:                                {request: U}
  From:                                 {request: M}
  Data:                                 {request: U}
"""
FIELDS = """
      RouteUID:                             {usage: parameter}
      Scope:                                {usage: parameter}
      From:                                 {usage: parameter}
      Data:                                 {usage: parameter}
      Magic:                                {usage: MF, value: 0x0102}
"""
ROUTE, SCOPE = element(0x0002, b"1.2\0"), element(0x0003, b"1.30")
FIELD, ID = us(0x0100, 0x0F20), us(0x0110, 7)
FROM, DATA = element(0x0111, b"\0\0\1\0"), us(0x0112, 9)
NO_DATA_SET, MAGIC = us(0x0800, 0x0101), element(0x0801, b"\2\1\0\0")
GREETING = element(0x1004, b"KNOCK ")
VALUES: dict[str, Any] = {"MessageID": 7, "RouteUID": "1.2", "From": 65536, "Greeting": "KNOCK"}


def insert(file: Path, before: str, text: str) -> None:
    found = file.read_text(encoding="utf-8")
    assert found.count(before) == 1
    file.write_text(found.replace(before, text.lstrip("\n") + before), encoding="utf-8")


@pytest.fixture(scope="module")
def tell(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """Give the package of a folder of schemas in which X-TELL has those elements, too."""
    folder = tmp_path_factory.mktemp("other")
    for name, content in tree(TINY).items():
        (folder / "schemas" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "schemas" / name).write_bytes(content)
    elements = folder / "schemas" / "elements.yaml"
    for keyword, text in ELEMENTS.items():
        insert(elements, f"  {keyword}:{' ' * (37 - len(keyword))}{{tag", text)
    insert(elements, '  Payload:                              "', DESCRIPTIONS)
    service = folder / "schemas" / "services" / "x_tell.yaml"
    insert(service, "\nmessages:", ROWS)
    insert(service, "\nstatuses:", FIELDS)
    arguments = ("--schemas", str(folder / "schemas"), "--output", str(folder))
    assert main(["generate", *arguments, "--package", "other_primitives"]) == 0
    with MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield importlib.import_module("other_primitives")


def test_a_fixed_ul_has_four_bytes(tell: ModuleType) -> None:
    sent = tell.X_TELL(**VALUES).encode_request()
    assert sent == with_length(ROUTE + FIELD + ID + FROM + NO_DATA_SET + MAGIC + GREETING)


def test_another_value_of_a_fixed_ul_is_read_without_it(tell: ModuleType) -> None:
    other = element(0x0801, b"\2\1\0\1")
    body = ROUTE + FIELD + ID + FROM + NO_DATA_SET + other + GREETING
    assert tell.decode(with_length(body)).primitive == tell.X_TELL(**VALUES)


@pytest.mark.parametrize("data", [None, 9])
@pytest.mark.parametrize("scope", [None, "1.30"])
def test_two_elements_before_the_command_field(
    tell: ModuleType, scope: str | None, data: int | None
) -> None:
    primitive = tell.X_TELL(**VALUES, Scope=scope, Data=data)
    body = ROUTE + (SCOPE if scope else b"") + FIELD + ID + FROM + (DATA if data else b"")
    sent = with_length(body + NO_DATA_SET + MAGIC + GREETING)
    assert primitive.encode_request() == sent
    message = tell.decode(sent, strict=True)
    assert (message.message_type, message.primitive) == ("X-TELL-RQ", primitive)
    assert tell.decode(bytearray(sent)) == tell.decode(memoryview(sent)) == message


def test_further_elements_among_them(tell: ModuleType) -> None:
    further = [(0x0004, b"\1\0"), (0x0F00, b"")]
    sent = tell.X_TELL(**VALUES, Scope="1.30").encode_request(unknown=further)
    message = tell.decode(sent)
    assert set(further) <= set(message.unknown)
    assert message.primitive == tell.X_TELL(**VALUES, Scope="1.30")
