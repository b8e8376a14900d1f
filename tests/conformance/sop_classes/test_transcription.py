"""The schemas of the SOP classes are the printed tables, cell for cell."""

from __future__ import annotations

from dimsegen.sop_classes.loader import load_schema
from dimsegen.sop_classes.printed_lines import explained, lines_of, tables_of

from ...printed import printed_folder
from ..csv_lines import Line
from . import printed

MODEL = load_schema(printed_folder())
ATTRIBUTES = list(printed.attribute_lines(MODEL))
# Annex KK is later than the text of the transcription.
INVENTORY = ("KK.2-1", "KK.2-2")
INVENTORY_SERVICES = [("KK.1-1", "N-ACTION", "M/M"), ("KK.1-1", "N-EVENT-REPORT", "M/M")]
# Extraction writes one word for each of the lines that are no rows.
NO_NAMES = ("include", "others")


def transcribed() -> list[Line]:
    return [
        (table, type_id, depth, name if name in NO_NAMES else printed.folded(name), tag, cells)
        for table, type_id, _, depth, name, tag, cells in printed.transcription("attributes")
    ]


def test_attribute_tables_are_as_printed() -> None:
    before = transcribed()
    assert printed.changes(before, ATTRIBUTES) == printed.transcription("later")
    assert {line[0] for line in before} <= {line[0] for line in ATTRIBUTES}


def test_how_much_is_compared() -> None:
    tables = tables_of(MODEL)
    assert (len(tables) - len(MODEL.macros), len(MODEL.macros)) == (61, 27)
    lines = [line for table in tables for line in lines_of(table)]
    rows = [line for line in lines if line.tag is not None]
    assert (len(lines), len(rows), sum(len(line.cells) for line in lines)) == (1753, 1564, 3293)
    # All but those of Inventory, Repository Query and one macro have a line there.
    later = [line for line in printed.transcription("later") if line[0] == "+"]
    assert len(transcribed()) + len(later) - len(lines) == len(
        [line for line in printed.transcription("later") if line[0] == "-"]
    )


def test_statuses_are_as_printed() -> None:
    before = [
        (table, status_class, code, printed.folded(meaning))
        for table, _, status_class, code, meaning, _ in printed.transcription("statuses")
    ]
    after = list(printed.status_lines(MODEL))
    here = {line[0] for line in after}
    found = printed.changes([line for line in before if line[0] in here], after)
    assert found == printed.transcription("later_statuses")
    assert len(after) == 213


def test_service_groups_are_as_printed() -> None:
    before = [
        (table, service, usage)
        for table, _, service, usage in printed.transcription("services")
        if usage != "type"
    ]
    # Annex KK is later than the text of the transcription.
    assert sorted(printed.service_lines(MODEL)) == sorted([*before, *INVENTORY_SERVICES])
    assert len({table for table, _, _ in before}) == 24


def test_event_and_action_types_are_as_printed() -> None:
    before = [
        (table, number, printed.folded(name))
        for table, number, name, usage in printed.transcription("services")
        if usage == "type"
    ]
    after = list(printed.type_lines(MODEL))
    assert sorted(line for line in after if line[0] not in INVENTORY) == sorted(before)
    assert (len(before), len(after)) == (35, 43)


def test_every_difference_that_an_erratum_explains_is_there() -> None:
    whats = {"depth", "name", "tag", *(f"{column} of" for column in MODEL.columns)}
    places = {
        line.place(what) for table in tables_of(MODEL) for line in lines_of(table) for what in whats
    }
    assert set(explained(MODEL.errata)) <= places
