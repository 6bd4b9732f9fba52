"""`comity ask REGIME`: the same as `explain`, as an interview with decisive questions only."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from comity.cli.output import JSON_HELP, ON_HELP, day, print_document, readings, reported, say


def ask(
    regime: Annotated[str, typer.Argument(help="Ids, paths or named lists, separated by commas.")],
    on: Annotated[str | None, typer.Option("--on", help=ON_HELP)] = None,
    reading: Annotated[
        list[str] | None, typer.Option("--reading", help="QUESTION=OPTION; may be repeated.")
    ] = None,
    most: Annotated[int, typer.Option("--most", min=1, help="Questions at the most.")] = 25,
    save: Annotated[
        Path | None,
        typer.Option("--save", help="Write the answers as a record; nothing is kept else."),
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help=JSON_HELP)] = False,
) -> None:
    """Ask only what decides, then explain. Enter `?` for "I do not know", `stop` to end."""
    from comity.api.cautions import refuse_after_review
    from comity.api.interviewing import Interview, NotUnderstood
    from comity.api.people import explain_case
    from comity.api.regimes import read_regime
    from comity.cli.explain import print_answer

    law_day = day(on, as_json=as_json)
    with reported(as_json=as_json):
        read = read_regime(regime, readings=readings(reading or [], as_json=as_json))
        refuse_after_review(read.regime, day(None, as_json=as_json))
        interview = Interview.of_nobody_yet(read.regime, law_day)
        for _number in range(most):
            asked = interview.next()
            if asked is None:
                break
            say(f"\n{asked.text}?  [{asked.answers}]", err=True)
            word = _line()
            if word is None or word.strip() == "stop":
                break
            try:
                interview.answer(asked.path, word)
            except NotUnderstood as why:
                say(f"  {why}", err=True)
        if save is not None:
            from comity.api.people import save_case

            save_case(read.regime, interview.case, save)
        document = explain_case(read.regime, interview.case, "the person asked")
    if as_json:
        print_document(document)
    else:
        print_answer(document)


def _line() -> str | None:
    # The prompt goes where the question went: standard output is the answer's alone.
    typer.echo("> ", nl=False, err=True)
    try:
        return input()
    except EOFError:
        return None
    except UnicodeDecodeError:
        return "\N{REPLACEMENT CHARACTER}"  # nonsense like any other
