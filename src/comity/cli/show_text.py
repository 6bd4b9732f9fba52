"""What `comity show` prints for a person: the head, the articles, and each section that is asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from comity.cli.output import say

if TYPE_CHECKING:
    from comity.api.schema import ShowDocument
    from comity.api.schema_reading import (
        GivenModel,
        PassageModel,
        ReadingModel,
        ReferenceModel,
        StatementModel,
        VersionModel,
    )

_MOST_NAMED = 6
"""Other texts named in one line, most references first."""


def print_instrument(document: ShowDocument) -> None:
    """The instrument: what it is, who is party, its articles, what names it."""
    instrument, read = document.instrument, _read(document)
    say(f"{instrument.title}  [{instrument.id}]")
    say(f"{instrument.force}, {instrument.status.replace('_', ' ')}; {instrument.coverage.share}")
    for kind, citation in instrument.citations.items():
        say(f"{kind}: {citation}")
    say(
        f"{instrument.parties} parties on {document.date}: {' '.join(document.parties) or 'none'}\n"
    )
    under = {one.id: one for one in read.passages if one.id}
    for article in instrument.articles:
        say(f"  {article.heading}{_within(under.get(article.id), len(article.rules))}")
    say("")
    for note in read.notes:
        say(note)
    _print_named("It names", read.refers_to)
    _print_named("It is named by", read.referred_by)
    for version in read.versions:
        say(_version_line(version))
    say(f"\n{read.people + ' ' if read.people else ''}{read.claim}")


def print_article(document: ShowDocument) -> None:
    """One article: its whole text, then what the library knows beside it."""
    instrument, read = document.instrument, _read(document)
    article = instrument.articles[0]
    say(f"{instrument.title}\n{article.heading}\n\n{article.text}")
    for passage in read.passages:
        statements = list(_statements(passage))
        _print_norms(statements)
        _print_tests(statements)
        _print_readings(statements)
        _print_references("Refers to", passage.refers_to, "target_article")
        _print_references("Referred to by", passage.referred_by, "source_article")
    if read.people:
        say(f"\n{read.people}")


def _read(document: ShowDocument) -> ReadingModel:
    assert document.reading is not None
    return document.reading


def _within(passage: PassageModel | None, rules: int) -> str:
    """`(3 rules, 5 cases, 2 proofs)`, what is not there left out; people given most of all."""
    if passage is None:
        return ""
    kinds = [one.kind for one in _statements(passage)]
    counts = (
        (rules, "rule"),
        (kinds.count("case"), "case"),
        (kinds.count("proof"), "proof"),
        (kinds.count("question"), "question open"),
    )
    words = [f"{number} {_plural(word, number)}" for number, word in counts if number]
    given = [one.people.assumed for one in _statements(passage) if one.people is not None]
    known = [number for number in given if number is not None]
    if known:
        words.append(f"{max(known):,} people")
    return f"  ({', '.join(words)})" if words else ""


def _plural(word: str, number: int) -> str:
    if number == 1:
        return word
    return word.replace("question", "questions") if "question" in word else f"{word}s"


def _statements(passage: PassageModel) -> Iterator[StatementModel]:
    for part in passage.parts:
        yield from part.statements


# ---- one article ----
def _print_norms(statements: Sequence[StatementModel]) -> None:
    """What stands beside a rule and not in it: people, exceptions of others, doubts, dates."""
    said = False
    for one in statements:
        lines = list(_beside(one))
        if lines:
            if not said:
                say("\nRules")
            said = True
            say(f"  {one.kind} {one.name}{f' ({one.title})' if one.title else ''}")
            for line in lines:
                say(f"    {line}")


def _beside(one: StatementModel) -> Iterator[str]:
    if one.kind in ("case", "proof", "question", "line", "vector"):
        return
    if one.excepted_by:
        yield f"set aside by: {', '.join(one.excepted_by)}"
    if not one.valid:
        yield "not in force on the day"
    if not one.taken:
        yield f"belongs to another reading than the one taken: {one.under}"
    if one.doubt:
        yield f"! doubtful: {one.doubt}"
    if one.people is not None:
        yield f"gives something to: {_given(one.people)}"


def _given(people: GivenModel) -> str:
    certain, possible, assumed = (
        "withheld" if number is None else f"{number:,}"
        for number in (people.certain, people.possible, people.assumed)
    )
    return f"certain {certain}; possible {possible}; under the set ordinary {assumed}"


def _print_tests(statements: Sequence[StatementModel]) -> None:
    proofs = [one for one in statements if one.kind == "proof"]
    cases = [one for one in statements if one.kind == "case"]
    if proofs:
        refuted = sum(one.verdict == "refuted" for one in proofs)
        say(f"\nProofs: {len(proofs) - refuted} stated as proved, {refuted} as refuted")
        for one in proofs:
            say(f"  {one.verdict}: {one.name}")
    if cases:
        counts = ", ".join(f"{len(list(s))} {word}" for word, s in _by_outcome(cases))
        say(f"\nCases: {counts}")
        for one in cases:
            say(f"  {one.outcome}: {one.name}")
            for gives in one.failed:
                say(f"    gives: {gives}")


def _by_outcome(
    cases: Sequence[StatementModel],
) -> Iterator[tuple[str, Iterator[StatementModel]]]:
    return groupby(sorted(cases, key=lambda c: c.outcome), key=lambda c: c.outcome)


def _print_readings(statements: Sequence[StatementModel]) -> None:
    for one in statements:
        if one.kind != "question":
            continue
        say(f"\nReadings: {one.title or one.name}")
        for option in one.options:
            authority = f" ({option.authority})" if option.authority else ""
            marks = "; the one taken where none is named" if option.default else ""
            marks += "" if option.held else "; held by nobody on the day"
            say(f"  {option.name}: {option.holder}{authority}{marks}")


def _print_references(heading: str, several: Sequence[ReferenceModel], place: str) -> None:
    if not several:
        return
    say(f"\n{heading}")
    for key, group in groupby(
        sorted(several, key=lambda one: str(getattr(one, place))), key=lambda o: getattr(o, place)
    ):
        relations = dict.fromkeys(one.relation for one in group)
        say(f"  {key}: {', '.join(relations)}")


# ---- sections that are asked for ----
def print_parties(document: ShowDocument) -> None:
    """By year, then State by State, reservations and declarations."""
    who = _read(document).parties
    say("\nParties by year")
    if not who.years:
        say(f"  {who.note or 'no date is said'}")
    for one in who.years:
        if one.joined or one.left or one is who.years[-1]:
            moved = [f"+{code}" for code in one.joined] + [f"-{code}" for code in one.left]
            say(f"  {one.year}  {one.parties:>4}  {' '.join(moved)}".rstrip())
    for heading, several in (
        ("State by State", who.spells),
        ("Reservations", who.reservations),
        ("Declarations", who.declarations),
        ("Powers exercised", who.exercised),
    ):
        if several:
            say(f"\n{heading}")
        for spell in several:
            when = f"{spell.since or 'from the first day'} to {spell.until or 'now'}"
            say(f"  {spell.state}  {when}{f'  {spell.what}' if spell.what else ''}  {spell.name}")


def print_references(document: ShowDocument) -> None:
    """Every statement that names another, article by article, both ways."""
    say("\nReferences")
    for passage in _read(document).passages:
        if not passage.refers_to and not passage.referred_by:
            continue
        say(f"  {passage.heading}")
        for one in passage.refers_to:
            say(f"    {_rest(one.source)} {one.relation} {one.target}")
        for one in passage.referred_by:
            say(f"    {one.source} {one.relation} {_rest(one.target)}")


def _rest(key: str) -> str:
    return key.partition("/")[2] or key


def print_versions(document: ShowDocument) -> None:
    """Versions of the text, article by article, with the verdict or why there is none."""
    for version in _read(document).versions:
        verdict = version.verdict
        say(f"\n{version.old} and {version.new}: {version.relation}")
        say(f"  {version.evidence}")
        if verdict.run:
            say(f"  the later text is worse for {verdict.worse}, better for {verdict.better}")
            for word, rights in _by_word(verdict.rights.items()):
                say(f"  {word}: {', '.join(rights)}")
            for one in verdict.regions:
                say(f"    {one.right}, {one.change}: {one.text}")
        say(f"  {verdict.note}")
        for pair in version.pairs:
            told = "rules the same" if pair.same_rules else "rules differ"
            prose = f"prose alike to {100 * pair.likeness:.0f} %"
            how = f"{pair.by}; {prose}; {told}" if pair.old and pair.new else pair.by
            say(f"    {pair.old or '-':>10} | {pair.new or '-':<10} {how}")
        if len(version.pairs) == 1:
            _print_runs(version.pairs[0].rules)


def _print_runs(runs: Iterable[tuple[str, str]]) -> None:
    """Rules of one article with the lines that only one version has marked."""
    for mark, text in runs:
        for line in text.split("\n"):
            say(f"      {' ' if mark == '=' else mark} {line}")


def _by_word(rights: Iterable[tuple[str, str]]) -> Iterator[tuple[str, list[str]]]:
    found: dict[str, list[str]] = {}
    for right, word in rights:
        found.setdefault(word, []).append(right)
    yield from found.items()


def _print_named(words: str, several: dict[str, int]) -> None:
    if several:
        shown = [f"{name} ({number})" for name, number in list(several.items())[:_MOST_NAMED]]
        more = len(several) - len(shown)
        say(f"{words}: {', '.join(shown)}{f' and {more} more' if more > 0 else ''}")


def _version_line(version: VersionModel) -> str:
    verdict = version.verdict
    told = (
        f"worse for {verdict.worse}, better for {verdict.better}" if verdict.run else "not compared"
    )
    return f"Version: {version.old} -> {version.new} ({version.relation}); {told}; --versions"
