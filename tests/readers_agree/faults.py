"""The faults that are planted in the encoder: from a condition to the text that the solver reads."""

from __future__ import annotations

from typing import Any, cast

from comity.agreement.coding import conditions, facts
from comity.agreement.coding.conditions import MeaningOfConditions as Conditions
from comity.agreement.coding.norms import MeaningOfNorms as Norms
from comity.prove import arrangement, fields, script
from comity.prove.fields import Name, NameSet, Number
from comity.prove.law import Law
from comity.prove.script import Writer
from tests.readers_agree.planting import Fault


def _in(where: Any, line: str, instead: str, name: str, look: str = "fixed") -> Fault:
    return Fault(name, cast("Any", where), line, instead, look)


OF_CONDITIONS = (
    _in(
        Conditions._condition,
        "some_of((exists.negated, self.condition(inner, instance)))",
        "all_of((exists, self.condition(inner, instance)))",
        "`every` place asks that there be each",
    ),
    _in(
        Conditions._condition,
        "all_of((exists, self.condition(inner, instance)))",
        "some_of((exists.negated, self.condition(inner, instance)))",
        "`some` place is met by one that is not there",
    ),
    _in(Conditions._places, ".instances):", ".instances[:1]):", "the second origin is ignored"),
    _in(
        Conditions._places,
        "if is_open else SURELY",
        "if False else SURELY",
        "a second origin counts that the person has not",
    ),
    _in(
        Conditions._places,
        'yield "onward", self.record("onward.exists", YES)',
        "pass",
        "the State of onward removal is ignored",
    ),
    _in(
        Conditions._atom,
        'relation in ("more than", "less than")',
        "False",
        "`more than` is read as `at least`",
    ),
    _in(
        Conditions._atom,
        "Fraction(0)) - part.coefficient",
        "Fraction(0)) + part.coefficient",
        "the right side of a comparison is added",
    ),
    _in(
        Conditions._atom,
        "return self.is_host(subject, place, atom)",
        "return NEVER",
        "nationality never includes the host",
    ),
    _in(
        Conditions._is_one_of,
        "return some_of((listed, self.is_host(subject, place, atom)))",
        "return listed",
        "`host` among listed States is dropped",
    ),
    _in(
        Conditions.is_host,
        "return SURELY",
        "return NEVER",
        "a choice that gives the host does not give it",
    ),
    _in(
        Conditions._group,
        "return frozenset(self.regime.vocabulary.states)",
        "return self.regime.library[instrument].parties_on(self.day)",
        "an instrument in force for every host has only its own parties",
    ),
    _in(
        Conditions._group,
        ".on(self.day)",
        ".on(date.max)",
        "a group of States is that of another day",
    ),
    _in(
        Conditions.meant,
        "return some_of((lines, *added))",
        "return lines",
        "an extension adds nothing",
    ),
    _in(
        Conditions._met,
        'free = self.unexcepted(f"{instrument}/term {name}")',
        "free = SURELY",
        "exceptions to a term are forgotten",
    ),
    _in(
        Conditions._among,
        'self.regime.definition(f"{subject.instrument}/{subject.name}", self.day)',
        'self.regime.definitions[f"{subject.instrument}/{subject.name}"][0]',
        "a table is always that of the first reading",
    ),
    _in(
        Conditions._among,
        'where = place if subject.place == "place" else subject.place',
        'where = "origin1"',
        "a table is always asked at the first origin",
    ),
    _in(
        Conditions._blocks,
        "row, column = at_place(table.row, place), at_place(table.column, place)",
        "column, row = at_place(table.row, place), at_place(table.column, place)",
        "rows and columns of a table are swapped",
    ),
    _in(
        conditions._largest_blocks,
        "if columns <= row)",
        "if columns & row)",
        "a block of a table takes in rows that fit in part",
    ),
    _in(
        Conditions.chosen,
        "for pick in reversed(choice.picks)",
        "for pick in choice.picks",
        "of an ordered choice the last that applies is taken",
    ),
    _in(
        Conditions.linear,
        "constant += c * value",
        "constant -= c * value",
        "a constant has the wrong sign",
    ),
    _in(
        Conditions.linear,
        'if f"{instrument}/{name}" in self.varying:',
        "if False:",
        "a parameter that varies is fixed in a condition",
        "large",
    ),
    _in(
        facts._of_origin,
        'return "origin1" + path.removeprefix("destination")',
        "return path",
        "the destination that is the origin has facts of its own",
    ),
    _in(
        facts.at_least,
        "floor(edge) + 1 if strictly else ceil(edge)",
        "floor(edge) + 1",
        "`at least` is off by one",
    ),
    _in(
        facts.at_least,
        "ceil(edge) - 1 if strictly else floor(edge)",
        "ceil(edge) - 1",
        "`at most` is off by one",
    ),
)

