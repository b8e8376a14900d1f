"""A message, held against its rules, its request, its SOP class and what was negotiated.

Invariant: every violation is one of generated rules; what was not checked is named.
"""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO
from typing import Any, Final

from .._codec import Message
from .._messages import COMPOSITE, decode
from .._rows import Violation
from ..c_cancel import C_CANCEL
from ..upper_layer._operations import sop_class_of
from . import _rules as rules
from . import _sop_rules
from ._finding import REQUESTOR, Finding
from ._followed import Followed
from ._negotiated import Negotiated
from ._operations import Operations
from ._record import SentMessage

_MOST_ASKED: Final = 1 << 14
_NOT_KEPT: Final = "data sets of C-STORE, which are counted only"


class Judge:
    """Judges the messages of one association.

    Attributes
    ----------
    has_whole_dialogue : bool
        Whether everything that both sides said so far is known: else no request is missed.
    """

    __slots__ = ("_blamed", "_followed", "_negotiated", "has_whole_dialogue", "operations")

    def __init__(self, negotiated: Negotiated, followed: Followed) -> None:
        self._negotiated, self._followed = negotiated, followed
        self.operations = Operations(negotiated.most)
        self.has_whole_dialogue = True
        self._blamed: tuple[Violation, ...] = ()

    def class_of(self, primitive: Any, context_id: int) -> str | None:
        """Return the SOP class that a message is for, by itself or by its context."""
        known = (self._negotiated.contexts or {}).get(context_id)
        return sop_class_of(primitive) or (known.abstract_syntax if known else None)

    def judge(self, sent: SentMessage, message: Message, acknowledged: int, position: int) -> None:
        """Write into `sent` what it says, and what is wrong with it.

        Parameters
        ----------
        acknowledged : int
            How many bytes of the peer its sender has acknowledged.
        position : int
            How many bytes its sender has sent.
        """
        self._describe(sent, message)
        self._blamed = ()
        primitive: Any = message.primitive
        request: Any = None
        kept = b""
        if message.has_data_set and sent.data_set_bytes:
            # Rules of a response ask what its request asked for; of a long one, that is not kept.
            kept = sent.data_set if sent.data_set and len(sent.data_set) <= _MOST_ASKED else b""
            primitive = decode(sent.command, BytesIO(kept)).primitive
        if isinstance(primitive, C_CANCEL):
            sent.violations = primitive.request_violations()
            self._add(sent, self.operations.cancel(sent, acknowledged))
        elif message.message_type.endswith("-RQ"):
            sent.violations = primitive.request_violations()
            self._add(sent, self.operations.request(sent, primitive, len(kept)))
            self._check_context(sent, primitive)
        else:
            request = self._request_of(sent, primitive)
            sent.violations = primitive.response_violations(request)
            self._add(sent, self.operations.response(sent, position))
        self._check_sop_class(sent, primitive, request)

    def _describe(self, sent: SentMessage, message: Message) -> None:
        primitive: Any = message.primitive
        sent.anomalies = message.anomalies
        answered = primitive.MessageIDBeingRespondedTo
        sent.message_id = primitive.MessageID if answered is None else answered
        sent.sop_class = self.class_of(primitive, sent.context_id) or ""
        asked = self.operations.operation_of(sent.place.sender, sent.message_id)
        if asked is not None and answered is not None:
            sent.sop_class = asked.message.sop_class
        if message.message_type.endswith("-RSP") and primitive.Status is not None:
            sent.status = primitive.Status
            sent.status_text = _sop_rules.status_text(
                sent.sop_class, primitive.msg_type, primitive.Status
            )

    def _request_of(self, sent: SentMessage, primitive: Any) -> Any:
        """Return the request that a response is held against, None if there is none."""
        operation = self.operations.operation_of(sent.place.sender, sent.message_id)
        if operation is None:
            return None
        sent.answers = operation.message.place
        self._blamed = operation.message.violations
        return operation.primitive if type(operation.primitive) is type(primitive) else None

    def _add(self, sent: SentMessage, findings: Iterable[Finding]) -> None:
        found = list(findings)
        if self.has_whole_dialogue:
            sent.findings += found

    def _check_context(self, sent: SentMessage, primitive: Any) -> None:
        """Hold a request against the roles and the abstract syntax of its context."""
        known = (self._negotiated.contexts or {}).get(sent.context_id)
        if known is None:
            return
        sender, is_notification = sent.place.sender, type(primitive) in rules.INVOKED_BY_SCP
        # The roles are those of the requestor; the acceptor has the others.
        needs_scu = (sender == REQUESTOR) != is_notification
        if not (known.as_scu if needs_scu else known.as_scp):
            found = rules.role_not_negotiated(
                sent.place,
                message=sent.kind,
                party=sender,
                role="SCP" if is_notification else "SCU",
                context_id=sent.context_id,
            )
            sent.findings.append(found)
        sop_class = sop_class_of(primitive)
        # An N-service may be on the context of a Meta SOP Class.
        is_composite = primitive.msg_type in COMPOSITE and not self._negotiated.has_related_classes
        if is_composite and sop_class not in (None, known.abstract_syntax):
            found = rules.other_sop_class(
                sent.place,
                message=sent.kind,
                sop_class=sop_class,
                context_id=sent.context_id,
                abstract_syntax=known.abstract_syntax,
            )
            sent.findings.append(found)

    def _check_sop_class(self, sent: SentMessage, primitive: Any, request: Any) -> None:
        service = primitive.msg_type
        if service == _sop_rules.C_STORE and sent.data_set_bytes:
            sent.not_checked += (_NOT_KEPT,)
            return
        known = (self._negotiated.contexts or {}).get(sent.context_id)
        syntax = known.transfer_syntax if known is not None else None
        found, not_checked = _sop_rules.check(
            primitive,
            sent.data_set,
            request=request,
            sop_class=sent.sop_class,
            transfer_syntax=syntax,
            size=sent.data_set_bytes,
        )
        # What is wrong with a request, its response is not to be blamed for.
        blamed = {(each.rule, each.message) for each in self._blamed}
        sent.violations += tuple(each for each in found if (each.rule, each.message) not in blamed)
        if not_checked:
            sent.not_checked += (not_checked,)
        self._followed.take(sent, primitive, syntax, is_certain=self.has_whole_dialogue)
