"""One association, as its bytes come in both directions: what is said, and what is wrong.

Invariant: it judges by generated rules and tables, and by what was negotiated; what depends on
bytes that are not in the capture is not judged, and that is said.
"""

from __future__ import annotations

from typing import Any, Final

from .._codec import DecodeError, Message
from .._rows import Violation
from ..upper_layer._decode import decode_pdu
from ..upper_layer._pdu import PDU
from ..upper_layer.a_abort_pdu import A_ABORT_PDU
from ..upper_layer.a_associate_ac import A_ASSOCIATE_AC
from ..upper_layer.a_associate_rj import A_ASSOCIATE_RJ
from ..upper_layer.a_associate_rq import A_ASSOCIATE_RQ
from ..upper_layer.a_release_rp import A_RELEASE_RP
from ..upper_layer.p_data_tf import P_DATA_TF
from . import _rules as rules
from . import _sop_rules
from ._endings import one_direction, unanswered_pdu
from ._finding import ACCEPTOR, OTHER, REQUESTOR, Finding, Place
from ._followed import Followed
from ._judge import Judge
from ._negotiated import Negotiated
from ._party import Party
from ._pdus import PDUReader
from ._record import Association, Outcome, SentMessage, SentPDU
from ._repeats import Difference
from ._sides import Sides
from ._source import Source

# How many bytes of data sets are kept of one association, for who wants to see their values.
_MOST_KEPT: Final = 64 << 20
_LET_GO: Final = "associations from where they were let go: too many are open at once"
# What the record of an association takes, of a message in it, and of a PDU for each of its bytes.
_RECORD, _MESSAGE, _BYTE = 8192, 1024, 4
_NOT_COMPARED: Final = "bytes that came again or late, and could not be compared any more"


