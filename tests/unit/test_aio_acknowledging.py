"""`dimse_primitives.aio`: who writes a PDU in pieces waits for no delayed acknowledgement."""

from __future__ import annotations

import socket
import sys
from typing import Any

import pytest
from dimse_primitives import C_ECHO
from dimse_primitives.upper_layer import Association, _connection
from dimse_primitives.upper_layer._acknowledging import acknowledge

from .associations import POLICY, REQUEST
from .test_aio import HOST, connecting, echo, on_echo, run, serving


class Transport:
    def __init__(self, connection: object) -> None:
        self.connection = connection

    def get_extra_info(self, name: str) -> Any:
        return {"socket": self.connection}.get(name)


@pytest.mark.parametrize("size", [1, 5, 6, 12, len(REQUEST) - 1])
def test_an_association_says_that_a_pdu_is_not_whole(size: int) -> None:
    machine = Association.acceptor(accept=POLICY)
    assert not machine.is_within_pdu
    machine.receive_data(REQUEST[:size])
    assert machine.is_within_pdu
    machine.receive_data(REQUEST[size:])
    assert not machine.is_within_pdu


@pytest.mark.skipif(sys.platform != "linux", reason="this system has no TCP_QUICKACK")
def test_what_has_come_is_acknowledged() -> None:
    option = socket.IPPROTO_TCP, socket.TCP_QUICKACK
    with socket.create_server((HOST, 0)) as listening:
        with socket.create_connection(listening.getsockname()) as connection:
            connection.setsockopt(*option, 0)
            acknowledge(Transport(connection))
            assert connection.getsockopt(*option) == 1
        acknowledge(Transport(connection))
    acknowledge(Transport(None))


def test_a_connection_acknowledges_pieces_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked: list[bool] = []

    def note(transport: Any) -> None:
        asked.append(True)
        acknowledge(transport)

    monkeypatch.setattr(_connection, "acknowledge", note)

    async def test() -> None:
        async with await serving({C_ECHO: on_echo}) as server, await connecting(server) as us:
            assert (await us.exchange(echo())).Status == 0
            assert asked == []
            # An A-ABORT.
            us.data_received(b"\7\0\0\0")
            assert asked == [True]
            us.data_received(b"\0\4\0\0\0\0")
            assert asked == [True]

    run(test)
