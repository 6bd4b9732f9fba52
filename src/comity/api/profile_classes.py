"""Asking of people whether a text of some class of answerability guarantees them anything.

Belongs here: the question, so that it can be asked together with all rights. Does not belong here: the
classes themselves (`profile.governance`), figures (`profile_given`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from comity.agreement.coding.formulas import Formula, some_of
from comity.agreement.many.rules import Rules
from comity.agreement.nodes import Kind
from comity.agreement.regimes import Regime
from comity.api.people_counts import Asked
from comity.profile.governance import Told, classes


def class_of_texts(found: Sequence[Told], *, judges_apart: bool) -> Mapping[str, str]:
    """The class of each text by its id."""
    return {one.instrument.id: one.answers(judges_apart=judges_apart) for one in found}


def classes_asked(regime: Regime, found: Sequence[Told]) -> Asked:
    """Asks of each class, under both divisions, whether a text of it guarantees anything.

    Asked together with all rights it costs little, as both rest on the same guarantees.
    """
    divisions = [class_of_texts(found, judges_apart=apart) for apart in (False, True)]
    rights = [right for right, several in regime.units.items() if several]

    def asked(rules: Rules) -> Sequence[Formula]:
        units = [
            (unit.node.partition("/")[0], rules.gives(unit, 1))
            for right in rights
            for unit in rules.guarantees(right)
            if unit.kind is Kind.GUARANTEE
        ]
        return [
            some_of(gives for owner, gives in units if of.get(owner) == name)
            for apart, of in zip((False, True), divisions, strict=True)
            for name in classes(judges_apart=apart)
        ]

    return asked
