"""A terminal gets lines that fit it, and colour; a pipe gets the text as it is."""

from __future__ import annotations

import re
import sys

import pytest
from dimse_primitives import N_GET
from dimse_primitives._inspect import Input, inspect
from dimse_primitives._terminal import as_seen

from ..conftest import ROOT, Run

ESCAPE = re.compile(r"\033\[\d+m")
TEXT, CODE = inspect(
    Input("response.bin", N_GET(MessageIDBeingRespondedTo=1, Status=0x0000).encode_response())
)


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)


def words(text: str) -> list[str]:
    return ESCAPE.sub("", text).split()


def test_what_goes_into_a_pipe_is_not_touched() -> None:
    assert as_seen(TEXT) == TEXT
    assert max(map(len, TEXT.split("\n"))) > 100


@pytest.mark.usefixtures("terminal")
def test_a_terminal_gets_lines_that_fit_and_every_word() -> None:
    seen = as_seen(TEXT)
    assert words(seen) == TEXT.split()
    assert max(len(ESCAPE.sub("", line)) for line in seen.split("\n")) < 60
    assert "\033[31m1 violation\033[0m" in seen
    assert "\033[1mN-GET-RSP: " in seen


@pytest.mark.usefixtures("terminal")
def test_without_colour_it_fits_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    seen = as_seen(TEXT)
    assert "\033" not in seen
    assert max(map(len, seen.split("\n"))) < 60


def test_show_fits_a_terminal_and_colours_codes(
    dimsegen: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    arguments = ("show", "C-FIND", "--schemas", ROOT / "schemas")
    plain = dimsegen(*arguments).out
    monkeypatch.setenv("COLUMNS", "100")
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setattr(type(sys.stdout), "isatty", lambda _: True)
    seen = dimsegen(*arguments).out
    assert words(seen) == plain.split()
    rows = [line for line in seen.split("\n") if line.startswith("  ")]
    assert max(len(ESCAPE.sub("", line)) for line in rows) < 100
    # Mandatory, optional and conditional differ.
    assert len(set(ESCAPE.findall(seen))) == 5
