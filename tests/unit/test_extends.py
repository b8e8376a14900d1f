"""A folder that extends the standard has what is its own, and gives what a fork gives."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
import yaml
from dimsegen.dimse.loader import SchemaError, layers, load_schema
from dimsegen.dimse.package import render_package
from dimsegen.sop_classes.loader import load_schema as load_sop_classes
from dimsegen.upper_layer.loader import load_schema as load_upper_layer
from jsonschema import Draft202012Validator

from ..conftest import ROOT, Run, tree
from ..printed import printed_folder, private
from .docbook.page import print_part
from .forked import LOCK, add_hatch, add_to_upper_layer, lay_over_upper_layer
from .git_repository import Git, make_repository
from .sop_classes.test_private_sop_class import HATCH as HATCH_CLASS

ROW = (
    '  AttributeIdentifierList:              {request: %s,   response: "-",    see: "10.1.2.1.5"}\n'
)
PARTIAL = f"service: N-GET\nparameters:\n{ROW}"
DOORS = 'standard: {name: Doors, edition: "3", link: "https://doors.example/#{place}"}\n'


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a folder that has a private service and extends the standard."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine" / "services").mkdir(parents=True)
    (tmp_path / "mine" / "services" / "x_lock.yaml").write_text(LOCK, "utf-8")
    (tmp_path / "mine" / "package.yaml").write_text("extends: standard\n", "utf-8")
    return Path("mine")


def replace_row(mine: Path, usage: str = "M") -> None:
    (mine / "services" / "n_get.yaml").write_text(PARTIAL % usage, "utf-8")


def write(mine: Path, name: str, text: str) -> None:
    (mine / name).write_text(text, "utf-8")


def mistakes(mine: Path) -> list[str]:
    with pytest.raises(SchemaError) as caught:
        load_schema(mine)
    return [str(problem) for problem in caught.value.problems]


def test_it_gives_what_a_fork_gives(mine: Path, tmp_path: Path) -> None:
    fork = shutil.copytree(
        ROOT / "schemas", tmp_path / "fork", ignore=shutil.ignore_patterns("waivers.yaml")
    )
    (fork / "services" / "x_lock.yaml").write_text(LOCK, "utf-8")
    templates = ROOT / "templates"
    assert load_schema(mine) == load_schema(fork)
    assert render_package(load_schema(mine), templates) == render_package(
        load_schema(fork), templates
    )


def test_a_folder_that_extends_a_fork_cites_its_documents(
    mine: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    extended = Path(shutil.copytree(printed_folder(), tmp_path / "fork"))
    add_hatch(extended)
    monkeypatch.setattr(layers, "folder_of", lambda _: extended)
    ours = load_schema(mine)
    shutil.copy(mine / "services" / "x_lock.yaml", extended / "services")
    theirs = load_schema(extended)
    assert (ours, ours.standards) == (theirs, theirs.standards)
    assert [f"{each.name} {each.edition}" for each in ours.standards] == ["PS3.7 ", "Hatches 2"]


def test_the_option_says_what_the_folder_does_not(mine: Path, dimsegen: Run) -> None:
    said = dimsegen("generate", "--schemas", mine, "--output", "one")
    assert (said.code, said.err) == (0, "")
    (mine / "package.yaml").unlink()
    said = dimsegen("generate", "--schemas", mine, "--output", "two")
    assert said.code == 2
    assert "mine/elements.yaml:1:1: no such file" in said.err
    said = dimsegen("generate", "--schemas", mine, "--output", "two", "--extends", "standard")
    assert (said.code, said.err) == (0, "")
    one, two = tree(Path("one")), tree(Path("two"))
    assert one == two
    assert {"dimse_primitives/x_lock.py", "dimse_primitives/n_get.py"} < one.keys()
    assert {"dimse_primitives/upper_layer/__init__.py"} < one.keys()
    for command in (["lint"], ["fmt", "--check"], ["show", "X-LOCK"], ["export"], ["docs"]):
        arguments = (*command, "--schemas", mine, "--extends", "standard")
        assert dimsegen(*arguments).code == 0, command


def test_what_is_replaced_is_listed_and_nothing_else_changes(mine: Path, dimsegen: Run) -> None:
    dimsegen("generate", "--schemas", mine, "--output", "before")
    replace_row(mine)
    said = dimsegen("generate", "--schemas", mine, "--output", "after")
    listed = "mine/services/n_get.yaml:3:41: N-GET parameters AttributeIdentifierList"
    assert said.out.splitlines()[1:] == ["replaces what the standard says:", f"  {listed}"]
    before, after = tree(Path("before")), tree(Path("after"))
    changed = [name for name in after if before[name] != after[name]]
    assert changed == ["dimse_primitives/n_get.py"]
    said = dimsegen("lint", "--schemas", mine)
    assert said.code == 0
    assert said.out.splitlines()[:2] == ["note: replaces what the standard says:", f"  {listed}"]
    said = dimsegen("diff", printed_folder(), mine, "--verify", "none")
    assert said.code == 1
    assert "error  usage-u-to-m  N-GET request AttributeIdentifierList  U -> M" in said.out
    assert "note: new replaces what the standard says: N-GET parameters" in said.out
    assert "3267cc31119c" in said.out


def test_tables_of_all_families_are_laid_over(mine: Path, tmp_path: Path, dimsegen: Run) -> None:
    lay_over_upper_layer(mine)
    (mine / "sop_classes").mkdir()
    (mine / "sop_classes" / "hatch.yaml").write_text(HATCH_CLASS, "utf-8")
    for command in (["fmt"], ["fmt", "--check"], ["lint"], ["generate", "--output", "out"]):
        said = dimsegen(*command, "--schemas", mine)
        assert (said.code, said.err) == (0, ""), (command, said)
    fork = Path(shutil.copytree(ROOT / "schemas", tmp_path / "fork"))
    add_to_upper_layer(fork)
    for load in (load_upper_layer, load_sop_classes):
        assert load(mine).overrides == ()
    ours, theirs = load_upper_layer(mine), load_upper_layer(fork)
    assert ours.services == theirs.services
    assert ours.structures.keys() == theirs.structures.keys()
    codes = {each.name for each in ours.structures["A_ASSOCIATE_RJ"].values["Reason/Diag."]}
    assert codes == {e.name for e in theirs.structures["A_ASSOCIATE_RJ"].values["Reason/Diag."]}
    said = dimsegen("diff", printed_folder(), mine)
    assert (said.code, said.err) == (1, "")
    for line in ("note  layout-changed  HatchKeySubItem", "error  values-widened  A_ASSOCIATE_RJ"):
        assert line in said.out
    assert "error  service-added  HatchManagement" in said.out
    back = dimsegen("diff", mine, printed_folder(), "--verify", "none")
    assert (back.code, back.err) == (1, "")


def test_what_is_replaced_of_another_family_is_listed(mine: Path, dimsegen: Run) -> None:
    layer = mine / "upper_layer" / "pdus"
    layer.mkdir(parents=True)
    value = '{code: "1", when: {Source: "1"}, name: NO_REASON_GIVEN, text: no reason}'
    (layer / "a_associate_rj.yaml").write_text(f"values:\n  Reason/Diag.: [{value}]\n", "utf-8")
    said = dimsegen("generate", "--schemas", mine, "--output", "out")
    (_, heading, line) = said.out.splitlines()
    assert heading == "replaces what the standard says:"
    assert line.endswith("a_associate_rj.yaml:2:18: a_associate_rj values Reason/Diag. 1")


def test_what_is_written_the_same_again_replaces_nothing(mine: Path) -> None:
    replace_row(mine, "U")
    write(mine, "errata.yaml", (printed_folder() / "errata.yaml").read_text("utf-8"))
    assert load_schema(mine).overrides == ()


def test_elements_statuses_and_errata_are_added_and_replaced(mine: Path) -> None:
    write(
        mine,
        "elements.yaml",
        'elements:\n  Door: {tag: "(0000,0650)", vr: UI, vm: "1", name: Door}\n'
        '  ErrorID: {tag: "(0000,0903)", vr: US, vm: "1", name: Error Number}\n'
        'descriptions:\n  Door: "The door."\n',
    )
    write(
        mine,
        "statuses.yaml",
        'types:\n  jammed:\n    type: {name: Jammed, class: failure, codes: ["C001"], see: "Z.3"}\n'
        "    fields: {}\n  success:\n    fields:\n      ErrorComment: {response: X-LOCK}\n",
    )
    write(
        mine,
        "errata.yaml",
        'errata:\n  S900:\n    title: A title\n    clause: "One."\n    other_clause: "Two."\n'
        '    decision: "Three."\n    applies_to: [X-LOCK.MoveDestination]\n',
    )
    schema = load_schema(mine)
    keywords = list(schema.parameters)
    assert keywords[keywords.index("Door") - 1] == "MoveDestination"
    assert schema.parameters["ErrorID"].name == "Error Number"
    success = next(each for each in schema.status_types if each.identifier == "success")
    assert [field.parameter.keyword for field in success.fields][-1] == "ErrorComment"
    assert "jammed" in [each.identifier for each in schema.status_types]
    assert {"S1", "S900"} < schema.errata.keys()
    assert [each.name for each in schema.overrides] == ["elements ErrorID"]


def test_a_mistake_is_told_in_the_own_file(mine: Path) -> None:
    replace_row(mine, "X")
    (said,) = mistakes(mine)
    assert said.startswith("mine/services/n_get.yaml:3:51: AttributeIdentifierList: 'X' is not")
    replace_row(mine)
    write(mine, "package.yaml", "extends: standart\n")
    assert mistakes(mine) == [
        "mine/package.yaml:1:10: extends: 'standart': write standard (did you mean standard?)"
    ]
    write(mine, "package.yaml", "extends: standard\n")
    write(
        mine,
        "elements.yaml",
        'elements:\n  Door: {tag: "(0000,0110)", vr: UI, vm: "1", name: Door}\n'
        'descriptions:\n  Door: "The door."\n',
    )
    assert [each for each in mistakes(mine) if "MessageID already" in each or "tag of" in each] == [
        "mine/elements.yaml:2:15: Door: has the tag of MessageID: give each element its own"
    ]


def test_revisions_are_compared_as_the_working_tree_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, dimsegen: Run
) -> None:
    git: Git = make_repository(tmp_path / "repository", monkeypatch)
    shutil.rmtree(git.folder / "schemas")
    (git.folder / "schemas" / "services").mkdir(parents=True)
    write(git.folder / "schemas", "package.yaml", "extends: standard\n")
    write(git.folder / "schemas", "services/x_lock.yaml", LOCK)
    git.commit("extends the standard")
    replace_row(git.folder / "schemas")
    said = dimsegen("diff", "HEAD")
    assert (said.code, said.err) == (1, "")
    assert "error  usage-u-to-m  N-GET request AttributeIdentifierList  U -> M" in said.out
    assert "1 finding: 1 error;" in said.out
    said = dimsegen("waive", "3267cc31119c", "HEAD", "--reason", "Ours want it.")
    assert (said.code, said.err) == (0, "")
    assert dimsegen("diff", "HEAD").code == 0
    said = dimsegen("check", "--base", "HEAD")
    assert "lint          ok" in said.out
    assert "diff          ok" in said.out


def test_a_copy_of_a_part_of_the_standard_replaces_nothing(mine: Path, dimsegen: Run) -> None:
    for name in ("upper_layer", "sop_classes"):
        shutil.copytree(printed_folder() / name, mine / name)
    shutil.copytree(ROOT / "schemas" / "audit", mine / "audit")
    said = dimsegen("generate", "--schemas", mine)
    assert said.out.splitlines()[1:] == [
        "replaces what the standard says:",
        "  mine/audit: all of audit",
    ]


def test_its_tables_cite_its_own_document_and_the_others_theirs(mine: Path, dimsegen: Run) -> None:
    write(mine, "package.yaml", f'summary: "Doors."\n{DOORS}extends: standard\n')
    replace_row(mine)
    said = dimsegen("generate", "--schemas", mine, "--output", ".", "--package", "doors")
    assert said.code == 0
    lock, get = (Path("doors", name).read_text("utf-8") for name in ("x_lock.py", "n_get.py"))
    assert '"Doors Z.1.1, Table Z.1-1"' in lock
    assert '"Doors Z.1.4, PS3.7 Annex C"' in lock
    assert "Doors" not in get
    root = Path("doors", "__init__.py").read_text("utf-8")
    assert root.split("\n")[1] == '"""Doors.'
    assert "DICOM PS3.7 and Doors" in root
    assert '__standard__: Final = "2024c"' in root
    said = dimsegen("docs", "--schemas", mine, "--output", "pages", "--package", "doors")
    assert said.code == 0
    page = Path("pages", "x_lock.rst").read_text("utf-8")
    assert "`Z.1 <https://doors.example/#Z.1>`__" in page
    assert "part07.html#chapter_C" in page
    assert "dimse_primitives" not in "".join(text.decode() for text in tree(Path("pages")).values())
    said = dimsegen("show", "X-LOCK", "--schemas", mine)
    assert said.out.startswith("X-LOCK: Lock a door. (Doors Z.1, Table Z.1-1)\n")