OF_NORMS = (
    _in(
        Norms.unexcepted,
        "return all_of(self.node(exception).negated for exception in exceptions)",
        "return SURELY",
        "an exception is forgotten",
    ),
    _in(
        Norms.unexcepted,
        "self.node(exception).negated for",
        "self.bound(exception).negated for",
        "an exception needs no conditions",
    ),
    _in(
        Norms.stands,
        "yield self.exercised(node, key)",
        "yield SURELY",
        "a power counts that nobody has exercised",
    ),
    _in(
        Norms.stands,
        "if key not in self.regime.travelling:",
        "if True:",
        "an exception that travels with its term binds parties only",
    ),
    _in(
        Norms.level,
        "sorted((right.amount(low), right.amount(high)))",
        "sorted((low, high))",
        "less is better, but the scale is not turned around",
    ),
    _in(
        Norms.reaches,
        "if right.less_is_better else",
        "if False else",
        "less is better, but a rank that varies is not turned around",
    ),
    _in(
        Norms.level,
        "FAR if most >= right.top else most",
        "most",
        "a number beyond the right's bounds counts as nothing",
    ),
    _in(
        Norms._falls_short,
        ", rank).negated",
        ", rank)",
        "a limit forbids what lies below it",
    ),
    _in(
        Norms._defeats,
        "if winner is limit:",
        "if winner is guarantee:",
        "a clause makes the wrong side prevail",
    ),
    _in(
        Norms._defeats,
        "yield self.effective(winner)",
        "yield self.node(winner.node)",
        "a defeated norm still defeats",
    ),
    _in(
        Norms._defeats,
        "yield some_of(self.bound(clause) for clause in theirs).negated",
        "yield SURELY",
        "two clauses that disagree settle the crossing all the same",
    ),
    _in(
        Norms._defeats,
        "yield some_of(self.bound(clause) for clause in ours)",
        "yield some_of(SURELY for clause in ours)",
        "a clause counts that does not bind the host",
        "large",
    ),
    _in(
        Norms._defeats,
        "yield self.crosses(guarantee, limit)",
        "yield SURELY",
        "a norm defeats another that it does not cross",
    ),
    _in(
        Norms.crosses,
        "self.rank(limit.level, right) + 1",
        "self.rank(limit.level, right)",
        "a guarantee crosses a limit of its own level",
    ),
    _in(
        Norms.crosses,
        "self.level(guarantee.level, right, 1, right.top),",
        "SURELY,",
        "a number beyond the right's bounds is below one further beyond them",
        "beyond bounds",
    ),
    _in(
        Norms.lapsed,
        "clocks.append(self.fact(right.measured_by, Numbers(((right.top + 1, FAR),)), test))",
        "pass",
        "a bound beyond the right's own has not lapsed before it is reached",
        "beyond bounds",
    ),
    _in(
        Norms.before,
        "return self.gave(node.since, unit.right, unit.level)",
        "return self.gave(self.day, unit.right, unit.level)",
        "a standstill preserves what the day of the case gives",
    ),
    _in(
        Norms.before,
        "self.gave(day, unit.right, unit.level),",
        "self.gave(self.day, unit.right, unit.level),",
        "a standstill since joining preserves what the day of the case gives",
    ),
    _in(
        Norms._parts,
        "yield self.before(unit, node)",
        "pass",
        "a standstill gives every level",
    ),
    _in(
        Norms.bound,
        "self.regime.bound_states(name, article, self.day)",
        "self.regime.by_id[name].parties_on(self.day)",
        "a reservation that was made is ignored",
    ),
    _in(
        Norms.bound,
        "if name in self.regime.for_every_host:",
        "if False:",
        "what is in force for every host binds parties only",
    ),
    _in(
        Norms.bound,
        'free = self.record(f"reserved {name}/{article}", YES).negated',
        "pass",
        "a reservation that may be made frees nobody",
        "large",
    ),
    _in(
        Norms.bound,
        "if self.reservable and may_be_reserved(self.regime.by_id[name], article):",
        "if self.reservable:",
        "articles are reserved that allow of no reservation",
        "read back",
    ),
    _in(
        Norms.operating,
        "return all_of((adopted, *needs))",
        "return adopted",
        "an element operates without what it needs",
    ),
    _in(
        Norms.operating,
        "if name in above:\n        return SURELY",
        "if name in above:\n        return NEVER",
        "elements that need one another never operate",
    ),
    _in(
        Norms._operates,
        'return some_of((now, self.record(f"acquired {instrument.id}/{node.element}", YES)))',
        "return now",
        "what was acquired under an element is lost with it",
    ),
    _in(
        Norms._operates,
        "if node.kind is not Kind.GUARANTEE:",
        "if False:",
        "a limit outlives its element too",
    ),
    _in(
        Norms.lapsed,
        "return all_of((self.node(key), some_of(clocks)))",
        "return some_of(clocks)",
        "a norm lapses that does not hold",
    ),
    _in(
        Norms.lapsed,
        'clocks.append(self.linear(terms, True, "", test))',
        'clocks.append(self.linear(terms, False, "", test))',
        "a clock has passed its bound when it reaches it",
    ),
    _in(
        Norms._node,
        "node = self.regime.node(key, self.day)",
        "node = next((n for n in self.regime.nodes[key] if self.regime.is_read("
        'n.frame.under, key.partition("/")[0], self.day)), None)',
        "a node is valid on every day",
    ),
    _in(
        Norms._node,
        "node = self.regime.node(key, self.day)",
        "node = next((n for n in self.regime.nodes[key] if n.frame.validity.on(self.day)), None)",
        "a node is always that of the first reading",
    ),
    _in(
        Norms._node,
        "for line in node.when:",
        "for line in node.when[:1]:",
        "of several lines only the first counts",
    ),
    _in(
        Norms.listed_as_declaring,
        "if d.name == name and d.spell.on(self.day)",
        "if d.name == name",
        "a declaration counts before it was made",
    ),
    _in(
        Law.declared,
        "if self.latitude.reservations:",
        "if False:",
        "no host may have made a declaration that the text does not list",
        "large",
    ),
    _in(
        Law.possible,
        "all_of((*self._axioms_on(asked), *self._listed(asked)))",
        "all_of(self._listed(asked))",
        "the axioms are forgotten",
        "read back",
    ),
    _in(
        Law.possible,
        "all_of((*self._axioms_on(asked), *self._listed(asked)))",
        "all_of(self._axioms_on(asked))",
        "a host need not have done what the text lists",
        "read back",
    ),
)

