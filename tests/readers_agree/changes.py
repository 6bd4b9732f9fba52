"""Changes of a text that take one feature away or turn it into its contrary.

A change that finds nothing to change returns the very regime that it was given.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from comity.agreement.conditions import (
    AllOf,
    AnyOf,
    Atom,
    Comparison,
    Condition,
    Constant,
    Declared,
    DefinitionRef,
    EveryPlace,
    FactRef,
    Includes,
    InGroup,
    IsOneOf,
    Lapse,
    Meets,
    NodeHolds,
    Not,
    SomePlace,
    TermHolds,
    operands,
)
from comity.agreement.instruments import Force, Instrument, Statement
from comity.agreement.latitude import bounds_of, parameters_of
from comity.agreement.nodes import (
    ArticleTarget,
    Choice,
    EveryTarget,
    Extension,
    Norm,
    NormException,
    Power,
    Prevalence,
    Standstill,
    Table,
    Term,
    TermTarget,
    Validity,
)
from comity.agreement.regimes import Regime
from tests.readers_agree.generator import TODAY
from tests.readers_agree.words import SPONSOR

Change = Callable[[Regime], Regime]


# ---- of statements ----
def rewritten(regime: Regime, change: Callable[[Statement], Statement | None]) -> Regime:
    """The regime with each statement changed, or left out where the change gives nothing."""
    instruments = tuple(_rewritten(instrument, change) for instrument in regime.instruments)
    return _with_instruments(regime, instruments)


def _rewritten(
    instrument: Instrument, change: Callable[[Statement], Statement | None]
) -> Instrument:
    body = tuple(new for old in instrument.statements if (new := change(old)) is not None)
    return instrument if body == instrument.statements else replace(instrument, statements=body)


def _with_instruments(regime: Regime, instruments: tuple[Instrument, ...]) -> Regime:
    if instruments == regime.instruments:
        return regime
    return replace(regime, instruments=instruments, library={i.id: i for i in instruments})


def without(is_meant: Callable[[Statement], bool]) -> Change:
    """Leaves statements out."""
    return lambda regime: rewritten(regime, lambda s: None if is_meant(s) else s)


def fronts(change: Callable[[Instrument], Instrument]) -> Change:
    """Changes what stands before the articles of each instrument."""
    return lambda regime: _with_instruments(regime, tuple(map(change, regime.instruments)))


# ---- of conditions ----
def negated(is_meant: Callable[[Atom, Regime], bool]) -> Change:
    """Turns tests into their contrary, wherever they stand."""

    def change(regime: Regime) -> Regime:
        return rewritten(regime, lambda s: _negated(s, lambda atom: is_meant(atom, regime)))

    return change


def _negated(statement: Statement, is_meant: Callable[[Atom], bool]) -> Statement:
    match statement:
        case Choice(picks=picks):
            changed = tuple(replace(p, when=_lines(p.when, is_meant)) for p in picks)
            return replace(statement, picks=changed)
        case Norm() | NormException() | Power() | Extension() | Standstill() | Term():
            return replace(statement, when=_lines(statement.when, is_meant))
        case _:
            return statement


def _lines(lines: tuple[Condition, ...], is_meant: Callable[[Atom], bool]) -> tuple[Condition, ...]:
    return tuple(_condition(line, is_meant) for line in lines)


def _condition(condition: Condition, is_meant: Callable[[Atom], bool]) -> Condition:
    match condition:
        case Not(inner):
            return Not(_condition(inner, is_meant))
        case AllOf(several) | AnyOf(several):
            return replace(condition, conditions=_lines(several, is_meant))
        case EveryPlace() | SomePlace():
            return replace(condition, condition=_condition(condition.condition, is_meant))
        case atom:
            return Not(atom) if is_meant(atom) else atom


# ---- the features of a text ----
def _reads(*kinds: type) -> Callable[[Atom, Regime], bool]:
    return lambda atom, _regime: isinstance(atom, kinds)


def _asks(kind: type) -> Callable[[Atom, Regime], bool]:
    """Whether an atom asks a table, or an ordered choice."""

    def asks(atom: Atom, regime: Regime) -> bool:
        named = (o for o in operands(atom) if isinstance(o, DefinitionRef))
        return any(
            isinstance(regime.definitions[f"{o.instrument}/{o.name}"][0], kind) for o in named
        )

    return asks


def _compares_host(atom: Atom, _regime: Regime) -> bool:
    match atom:
        case IsOneOf(FactRef("host")) | InGroup(FactRef("host")) | Includes(country="host"):
            return True
        case IsOneOf(values=listed):
            return "host" in listed
        case _:
            return False


def _of_countries(atom: Atom, _regime: Regime) -> bool:
    return isinstance(atom, (Meets, InGroup)) and not atom.instrument


def _of_parties(atom: Atom, _regime: Regime) -> bool:
    return isinstance(atom, (Meets, InGroup)) and bool(atom.instrument)


def _adds_facts(atom: Atom, _regime: Regime) -> bool:
    return isinstance(atom, Comparison) and sum(isinstance(o, FactRef) for o in operands(atom)) > 1


def _of_days(atom: Atom, _regime: Regime) -> bool:
    return any(isinstance(o, Constant) and o.kind == "date" for o in operands(atom))


def _of_sponsor(atom: Atom, _regime: Regime) -> bool:
    return FactRef(SPONSOR) in tuple(operands(atom))


def _targets(*kinds: type) -> Callable[[Statement], bool]:
    return lambda s: (
        isinstance(s, (NormException, Power)) and any(isinstance(t, kinds) for t in s.targets)
    )


def _is_level_of_fact(statement: Statement) -> bool:
    return isinstance(statement, Norm) and any(
        isinstance(b.level, FactRef) for b in statement.boundings
    )


def _undated(statement: Statement) -> Statement:
    if not isinstance(statement, (Norm, NormException, Power, Extension)):
        return statement
    return replace(statement, frame=replace(statement.frame, validity=Validity()))


def _hard(statement: Statement) -> Statement:
    return replace(statement, soft=False) if isinstance(statement, Norm) else statement


def _of_no_element(statement: Statement) -> Statement:
    return replace(statement, element="") if isinstance(statement, Norm) else statement


def _standstill(*, dated: bool) -> Change:
    return without(lambda s: isinstance(s, Standstill) and (s.since is not None) is dated)


def _read_otherwise(question: str) -> Change:
    """Another reading of a question, if anything stands under it."""

    def change(regime: Regime) -> Regime:
        owner, _, name = question.partition("/")
        instrument = regime.by_id.get(owner)
        if instrument is None or name not in map(_under, instrument.statements):
            return regime
        taken = regime.readings.get(question, "x")
        return regime.reading(question, "y" if taken == "x" else "x")

    return change


def _under(statement: Statement) -> str:
    if not isinstance(statement, (Norm, NormException, Power, Extension, Term, Table)):
        return ""
    under = statement.frame.under
    return under.question if under is not None else ""


def _parameters_at(end: int) -> Change:
    """Every parameter at the low end of its bounds (0) or at the high one (1)."""

    def change(regime: Regime) -> Regime:
        ends = {key: bounds_of(found)[end] for key, found in parameters_of(regime, TODAY)}
        return regime.varied(ends) if ends else regime

    return change


def _everywhere(regime: Regime) -> Regime:
    return replace(regime, for_every_host=frozenset(regime.by_id))


FEATURES: Mapping[str, tuple[Change, ...]] = {
    "prevalence": (without(lambda s: isinstance(s, Prevalence)),),
    "reading": tuple(_read_otherwise(f"{name}/q") for name in "abc"),
    "parameter within its bounds": (_parameters_at(0), _parameters_at(1)),
    "day of validity": (lambda regime: rewritten(regime, _undated),),
    "standstill, dated": (_standstill(dated=True),),
    "standstill since ratification": (_standstill(dated=False),),
    "element": (
        lambda regime: rewritten(regime, _of_no_element),
        without(lambda s: isinstance(s, Norm) and bool(s.element)),
    ),
    "lapse of a clock": (negated(_reads(Lapse)),),
    "another node holds": (negated(_reads(NodeHolds)),),
    "ordered choice": (negated(_asks(Choice)),),
    "table at places": (negated(_asks(Table)),),
    "defined term": (negated(_reads(TermHolds)),),
    "host compared": (negated(_compares_host),),
    "group of States": (negated(_of_countries),),
    "parties of an instrument": (negated(_of_parties),),
    "sum of facts": (negated(_adds_facts),),
    "days compared": (negated(_of_days),),
    "sponsor's position": (negated(_of_sponsor),),
    "declaration": (negated(_reads(Declared)),),
    "reservation": (fronts(lambda i: replace(i, reservations=())),),
    "dates of an instrument": (fronts(lambda i: replace(i, in_force=None, ended=None)),),
    "host that is no party": (_everywhere,),
    "informal instrument": (fronts(lambda i: replace(i, force=Force.BINDING)),),
    "soft rule": (lambda regime: rewritten(regime, _hard),),
    "level of a fact": (without(_is_level_of_fact),),
    "extension": (without(lambda s: isinstance(s, Extension)),),
    "exception to a definition": (without(_targets(TermTarget)),),
    "exception to an article": (without(_targets(ArticleTarget)),),
    "exception to every norm of a kind": (without(_targets(EveryTarget)),),
}
"""Of each feature the changes that show whether it matters."""
