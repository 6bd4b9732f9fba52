"""`comity bilateral [ID]`: agreements on labour between two States, and what goes together in them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.output import JSON_HELP, cache, mirror, print_document, reported, say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from comity.api.schema_bilateral import (
        BilateralAgreementDocument,
        BilateralBundleModel,
        BilateralDocument,
        BilateralNearModel,
        BilateralShareModel,
    )

_MOST_LISTED = 12
_WIDEST = 76


def bilateral(
    agreement: Annotated[
        str, typer.Argument(metavar="ID", help="One agreement, such as bla_7; all if left out.")
    ] = "",
    decade: Annotated[
        str, typer.Option("--decade", help="Only of this decade, such as 1990.")
    ] = "",
    corridor: Annotated[
        str,
        typer.Option(
            "--corridor", help="Only between two States or regions: DEU-TUR, Africa-Europe; or PHL."
        ),
    ] = "",
    bundle: Annotated[
        str, typer.Option("--bundle", help="Only this bundle of clauses, such as first_day.")
    ] = "",
    every: Annotated[bool, typer.Option("--all", help="Every row and every clause.")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", help="Also a CSV (FILE.csv) or a page with charts (a folder)."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """How many agreements on labour keep together the clauses that must go together.

    1,222 agreements of 1927 to 2020, of which 570 were coded. With an ID: the clauses of one, the
    guarantees that it gives, what is not observed, and the agreements nearest to it.
    """
    if agreement:
        if decade or corridor or bundle or out is not None:
            raise typer.BadParameter(
                "one agreement goes with --json and --all alone", param_hint="ID"
            )
        _one(agreement, every=every, as_json=as_json)
        return
    from comity.api.bilateral import BUNDLE_NAMES, bilateral_document, write_out

    if bundle and bundle not in BUNDLE_NAMES:
        raise typer.BadParameter(f"one of {', '.join(BUNDLE_NAMES)}", param_hint="--bundle")
    with reported(as_json=as_json):
        document = bilateral_document(
            decade_word=decade,
            corridor_word=corridor,
            bundle=bundle,
            mirror=mirror(),
            cache=cache(),
        )
        path = write_out(document, out) if out is not None else None
    if as_json:
        print_document(document)
        return
    _print_study(document, every=every)
    if path is not None:
        say(f"Written: {path}")


def _one(word: str, *, every: bool, as_json: bool) -> None:
    from comity.api.bilateral_one import agreement_document

    with reported(as_json=as_json):
        document = agreement_document(word, mirror=mirror(), cache=cache())
    if as_json:
        print_document(document)
        return
    _print_agreement(document, every=every)


# ---- the study ----
def _print_study(document: BilateralDocument, *, every: bool) -> None:
    part = ", ".join(part for part in (document.corridor, document.decade) if part)
    say(f"Bilateral labour agreements{f': {part}' if part else ''}")
    say(
        f"{document.formed:,} formed, {document.coded:,} coded; as instruments these give "
        f"{document.guarantees:,} guarantees"
    )
    for one in document.bundles:
        _print_bundle(one, every=every)
    say("\nClauses that most coded agreements mention, and what each is read as")
    clauses = sorted(document.clauses, key=lambda c: -c.present)
    for clause in clauses if every else clauses[:_MOST_LISTED]:
        read = f"{clause.right} {clause.level}" if clause.right else "a clause alone"
        say(f"  {clause.present:>5} of {clause.coded}  {clause.number:>3} {clause.title}: {read}")
    if not every and len(clauses) > _MOST_LISTED:
        say(f"  ... and {len(clauses) - _MOST_LISTED} more; --all")
    if document.agreements:
        several = document.agreements if every else document.agreements[:_MOST_LISTED]
        more = len(document.agreements) - len(several)
        say(f"\nCoded: {', '.join(several)}{f' and {more} more; --all' if more else ''}")
    say("\nNever asked by the coding, so not observed of any:")
    for missing in document.never_asked:
        say(f"  {missing}")
    for source in document.sources:
        say(f"Source: {source.title} ({source.publisher}, {source.version}; {source.state})")
        for defect in source.defects if every else ():
            say(f"  defect: {defect}")
    say(document.claim)


def _print_bundle(one: BilateralBundleModel, *, every: bool) -> None:
    say(f"\n{one.title.upper()}\n{one.source}; {', '.join(one.clauses)}")
    say(f"  not observed: {', '.join(one.not_observed)}")
    say(f"  keep all: {_told(one.total)}")
    if one.kept_by:
        kept = one.kept_by if every else one.kept_by[:_MOST_LISTED]
        more = f" and {len(one.kept_by) - len(kept)} more; --all" if kept != one.kept_by else ""
        say(f"  they are: {', '.join(kept)}{more}")
    say(
        f"  of all {one.total.formed:,} formed: between {_percent(one.total.least)} and "
        f"{_percent(one.total.most)}, by what the others hold"
    )
    _print_shares("decade", one.by_decade)
    _print_shares("regions", one.by_regions if every else one.by_regions[:_MOST_LISTED])
    if every:
        _print_shares("corridor", one.corridors)
        _print_shares("under other choices", one.sensitivity)
    for people in one.people if every else one.people[:1]:
        told = (
            f"{_people(number)} {words}"
            for number, words in (
                (people.all, "all"),
                (people.some, "some"),
                (people.none, "none"),
                (people.not_coded, "not coded"),
                (people.over, "over"),
                (people.without, "no agreement known"),
            )
        )
        say(f"  people between two States, {people.reading}: {', '.join(told)}")
    if one.people:
        say("    possible numbers: whether an agreement was ended is mostly not observed")


def _print_shares(heading: str, rows: Sequence[BilateralShareModel]) -> None:
    if not rows:
        return
    width = max(len(heading), *(len(row.group) for row in rows))
    say(f"  {heading:<{width}}  {'some':>5} {'none':>5} {'formed':>6}  keep all")
    for row in rows:
        say(f"  {row.group:<{width}}  {row.some:>5} {row.none:>5} {row.formed:>6}  {_told(row)}")


def _told(row: BilateralShareModel) -> str:
    count = f"{row.all} of {row.coded}"
    if row.is_few or row.share is None:
        return count
    return f"{count}, {_percent(row.share)} ({_percent(row.low)} to {_percent(row.high)})"


def _percent(share: float) -> str:
    number = 100 * share
    return f"{number:.1f} %" if 0 < number < 10 else f"{number:.0f} %"


# ---- one agreement ----
def _print_agreement(one: BilateralAgreementDocument, *, every: bool) -> None:
    say(f"{one.id}  {one.title}")
    year = str(one.year) if one.year is not None else "year unknown"
    say(f"{' and '.join(one.names)} ({'-'.join(one.states)}; {one.regions}), {year}")
    if one.binds_from:
        say(f"as an instrument binds both from {one.binds_from}{_until(one)}; {one.end_says}")
    else:
        say(f"no instrument; {one.end_says}")
    if one.ending:
        sure = f"surely until {one.term_ends}" if one.term_ends else "surely on no day"
        say(
            f"  {sure}, later possibly: `exercised {one.id}/21.1` says whether a State has ended it"
        )
    for title, holds in (("amends an earlier one", one.amends), ("replaces one", one.replaces)):
        if holds:
            say(title)
    if one.guarantees:
        say("\nGuarantees, to workers of the one State in the other")
    for rule in one.guarantees:
        say(f"  {rule.rule}  {rule.right} {rule.level}\n      in doubt: {rule.doubt}")
        for line in rule.text.split("\n") if every else ():
            say(f"      {line}")
    for value in ("present", "absent", "not observed"):
        found = [c for c in one.clauses if c.value == value]
        if not found:
            continue
        say(f"\nClauses {value}")
        if every or value == "present":
            for clause in found:
                alone = "" if clause.rule or value != "present" else "  (a clause alone)"
                say(f"  {clause.number:>3} {clause.title}{alone}")
        else:
            say(f"  {len(found)}: {', '.join(c.number for c in found)}; --all")
    if one.bundles:
        say("\nKept of what must go together")
        for name, how in one.bundles.items():
            say(f"  {name}: {how}")
    say("\nNever asked by the coding")
    for missing in one.never_asked:
        say(f"  {missing}")
    _print_near("Nearest agreements, by Jaccard's distance", one.nearest)
    _print_near("Nearest texts of the library, on the rights of the guarantees", one.nearest_texts)
    if one.people is not None or one.hidden:
        say(f"\nPeople between the two in mid-2024, both ways: {_people(one.people)}")
    if one.others:
        say(f"Other agreements of the two: {', '.join(one.others)}")
    say(one.claim)


def _people(number: int | None) -> str:
    return "fewer than 10" if number is None else f"{number:,}"


def _until(one: BilateralAgreementDocument) -> str:
    return f" until {one.ends}" if one.ends else ""


def _print_near(heading: str, several: Sequence[BilateralNearModel]) -> None:
    if several:
        say(f"\n{heading}")
    for near in several:
        states = f" {'-'.join(near.states)}" if near.states else ""
        year = f" {near.year}" if near.year is not None else ""
        title = near.title if len(near.title) <= _WIDEST else f"{near.title[: _WIDEST - 3]}..."
        say(f"  {near.jaccard:.2f}  {near.id}{states}{year}  {title}")
        if near.only_here or near.only_there:
            here, there = (
                ", ".join(names) or "nothing" for names in (near.only_here, near.only_there)
            )
            say(f"        only here: {here}; only there: {there}")
