"""A private attribute is known by its creator, in whichever block of elements a data set has it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from dimsegen.explanation.run_tables import files_of
from dimsegen.sop_classes.compare import compare
from dimsegen.sop_classes.family import FAMILY
from dimsegen.sop_classes.loader import load_schema
from dimsegen.witness.packages import Package, imported
from pydicom.dataset import Dataset
from pydicom.uid import ExplicitVRBigEndian, ExplicitVRLittleEndian, ImplicitVRLittleEndian

from ...conftest import ROOT, Run
from ...golden.sop_classes.test_sop_class_errors import BASE
from ...printed import printed_folder

CREATOR = "HATCHES 1.0"
CODE = '  HatchCode:                              {creator: HATCHES 1.0, tag: "(0041,xx01)", vr: LO, vm: "1", name: Hatch Code}\n'  # noqa: E501
HATCH = f"""\
# yaml-language-server: $schema=../json-schema/sop_classes/sop_class.json
# Hatch: a private SOP class, with private attributes.
sop_classes:
  HatchManagement:                        {{uid: 1.2.826.0.1.3680043.10.7, name: Hatch Management, section: "Hatches Z.1", services: {{N-CREATE: M/M}}}}

private_attributes:
{CODE}  HatchPartSequence:                      {{creator: HATCHES 1.0, tag: "(0041,xx02)", vr: SQ, vm: "1", name: Hatch Part Sequence}}
  HatchForce:                             {{creator: HATCHES 1.0, tag: "(0041,xx03)", vr: US, vm: "1", name: Hatch Force}}

tables:
  Z.1-2:
    section: "Hatches Z.1.2"
    columns: {{create: Req. Type N-CREATE (SCU/SCP)}}
    rows:
      - PatientID:                                                {{create: 3/3}}
      - HatchCode:                                                {{create: 1/1,         values: {{create: [FORE, AFT]}}}}
      - HatchPartSequence:                                        {{create: 1C/1C,       required_when: {{value: {{HatchCode: AFT}}}}}}
      - - HatchForce:                                             {{create: 1/1}}

examples:
  - title: A hatch is made
    message: N-CREATE request
    data_set:
      HatchCode: AFT
      HatchPartSequence:
        - HatchForce: "7"
