"""Read who issues the primitives of a service, and which primitives the state machine names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ...reading.problems import Report
from ...reading.values import Fields, Word
from ..model import End, Issued, Primitive, Requestor, Service


def requestor_of(document: Fields, report: Report) -> Requestor | None:
    """Return which end the requestor of a service is; None where nobody requests it."""
    written = document.word("requestor")
    ends = {fields.text(key) for _, _, fields in document.records("issued") for key in ("by", "to")}
    is_needed = End.REQUESTOR.value in ends
    if is_needed and "requestor" not in document.keys:
        report.add(document.keys["issued"], "missing-requestor", name=document.text("service"))
    elif written and not is_needed:
        report.add(written.position, "idle-requestor", name=document.text("service"))
    return Requestor(written.text) if written else None


def issued_of(document: Fields, columns: Sequence[str], report: Report) -> Mapping[str, Issued]:
    """Return who issues the primitive of each of the `columns`."""
    listed = document.fields("issued")
    found: dict[str, Issued] = {}
    for column, position, fields in document.records("issued"):
        by, to = (fields.text(key) for key in ("by", "to"))
        if column not in columns:
            facts = {"service": document.text("service")}
            report.add_unknown(position, "unknown-issued", column, columns, facts)
        elif by and to:
            if (by, to).count(End.PROVIDER.value) != 1:
                report.add(fields.place("by"), "no-provider", column=column, by=by, to=to)
            found[column] = Issued(End(by), End(to), fields.text("see"), position)
    for column in columns if listed else ():
        if listed and column not in listed.keys:
            report.add(listed.position, "missing-issued", column=column)
    return found


class Primitives:
    """The primitives of all services, by their names."""

    def __init__(self, services: Sequence[Service], report: Report) -> None:
        self._issued = {
            str(Primitive(each.name, column)): (Primitive(each.name, column), issued)
            for each in services
            for column, issued in each.issued.items()
        }
        self._report = report

    def issued(self, words: Sequence[Word], name: str) -> Iterator[Primitive]:
        """Yield those that `words` name, which the action `name` issues to the local user."""
        return self._named(words, name, "not-by-provider", is_by_provider=True)

    def received(self, word: Word | None, name: str) -> Primitive | None:
        """Return the one that `word` names, which the local user issues; it is the event `name`."""
        words = [word] if word else []
        return next(self._named(words, name, "by-provider", is_by_provider=False), None)

    def _named(
        self, words: Sequence[Word], name: str, rule: str, *, is_by_provider: bool
    ) -> Iterator[Primitive]:
        for word in words:
            if word.text not in self._issued:
                facts = {"of": name}
                self._report.add_unknown(
                    word.position, "unknown-primitive", word.text, self._issued, facts
                )
                continue
            primitive, issued = self._issued[word.text]
            if (issued.by is End.PROVIDER) is not is_by_provider:
                self._report.add(word.position, rule, of=name, primitive=word.text)
            yield primitive