def test_verify_compares_what_the_standard_can_print(
    mine: Path, dimsegen: Run, tmp_path: Path
) -> None:
    part = tmp_path / "part07.xml"
    part.write_text(print_part(load_schema(printed_folder())), "utf-8")
    write(mine, "package.yaml", f"{DOORS}extends: standard\n")
    said = dimsegen("verify", part, "--schemas", mine)
    assert (said.code if not private() else 0, said.err) == (0, "")
    (note,) = [line for line in said.out.splitlines() if line.startswith("not of the standard")]
    assert "X-LOCK (Doors)" in note


@pytest.mark.parametrize("name", ["package", "service", "elements", "statuses"])
def test_editors_check_the_files_of_such_a_folder(name: str) -> None:
    folder = ROOT / "docs" / "guides" / "private"
    where = "package.json" if name == "package" else f"extending/{name}.json"
    schema = json.loads((ROOT / "schemas" / "json-schema" / where).read_text("utf-8"))
    file = folder / ("services/x_bolt.yaml" if name == "service" else f"{name}.yaml")
    validator = Draft202012Validator(schema)
    assert validator.is_valid(yaml.safe_load(file.read_text("utf-8")))
    assert not validator.is_valid({"anything": "else"})


def test_a_package_of_an_own_protocol_says_nothing_of_the_standard(
    tmp_path: Path, dimsegen: Run
) -> None:
    own = ROOT / "docs" / "guides" / "own"
    dimsegen("generate", "--schemas", own, "--output", tmp_path, "--package", "locks")
    said = dimsegen("docs", "--schemas", own, "--output", tmp_path / "pages", "--package", "locks")
    assert said.code == 0
    texts = {name: text.decode() for name, text in tree(tmp_path).items()}
    made = ("__init__", "x_bolt", "_elements", "_status", "_messages")
    of_tables = {f"locks/{name}.py" for name in made} | {n for n in texts if n.startswith("pages/")}
    of_tables.remove("pages/rules.rst")  # those of any command set, whatever its tables
    for name in of_tables:
        text = texts[name].replace("(PS3.7 6.3.1)", "")  # how any command set is encoded
        for word in ("PS3.7", "Annex", "nema", "dimse_primitives"):
            assert word not in text, (name, word)
    assert texts["locks/__init__.py"].split("\n")[1] == '"""A protocol that locks doors.'
