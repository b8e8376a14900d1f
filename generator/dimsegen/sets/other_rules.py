"""The rules on everything but a usage code.

A rule that states its verdicts has the same ones wherever nothing else in the table decides; one
that states none is computed in each case.
"""

from __future__ import annotations

from .rule import COMPUTED, Effect, Rule
from .verdicts import DEPENDS, KEEPS, NARROWS, REPLACES, WIDENS, Verdicts


def _rule(identifier: str, verdicts: Verdicts | None, title: str, explanation: str) -> Rule:
    senders: Effect = verdicts.senders if verdicts else COMPUTED
    receivers: Effect = verdicts.receivers if verdicts else COMPUTED
    return Rule(identifier, title, explanation, senders, receivers)


OTHER_RULES = (
    _rule(
        "condition-changed",
        None,
        "the condition of a cell changed",
        "Both conditions are evaluated for every kind of status that the service lists, every "
        "presence of the parameters that they look at, and every request. Where the new one allows "
        "less, the senders break; where it allows more, the receivers do. Two ways of writing the "
        "same break nobody.",
    ),
    _rule(
        "equality-added",
        NARROWS,
        "a parameter has to equal one of the request",
        "The table prints it as (=), or prose states it. A response that repeats another value was "
        "valid and no longer is. Update the senders first.",
    ),
    _rule(
        "equality-removed",
        WIDENS,
        "a parameter need no longer equal one of the request",
        "A response with another value is valid now, and its receivers do not expect it. Update "
        "the receivers first. An equality with another parameter is one removed and one added.",
    ),
    _rule(
        "fixed-value-changed",
        REPLACES,
        "a fixed value changed",
        "What was the only value is none any more, and the other way round. Make two releases: "
        "first allow any value, receivers first; then fix the new one, senders first.",
    ),
    _rule(
        "values-narrowed",
        NARROWS,
        "an element lost some of its values",
        "A message with one of them was valid and no longer is. Update the senders first.",
    ),
    _rule(
        "values-widened",
        WIDENS,
        "an element got more values",
        "A message with one of them is valid now, and its receivers do not expect it. Update the "
        "receivers first.",
    ),
    _rule(
        "element-added",
        KEEPS,
        "an element is new in the list of elements",
        "It changes no message by itself; the messages and tables that name it are findings of "
        "their own.",
    ),
    _rule(
        "element-removed",
        KEEPS,
        "an element is gone from the list of elements",
        "It changes no message by itself; the messages and tables that named it are findings of "
        "their own.",
    ),
    _rule(
        "element-changed",
        None,
        "the tag, VR, VM or role of an element changed",
        "Where the new VM or length contains the old one, only the receivers break; where it is "
        "contained, only the senders. Another tag, another encoding or another role breaks both.",
    ),
    _rule(
        "attribute-usage",
        None,
        "the usage of an attribute changed",
        "A usage allows the attribute to be absent, empty or there with a value. Where the new one "
        "allows less, those who send the data set break; where it allows more, or asks an SCP to "
        "support what it had not to, those who receive it do.",
    ),
    _rule(
        "attribute-line",
        None,
        "an attribute table has another line, or a line stands at another level",
        "An attribute that is new may be asked for where nobody sends it; one that is gone may be "
        "sent where nobody expects it. At another level, it is another attribute.",
    ),
    _rule(
        "command-field-changed",
        REPLACES,
        "a message has another Command Field",
        "The value tells which message it is. Nobody recognizes the message of the other version.",
    ),
    _rule(
        "data-set-type-changed",
        None,
        "what says whether a data set follows changed",
        "The values that were allowed are compared with those that are. A change that only follows "
        "a data set that came or went is not reported again.",
    ),
    _rule(
        "message-added",
        WIDENS,
        "a service has a new message",
        "The table has a new column. Whoever receives the message does not know it yet. Update the "
        "receivers first.",
    ),
    _rule(
        "message-removed",
        NARROWS,
        "a service lost a message",
        "The table has a column less. Whoever sends the message is not understood any more. Update "
        "the senders first.",
    ),
    _rule(
        "message-field-added",
        None,
        "a message carries a new element",
        "What can stand in the message is compared with what could. An element that comes with its "
        "cell of the service table is not reported again.",
    ),
    _rule(
        "message-field-removed",
        None,
        "a message no longer carries an element",
        "What can stand in the message is compared with what could. An element that goes with its "
        "cell of the service table is not reported again.",
    ),
    _rule(
        "message-field-changed",
        None,
        "a message table asks something else of an element",
        "The values that were allowed are compared with those that are.",
    ),
    _rule(
        "status-added",
        WIDENS,
        "a service returns a new status",
        "Those who receive the response do not expect it: update them, the invokers, first. Nobody "
        "breaks if the codes were listed under another status before, with the same fields.",
    ),
    _rule(
        "status-removed",
        NARROWS,
        "a service no longer returns a status",
        "Those who send it, the performers, have to stop first. Nobody breaks if the codes are "
        "still listed under another status, with the same fields.",
    ),
    _rule(
        "status-codes-changed",
        None,
        "a status has other codes",
        "A code that no listed status has any more breaks the senders, one that none had the "
        "receivers.",
    ),
    _rule(
        "status-class-changed",
        KEEPS,
        "a status class or the class of a status changed",
        "A class makes no message valid or invalid. Each condition that names it is a finding of "
        "its own.",
    ),
    _rule(
        "status-field-added",
        WIDENS,
        "a status permits another field",
        "Those who receive the response do not expect the field: update them, the invokers, first. "
        "Nobody breaks if the cell of the parameter allows it anyway.",
    ),
    _rule(
        "status-field-removed",
        NARROWS,
        "a status no longer permits a field",
        "Those who send the response, the performers, have to stop sending the field first. Nobody "
        "breaks if the cell of the parameter allows it anyway.",
    ),
    _rule(
        "service-added",
        WIDENS,
        "a service is new",
        "Whoever receives its messages does not know them yet. Update the receivers first.",
    ),
    _rule(
        "service-removed",
        NARROWS,
        "a service is gone",
        "Whoever sends its messages is not understood any more. Update the senders first.",
    ),
    _rule(
        "renamed",
        KEEPS,
        "a parameter has another keyword",
        "The new version says so with renamed_from, and all else is compared under the new "
        "keyword. The bytes are the same. A row that became another element breaks both sides.",
    ),
    _rule(
        "documentation-edited",
        KEEPS,
        "a text, a reference or an order changed",
        "It decides nothing about a message.",
    ),
)

