"""What a maintainer keeps beside the standard, in two documents of theirs or in none.

A service that names no document; one that does, with elements, a status and an erratum; and, of the
Upper Layer, a sub-item, a parameter and the reason of a rejection.
"""

from __future__ import annotations

import re
from pathlib import Path

LOCK = """\
# yaml-language-server: $schema=../json-schema/service.json
service: X-LOCK
summary: "Lock a door."
reference: {section: "Z.1", table: "Z.1-1"}

columns: {request: Req/Ind, response: Rsp/Conf}
parameters:
  MessageID:                            {request: M,   response: "-",    see: "Z.1.1"}
  MessageIDBeingRespondedTo:            {request: "-", response: M,      see: "Z.1.2"}
  MoveDestination:                      {request: M,   response: "U(=)", see: "Z.1.3"}
  Status:                               {request: "-", response: M,      see: "Z.1.4"}

messages:
  request:
    name: X-LOCK-RQ
    reference: {section: "Z.2.1", table: "Z.2-1"}
    fields:
      CommandGroupLength:                   {usage: M}
      CommandField:                         {usage: MF, value: 0x0F20}
      MessageID:                            {usage: parameter}
      MoveDestination:                      {usage: parameter}
      CommandDataSetType:                   {usage: MF, value: 0x0101}
  response:
    name: X-LOCK-RSP
    reference: {section: "Z.2.2", table: "Z.2-2"}
    fields:
      CommandGroupLength:                   {usage: M}
      CommandField:                         {usage: MF, value: 0x8F20}
      MessageIDBeingRespondedTo:            {usage: parameter}
      MoveDestination:                      {usage: parameter}
      CommandDataSetType:                   {usage: MF, value: 0x0101}
      Status:                               {usage: parameter}

statuses:
  - success
  - duplicate_invocation

examples:
  request:
    MessageID:                            0x0007
    MoveDestination:                      "DOOR"
  response:
    Status:                               0x0000
"""
HATCH = """\
# yaml-language-server: $schema=../json-schema/service.json
service: N-HATCH
summary: "Open a hatch, as far as it goes."
reference: {section: "Z.1", table: "Z.1-1", document: Hatches}

columns: {request: Req/Ind, response: Rsp/Conf}
parameters:
  MessageID:                            {request: M,   response: "-",    see: "Z.1.1"}
  MessageIDBeingRespondedTo:            {request: "-", response: M,      see: "Z.1.2"}
  RequestedSOPClassUID:                 {request: M,   response: "-",    see: "Z.1.3"}
  RequestedSOPInstanceUID:              {request: M,   response: "-",    see: "Z.1.4"}
  AffectedSOPClassUID:                  {request: "-", response: U,      equals: RequestedSOPClassUID, see: "Z.1.5"}
  AffectedSOPInstanceUID:               {request: "-", response: U,      equals: RequestedSOPInstanceUID, see: "Z.1.6"}
  Hatch:                                {request: M,   response: C,      required_when: {status: deferred}, see: "Z.1.7"}
  HatchForce:                           {request: U,   response: "-",    see: "Z.1.8"}
  AttributeList:                        {request: U,   response: C,      only_when: {status: success}, see: "Z.1.9"}
  Status:                               {request: "-", response: M,      see: "Z.1.10"}

messages:
  request:
    name: N-HATCH-RQ
    reference: {section: "Z.2.1", table: "Z.2-1"}
    fields:
      CommandGroupLength:                   {usage: M}
      RequestedSOPClassUID:                 {usage: parameter}
      CommandField:                         {usage: MF, value: 0x0F30}
      MessageID:                            {usage: parameter}
      CommandDataSetType:                   {usage: M}
      RequestedSOPInstanceUID:              {usage: parameter}
      Hatch:                                {usage: parameter}
      HatchForce:                           {usage: parameter}
      AttributeList:                        {usage: parameter}
  response:
    name: N-HATCH-RSP
    reference: {section: "Z.2.2", table: "Z.2-2"}
    fields:
      CommandGroupLength:                   {usage: M}
      AffectedSOPClassUID:                  {usage: parameter}
      CommandField:                         {usage: MF, value: 0x8F30}
      MessageIDBeingRespondedTo:            {usage: parameter}
      CommandDataSetType:                   {usage: M}
      Status:                               {usage: parameter}
      AffectedSOPInstanceUID:               {usage: parameter}
      Hatch:                                {usage: parameter}
      AttributeList:                        {usage: parameter}

statuses:
  - success
  - duplicate_invocation
  - processing_failure
  - deferred_until_open
  - refused_not_authorized

descriptions:
  RequestedSOPClassUID:                 "SOP Class of the hatch."
  RequestedSOPInstanceUID:              "The hatch."
  AffectedSOPClassUID:                  "SOP Class of the hatch that was opened."
  AffectedSOPInstanceUID:               "The hatch that was opened."
  AttributeList:                        "What the hatch is, encoded."

examples:
  request:
    MessageID:                            0x0007
    RequestedSOPClassUID:                 "1.2.826.0.1.3680043.10.7"
    RequestedSOPInstanceUID:              "1.2.826.0.1.3680043.10.7.1"
    Hatch:                                "FORE"
  response:
    Status:                               0x0000
"""  # noqa: E501
ADDED = (
    (
        "elements.yaml",
        "elements.MoveOriginatorMessageID",
        """\
  Hatch:                                {tag: "(0000,3001)", vr: LO, vm: "1",   name: Hatch, document: Hatches}
  HatchForce:                           {tag: "(0000,3003)", vr: UL, vm: "1",   name: Hatch Force, document: Hatches}
""",  # noqa: E501
    ),
    (
        "elements.yaml",
        "descriptions.MoveOriginatorMessageID",
        """\
  Hatch:                                "The hatch to open, or the one that waits."
  HatchForce:                           "How strongly, in newton."
""",
    ),
    (
        "statuses.yaml",
        "classes.pending",
        """\
  deferred:                             {name: Deferred, codes: ["D0xx"], see: "Z.9", document: Hatches}
""",  # noqa: E501
    ),
    (
        "statuses.yaml",
        "types.refused_not_authorized",
        """\
  deferred_until_open:
    type: {name: Deferred until open, class: deferred, codes: ["D0xx"], see: "Z.9.1", document: Hatches}
    fields:
      Hatch:                                {response: N-HATCH}
      ErrorComment:                         {response: any}
""",  # noqa: E501
    ),
    (
        "errata.yaml",
        "errata.S15",
        """\
  Z1:
    title: Affected UIDs of an N-HATCH response repeat the Requested UIDs
    clause: "Table Z.1-1 prints a plain U for both."
    other_clause: "Z.1.5 and Z.1.6 want them equal."
    decision: "The cell stays U; the equality is the row's equals."
    applies_to: [N-HATCH.AffectedSOPClassUID, N-HATCH.AffectedSOPInstanceUID]
    document: Hatches
""",
    ),
)
"""What is added to which file, after which entry of which part."""
PACKAGE = """\
# yaml-language-server: $schema=json-schema/package.json
documents:
  Hatches:
    edition: "2"
    link: "https://hatches.example/#{place}"
"""
SUB_ITEM = """\
# yaml-language-server: $schema=../../json-schema/upper_layer/pdu.json
structure: Hatch Key Sub-Item
class: HatchKeySubItem
kind: sub-item
summary: "Tells the key of the hatches that its sender may open."
references:
  - {part: Hatches, section: "Z.5", table: "Z.5-1"}

fields:
  - {bytes: "1",      field: Item-type,                                     is: type,     value: F0H}
  - {bytes: "2",      field: Reserved,                                      is: reserved, value: 00H}
  - {bytes: "3-4",    field: Item-length,                                   is: length}
  - {bytes: "5-xxx",  field: Hatch-key,                                     is: text,     characters: 1-16, see: "Hatches Z.5"}
"""  # noqa: E501
OF_UPPER_LAYER = (
    (
        "pdus/user_information_item.yaml",
        r"\Z",
        "  HatchKeySubItem:                          {occurs: at most one, as: hatch_key, "
        'in: A_ASSOCIATE_RQ, see: "Hatches Z.5"}\n',
    ),
    (
        "services/a_associate.yaml",
        r'^  "7-3":\n',
        '    hatch level:                                   {request: U,  indication: "U(=)",  '
        'response: "", confirmation: "",      is: text, see: "Hatches Z.6"}\n',
    ),
    (
        "pdus/a_associate_rj.yaml",
        r'^    - \{code: "1",    when: \{Source: "2"\}',
        '    - {code: "200",  when: {Source: "1"}, name: HATCH_SHUT, text: hatch-shut, '
        'see: "Hatches Z.7"}\n',
    ),
)
"""What is added to which file of the Upper Layer, before what."""
EDITS = (
    ("statuses.yaml", "{response: N-ACTION}", "{response: [N-ACTION, N-HATCH]}"),
    ("statuses.yaml", "{response: [N-SET, N-CREATE]}", "{response: [N-SET, N-CREATE, N-HATCH]}"),
    ("services/n_get.yaml", "  - failed\n", "  - failed\n  - deferred_until_open\n"),
)
"""What a service of the standard says of the private ones."""


