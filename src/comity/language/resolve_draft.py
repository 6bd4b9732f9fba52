"""The vocabulary while it is read, and what every declaration has: a name of its own, a meaning."""

from __future__ import annotations

from dataclasses import dataclass, field

from lark import Token, Tree

from comity.agreement.spans import Span
from comity.agreement.vocabulary import (
    Axiom,
    Counter,
    Enumeration,
    Event,
    Fact,
    Group,
    Meaning,
    Place,
    Quality,
    Right,
    Scale,
    SpellKind,
    State,
    Vocabulary,
)
from comity.language.context import Context, child, tokens, unquote


@dataclass
class Draft:
    """The vocabulary while it is read."""

    places: dict[str, Place] = field(default_factory=dict)
    scales: dict[str, Scale] = field(default_factory=dict)
    enumerations: dict[str, Enumeration] = field(default_factory=dict)
    facts: dict[str, Fact] = field(default_factory=dict)
    rights: dict[str, Right] = field(default_factory=dict)
    groups: dict[str, Group] = field(default_factory=dict)
    states: dict[str, State] = field(default_factory=dict)
    spells: dict[str, SpellKind] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    counters: dict[str, Counter] = field(default_factory=dict)
    axioms: list[Axiom] = field(default_factory=list)
    qualities: dict[str, Quality] = field(default_factory=dict)

    def vocabulary(self) -> Vocabulary:
        """What has been declared so far."""
        return Vocabulary(
            self.places,
            self.scales,
            self.enumerations,
            self.facts,
            self.rights,
            self.groups,
            self.states,
            self.spells,
            self.events,
            self.counters,
            tuple(self.axioms),
            self.qualities,
        )


def new_name(context: Context, name: Token | Tree[Token], word: str, *known: object) -> str:
    """A word that no earlier declaration has. E211 if one of `known`, by name, has it."""
    for table in known:
        if isinstance(table, dict) and word in table:
            first: Span = table[word].span
            context.fail(
                "E211",
                name,
                f"`{word}` is declared twice (first on line {first.line} of {first.file})",
                suggestion="delete one, or choose another name",
            )
    return word


def meaning(tree: Tree[Token]) -> Meaning | None:
    """What a declaration says it means, and where that is from."""
    found = child(tree, "meaning")
    if found is None:
        return None
    texts = [unquote(str(text)) for text in tokens(found, "STRING")]
    return Meaning(texts[0], texts[1] if len(texts) > 1 else "")
