"""What a PDU conveys of a primitive follows from its rows, and from nothing else."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from dimse_primitives import InvalidPrimitiveError
from dimse_primitives import upper_layer as ul
from dimsegen.reading.problems import SchemaError
from dimsegen.upper_layer.loader import load_schema
from dimsegen.upper_layer.package import render_package

ROOT = Path(__file__).resolve().parents[3]
FILE = "upper_layer/_conversion.py"


@pytest.fixture(scope="module")
def schemas(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("schemas")
    shutil.copytree(ROOT / "schemas" / "upper_layer", folder / "upper_layer")
    return folder


def conversion(schemas: Path, name: str, old: str, new: str) -> str:
    """Return the generated module after one change of a file, which is undone."""
    path = schemas / "upper_layer" / "pdus" / name
    before = path.read_text()
    assert old in before
    path.write_text(before.replace(old, new, 1))
    try:
        return render_package(load_schema(schemas), ROOT / "templates")[FILE].decode()
    finally:
        path.write_text(before)


def test_another_parameter_is_conveyed_when_the_row_says_so(schemas: Path) -> None:
    text = conversion(schemas, "a_abort_pdu.yaml", "without: REASON_NOT_SPECIFIED",
                      "without: UNEXPECTED_PDU")  # fmt: skip
    assert "provider_reason = AbortReason.UNEXPECTED_PDU" in text


def test_what_a_pdu_sets_chooses_it(schemas: Path) -> None:
    text = conversion(schemas, "a_associate_ac.yaml", "result source: SERVICE_USER",
                      "result source: SERVICE_PROVIDER_ACSE")  # fmt: skip
    assert "if primitive._result == AssociateResult.ACCEPTED:" in text
    assert "primitive._result_source = int(RejectSource.SERVICE_PROVIDER_ACSE)" in text


def test_what_another_pdu_says_too_chooses_nothing(schemas: Path) -> None:
    with pytest.raises(SchemaError, match="nothing tells which of A-ASSOCIATE-AC PDU, "):
        conversion(schemas, "a_associate_ac.yaml", "{result: ACCEPTED,",
                   "{result: REJECTED_TRANSIENT,")  # fmt: skip


def test_a_significant_field_chooses_the_primitive(schemas: Path) -> None:
    text = conversion(schemas, "a_abort_pdu.yaml", 'only_when: {Source: "2"}}',
                      'only_when: {Source: "0"}}')  # fmt: skip
    assert (
        "if pdu.source == AbortSource.SERVICE_USER:\n        return _from_a_abort_pdu_a_p" in text
    )


def test_what_is_absent_is_sent_as_the_row_says() -> None:
    rejected = ul.A_ASSOCIATE(result=1).to_pdu()
    assert rejected == ul.A_ASSOCIATE_RJ(1, 1, 1)
    assert ul.A_ABORT().to_pdu() == ul.A_ABORT_PDU(0)
    assert ul.A_P_ABORT().to_pdu() == ul.A_ABORT_PDU(2, 0)


def test_a_code_of_zero_is_sent_as_it_is() -> None:
    rejected = ul.A_ASSOCIATE(result=2, result_source=3, diagnostic=0).to_pdu()
    assert rejected == ul.A_ASSOCIATE_RJ(2, 3, 0)


def test_a_rejected_context_needs_no_transfer_syntax() -> None:
    primitive = ul.A_ASSOCIATE(
        application_context_name="1.2.840.10008.3.1.1.1",
        calling_ae_title="A",
        called_ae_title="B",
        user_information=(),
        result=0,
        presentation_context_definition_list_result=[(1, 3)],
    )
    pdu = primitive.to_pdu()
    assert isinstance(pdu, ul.A_ASSOCIATE_AC)
    assert pdu.presentation_contexts[0].transfer_syntax_name == "1.2.840.10008.1.2"
    assert pdu.to_primitive().presentation_context_definition_list_result == (
        ul.PresentationContextResult(1, 3),
    )
    primitive.presentation_context_definition_list_result = [(1, 0)]
    with pytest.raises(InvalidPrimitiveError, match="1: a result of 0 needs a transfer syntax"):
        primitive.to_pdu()


def test_everything_that_is_missing_is_told_at_once() -> None:
    with pytest.raises(InvalidPrimitiveError) as caught:
        ul.A_ASSOCIATE(calling_ae_title="A").to_pdu()
    assert [each.parameter for each in caught.value.violations] == [
        "called_ae_title",
        "application_context_name",
        "presentation_context_definition_list",
        "user_information",
    ]