def add_lock(schemas: Path) -> None:
    """Add a service that needs nothing else."""
    (schemas / "services" / "x_lock.yaml").write_text(LOCK, "utf-8")


def add_hatch(schemas: Path) -> None:
    """Add a service with elements, a status class and an erratum of its own."""
    (schemas / "package.yaml").write_text(PACKAGE, "utf-8")
    (schemas / "services" / "n_hatch.yaml").write_text(HATCH, "utf-8")
    for name, after, added in ADDED:
        part, key = after.split(".")
        text = (schemas / name).read_text("utf-8")
        pattern = rf"^{part}:\n(?:  .*\n)*?  {key}:.*\n(?:    .*\n)*"
        found = re.search(pattern, text, flags=re.MULTILINE)
        assert found is not None, after
        (schemas / name).write_text(text[: found.end()] + added + text[found.end() :], "utf-8")


def mention_hatch(schemas: Path) -> None:
    """Let the standard's tables mention it."""
    for name, old, new in EDITS:
        text = (schemas / name).read_text("utf-8")
        assert old in text
        (schemas / name).write_text(text.replace(old, new), "utf-8")


def add_to_upper_layer(schemas: Path) -> None:
    """Add a sub-item, a parameter of a service and the reason of a rejection."""
    layer = schemas / "upper_layer"
    (layer / "pdus" / "hatch_key_sub_item.yaml").write_text(SUB_ITEM, "utf-8")
    for name, before, added in OF_UPPER_LAYER:
        text = (layer / name).read_text("utf-8")
        found = re.search(before, text, flags=re.MULTILINE)
        assert found is not None, before
        (layer / name).write_text(text[: found.start()] + added + text[found.start() :], "utf-8")


def lay_over_upper_layer(folder: Path) -> None:
    """Write what `add_to_upper_layer` adds into a folder that extends the standard."""
    layer = folder / "upper_layer"
    for name in ("pdus", "services"):
        (layer / name).mkdir(parents=True)
    (layer / "pdus" / "hatch_key_sub_item.yaml").write_text(SUB_ITEM, "utf-8")
    for (name, _, added), heading in zip(
        OF_UPPER_LAYER,
        ("contains:\n", 'parameters:\n  "7-2":\n', "values:\n  Reason/Diag.:\n"),
        strict=True,
    ):
        (layer / name).write_text(f"{heading}{added}", "utf-8")
