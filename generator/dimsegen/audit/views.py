"""What the template prints of the rules of captured dialogues."""

from __future__ import annotations

from dataclasses import dataclass

from ..code import layout
from .model import Rule, Rules

# A fact that is printed as digits is a number.
_NUMBER_FORMATS = ("X", "x", "d")


@dataclass(frozen=True)
class RuleView:
    """A rule: its constant, what that is made of, and the lines of the function that finds it."""

    constant: str
    arguments: tuple[str, ...]
    signature: str
    doc: str
    returned: str


@dataclass(frozen=True)
class RulesView:
    """The module of rules."""

    imports: tuple[str, ...]
    pdu_imports: tuple[str, ...]
    sent_by: tuple[tuple[str, str], ...]
    invoked_by_scp: str
    rules: tuple[RuleView, ...]


def rules_view(rules: Rules) -> RulesView:
    """Return the view of all rules."""
    views = tuple(_rule(rule) for rule in rules.rules)
    primitives = sorted(rules.invoked_by_scp)
    classes = sorted(rules.sent_by, key=lambda name: name.lower())
    return RulesView(
        tuple(layout.import_from(f"..{name.lower()}", {name}) for name in primitives),
        tuple(layout.import_from(f"..upper_layer.{name.lower()}", {name}) for name in classes),
        tuple(rules.sent_by.items()),
        ", ".join(primitives),
        views,
    )


def _rule(rule: Rule) -> RuleView:
    name = rule.identifier.replace("-", "_")
    constant = f"_{name.upper()}"
    facts = [f"{fact}: {_type(form)}" for fact, form in rule.facts.items()]
    parameters = ["place: Place", *(["*", *facts] if facts else [])]
    values = (rule.identifier, rule.about.value, rule.mends.value, rule.advice, rule.see)
    text = f'{"f" if facts else ""}"{rule.text}"'
    return RuleView(
        constant,
        layout.strings(values),
        _called(f"def {name}(", parameters, ") -> Finding:", 0),
        f"Return what ``{rule.identifier}`` says of a place.",
        _called(f"return {constant}.found(", ["place", text], ")", 4),
    )


def _called(before: str, arguments: list[str], after: str, indent: int) -> str:
    """Return a call, or a definition, as wide as lines may be."""
    text = layout.call(before, arguments, after, indent)
    if all(len(line) <= layout.WIDTH for line in text.split("\n")):
        return text
    return layout.bracketed(before, arguments, after, indent)


def _type(form: str) -> str:
    return "int" if form.endswith(_NUMBER_FORMATS) else "object"
