"""A mistake in a schema of the Upper Layer is told where it is, with what to do."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from dimsegen.reading.problems import SchemaError
from dimsegen.upper_layer.family import FAMILY
from dimsegen.upper_layer.loader import load_schema as load_upper_layer
from dimsegen.upper_layer.loader.prose_rules import RULES

ROOT = Path(__file__).resolve().parents[3]
ASSOCIATE, ABORT = "services/a_associate.yaml", "services/a_abort.yaml"
REQUEST, REJECT = "pdus/a_associate_rq.yaml", "pdus/a_associate_rj.yaml"
ACCEPT = "pdus/a_associate_ac.yaml"
CONTEXT, STATES = "pdus/presentation_context_item_rq.yaml", "states.yaml"
LAST = '  - {bytes: "5-8",    field: Maximum-length-received,                       is: number}\n'
RELATED = "pdus/related_general_sop_class_identification.yaml"
ROLE = "pdus/scp_scu_role_selection_sub_item.yaml"

CASES: list[tuple[str, str, str, str, str]] = [
    ("class-file", REJECT, "class: A_ASSOCIATE_RJ", "class: A_ASSOCIATE_REJECT",
     "A_ASSOCIATE_REJECT: its file has another name: rename the file to a_associate_reject.yaml"),
    ("missing-cell", ABORT, 'indication: M,', "", "abort source: no indication cell"),
    ("unknown-cell-text", ABORT, "indication: M,", "indication: MM,",
     "abort source: 'MM' is not a usage code: use \"M\", \"MF\""),
    ("equal-in-first", ABORT, "request: NU", 'request: "NU(=)"',
     "user information: (=) in the request column has no column to its left"),
    ("fixed-value", ASSOCIATE, ' value: "normal",', "", "mode: 'UF' needs value or same_as"),
    ("idle-value", ABORT, "of: AbortSource", 'of: AbortSource, value: "x"',
     "abort source: no cell has a fixed value: remove value"),
    ("value-twice", ASSOCIATE, 'value: "normal"', 'value: "normal", same_as: result',
     "mode: value and same_as both say"),
    ("unknown-parameter", ASSOCIATE, "same_as: called AE title", "same_as: called AE titel",
     "called AE titel is no row of this service (did you mean called AE title?)"),
    ("code-of", ABORT, "of: AbortSource, ", "", "abort source: a code needs of"),
    ("unknown-enumeration", ABORT, "of: AbortSource", "of: AbortSorce",
     "AbortSorce: no field has values with names for it (did you mean AbortSource?)"),
    ("diagnostic-source", ASSOCIATE, "of: RejectSource", "of: RejectResult",
     "diagnostic: its codes depend on RejectSource: add a row that is a code of it"),
    ("duplicate-attribute", ASSOCIATE, "    result:  ", "    result source (bis):  ",
     "another row has the attribute result_source"),
    ("other-table", ABORT, '"7-5":', '"7-6":', "7-6: is not among the tables of the reference"),
    ("byte-gap", REQUEST, '"7-8",  ', '"8-9",  ', "the bytes 8-9 do not follow byte 6"),
    ("fixed-width", REQUEST, '"7-8",  ', '"7-xxx",',
     "Protocol-version: version needs a fixed number of bytes, 7-xxx is none"),
    ("variable-width", REQUEST, "is: reserved, value: 0000H", "is: bytes",
     "Reserved: bytes is as long as a length before it says, and 9-10 is 2 bytes: write number"),
    ("octets-width", REQUEST, "value: 0000H", "value: 000000H",
     "Reserved: 000000H has 3 bytes, 9-10 is 2"),
    ("missing-of", REQUEST, 'is: version,  bit: "0"', "is: version",
     "Protocol-version: version needs bit: add it"),
    ("unknown-field", ROLE, "of: SOP-class-uid", "of: SOP-class-iud",
     "SOP-class-iud is no field of this structure (did you mean SOP-class-uid?)"),
    ("values-of-nothing", ROLE, "  SCU-role:\n", "  SCU-rule:\n",
     "SCU-rule: has values, and no field of that name is a code (did you mean SCU-role?)"),
    ("code-without-values", ROLE, "  SCU-role:\n", "  SCU-rule:\n",
     "SCU-role: no values are listed for it"),
    ("contents-without-items", CONTEXT, "is: items", "is: bytes",
     "contains and order belong to a field that is items"),
    ("items-without-contents", REQUEST, "order: ascending\n", "",
     "Variable items: nothing says what items there are"),
    ("unknown-class", REQUEST, "  UserInformationItem:", "  UserInfoItem:       ",
     "UserInfoItem: no file describes this structure"),
    ("type-order", "pdus/user_information_item.yaml", "  ImplementationClassUIDSubItem: ",
     "  AbstractSyntaxSubItem:         ", "its type 30H does not follow that of"),
    ("missing-type", "pdus/abstract_syntax_sub_item.yaml", "is: type,     value: 30H",
     "is: reserved, value: 30H", "AbstractSyntaxSubItem: an item needs a type"),
    ("untyped-once", "pdus/p_data_tf.yaml", "occurs: one or more", "occurs: one",
     "PresentationDataValueItem: nothing tells an item without a type from the next one"),
    ("header", REQUEST, '{bytes: "3-6",    field: PDU-length',
     '{bytes: "3-4",    field: PDU-length',
     "A_ASSOCIATE_RQ: starts with type of 1, reserved of 1, length of 2, not with a type of 1, a "
     "byte, and a length of 4 bytes"),
    ("empty-item", "pdus/maximum_length_sub_item.yaml", LAST, "",
     "MaximumLengthSubItem: nothing follows its header: add a field"),
    ("number-width", "pdus/maximum_length_sub_item.yaml", '"5-8",  ', '"5-12", ',
     "Maximum-length-received: number of 8 bytes cannot be read: use 1, 2 or 4"),
    ("unlisted-code", REJECT, '{code: "2",    name: SERVICE_PROVIDER_ACSE',
     '{code: "4",    name: SERVICE_PROVIDER_ACSE',
     "Reason/Diag.: Source has no value 2: correct the condition, or add it"),
    ("several-pdus", ASSOCIATE, 'response: M,  confirmation: "M(=)",  is: code',
     'response: U,  confirmation: "U(=)",  is: code',
     "A-ASSOCIATE: nothing tells which of A-ASSOCIATE-AC PDU, A-ASSOCIATE-RJ PDU or "
     "A-ASSOCIATE-RQ PDU it becomes: "),
    ("one-of-several", "pdus/a_abort_pdu.yaml", ', only_when: {Source: "2"}', "",
     "A_ABORT_PDU: nothing tells which of its primitives it is"),
    ("unlisted-code", "pdus/a_abort_pdu.yaml", 'only_when: {Source: "2"}',
     'only_when: {Source: "1"}', "Reason/Diag.: Source has no value 1"),
    ("one-condition", "pdus/a_abort_pdu.yaml", 'only_when: {Source: "2"}',
     'only_when: {Source: ["0", "2"]}', "Reason/Diag.: only_when has 2 values"),
    ("second-code", REJECT, '{code: "4-6",', '{code: "3-6",',
     "Reason/Diag.: 3 is among the values already: remove one of them"),
    ("no-items", ABORT, "is: code, of: AbortSource", "is: user_data, of: AbortSource",
     "abort source: is user_data, and no PDU of A-ABORT has an item for it: correct either"),
    ("type-place", REQUEST, "is: reserved, value: 0000H", "is: type,     value: 0000H",
     "Reserved: a type is the first field, and nothing else: correct is"),
    ("fragment-place", ROLE, "is: uid,      see", "is: fragment, see",
     "SOP-class-uid: a fragment ends an item without a type, and nothing else"),
    ("missing-of", REJECT, "is: type,     value: 03H", "is: type",
     "PDU-type: type needs value: add it"),
    ("second-type", REJECT, "is: type,     value: 03H", "is: type,     value: 02H",
     "A_ASSOCIATE_RJ: its type 02H is that of A_ASSOCIATE_AC already: correct either"),
    ("other-form", CONTEXT, "is: context_id, parity: odd", "is: context_id, parity: even",
     "Presentation-context-ID: context_id has 1 byte, odd elsewhere, and 1 byte, even here"),
    ("idle-key", REQUEST, "is: ae_title, conveys", "is: ae_title, parity: odd, conveys",
     "Called-AE-title: parity says nothing of ae_title: remove it"),
    ("no-length", ROLE, "of: SOP-class-uid", "of: SCU-role",
     "SOP-class-uid: nothing says where it ends"),
    ("no-end", RELATED, "is: length,   of: Related-general-sop-class-uid", "is: number",
     "Related-general-sop-class-uid: nothing says where an item without a type ends: add a length "
     "of it before it"),
    ("missing-requestor", ABORT, "requestor: either AE\n", "",
     "A-ABORT: nothing says who its requestor is: add requestor"),
    ("idle-requestor", "services/a_p_abort.yaml", "issued:", "requestor: either AE\nissued:",
     "A-P-ABORT: no primitive is issued by its requestor, or to it: remove requestor"),
    ("missing-issued", ABORT, "  indication:   {by", "  indicated:    {by",
     "indication: nothing says who issues it: add it"),
    ("unknown-issued", ABORT, "  indication:   {by", "  indicatoin:   {by",
     "indicatoin: is no column of A-ABORT (did you mean indication?)"),
    ("no-provider", ABORT, "{by: requestor, to: provider, ", "{by: requestor, to: acceptor, ",
     "request: goes from requestor to acceptor: one of both is the provider: correct either"),
    ("unknown-pdu", STATES, "sends: A_ASSOCIATE_AC", "sends: A_ASSOCIATE_AK",
     "AE-7: A_ASSOCIATE_AK: no PDU has this class (did you mean A_ASSOCIATE_AC?)"),
    ("unknown-pdu", STATES, "pdu: A_ABORT_PDU", "pdu: UserInformationItem",
     "A_ABORT_PDU: UserInformationItem: no PDU has this class"),
    ("unknown-primitive", STATES, "issues: P-DATA indication", "issues: P-DATA indicaton",
     "DT-2: P-DATA indicaton: no service has this primitive (did you mean P-DATA indication?)"),
    ("not-by-provider", STATES, "issues: P-DATA indication", "issues: P-DATA request",
     "DT-2: P-DATA request is not issued by the provider: correct either"),
    ("by-provider", STATES, "primitive: P-DATA request", "primitive: P-DATA indication",
     "P_DATA_REQUEST: P-DATA indication is issued by the provider, not by a user"),
    ("beside-fragments", "pdus/p_data_tf.yaml", "is: reserved, value: 00H", "is: number",
     "Reserved: P_DATA_TF has fragments, and nothing beside them: make it reserved"),
    ("named-range", REJECT, '"3",    name: SERVICE_P', '"3-7",  name: SERVICE_P',
     "SERVICE_PROVIDER_PRESENTATION: names one code, and 3 to 7 are several"),
    ("length-place", ROLE, "is: reserved, value: 00H", "is: length,   value: 00H",
     "Reserved: a length without of is in the header"),
    ("length-place", "pdus/user_identity_sub_item_rq.yaml", "of: Secondary", "of: Primary",
     "Secondary-field-length: a length without of is in the header, and one with of stands before"),
    ("unknown-state", STATES, "next: Sta4", "next: Sta44", "Sta44: no such state"),
    ("second-arrival", STATES, "pdu: A_ASSOCIATE_RJ", "pdu: A_ASSOCIATE_AC",
     "A_ASSOCIATE_RJ_PDU: receiving A_ASSOCIATE_AC is A_ASSOCIATE_AC_PDU already"),
    ("unknown-event", STATES, "  INVALID_PDU:                        {Sta1",
     "  INVALID_PDUS:                       {Sta1", "INVALID_PDUS: no such event"),
    ("missing-event", STATES, "  INVALID_PDU:                        {Sta1",
     "  INVALID_PDUS:                       {Sta1", "INVALID_PDU: no row of transitions"),
    ("missing-state", STATES, '{Sta1: AE-1 Sta4, Sta2: "",  ', "{Sta1: AE-1 Sta4,",
     "A_ASSOCIATE_REQUEST: no Sta2 cell: write one"),
    ("unknown-transition", STATES, "{Sta1: AE-1 Sta4", "{Sta1: AE-1 to 4",
     "'AE-1 to 4': write an action and the next state"),
    ("unknown-action", STATES, "{Sta1: AE-1 Sta4", "{Sta1: AE-9 Sta4", "AE-9: no such action"),
    ("other-end", STATES, "{Sta1: AE-1 Sta4", "{Sta1: AE-1 Sta5",
     "AE-1 ends in Sta4, not in Sta5: correct the cell or the action"),
    ("unknown-service", REJECT, "becomes: A-ASSOCIATE", "becomes: A-ASSOCIATES",
     "A-ASSOCIATES: no such service (did you mean A-ASSOCIATE?)"),
    ("unknown-column", REJECT, "as: confirmation", "as: confirmed",
     "confirmed: no such column of its service (did you mean confirmation?)"),
    ("unknown-value", REJECT, "without: NO_REASON_GIVEN", "without: NO_REASON",
     "Reason/Diag.: NO_REASON is none of its values (did you mean NO_REASON_GIVEN?)"),
    ("unknown-value", ACCEPT, "sets: {result: ACCEPTED", "sets: {result: ACCEPT",
     "result: ACCEPT is none of its values (did you mean ACCEPTED?)"),
    ("unknown-parameter", REQUEST, "conveys: calling AE title", "conveys: calling AE titel",
     "calling AE titel is no row of this service (did you mean calling AE title?)"),
    ("unknown-parameter", CONTEXT, "conveys: abstract syntax name", "conveys: abstract syntax",
     "abstract syntax is no row of this service (did you mean abstract syntax name?)"),
    ("not-conveyed", REQUEST, ", conveys: calling AE title", "",
     "A-ASSOCIATE-RQ PDU: nothing says what calling AE title is: add conveys, sets or takes"),
    ("not-conveyed", CONTEXT, ", conveys: transfer syntax names", "",
     "Presentation Context Item: nothing says what transfer syntax names is"),
]  # fmt: skip


@pytest.fixture
def schemas(tmp_path: Path) -> Path:
    shutil.copytree(ROOT / "schemas" / "upper_layer", tmp_path / "upper_layer")
    return tmp_path


def test_a_field_without_bytes_is_told_of_as_such(schemas: Path) -> None:
    path = schemas / "upper_layer" / REQUEST
    path.write_text(path.read_text("utf-8").replace("bytes:", "octets:", 1), "utf-8")
    with pytest.raises(SchemaError, match="bytes is missing"):
        load_upper_layer(schemas)


@pytest.mark.parametrize(("rule", "file", "old", "new", "text"), CASES, ids=lambda each: each[:24])
def test_a_mistake_has_its_place(
    schemas: Path, rule: str, file: str, old: str, new: str, text: str
) -> None:
    path = schemas / "upper_layer" / file
    before = path.read_text()
    assert old in before
    path.write_text(before.replace(old, new, 1))
    with pytest.raises(SchemaError) as caught:
        load_upper_layer(schemas)
    found = [problem for problem in caught.value.problems if problem.rule == rule]
    assert found, [str(problem) for problem in caught.value.problems]
    assert text in found[0].message
    assert found[0].position.file.endswith(file)


def test_every_rule_has_a_case() -> None:
    assert {rule for rule, *_ in CASES} == set(RULES)


def test_a_folder_without_files_is_told(schemas: Path) -> None:
    shutil.rmtree(schemas / "upper_layer" / "pdus")
    with pytest.raises(SchemaError, match=r"put at least one \.yaml file in upper_layer/pdus/"):
        load_upper_layer(schemas)


def test_schemas_need_no_upper_layer(tmp_path: Path) -> None:
    assert not FAMILY.is_in(tmp_path)
