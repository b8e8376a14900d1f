"""What was built before changes nothing that is said of an edit."""

from __future__ import annotations

import re

import pytest
from dimsegen.dimse.loader import unchanged
from dimsegen.reading.made_once import MadeOnce
from dimsegen.reading.problems import SchemaError

from .schema_edits import base, load, text_of


def problems(texts: dict[str, str]) -> list[str]:
    with pytest.raises(SchemaError) as caught:
        load(texts)
    return [str(problem) for problem in caught.value.problems]


def renamed(name: str, old: str, new: str) -> dict[str, str]:
    text = re.sub(rf"^  {old}:", f"  {new}:", text_of(name), flags=re.MULTILINE)
    assert text != text_of(name)
    return {name: text}


@pytest.mark.parametrize(
    "texts",
    [
        # The one entry is blamed for all who name it: they are counted.
        renamed("elements.yaml", "MoveDestination", "MoveDestinaton"),
        renamed("elements.yaml", "ActionTypeID", "Another"),
        renamed("services/n_get.yaml", "AttributeList", "AtributeList"),
        {"services/n_get.yaml": text_of("services/c_echo.yaml")},
    ],
    ids=["misspelt", "missing", "unknown", "twice"],
)
def test_mistakes_are_told_as_if_nothing_had_been_read(
    texts: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert base().services
    told = problems(texts)
    monkeypatch.setattr(unchanged, "_BUILT", MadeOnce(1))
    assert problems(texts) == told


def test_services_of_files_that_are_alike_are_the_same() -> None:
    text = text_of("services/n_get.yaml")
    old, new = (
        load({"services/n_get.yaml": text.replace('summary: "', f'summary: "{word} ', 1)}).services
        for word in ("Really", "Hardly")
    )
    changed = [before.name for before, after in zip(old, new, strict=True) if before is not after]
    assert changed == ["N-GET"]
