"""`dimse_primitives.aio`: what two ends say of themselves before they exchange messages."""

from __future__ import annotations

import asyncio
import logging
import re
from typing import Any

import pytest
from dimse_primitives import C_ECHO
from dimse_primitives.aio import AssociationRejected, Operation
from dimse_primitives.upper_layer import (
    A_ASSOCIATE,
    RelatedGeneralSOPClassIdentification,
    SOPClassCommonExtendedNegotiationSubItem,
    SOPClassExtendedNegotiationSubItem,
    UserIdentitySubItemAC,
    UserIdentitySubItemRQ,
    rejection,
)

from .associations import REQUEST, VERIFICATION
from .quiet import run_quietly
from .test_aio import CONTEXTS, FIND, HOST, connecting, echo, on_echo, serving

PERMANENT = "rejected-permanent, by DICOM UL service-user"
IDENTITIES = [
    UserIdentitySubItemRQ(1, b"anna", 1),
    UserIdentitySubItemRQ(2, b"anna", 1, b"secret"),
    UserIdentitySubItemRQ(3, b"ticket", 1),
    UserIdentitySubItemRQ(4, b"<saml/>", 1),
    UserIdentitySubItemRQ(5, b"a.b.c", 1),
]


def identity_of(request: A_ASSOCIATE) -> UserIdentitySubItemRQ:
    (found,) = (
        each for each in request.user_information or () if isinstance(each, UserIdentitySubItemRQ)
    )
    return found


def test_a_server_judges_who_the_user_is() -> None:  # PS3.7 D.3.3.7
    def accept(request: A_ASSOCIATE, response: A_ASSOCIATE) -> A_ASSOCIATE:
        assert request.calling_presentation_address is not None
        assert request.calling_presentation_address[0] == HOST
        identity = identity_of(request)
        if identity.user_identity_type == 1:
            return rejection(request, result=1, source=1, diagnostic=1)
        answer = UserIdentitySubItemAC(b"hello " + identity.primary_field)
        response.user_information = (*(response.user_information or ()), answer)
        return response

    async def on_asked(request: C_ECHO, operation: Operation) -> C_ECHO:
        asked = operation.association.request
        assert asked is not None
        assert identity_of(asked) in IDENTITIES
        assert operation.association.get_extra_info("peername")[0] == HOST
        return request.respond(Status=0x0000)

    async def test() -> None:
        async with await serving({C_ECHO: on_asked}, accept=accept) as server:
            with pytest.raises(AssociationRejected, match="no-reason-given"):
                await connecting(server, user_items=IDENTITIES[:1])
            for identity in IDENTITIES[1:]:
                async with await connecting(server, user_items=[identity]) as one:
                    assert one.response is not None
                    *_, answer = one.response.user_information or ()
                    assert answer == UserIdentitySubItemAC(b"hello " + identity.primary_field)
                    assert (await one.exchange(echo())).Status == 0x0000

    run_quietly(test)


def test_extended_negotiation_is_seen_and_answered() -> None:  # PS3.7 D.3.3.5, D.3.3.6
    relational = SOPClassExtendedNegotiationSubItem(FIND, b"\1")
    related = RelatedGeneralSOPClassIdentification("1.2.840.10008.5.1.4.1.1.88.22")
    common = SOPClassCommonExtendedNegotiationSubItem(
        "1.2.840.10008.5.1.4.1.1.88.23", "1.2.840.10008.4.2", [related]
    )

    def accept(request: A_ASSOCIATE, response: A_ASSOCIATE) -> A_ASSOCIATE:
        assert common in (request.user_information or ())
        agreed = [each for each in request.user_information or () if each == relational]
        response.user_information = (*(response.user_information or ()), *agreed)
        return response

    async def test() -> None:
        async with (
            await serving(accept=accept) as server,
            await connecting(server, user_items=[common, relational]) as one,
        ):
            assert one.response is not None
            assert relational in (one.response.user_information or ())

    run_quietly(test)


def nothing(request: A_ASSOCIATE, response: A_ASSOCIATE) -> Any:
    return None


def broken(request: A_ASSOCIATE, response: A_ASSOCIATE) -> Any:
    raise KeyError("no such user")


def lacking(request: A_ASSOCIATE, response: A_ASSOCIATE) -> Any:
    return A_ASSOCIATE(result=0)


@pytest.mark.parametrize("accept", [nothing, broken, lacking])
def test_who_cannot_judge_rejects_for_now(accept: Any, caplog: pytest.LogCaptureFixture) -> None:
    async def test() -> None:
        async with await serving(accept=accept) as server:
            with pytest.raises(AssociationRejected) as caught:
                await connecting(server)
            assert (caught.value.result, caught.value.source, caught.value.reason) == (2, 1, 1)

    run_quietly(test)
    (told,) = caplog.records
    assert told.message == "accept failed; the association is rejected for now"
    assert told.exc_info is not None


def test_a_server_tells_what_became_of_each(caplog: pytest.LogCaptureFixture) -> None:
    async def test() -> None:
        async with await serving(ae_title="ARCHIVE") as server:
            with pytest.raises(AssociationRejected):
                await connecting(server)
            async with await connecting(server, called_ae_title="ARCHIVE", calling_ae_title="CT"):
                pass
            one = await connecting(server, called_ae_title="ARCHIVE")
            one.abort()
            await one.wait_closed()
            await server.wait_closed()

    with caplog.at_level(logging.INFO, "dimse_primitives.aio"):
        run_quietly(test)
    told = [re.sub(":[0-9]+:", ":", each.message) for each in caplog.records]
    assert told == [
        f"association from {title!r} at 127.0.0.1: {what}"
        for title, what in (
            ("DIMSEPRIMITIVES", f"{PERMANENT}: called-AE-title-not-recognized"),
            ("CT", "accepted, contexts [1, 3, 5, 7]"),
            ("CT", "the association was released"),
            ("DIMSEPRIMITIVES", "accepted, contexts [1, 3, 5, 7]"),
            ("DIMSEPRIMITIVES", "DICOM UL service-user (initiated abort)"),
        )
    ]


def test_a_title_that_a_peer_says_cannot_write_lines_of_a_log(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def test() -> None:
        async with await serving() as server:
            _, writer = await asyncio.open_connection(HOST, server.port)
            writer.write(REQUEST.replace(b"ASKER", b"A\nB\x1bC"))
            while not caplog.records:
                await asyncio.sleep(0)
            writer.close()

    with caplog.at_level(logging.INFO, "dimse_primitives.aio"):
        run_quietly(test)
    assert caplog.records[0].message.startswith(r"association from 'A\nB\x1bC' at 127.0.0.1")


def test_a_coroutine_cannot_judge() -> None:
    async def accept(request: A_ASSOCIATE, response: A_ASSOCIATE) -> A_ASSOCIATE:
        return response

    with pytest.raises(TypeError, match="accept answers at once: define it without async"):
        asyncio.run(serving(accept=accept))  # type: ignore[arg-type]


def test_connections_that_say_nothing_keep_nobody_out() -> None:
    async def test() -> None:
        async with await serving({C_ECHO: on_echo}, max_associations=1) as server:
            silent = [await asyncio.open_connection(HOST, server.port) for _ in range(20)]
            async with await connecting(server, contexts=CONTEXTS[:1]) as one:
                assert next(iter(one.contexts.values())).abstract_syntax == VERIFICATION
                with pytest.raises(AssociationRejected, match="local-limit-exceeded"):
                    await connecting(server)
            for _, writer in silent:
                writer.close()

    run_quietly(test)
