"""The rooms of the generator: who may know whom.

Families of tables are found by their folders, so that a new one is held to
the same from its first day.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import dimsegen
import pytest
from dimsegen import families

HERE = Path(dimsegen.__file__).parent
FAMILIES = {path.parent.name for name in ("family", "model") for path in HERE.glob(f"*/{name}.py")}


def name_of(path: Path) -> str:
    return (
        ".".join(path.relative_to(HERE).with_suffix("").parts).removesuffix("__init__").strip(".")
    )


MODULES = {name_of(path): path for path in HERE.rglob("*.py")}


def room_of(module: str) -> str:
    """Return the room: a folder or a module at the top, and those of a family one by one."""
    first, _, rest = module.partition(".")
    return f"{first}.{rest.partition('.')[0]}" if first in FAMILIES and rest else first


def family_of(module: str) -> str:
    first = module.partition(".")[0]
    return first if first in FAMILIES else ""


def imported_by(module: str) -> Iterator[str]:
    path = MODULES[module]
    package = module.split(".") if path.name == "__init__.py" else module.split(".")[:-1]
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - node.level + 1] if module else []
            start = ".".join([*base, *(node.module or "").split(".")]).strip(".")
            for alias in node.names:
                inner = f"{start}.{alias.name}".strip(".")
                yield inner if inner in MODULES else start
        elif isinstance(node, ast.Import | ast.ImportFrom):
            named = [a.name for a in node.names] if isinstance(node, ast.Import) else [node.module]
            assert not any((each or "").startswith("dimsegen") for each in named), module


@cache
def imports() -> set[tuple[str, str]]:
    """Return every import: who, and whom."""
    return {(module, other) for module in MODULES for other in imported_by(module)}


def assert_one_way(arrows: set[tuple[str, str]]) -> None:
    graph: dict[str, set[str]] = defaultdict(set)
    for here, there in arrows:
        graph[here].add(there)
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(f"a circle: {' <- '.join(error.args[1])}")


def test_there_is_a_family_and_each_declares_itself() -> None:
    assert "dimse" in FAMILIES
    for family in FAMILIES:
        assert f"{family}.family" in MODULES, f"{family}/family.py declares what it is"


def test_every_import_is_of_something_that_is_there() -> None:
    assert not {there for _, there in imports()} - set(MODULES)


def test_no_module_is_imported_by_what_it_imports() -> None:
    assert_one_way({(here, there) for here, there in imports() if here != there and there})


def test_no_room_is_entered_by_what_it_enters() -> None:
    arrows = {(room_of(here), room_of(there)) for here, there in imports() if there}
    assert_one_way({(here, there) for here, there in arrows if here != there})


def test_common_rooms_know_no_family() -> None:
    found = [(h, t) for h, t in imports() if not family_of(h) and family_of(t)]
    assert not found, "a family is reached through dimsegen.families"


def test_families_do_not_know_each_other() -> None:
    both = [(h, t) for h, t in imports() if family_of(h) and family_of(t)]
    assert not [(h, t) for h, t in both if family_of(h) != family_of(t)]


def test_no_two_modules_have_one_name_but_the_same_step_of_two_families() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for module, path in MODULES.items():
        if path.name != "__init__.py":
            places[path.name].append(module)
    for name, modules in places.items():
        families = [family_of(module) for module in modules]
        steps = {module.partition(".")[2] for module in modules}
        is_one_step = all(families) and len(set(families)) == len(families) and len(steps) == 1
        assert len(modules) == 1 or is_one_step, f"{name}: {modules}"


@pytest.mark.parametrize("folder", ["", *sorted(FAMILIES)])
def test_the_map_names_every_room_and_no_other(folder: str) -> None:
    text = (HERE / folder / "__init__.py").read_text(encoding="utf-8")
    named = set()
    for line in text.splitlines():
        rooms = line[4:].partition("  ")[0] if line.startswith("    ") else ""
        named |= {room.strip() for room in rooms.split(",") if room.strip()}
    there = {path.stem for path in (HERE / folder).glob("*.py")} - {"__init__"}
    there |= {path.parent.name for path in (HERE / folder).glob("*/__init__.py")}
    assert named == there


def test_the_file_that_marks_a_folder_is_named_by_its_family_alone() -> None:
    marks = {each.file: f"{each.name}.family" for each in families.families() if each.file}
    assert marks
    for module, path in MODULES.items():
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        typed = {node.value for node in nodes if isinstance(node, ast.Constant)}
        assert not [mark for mark in marks.keys() & typed if marks[mark] != module], module


def promised() -> Iterator[tuple[str, list[str]]]:
    """Yield each step of a family with the names that it has, as the map of the families says."""
    for line in (families.__doc__ or "").splitlines():
        if written := re.fullmatch(
            r"    ([\w.]+) +([\w.]+(?:\(.*?\))?(?:, [\w.]+(?:\(.*?\))?)*): .*", line
        ):
            yield written[1], re.findall(r"([\w.]+)(?:\(.*?\))?(?:, |$)", written[2])


@pytest.mark.parametrize(("step", "names"), list(promised()), ids=[step for step, _ in promised()])
def test_a_step_of_a_family_has_what_the_map_promises(step: str, names: list[str]) -> None:
    able = [each for each in families.families() if each.has(step)]
    assert able
    for family in able:
        for name in names:
            assert callable(getattr(family.step(step), name)) or name.isupper(), (family.name, name)


def test_what_is_compared_can_be_found_and_run() -> None:
    able = [each for each in families.families() if each.has("comparison")]
    assert able
    for family in able:
        loader = family.step("loader")
        for name in ("load_sources", "item_in", "path_of", "item_at"):
            assert name in (families.__doc__ or "")
            assert callable(getattr(loader, name)), (family.name, name)
        assert family.has("package"), family.name


def test_the_map_is_short() -> None:
    lines = (dimsegen.__doc__ or "").splitlines()
    assert sum(line.startswith("    ") for line in lines) <= 16
