"""A model is made once of the same texts; whatever is changed on the disk is read anew."""

from __future__ import annotations

import os
import shutil
import time
from functools import partial
from pathlib import Path

import pytest
from dimsegen.code.compiled import compiled
from dimsegen.dimse.loader import load_schema
from dimsegen.dimse.package import render_package
from dimsegen.families import Family, families
from dimsegen.reading.made_once import MadeOnce
from dimsegen.reading.problems import SchemaError
from dimsegen.render import TICK, Renderer

from ..conftest import ROOT, TINY

LOADED = [each for each in families() if each.has("comparison")]


@pytest.mark.parametrize("family", LOADED, ids=lambda each: each.name)
def test_a_folder_is_read_anew_only_when_it_has_changed(family: Family, tmp_path: Path) -> None:
    load = family.step("loader").load_schema
    folder = Path(shutil.copytree(ROOT / "schemas", tmp_path / "schemas"))
    before = load(folder)
    assert load(folder) is before
    marker = folder / family.marker
    file = marker if marker.is_file() else min(marker.rglob("*.yaml"))
    text = file.read_text()
    file.write_text(text.replace("\n", "\n# a comment, so that all below moves\n", 1))
    after = load(folder)
    assert after is not before
    for _ in range(2):
        file.write_text(f"{text}misspelt: 1\n")
        with pytest.raises(SchemaError, match="misspelt"):
            load(folder)
    file.write_text(text)
    assert load(folder) == before


def test_what_was_asked_for_last_is_kept() -> None:
    models = MadeOnce[int](8)
    made: list[int] = []

    def make(number: int) -> int:
        made.append(number)
        return number

    for number in (1, 2, 1):
        assert models.get(number, partial(make, number)) == number
    assert made == [1, 2]
    for number in (*range(3, 10), 1, 2):
        models.get(number, partial(make, number))
    assert made == [1, 2, *range(3, 10), 2]


def test_code_of_a_module_is_its_text() -> None:
    first, second = (compiled("a.py", text) for text in (b"a = 1", b"a = 2"))
    assert first.co_consts != second.co_consts
    assert compiled("a.py", b"a = 1") is first


@pytest.mark.parametrize("family", LOADED, ids=lambda each: each.name)
def test_a_package_is_rendered_anew_only_when_a_template_has_changed(
    family: Family, templates: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = family.step("loader").load_schema(ROOT / "schemas")
    render_package = family.step("package").render_package
    # What has just been written is not kept, since it may be written again unseen.
    time.sleep(2 * TICK / 1e9)
    before = render_package(tables, templates)
    with monkeypatch.context() as patch:
        patch.setattr(Renderer, "__call__", pytest.fail)
        assert render_package(tables, templates) == before
    render_package(tables, templates).clear()
    assert render_package(tables, templates) == before
    module = min((templates / family.folder).glob("*.py"))
    module.write_text(f"{module.read_text()}# more\n")
    path = module.relative_to(templates).as_posix()
    after = render_package(tables, templates)
    assert {name for name in after if after[name] != before[name]} == {path}


@pytest.mark.parametrize("kind", ["*.py", "*.j2"])
def test_an_edit_that_leaves_size_and_time_of_a_template_is_seen(
    kind: str, templates: Path
) -> None:
    tables = load_schema(TINY)
    path = min(templates.glob(kind))
    before, then, text = b"", path.stat().st_mtime_ns, path.read_text()
    for edited in (text, text.replace("the", "teh", 1), text):
        path.write_text(edited)
        os.utime(path, ns=(then, then))
        after = b"".join(render_package(tables, templates).values())
        assert after != before
        before = after
        time.sleep(2 * TICK / 1e9)