# On layouts of bytes and on state machines, which not every family has.
LAYOUT_RULES = (
    _rule(
        "layout-changed",
        REPLACES,
        "a PDU or an item has another field, or a field has other bytes",
        "Whoever reads the one layout misreads the other. No release understands both, but where "
        "bytes were reserved, or are: those are not tested when received, and who does not know of "
        "their use misses it.",
    ),
    _rule(
        "occurrence-changed",
        None,
        "an item stands more or less often in what contains it, or in another order",
        "How often it may stand there is compared with how often it could. Whoever knows no such "
        "item skips it (PS3.8 9.3.1), so that a new one breaks no receiver.",
    ),
    _rule(
        "issuer-changed",
        None,
        "a primitive is issued by another end of the association, or to another one",
        "Who may issue it, and to whom, is compared with who could. An end that no longer may has "
        "to stop first; one that gets what it never got has to be ready first.",
    ),
    _rule(
        "action-changed",
        DEPENDS,
        "an action of the state machine is described in other words",
        "The words are all that says what it does. Whoever performs it may do something else then, "
        "or the same in better words: a reader decides, and waives what changes nothing.",
    ),
    _rule(
        "transition-changed",
        REPLACES,
        "the state machine does something else, or ends in another state",
        "The two ends no longer agree on where an association is. Nobody can go first, but for a "
        "cell that was blank (update first whoever does not expect what it lets in) and for one "
        "that is blank now (update first whoever still does what it allowed).",
    ),
)
