"""`comity lot POOL --quotas QUOTAS --seats N --seed TEXT`: a fair draw that anyone can draw again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from comity.cli.output import JSON_HELP, print_document, reported, say

if TYPE_CHECKING:
    from comity.api.schema_lot import LotChanceModel, LotDocument, LotFile, LotVerifyDocument


def lot(
    pool: Annotated[
        Path | None,
        typer.Argument(metavar="POOL", help="CSV with a column `id` and the features; no names."),
    ] = None,
    quotas: Annotated[
        Path | None, typer.Option("--quotas", help="CSV: feature,value,min,max.")
    ] = None,
    seats: Annotated[int | None, typer.Option("--seats", min=1, help="People to draw.")] = None,
    seed: Annotated[
        str | None,
        typer.Option("--seed", help="A public text that nobody knew before the list was made."),
    ] = None,
    panels: Annotated[
        int,
        typer.Option("--panels", min=1, max=10_000, help="Equally likely panels in the list."),
    ] = 1_000,
    drawn_from: Annotated[
        Path | None, typer.Option("--from", help="Draw from a list that was saved without a seed.")
    ] = None,
    check: Annotated[
        Path | None, typer.Option("--verify", help="Draw a saved draw again; exit 1 if it differs.")
    ] = None,
    out: Annotated[
        Path | None, typer.Option("--out", help="Save the list and the draw in a new file (JSON).")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Draw a panel by lot, fairly: under quotas, whoever is least likely to sit is as likely as can be.

    Without --seed the list of panels is made and saved: publish its hash, then draw with --from and a
    text that nobody could know before, such as numbers drawn in public.
    """
    if check is not None:
        _verify(check, pool, quotas, as_json=as_json)
        return
    if seed is not None and not seed.strip():
        raise typer.BadParameter("a seed is a text that is not empty", param_hint="--seed")
    if seed is None and (out is None or drawn_from is not None):
        raise typer.BadParameter("name a seed, or save the list with --out", param_hint="--seed")
    if (drawn_from is None) is not (
        pool is not None and quotas is not None and seats is not None
    ) or (drawn_from is not None and (pool or quotas or seats)):
        raise typer.BadParameter(
            "name a pool, --quotas and --seats; or a saved list with --from", param_hint="POOL"
        )
    from comity.api.lot import draw_from, list_panels, read_file, write_file
    from comity.cli.progress import progress_bar

    with reported(as_json=as_json):
        if drawn_from is not None:
            file = read_file(drawn_from)
        else:
            assert pool is not None
            assert quotas is not None
            assert seats is not None
            with progress_bar() as told:
                file = list_panels(pool, quotas, seats=seats, panels=panels, told=told)
        if seed is not None:
            file = draw_from(file, seed)
        if out is not None:
            write_file(file, out)
    if as_json:
        print_document(file.document)
    else:
        _print(file, out)


def _verify(path: Path, pool: Path | None, quotas: Path | None, *, as_json: bool) -> None:
    from comity.api.lot import verify

    if (pool is None) is not (quotas is None):
        raise typer.BadParameter("a pool goes with its --quotas", param_hint="POOL")
    with reported(as_json=as_json):
        document = verify(path, pool=pool, quotas=quotas)
    if as_json:
        print_document(document)
    else:
        _print_checks(document)
    if not document.same:
        raise typer.Exit(1)


# ---- in words ----
def _print(file: LotFile, out: Path | None) -> None:
    one = file.document
    say(
        f"{one.seats:,} seats from {one.people:,} people of {one.kinds:,} kinds; a list of "
        f"{one.panels:,} panels, each equally likely"
    )
    if one.number is not None:
        say(f"\nDrawn: panel {one.number:,} of {one.panels:,}")
        for at in range(0, len(one.drawn), 10):
            say(f"  {' '.join(one.drawn[at : at + 10])}")
    say("\nProbability to be drawn")
    say(
        f"  least  {_words(one.least)}; no lottery under these quotas gives more than {one.bound:.4f}"
    )
    say(f"  most   {_words(one.most)}")
    _print_groups(one)
    if one.not_read:
        say(f"columns that no quota names, and that are not read: {', '.join(one.not_read)}")
    say(f"\npool    sha256 {one.pool_sha256}")
    say(f"quotas  sha256 {one.quotas_sha256}")
    say(f"list    sha256 {one.list_sha256}")
    if one.number is None:
        say("Publish the last hash now; draw with --from and a text that nobody knows yet.")
    else:
        say(f"seed    {one.seed}")
        say(one.rerun)
    if out is not None:
        say(f"Written: {out}. It holds the ids and the features of everybody in the pool.")
    say(one.claim)


def _print_groups(one: LotDocument) -> None:
    wide = max(len(f"{group.feature}: {group.value}") for group in one.groups)
    say(f"\n{'':{wide}}  quota      drawn  probability")
    for group in one.groups:
        name = f"{group.feature}: {group.value}"
        drawn = "" if group.drawn is None else str(group.drawn)
        between = (
            f"{group.least.value:.4f} to {group.most.value:.4f}"
            if group.least is not None and group.most is not None
            else "nobody in the pool"
        )
        say(f"{name:{wide}}  {f'{group.min} to {group.max}':<9}  {drawn:>5}  {between}")


def _words(chance: LotChanceModel) -> str:
    return f"{chance.value:.4f} ({chance.exact})"


def _print_checks(document: LotVerifyDocument) -> None:
    for check in document.checks:
        say(f"{'yes' if check.holds else 'NO '}  {check.what}")
    say("The same draw." if document.same else "NOT the same draw.")
