"""Dead text: norms that decide no case, exceptions that take nothing away, cells nobody reaches."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from comity.agreement.coding.allowed import Numbers
from comity.agreement.coding.conditions import at_place
from comity.agreement.coding.formulas import Formula, all_of, some_of
from comity.agreement.conditions import FactRef, ParameterRef
from comity.agreement.instruments import Instrument
from comity.agreement.nodes import Kind, NormException, Power, Table, Term
from comity.agreement.regimes import Unit
from comity.prove.law import Law
from comity.prove.questions import Asker


def deciding(asker: Asker) -> Iterator[tuple[str, Formula]]:
    """The key of each norm and exception with what it would be for it to decide something."""
    law = asker.law
    by_node: dict[str, list[Unit]] = {}
    for right in law.regime.units:
        for unit in (*law.guarantees(right), *law.limits(right)):
            by_node.setdefault(unit.node, []).append(unit)
    keys = [i.key(n.id) for i in _own(asker) for n in i.holdings if i.force.binds]
    for key in dict.fromkeys(keys):
        node = law.regime.node(key, law.day)
        if isinstance(node, (NormException, Power)) and node.targets:
            yield key, _takes_away(law, key)
        elif key in by_node:
            yield key, some_of(_decides(law, unit) for unit in by_node[key])


def _own(asker: Asker) -> Iterable[Instrument]:
    return (asker.owner,) if asker.owner is not None else asker.law.regime.instruments


def _decides(law: Law, unit: Unit) -> Formula:
    """The unit is effective, and no other norm bounds the right as far."""
    right = law.vocabulary.rights[unit.right]
    rank: int | str = law.rank(unit.level, right)
    if isinstance(unit.level, (FactRef, ParameterRef)):
        rank = law.rank_of(unit.right)
    if unit.kind is Kind.GUARANTEE:
        others = [u for u in law.guarantees(unit.right) if u.node != unit.node]
        further = some_of(law.gives(other, rank) for other in others)
        return all_of((law.gives(unit, rank), further.negated))
    leaves = rank if isinstance(rank, str) else rank + 1
    if isinstance(leaves, int) and leaves > right.top:
        return some_of(())
    others = [u for u in law.limits(unit.right) if u.node != unit.node]
    short = (
        all_of((law.reaches(u.level, right, leaves).negated, law.effective(u))) for u in others
    )
    own = all_of((law.reaches(unit.level, right, leaves).negated, law.effective(unit)))
    return all_of((own, some_of(short).negated))


def _takes_away(law: Law, key: str) -> Formula:
    """An exception holds, and something that it targets would otherwise hold."""
    targets = [t for t, sources in law.regime.exceptions_to.items() if key in sources]
    return all_of((law.node(key), some_of(_but_for(law, target, key) for target in targets)))


def _but_for(law: Law, target: str, key: str) -> Formula:
    others = [e for e in law.regime.exceptions_on(target, law.day) if e != key]
    free = all_of(law.node(other).negated for other in others)
    if "/term " in target:
        name = target.replace("/term ", "/")
        definition = law.regime.definition(name, law.day)
        if not isinstance(definition, Term):
            return some_of(())
        places = law.vocabulary.place_instances if definition.of_place else ("",)
        return all_of((some_of(law.meant(definition, name, place) for place in places), free))
    node = law.regime.node(target, law.day)
    if node is None:
        return some_of(())
    lines = (law.condition(line) for line in node.when)
    return all_of((*law.stands(node, target), *lines, free))


def cells(asker: Asker) -> Iterator[tuple[str, Formula]]:
    """Every cell of every table with what it would be to be in it.

    A missing row or column is already a fault of the text (E211).
    """
    law = asker.law
    for instrument in _own(asker):
        for table in instrument.definitions:
            if not isinstance(table, Table):
                continue
            place = law.vocabulary.place_instances[0] if table.of_place else ""
            row, column = (at_place(ref, place) for ref in (table.row, table.column))
            for r, levels in enumerate(table.cells):
                for c in range(len(levels)):
                    name = f"{instrument.id}/term {table.name} row {r + 1}, column {c + 1}"
                    yield (
                        name,
                        all_of(
                            (
                                law.fact(row, Numbers(((r, r),))),
                                law.fact(column, Numbers(((c, c),))),
                            )
                        ),
                    )
