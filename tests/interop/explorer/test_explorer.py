"""People look things up in the matrix explorer: they filter, click, and send each other links."""

from __future__ import annotations

from pathlib import Path

import pytest
from dimsegen.dimse.loader import load_schema
from dimsegen.upper_layer.loader import load_schema as load_upper_layer

from ...conftest import ROOT
from .explorer import Explorer

pytestmark = pytest.mark.explorer
SCHEMA = load_schema(ROOT / "schemas")


def test_everything_is_there_at_first(explorer: Explorer) -> None:
    explorer.open()
    assert explorer.services == [service.name for service in SCHEMA.services]
    rows = [row for service in SCHEMA.services for row in service.rows]
    shown = [[row.parameter.name, *map(str, row.cells.values())] for row in rows]
    assert explorer.rows == shown
    assert explorer.cells == sum(len(row.cells) for row in rows)
    assert explorer.text("#count") == f"{len(rows)} parameters in {len(SCHEMA.services)} services"


def test_filters_narrow_the_table_and_go_into_the_address(explorer: Explorer) -> None:
    explorer.open()
    explorer.choose("service", "N-GET")
    explorer.choose("usage", "C")
    assert explorer.rows == [["Attribute List", "-", "C"]]
    assert explorer.fragment == "#service=N-GET&usage=C"
    explorer.click("button[type=reset]")
    explorer.type("parameter", "sop class")
    assert {row[0] for row in explorer.rows} == {
        "Affected SOP Class UID",
        "Requested SOP Class UID",
    }
    assert explorer.fragment == "#parameter=sop+class"


def test_what_may_an_n_action_response_carry_with_0115(explorer: Explorer) -> None:
    explorer.open("#service=N-ACTION&status=0115&view=status")
    [[code, name, status_class, fields, clause]] = explorer.rows
    assert (code, name, status_class, clause) == (
        "0115H",
        "Invalid argument value",
        "Failure",
        "C.5.10",
    )
    assert fields == (
        "Affected SOP Class UID, Affected SOP Instance UID, Action Type ID, Action Information"
    )


def test_an_exact_code_comes_before_a_range(explorer: Explorer) -> None:
    explorer.open("#service=C-STORE&status=A702&view=status")
    assert [row[0] for row in explorer.rows] != []
    assert all("xxx" in row[0] for row in explorer.rows)
    explorer.open("#service=N-GET&status=0110&view=status")
    assert [row[0] for row in explorer.rows] == ["0110H"]


def test_a_cell_says_its_rule_its_clause_and_what_breaks_it(explorer: Explorer) -> None:
    explorer.open("#service=N-GET")
    explorer.click("[data-cell='N-GET.response.AttributeList']")
    said = explorer.text("#detail")
    assert "Attribute List in N-GET response: C" in said
    assert "required when the status is Success" in said
    assert "PS3.7 10.1.2.1.8" in said
    assert "response.validate_response(request)" in said
    assert "missing-conditional: Attribute List is missing" in said
    assert explorer.fragment == "#service=N-GET&cell=N-GET.response.AttributeList"


def test_a_link_opens_the_same_cell(explorer: Explorer) -> None:
    explorer.open("#cell=C-FIND.response.Identifier&service=C-FIND")
    assert explorer.services == ["C-FIND"]
    assert explorer.text("#detail-title") == "Identifier in C-FIND response: C"


def test_the_keyboard_is_enough(explorer: Explorer) -> None:
    explorer.open("#service=C-ECHO")
    explorer.click("[data-cell='C-ECHO.request.MessageID']")
    assert explorer.focused.startswith("Message ID in C-ECHO request")
    explorer.press("ESCAPE")
    assert explorer.focused == "C-ECHO request, Message ID: M"
    explorer.press("ARROW_RIGHT")
    assert explorer.focused == "C-ECHO response, Message ID: U"
    explorer.press("ARROW_DOWN")
    assert explorer.focused == "C-ECHO response, Message ID Being Responded To: M"
    explorer.press("ENTER")
    assert explorer.text("#detail-title").startswith("Message ID Being Responded To")
    assert explorer.unnamed == []


def test_an_example_runs_as_it_is_copied(explorer: Explorer) -> None:
    explorer.open("#service=N-GET&cell=N-GET.response.AttributeList")
    keeps = explorer.text(".example pre")
    assert keeps.startswith("from io import BytesIO\n\nfrom dimse_primitives import N_GET\n")
    exec(keeps, {})
    explorer.click(".example .copy")
    assert explorer.becomes(".example .copy", "Copied")
    # A field of one line has blanks for line ends.
    assert explorer.paste("parameter").split() == keeps.split()


def test_on_a_wide_screen_lines_stay_short_and_the_site_is_a_click_away(explorer: Explorer) -> None:
    explorer.as_on(width=1920, height=1000)
    explorer.open()
    assert explorer.width("#layout") == explorer.width("header") == 80
    assert explorer.attribute("nav a", "href") == "index.html"
    assert explorer.is_shown("#filters")
    assert not explorer.is_shown("summary")


