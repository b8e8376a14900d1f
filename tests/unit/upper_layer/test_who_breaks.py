"""Every finding on a PDU, an item or a cell of Table 9-10 says which end of an association breaks.

Who sends what is read in the rows: in the actions, and in where either end can be.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from dimsegen.reports import FORMATS
from dimsegen.sets.finding import Actor, Finding, Level, Side, Verdict
from dimsegen.sets.report import Assessed, Audience, Report, Version
from dimsegen.upper_layer.compare import compare
from dimsegen.upper_layer.ends import EndsOf
from dimsegen.upper_layer.model import End, Primitive, Requestor, UpperLayer, ValueKind
from dimsegen.upper_layer.witness.candidates import candidates

from .test_diff import LAYER, SERVICES, with_cell, with_row, with_service, with_structure

REQUESTED = LAYER.services[SERVICES["A-ASSOCIATE"]].issued["request"]
REQUESTOR, ACCEPTOR, PROVIDER = Actor.REQUESTOR, Actor.ACCEPTOR, Actor.PROVIDER
ASKS, ANSWERS = (REQUESTOR, ACCEPTOR), (ACCEPTOR, REQUESTOR)
SENT = {
    "A_ASSOCIATE_RQ": (ASKS,),
    "A_ASSOCIATE_AC": (ANSWERS,),
    "A_ASSOCIATE_RJ": (ANSWERS,),
    "P_DATA_TF": (ASKS, ANSWERS),
    "A_RELEASE_RQ": (ASKS, ANSWERS),
    "A_RELEASE_RP": (ASKS, ANSWERS),
    "A_ABORT_PDU": (ASKS, ANSWERS),
    # Items: what has them is sent by that end, some stand in one PDU only.
    "PresentationContextItemRQ": (ASKS,),
    "PresentationContextItemAC": (ANSWERS,),
    "TransferSyntaxSubItem": (ASKS, ANSWERS),
    "UserIdentitySubItemRQ": (ASKS,),
    "UserIdentitySubItemAC": (ANSWERS,),
    "RelatedGeneralSOPClassIdentification": (ASKS,),
    "MaximumLengthSubItem": (ASKS, ANSWERS),
}


def only(findings: tuple[Finding, ...]) -> Finding:
    (found,) = findings
    return found


@pytest.mark.parametrize("name", SENT)
def test_who_sends_a_structure_follows_from_the_rows(name: str) -> None:
    fields = list(LAYER.structures[name].fields)
    fields[0] = replace(fields[0], value="7FH", name="Renamed-type")
    found = compare(LAYER, with_structure(name, fields=tuple(fields)))
    assert {each.actors for each in found} == {SENT[name]}


def test_a_pdu_that_no_action_sends_is_sent_by_nobody() -> None:
    actions = tuple(replace(each, sends=()) for each in LAYER.machine.actions)
    quiet = replace(LAYER, machine=replace(LAYER.machine, actions=actions))
    assert EndsOf(quiet).structure("A_ASSOCIATE_RQ") == ()
    assert EndsOf(replace(LAYER, machine=replace(LAYER.machine, states=()))).cell("", "") == ()


def test_an_action_that_sends_another_pdu_moves_its_sender() -> None:
    moved = {"AE-2": ("A_ASSOCIATE_RJ",), "AE-8": ("A_ASSOCIATE_RQ",)}
    actions = tuple(
        replace(each, sends=moved.get(each.name, each.sends)) for each in LAYER.machine.actions
    )
    ends = EndsOf(replace(LAYER, machine=replace(LAYER.machine, actions=actions)))
    assert ends.structure("A_ASSOCIATE_RQ") == (ANSWERS,)
    # AE-6 still rejects, in Sta2.
    assert ends.structure("A_ASSOCIATE_RJ") == (ASKS, ANSWERS)


@pytest.mark.parametrize(
    ("event", "state", "actors"),
    [
        ("A_ASSOCIATE_REQUEST", "Sta1", (ASKS,)),
        ("TRANSPORT_CONNECTION_INDICATION", "Sta1", (ANSWERS,)),
        ("TRANSPORT_CONNECTION_CONFIRMATION", "Sta4", (ASKS,)),
        ("A_ASSOCIATE_RQ_PDU", "Sta2", (ASKS,)),
        ("A_ASSOCIATE_AC_PDU", "Sta5", (ANSWERS,)),
        ("A_ASSOCIATE_RESPONSE_REJECT", "Sta3", (ANSWERS,)),
        ("P_DATA_TF_PDU", "Sta6", (ASKS, ANSWERS)),
        ("A_RELEASE_RESPONSE", "Sta9", (ASKS,)),
        ("A_RELEASE_RP_PDU", "Sta10", (ASKS,)),
        ("ARTIM_TIMER_EXPIRED", "Sta13", (ASKS, ANSWERS)),
    ],
)
def test_a_cell_is_at_the_end_that_can_be_in_its_state(
    event: str, state: str, actors: tuple[Any, ...]
) -> None:
    (cell,) = [t for t in LAYER.machine.transitions if (t.event, t.state) == (event, state)]
    gone = only(compare(LAYER, with_cell(cell, None)))
    assert (gone.rule, gone.actors, gone.rollout.value) == (
        "transition-changed",
        actors,
        "senders first",
    )
    come = only(compare(with_cell(cell, None), LAYER))
    assert (come.actors, come.rollout.value) == (actors, "receivers first")


def test_what_an_action_is_said_to_do_a_reader_judges() -> None:
    actions = tuple(
        replace(each, text="Ignore PDU") if each.name == "AE-7" else each
        for each in LAYER.machine.actions
    )
    new = replace(LAYER, machine=replace(LAYER.machine, actions=actions))
    found = only(compare(LAYER, new))
    assert (found.rule, found.level(), found.cell) == (
        "action-changed",
        Level.WARNING,
        "STATES AE-7",
    )
    assert (found.actors, found.reference) == ((ANSWERS,), "PS3.8 9.2, Table 9-6")
    assert not [*candidates(found, LAYER, new)]


def test_a_state_cites_the_table_that_describes_it() -> None:
    states = tuple(replace(each, text=f"{each.text}!") for each in LAYER.machine.states)
    found = compare(LAYER, replace(LAYER, machine=replace(LAYER.machine, states=states)))
    assert {each.rule for each in found} == {"documentation-edited"}
    assert [each.reference for each in found][::6] == [
        *("PS3.8 9.2, Table 9-1", "PS3.8 9.2, Table 9-4", "PS3.8 9.2, Table 9-5")
    ]


def test_bytes_that_are_others_are_told_once() -> None:
    fields = list(LAYER.structures["MaximumLengthSubItem"].fields)
    fields[-1] = replace(fields[-1], octets="5-6", width=2)
    found = only(compare(LAYER, with_structure("MaximumLengthSubItem", fields=tuple(fields))))
    assert (found.rule, found.change) == ("layout-changed", "5-8: number -> 5-6: number")


def test_a_blank_cell_is_called_blank() -> None:
    new = with_row("A-ASSOCIATE", "result source", cells={"confirmation": ""})
    assert only(compare(LAYER, new)).message.endswith(
        "was mandatory (M) and is not applicable (blank)"
    )


def test_a_row_without_a_column_names_those_who_issue_its_primitives() -> None:
    new = with_row("A-ASSOCIATE", "result source", kind=ValueKind.TEXT)
    (found,) = {each.actors for each in compare(LAYER, new)}
    assert found == ((PROVIDER, REQUESTOR),)


@pytest.mark.parametrize(
    ("service", "row", "column", "senders"),
    [
        ("A-ASSOCIATE", "mode", "request", (REQUESTOR,)),
        ("A-ASSOCIATE", "result", "response", (ACCEPTOR,)),
        # Whoever is in Sta6 may send, release and abort.
        ("P-DATA", "presentation data value list", "request", (REQUESTOR, ACCEPTOR)),
        ("A-RELEASE", "reason", "response", (ACCEPTOR, REQUESTOR)),
        ("A-P-ABORT", "provider reason", "indication", (PROVIDER,)),
    ],
)
def test_either_end_issues_what_it_can_request_where_it_is(
    service: str, row: str, column: str, senders: tuple[Actor, ...]
) -> None:
    (found,) = [
        each
        for each in compare(LAYER, with_row(service, row, cells={column: "NU"}))
        if each.direction == column and each.rule.startswith("usage-")
    ]
    assert found.actors_of(Side.SENDERS) == senders
    both = {REQUESTOR, ACCEPTOR}
    receivers = {PROVIDER} if senders != (PROVIDER,) else both
    assert set(found.actors_of(Side.RECEIVERS)) == receivers


@pytest.mark.parametrize(
    ("changes", "change", "sides"),
    [
        (
            {"requestor": Requestor.EITHER},
            "requestor to provider -> {}, acceptor to provider",
            (1,),
        ),
        ({"issued": {}}, "", ()),
        (
            {"issued": {"request": replace(REQUESTED, by=End.ACCEPTOR)}},
            "requestor to provider -> acceptor to provider",
            (0, 1),
        ),
    ],
    ids=["either", "nobody", "the other"],
)
def test_who_may_issue_a_primitive_is_a_set(
    changes: dict[str, Any], change: str, sides: tuple[int, ...]
) -> None:
    found = compare(LAYER, with_service("A-ASSOCIATE", **changes))
    told = [each for each in found if each.rule == "issuer-changed" and each.direction == "request"]
    assert [each.change for each in told] == [change.format("requestor to provider")] * bool(change)
    for each in told:
        broken = [each.senders is Verdict.BREAKS, each.receivers is Verdict.BREAKS]
        assert [number for number, breaks in enumerate(broken) if breaks] == [*sides]
        assert each.reference == "PS3.8 7.1.2.1"


def test_what_an_action_sends_or_issues_is_told() -> None:
    actions = tuple(
        replace(each, sends=(), issues=(Primitive("P-DATA", "indication"),))
        if each.name == "AA-8"
        else each
        for each in LAYER.machine.actions
    )
    found = compare(LAYER, replace(LAYER, machine=replace(LAYER.machine, actions=actions)))
    assert [(each.rule, each.keyword, each.change) for each in found] == [
        ("action-changed", "AA-8", "sends A_ABORT_PDU -> sends nothing"),
        ("action-changed", "AA-8", "issues A-P-ABORT indication -> issues P-DATA indication"),
    ]


def test_a_primitive_that_is_another_event_is_told() -> None:
    events = tuple(
        replace(each, primitive=None) if each.name == "A_ASSOCIATE_RESPONSE_REJECT" else each
        for each in LAYER.machine.events
    )
    found = only(compare(LAYER, replace(LAYER, machine=replace(LAYER.machine, events=events))))
    assert (found.rule, found.actors) == ("transition-changed", ((ACCEPTOR, PROVIDER),))
    assert found.message == (
        "The arrival of A-ASSOCIATE response was A_ASSOCIATE_RESPONSE_ACCEPT or "
        "A_ASSOCIATE_RESPONSE_REJECT and is A_ASSOCIATE_RESPONSE_ACCEPT"
    )


def narrower() -> UpperLayer:
    """Return the tables with one reason less to reject an association with."""
    structure = LAYER.structures["A_ASSOCIATE_RJ"]
    values = {**structure.values, "Result": structure.values["Result"][:1]}
    return with_structure("A_ASSOCIATE_RJ", values=values)


@pytest.mark.parametrize(
    ("actor", "level"),
    [
        (None, Level.ERROR),
        (REQUESTOR, Level.NOTE),
        (ACCEPTOR, Level.ERROR),
        # The provider writes and reads the PDUs of both.
        (PROVIDER, Level.ERROR),
        (Actor.INVOKER, Level.NOTE),
    ],
)
def test_a_role_counts_what_it_sends_or_receives(actor: Actor | None, level: Level) -> None:
    found = only(compare(LAYER, narrower()))
    assert found.level(actor=actor) is level
    assert found.level(Side.RECEIVERS, actor) is Level.NOTE


def test_every_format_names_who_breaks() -> None:
    found = tuple(map(Assessed, compare(LAYER, narrower())))
    report = Report(Version("old", LAYER), Version("new", LAYER), found, (), Audience())
    shown = {name: render(report) for name, render in FORMATS.items()}
    assert "  senders    acceptor   breaks\n  receivers  requestor  ok\n" in shown["text"]
    assert "| breaks (acceptor) | ok (requestor) |" in shown["markdown"]
    assert '"actors": [\n          "acceptor"\n        ]' in shown["json"]
    for name in ("sarif", "github"):
        assert "senders (acceptor) break" in shown[name]


def test_either_end_stands_in_a_column_of_its_own() -> None:
    fields = LAYER.structures["A_RELEASE_RQ"].fields
    new = with_structure("A_RELEASE_RQ", fields=(replace(fields[0], value="08H"), *fields[1:]))
    found = tuple(map(Assessed, compare(LAYER, new)))
    report = Report(Version("old", LAYER), Version("new", new), found, (), Audience())
    text = FORMATS["text"](report)
    assert "  senders    requestor, acceptor  breaks\n" in text
    assert "  receivers  acceptor, requestor  breaks\n" in text
    assert '"actor": null' in FORMATS["json"](report)
