"""Models read back as persons: complete cases that a reader of the law can look at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from comity.agreement.cases import Case
from comity.agreement.coding.norms import MeaningOfNorms
from comity.agreement.nodes import Power
from comity.agreement.values import Options, Possible, Truth, exactly
from comity.agreement.vocabulary import CountriesType, CountryType, Fact, TruthType
from comity.prove.fields import Name, NameSet, Values
from comity.prove.script import USUAL_COUNTRIES, Script

_RANKS = ("level ", "parameter ")


def ordinary_of(meaning: MeaningOfNorms, keys: Mapping[str, object]) -> dict[str, Possible]:
    """The ordinary value of each fact that has one; of countries, a usual one."""
    found: dict[str, Possible] = {}
    for key in keys:
        declared = meaning.vocabulary.fact(key)
        if declared is not None:
            found[key] = _ordinary(declared, key)
        elif key.startswith("parameter "):
            instrument, _, name = key.removeprefix("parameter ").partition("/")
            found[key] = exactly(meaning.regime.parameter(instrument, name, meaning.day))
        elif not key.startswith(_RANKS):
            found[key] = Truth.FALSE
    return found


def _ordinary(declared: Fact, key: str) -> Possible:
    if key == "host":
        return exactly(USUAL_COUNTRIES[0])
    if declared.ordinary is not None:
        return exactly(declared.ordinary)
    if isinstance(declared.type, CountriesType):
        return exactly(frozenset({"SYR"}))
    if isinstance(declared.type, CountryType):
        return exactly("SYR")
    return declared.type.everything()


def person_in(
    script: Script, values: Values, meaning: MeaningOfNorms, day: date, *, copy: str = ""
) -> Case:
    """The person of a model, the first or another; what no symbol stands for is ordinary."""
    facts: dict[str, Possible] = {}
    keys = {key for key, owner in script.fields if owner in ("", copy)}
    ordinary = ordinary_of(meaning, dict.fromkeys(keys))
    host = _host(script, values, ordinary, copy)
    for key in sorted(keys):
        one = script.fields.get((key, copy)) or script.fields[key, ""]
        if key.startswith("level "):
            continue
        found = one.read(values, ordinary.get(key))
        is_host = script.hosts.get((key, copy)) or script.hosts.get((key, ""))
        if is_host is not None:
            if isinstance(one, Name):
                found = exactly(_country(one, values, ordinary.get(key), host, values[is_host]))
            elif isinstance(one, NameSet):
                found = exactly(_countries(one, values, ordinary.get(key), host, values[is_host]))
        facts[key] = _typed(found, meaning, key)
    facts["host"] = exactly(host)
    facts.setdefault("nationality", exactly(frozenset({"SYR"} if host != "SYR" else {"SDN"})))
    if meaning.vocabulary.fact("nationality") is None:
        del facts["nationality"]
    for key, node in _powers(meaning):
        facts.setdefault(f"exercised {key}", Truth.of(_is_listed(meaning, key, node, host)))
    return Case(day, facts, ordinary=True)


def _host(script: Script, values: Values, ordinary: Mapping[str, Possible], copy: str) -> str:
    one = script.fields.get(("host", copy)) or script.fields.get(("host", ""))
    if one is None:
        return USUAL_COUNTRIES[0]
    assert isinstance(one, Name)
    return one.name_in(values, ordinary.get("host"))


def _country(
    one: Name, values: Values, ordinary: Possible | None, host: str, same: bool | int
) -> str:
    if same:
        return host
    name = one.name_in(values, ordinary)
    if name != host:
        return name
    members = next(m for m in one.classes.members if host in m)
    return next(member for member in members if member != host)


def _countries(
    one: NameSet, values: Values, ordinary: Possible | None, host: str, has: bool | int
) -> frozenset[str]:
    names = one.names_in(values, ordinary)
    members = next((m for m in one.classes.members if host in m), ())
    if has:
        return names | {host}
    if host not in names:
        return names
    other = next(m for m in members if m != host and m not in one.without)
    return (names - {host}) | {other}


def _typed(found: Possible, meaning: MeaningOfNorms, key: str) -> Possible:
    """Yes/no facts are truths, not the numbers 0 and 1."""
    declared = meaning.vocabulary.fact(key)
    is_truth = isinstance(declared.type, TruthType) if declared else not key.startswith(_RANKS)
    if is_truth and not isinstance(found, (Truth, Options)):
        return Truth.of(bool(getattr(found, "low", 0)))
    return found


def _powers(meaning: MeaningOfNorms) -> list[tuple[str, Power]]:
    return [
        (instrument.key(node.id), node)
        for instrument in meaning.regime.instruments
        for node in instrument.holdings
        if isinstance(node, Power)
    ]


def _is_listed(meaning: MeaningOfNorms, key: str, node: Power, host: str) -> bool:
    exercised = meaning.regime.instrument_of(key).exercised
    return any(
        e.power == node.id and e.spell.state == host and e.spell.on(meaning.day) for e in exercised
    )