OF_THE_TEXT = (
    _in(
        Writer._linear,
        "scale = lcm(form.constant.denominator, *(c.denominator for c in form.terms.values()))",
        "scale = 1",
        "a fraction is rounded",
    ),
    _in(
        Writer._linear,
        "'>' if form.strict else '>='",
        "'>='",
        "`more than` is `at least` in a sum",
    ),
    _in(
        Writer._linear,
        "_whole(int(-constant",
        "_whole(int(constant",
        "the constant of a sum is added",
    ),
    _in(
        Number.test,
        "for a, b in allowed.spans)",
        "for a, b in allowed.spans[:1])",
        "of several spans of numbers only the first counts",
    ),
    _in(
        Number._within,
        """"true" if above == "false" else f"(not {above})\"""",
        '"true"',
        "a span of numbers has no end",
    ),
    _in(
        Number.declarations,
        "for lower, higher in pairwise(cuts):",
        "for lower, higher in ():",
        "a higher threshold is passed without the lower one",
        "read back",
    ),
    _in(
        Number.declarations,
        'yield f"(assert (and (<= {self.low} {self.symbol}) (<= {self.symbol} {self.high})))"',
        "pass",
        "a number in a sum has no bounds",
        "read back",
    ),
    _in(
        Name.declarations,
        'yield f"(assert (not (and {one} {other})))"',
        "pass",
        "a country is two at once",
        "read back",
    ),
    _in(
        Name.declarations,
        'yield f"(assert {disjunction(every)})"',
        "pass",
        "a country is none",
        "read back",
    ),
    _in(
        NameSet._meets,
        "return disjunction(",
        "return conjunction(",
        "a set that meets a group has all of it",
    ),
    _in(
        NameSet.test,
        "_denied(self._meets(allowed.avoids))",
        '"true"',
        "a set may have what it must not",
    ),
    _in(
        NameSet.declarations,
        "if self.without.issuperset(members):",
        "if False:",
        "`nobody` is a nationality",
        "read back",
    ),
    _in(
        fields.same_as_host,
        "if len(possible) == 1:",
        "if False:",
        "a State that is the only one of its class need not be itself",
        "read back",
    ),
    _in(
        fields.same_as_host,
        'yield f"(assert (=> {symbol} (= {here} {there})))"',
        "pass",
        "a country that is the host is another one",
        "read back",
    ),
    _in(
        fields.same_as_host,
        'yield f"(assert (=> (and {symbol} {here}) {there}))"',
        "pass",
        "a set that has the host does not have it",
        "read back",
    ),
    _in(
        script._later,
        "return variant.later.get(key, 0) if variant is not None else 0",
        "return 0",
        "in a later month no counter has grown",
        "of two",
    ),
    _in(
        script._at,
        "return variant.at.get(key) if variant is not None else None",
        "return None",
        "at a given month the counter is what it was at first",
        "of two",
    ),
    _in(
        script._copy,
        "variant is not None and key in variant.renamed",
        "False",
        "the other person has nothing of their own",
        "of two",
    ),
    _in(
        arrangement._touched,
        "waiting += above.get(one, ())",
        "pass",
        "what rests on a changed fact is not changed",
        "of two",
    ),
    _in(
        Writer._not_less,
        "(=> {first.at_least(cut)} {other.at_least(cut)})",
        "(=> {other.at_least(cut)} {first.at_least(cut)})",
        "who has more has less",
        "of two",
    ),
)

FAULTS = (*OF_CONDITIONS, *OF_NORMS, *OF_THE_TEXT)