def test_on_a_phone_filters_are_folded(explorer: Explorer) -> None:
    explorer.as_on(width=390, height=840)
    explorer.open()
    assert not explorer.is_shown("#filters")
    explorer.click("summary")
    assert explorer.is_shown("#filters")
    explorer.choose("service", "N-GET")
    assert explorer.services == ["N-GET"]


def test_the_states_of_an_association_are_a_grid(explorer: Explorer) -> None:
    machine = load_upper_layer(ROOT / "schemas").machine
    explorer.open()
    explorer.click("input[value=states]")
    assert explorer.fragment == "#view=states"
    assert explorer.text("#sought") == "Event"
    assert explorer.is_shown("#parameter")
    assert not explorer.is_shown("#usage")
    assert explorer.cells == len(machine.transitions)
    events = len(machine.events)
    assert explorer.text("#count") == f"{len(machine.transitions)} transitions of {events} events"
    cells = {(each.event, each.state): each for each in machine.transitions}
    shown = [
        [event.text, *(cell.action if cell else "" for cell in row)]
        for event in machine.events
        for row in [[cells.get((event.name, state.name)) for state in machine.states]]
    ]
    assert explorer.rows == shown


def test_a_cell_of_the_grid_says_its_action(explorer: Explorer) -> None:
    explorer.open("#view=states")
    explorer.click("[data-cell='states.Sta5.A_ASSOCIATE_AC_PDU']")
    said = explorer.text("#detail")
    assert explorer.text("#detail-title") == "Sta5 + A_ASSOCIATE_AC_PDU: AE-3 Sta6"
    assert "Issue A-ASSOCIATE confirmation (accept) primitive" in said
    assert "issues\nA-ASSOCIATE confirmation" in said
    assert "then Sta6\nAssociation established and ready for data transfer" in said
    assert "PS3.8 9.2, Table 9-10" in said
    fragment = explorer.fragment
    explorer.open(fragment)
    assert explorer.text("#detail-title").startswith("Sta5 + A_ASSOCIATE_AC_PDU")


def test_the_keyboard_passes_over_blank_cells(explorer: Explorer) -> None:
    explorer.open("#view=states")
    explorer.click("[data-cell='states.Sta4.A_ABORT_REQUEST']")
    explorer.press("ESCAPE")
    assert explorer.focused == "Sta4, A-ABORT Request primitive: AA-2 Sta1"
    explorer.press("ARROW_DOWN")
    assert explorer.focused.startswith("Sta4, Transport connection closed indication")
    explorer.press("ARROW_UP")
    explorer.press("ARROW_UP")
    assert explorer.focused == (
        "Sta4, Transport Conn. Confirmn (local transport service): AE-2 Sta5"
    )
    explorer.press("ENTER")
    assert explorer.text("#detail-title").startswith("Sta4 + TRANSPORT_CONNECTION_CONFIRMATION")
    assert explorer.unnamed == []


def test_events_are_found_by_name_and_action(explorer: Explorer) -> None:
    explorer.open("#view=states")
    explorer.type("parameter", "ae-6")
    assert [row[0] for row in explorer.rows] == [
        "A-ASSOCIATE-RQ PDU (received on transport connection)"
    ]
    explorer.open("#view=states&parameter=nix")
    assert explorer.text("#count") == "No events match: clear a filter."


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("name", "width"), [("desk", 1280), ("phone", 390)])
def test_the_grid_fits_a_desk_and_a_phone(
    explorer: Explorer, shots: Path, name: str, width: int, scheme: str
) -> None:
    explorer.as_on(width=width, height=840, scheme=scheme)
    explorer.open("#view=states")
    assert not explorer.is_too_wide
    explorer.picture(shots / f"states-{name}-{scheme}.png")
    explorer.click("[data-cell='states.Sta2.A_ASSOCIATE_RQ_PDU']")
    assert not explorer.is_too_wide
    explorer.picture(shots / f"states-{name}-{scheme}-cell.png")
    last = "[data-cell='states.Sta13.A_ASSOCIATE_RQ_PDU']"
    explorer.press("ESCAPE")
    explorer.click(last)
    assert explorer.is_in_sight(last, "#main")


def test_nothing_found_is_said(explorer: Explorer) -> None:
    explorer.open("#parameter=nix")
    assert explorer.services == []
    assert explorer.text("#count") == "No parameters match: clear a filter."


@pytest.mark.parametrize(
    ("name", "width", "scheme"),
    [("desk", 1280, "light"), ("wide", 1920, "dark"), ("phone", 390, "dark")],
)
def test_it_fits_a_desk_and_a_phone(
    explorer: Explorer, shots: Path, name: str, width: int, scheme: str
) -> None:
    explorer.as_on(width=width, height=840, scheme=scheme)
    explorer.open("#service=C-FIND")
    assert not explorer.is_too_wide
    explorer.picture(shots / f"{name}.png")
    explorer.click("[data-cell='C-FIND.response.Identifier']")
    assert not explorer.is_too_wide
    explorer.picture(shots / f"{name}-cell.png")