class Dialogue:
    """Follows one association.

    Parameters
    ----------
    is_late : bool
        Whether it started before the capture.
    starts_with : str
        Whose bytes start with a PDU nonetheless.

    Attributes
    ----------
    record : Association
        What is known of it so far.
    readers : dict of str to PDUReader
        What takes the bytes of each side.
    """

    def __init__(
        self,
        source: Source,
        file: str,
        *,
        instances: Any = None,
        is_late: bool = False,
        starts_with: str = "",
        keeps_data_sets: bool = False,
    ) -> None:
        self._source, self._keeps_data_sets = source, keeps_data_sets
        self._room, self._weight = _MOST_KEPT, _RECORD
        self.record = Association(file)
        self._sides = Sides()
        self._negotiated = Negotiated()
        self._followed = Followed(instances, self.record)
        self._judge = Judge(self._negotiated, self._followed)
        self._parties = {name: Party(self, name) for name in (REQUESTOR, ACCEPTOR)}
        self.readers = {
            name: PDUReader(party, is_lost=is_late and name != starts_with)
            for name, party in self._parties.items()
        }
        self._is_over = self._has_gap = False
        self.place_of = source.place_of
        ends = source.ends
        if ends is not None:
            self.record.requestor, self.record.acceptor = map(str, ends)
        if is_late:
            self._sides.establish()
            self._has_gap = True
            self.find(rules.capture_starts_late(source.place_of("")))

    def find(self, finding: Finding) -> None:
        """Take a finding."""
        self.record.find(finding)

    # The Upper Layer.

    def gap(self, sender: str, size: int) -> None:
        """Take note that bytes are missing."""
        self.find(rules.missing_bytes(self.place_of(sender), count=size))
        self._has_gap = True
        self.readers[sender].gap(size)

    def repeated(self, sender: str, differences: list[Difference], unknown: int) -> None:
        """Take note of bytes that came again and differ, and of some that were not compared."""
        place = self.place_of(sender)
        for each in differences:
            place = place._replace(frame=each.passed_over)
            self.find(rules.repeat_differs(place, **each._asdict()))
        if unknown:
            self.record.not_checked[_NOT_COMPARED] += unknown

    def pdu(self, sender: str, data: bytes) -> None:
        """Take a PDU that carries no fragments."""
        place = self.place_of(sender)
        self._note_time(place)
        self._weight += _BYTE * len(data)
        try:
            decoded = decode_pdu(data)
        except DecodeError as error:
            name = f"a PDU of type {data[0]:02X}H"
            self.find(rules.undecodable_pdu(place, pdu=name, problem=str(error)))
            return
        pdu = decoded.pdu
        self._sent(place, pdu)
        text, violations = self._read(sender, pdu)
        sent = SentPDU(place, pdu.NAME, text)
        self.record.judge_pdu(sent, violations, decoded.anomalies)

    def _read(self, sender: str, pdu: PDU) -> tuple[str, tuple[Violation, ...]]:
        """Return what a PDU says in words, and which rules it breaks."""
        record, ends = self.record, self._source.ends
        if isinstance(pdu, A_ASSOCIATE_RQ) and self._negotiated.request is None:
            found = self._negotiated.take_request(pdu, record, ends)
            count = len(pdu.presentation_contexts)
            contexts = f"{count} context{'' if count == 1 else 's'}"
            return f"{pdu.calling_ae_title} to {pdu.called_ae_title}, {contexts}", found
        if isinstance(pdu, A_ASSOCIATE_AC) and self._negotiated.contexts is None:
            found = self._negotiated.take_answer(pdu, record, ends and ends[1])
            accepted = sum(context.is_accepted for context in record.contexts.values())
            return f"{accepted} of {len(record.contexts)} accepted", found
        if isinstance(pdu, A_ASSOCIATE_RJ):
            self._negotiated.take_rejection()
            text = f"{pdu.result_text}, {pdu.source_text}: {pdu.reason_diag_text}"
            self._end(Outcome.REJECTED, text)
            return text, ()
        if isinstance(pdu, A_ABORT_PDU):
            reason = f": {pdu.reason_diag_text}" if pdu.source == 2 else ""
            text = f"by {pdu.source_text}{reason}"
            self._end(Outcome.ABORTED, f"by the {sender}, {pdu.source_text}{reason}")
            return text, ()
        if isinstance(pdu, A_RELEASE_RP):
            self._end(Outcome.RELEASED, "")
        return "", ()

    def _end(self, outcome: Outcome, text: str) -> None:
        if self.record.outcome is Outcome.OPEN:
            self.record.outcome, self.record.outcome_text = outcome, text

    def p_data(self, sender: str, length: int) -> None:
        """Take note of a P-DATA-TF PDU."""
        if not self._sides.is_established:
            self._sent(self.place_of(sender), P_DATA_TF)
        longest = self._negotiated.longest[OTHER[sender]]
        if longest and length > longest:
            place = self.place_of(sender)
            self.find(rules.pdu_too_long(place, length=length, longest=longest))

    def _sent(self, place: Place, pdu: PDU | type[PDU]) -> None:
        """Hold a PDU against the states of both sides."""
        kind = pdu if isinstance(pdu, type) else type(pdu)
        sender, received = place.sender, kind.RECEIVED
        state = self._sides.state_of(sender)
        receiver_state, action = self._sides.answer_to(sender, received)
        if kind is A_ABORT_PDU:
            is_allowed = self._sides.aborts(sender)
        else:
            is_allowed = self._sides.sent(sender, rules.SENT_BY[kind], received)
        if is_allowed or self._has_gap or not self._source.sees_both:
            return
        found = rules.unexpected_pdu(
            place,
            pdu=kind.NAME,
            state=state.value,
            meaning=state.text,
            action=action.value if action is not None else "nothing",
            receiver_state=receiver_state.value,
        )
        self.find(found)

    # Messages.

    def context(self, sender: str, context_id: int) -> Finding | None:
        """Return what is wrong with a message on a presentation context."""
        answered = self.record.contexts.get(context_id)
        if self._negotiated.contexts is None or (answered and answered.is_accepted):
            return None
        return rules.context_not_accepted(self.place_of(sender), context_id=context_id)

    def keeps(self, message: Message, context_id: int) -> bool:
        """Return whether a rule needs the data set of a message."""
        primitive: Any = message.primitive
        sop_class = self._judge.class_of(primitive, context_id)
        is_needed = _sop_rules.needs_data_set(sop_class, primitive.msg_type)
        return self._keeps_data_sets or is_needed

    def message(self, sent: SentMessage, message: Message | None) -> None:
        """Take a message: hold it against its rules, its request and what was negotiated."""
        self._note_time(sent.place)
        if message is not None:
            sender = sent.place.sender
            self._judge.has_whole_dialogue = self._source.sees_both and not self._has_gap
            self._judge.judge(
                sent, message, self._source.acknowledged(sender), self._source.position(sender)
            )
        if sent.data_set is not None:
            self._room -= len(sent.data_set)
            if not self._keeps_data_sets or self._room < 0:
                sent.data_set = None
        for each in sent.not_checked:
            self.record.not_checked[each] += 1
        if self.record.add(sent):
            self._weight += _MESSAGE + len(sent.command) + len(sent.data_set or b"")

    # The end.

    def closed(self, sender: str, *, is_reset: bool) -> None:
        """Take note that a side closes the connection."""
        if self._is_over or self.record.outcome is not Outcome.OPEN:
            return
        self._is_over = True
        place = self.place_of(sender)
        self._note_time(place)
        how = "reset" if is_reset else "closed"
        state = self._sides.state_of(sender)
        self._end(Outcome.LOST, f"{how} by the {sender}")
        if self._has_gap or not self._source.sees_both:
            return
        unanswered = unanswered_pdu(self.record, place)
        self.find(unanswered or rules.connection_lost(place, how=how, state=state.value))

    @property
    def weight(self) -> int:
        """How many bytes it takes, as far as they can be told."""
        held = sum(self._parties[name].held + self.readers[name].held for name in self.readers)
        return self._weight + held + self._judge.operations.held

    def finish(self, *, is_let_go: bool = False) -> Association:
        """Return the record, complete: no more will come of it in this capture.

        Of one that is let go, more may come, and is not looked at.
        """
        record, is_open = self.record, self.record.outcome is Outcome.OPEN
        if is_let_go:
            self._has_gap, is_open = True, False
            record.outcome_text = record.outcome_text or "not followed to its end"
            record.not_checked[_LET_GO] += 1
        is_fault = record.outcome in (Outcome.RELEASED, Outcome.LOST) and not self._has_gap
        for party in self._parties.values():
            party.end(is_fault=is_fault)
        self._followed.end()
        for sender, reader in self.readers.items():
            if count := reader.end():
                place = Place(sender, record.ended, 0)
                self.find(rules.bytes_passed_over(place, count=count))
        if not self._source.sees_both:
            self.find(one_direction(record))
        elif is_open:
            state = self._sides.state_of(REQUESTOR)
            place = Place("", record.ended, 0)
            self.find(rules.capture_ends_early(place, state=state.value))
        elif record.outcome is Outcome.RELEASED and not self._has_gap:
            for each in self._judge.operations.unanswered():
                self.find(each)
        # Without these circles, memory is free as soon as the record is told.
        self._parties.clear()
        self.readers.clear()
        return record

    def _note_time(self, place: Place) -> None:
        if self.record.started is None:
            self.record.started = place.time
        self.record.ended = place.time