"""  # noqa: E501
SYNTAXES = (ImplicitVRLittleEndian, ExplicitVRLittleEndian, ExplicitVRBigEndian)


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = Path(shutil.copytree(BASE, tmp_path_factory.mktemp("hatch") / "schemas"))
    (folder / "sop_classes" / "hatch.yaml").write_text(HATCH, "utf-8")
    return folder


@pytest.fixture(scope="module")
def package(schemas: Path) -> Iterator[Package]:
    with imported(files_of(FAMILY, load_schema(schemas), ROOT / "templates")) as package:
        yield package


def data_set(code: str = "AFT", force: int | None = 7, *, after: int = 0) -> Dataset:
    """Return what the tables ask, with blocks of as many other creators before that of ours."""
    made = Dataset()
    for number in range(after):
        made.private_block(0x0041, f"OTHER {number}", create=True).add_new(1, "LO", "OTHER")
    block = made.private_block(0x0041, CREATOR, create=True)
    if code:
        block.add_new(0x01, "LO", code)
    if force is not None:
        item = Dataset()
        # An item has blocks of its own.
        for number in range(after + 1):
            item.private_block(0x0041, f"ANOTHER {number}", create=True).add_new(3, "LO", "OTHER")
        item.private_block(0x0041, CREATOR, create=True).add_new(0x03, "US", force)
        block.add_new(0x02, "SQ", [item])
    return made


def encoded(made: Dataset, syntax: str) -> bytes:
    file = BytesIO()
    is_implicit = syntax == ImplicitVRLittleEndian
    made.save_as(
        file,
        implicit_vr=is_implicit,
        little_endian=syntax != ExplicitVRBigEndian,
        enforce_file_format=False,
    )
    return file.getvalue()


def found(package: Package, made: Dataset) -> list[list[tuple[str, str]]]:
    """Return what is wrong with a data set, as it is and in every transfer syntax."""
    check: Any = package.module("sop_classes").check
    request = package.find("N_CREATE")(MessageID=1, AffectedSOPClassUID="1.2.826.0.1.3680043.10.7")
    said = [check(request, made)]
    for syntax in SYNTAXES:
        said.append(check(request, encoded(made, syntax), transfer_syntax=syntax))
    return [[(each.rule, each.path) for each in violations] for violations in said]


@pytest.mark.parametrize("after", [0, 1, 17])
def test_it_is_found_in_whichever_block_it_is(package: Package, after: int) -> None:
    assert found(package, data_set(after=after)) == [[]] * 4


def test_the_same_element_of_another_creator_is_another_attribute(package: Package) -> None:
    made = data_set(code="", after=1)
    assert found(package, made) == [[("missing-attribute", "HatchCode")]] * 4
    del made[0x00410011]
    assert [("missing-attribute", "HatchCode")] in found(package, made)


def test_its_value_and_its_items_are_held_against_the_tables(package: Package) -> None:
    (path, *_) = found(package, data_set(code="PORT", force=None))
    assert [each for _, each in path] == ["HatchCode"]
    missing = found(package, data_set(force=None))
    assert missing == [[("missing-attribute", "HatchPartSequence")]] * 4
    made = data_set()
    del made[0x00411002].value[0][0x00411103]
    assert found(package, made) == [[("missing-attribute", "HatchPartSequence[1].HatchForce")]] * 4


def test_a_violation_says_by_creator_and_tag_what_to_add(package: Package) -> None:
    check: Any = package.module("sop_classes").check
    request = package.find("N_CREATE")(MessageID=1, AffectedSOPClassUID="1.2.826.0.1.3680043.10.7")
    (missing,) = check(request, Dataset())
    assert missing.message.endswith(
        "; add HatchCode; HatchCode is (0041,xx01) of HATCHES 1.0, VR LO"
    )
    made = data_set()
    del made[0x00411002].value[0][0x00411103]
    (missing,) = check(request, made)
    assert missing.message.endswith(
        "; add HatchPartSequence[1].HatchForce; HatchForce is (0041,xx03) of HATCHES 1.0, VR US"
    )


@pytest.mark.parametrize("syntax", SYNTAXES)
def test_an_answer_names_it_as_the_request_did(package: Package, syntax: str) -> None:
    tables: Any = package.module("sop_classes")
    request = package.find("N_CREATE")(MessageID=1, AffectedSOPClassUID="1.2.826.0.1.3680043.10.7")
    made = data_set(code="PORT", after=1)
    # The item has one more creator before ours than the data set.
    del made[0x00411102].value[0][0x00411203]
    request.AttributeList = BytesIO(encoded(made, syntax))
    wrong = tables.check(request, transfer_syntax=syntax)
    assert [each.tags for each in wrong] == [(0x00411101,), (0x00411102, 0x00411203)]
    # Of the tables here, none says how a wrong value is answered; those of PS3.4 do so.
    answer = tables.refuse(request, [replace(wrong[0], status=0x0106)], transfer_syntax=syntax)
    elements = tables._data_set.read_data_set(answer.AttributeList.getvalue(), syntax)
    assert list(elements) == [0x00410011, 0x00411101]
    # The creator may have a second block, and the attribute in that.
    made.add_new(0x00410012, "LO", CREATOR)
    made.add_new(0x00411201, "LO", made.pop(0x00411101).value)
    assert tables.check(request, encoded(made, syntax), transfer_syntax=syntax)[0].tags == (
        0x00411201,
    )


def test_examples_and_explanations_make_it_as_pydicom_does(
    schemas: Path, package: Package, dimsegen: Run, tmp_path: Path
) -> None:
    text = str(package.module("sop_classes.hatch").__doc__)
    block = 'private_block(0x0041, "HATCHES 1.0", create=True)'
    assert f'data_set.{block}.add_new(0x01, "LO", "AFT")' in text
    assert f'item_1.{block}.add_new(0x03, "US", 7)' in text
    whole = Path(shutil.copytree(printed_folder(), tmp_path / "whole"))
    shutil.copy(schemas / "sop_classes" / "hatch.yaml", whole / "sop_classes")
    said = dimsegen("explain", "HatchManagement.HatchPartSequence", "--schemas", whole)
    assert (said.code, said.err) == (0, "")
    assert "Hatch Code is AFT" in said.out
    assert "Hatches Z.1.2, Table Z.1-2" in said.out
    assert dimsegen("fmt", "--check", whole / "sop_classes" / "hatch.yaml").code == 0


def test_a_change_of_it_is_found_wherever_it_is_used(schemas: Path, tmp_path: Path) -> None:
    other = Path(shutil.copytree(schemas, tmp_path / "schemas"))
    path = other / "sop_classes" / "hatch.yaml"
    path.write_text(HATCH.replace("(0041,xx03)", "(0041,xx0A)", 1), "utf-8")
    (found,) = compare(load_schema(schemas), load_schema(other))
    assert (found.rule, found.service) == ("element-changed", "HatchForce")
    assert found.change == "HATCHES 1.0 (0041,xx03) US -> HATCHES 1.0 (0041,xx0A) US"
