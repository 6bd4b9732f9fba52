"""Rights given and people standing under texts, by the class of answerability of the text."""

from __future__ import annotations

from collections.abc import Sequence

from comity.agreement.nodes import Kind
from comity.api.counting import Count
from comity.api.profile_classes import class_of_texts
from comity.api.profile_setting import Setting
from comity.api.profile_shown import count_of, people_figure, shown_count, sources_of
from comity.api.schema_profile import Cell, FigureModel, ProfileTableModel
from comity.profile.governance import IN, NOT_OBSERVED, OUT, Told, classes


def guarantees_by_class(
    setting: Setting, found: Sequence[Told], *, judges_apart: bool = False
) -> dict[str, tuple[str, ...]]:
    """Keys of the guarantees in force on the day by class, one for each right that a rule gives."""
    of = class_of_texts(found, judges_apart=judges_apart)
    made: dict[str, list[str]] = {name: [] for name in classes(judges_apart=judges_apart)}
    for right in setting.regime.vocabulary.rights:
        for unit in setting.regime.units_on(right, setting.day):
            owner = unit.node.partition("/")[0]
            if unit.kind is Kind.GUARANTEE and owner in of:
                made[of[owner]].append(unit.node)
    return {name: tuple(keys) for name, keys in made.items()}


def people_by_class(
    setting: Setting, found: Sequence[Told], *, judges_apart: bool = False
) -> dict[str, Count]:
    """People to whom some text of the class guarantees anything, by class; nobody where none binds."""
    names = classes(judges_apart=judges_apart)
    if not any(one.instrument.force.binds for one in found) or not setting.cells:
        return {name: Count() for name in names}
    first = len(classes()) if judges_apart else 0
    held = [setting.under.asked(first + n) for n in range(len(names))]
    return {name: count_of(setting.counts, one) for name, one in zip(names, held, strict=True)}


def _words(name: str) -> str:
    return (
        "texts of which it is not observed before whom they answer"
        if name == NOT_OBSERVED
        else f"texts that answer {name}"
    )


def _id(name: str) -> str:
    return name.replace(",", "").replace(" ", "_")


def class_figures(
    setting: Setting, found: Sequence[Told], *, judges_apart: bool = False
) -> list[FigureModel]:
    """Texts, guarantees and people by class of answerability."""
    if not found:
        return []
    apart = ".judges_apart" if judges_apart else ""
    given = guarantees_by_class(setting, found, judges_apart=judges_apart)
    people = people_by_class(setting, found, judges_apart=judges_apart)
    every = sum(len(keys) for keys in given.values())
    figures = []
    for name in classes(judges_apart=judges_apart):
        own = [one for one in found if one.answers(judges_apart=judges_apart) == name]
        if judges_apart and not own:
            continue
        keys = tuple(one.key("answers_to") for one in own if "answers_to" in one.said)
        figures += [
            FigureModel(
                id=f"governance.answers.{_id(name)}{apart}",
                title=_words(name),
                value=len(own),
                unit="texts",
                of=len(found),
                articles=keys[:12],
                evidence=f"{sum(1 for one in own if not one.instrument.force.binds)} bind nobody",
            ),
            FigureModel(
                id=f"governance.guarantees.{_id(name)}{apart}",
                title=f"guarantees given by {_words(name)}",
                value=len(given[name]),
                unit="guarantees",
                of=every,
                articles=tuple(dict.fromkeys(given[name]))[:12],
            ),
            people_figure(
                f"governance.people.{_id(name)}{apart}",
                f"people to whom {_words(name)} guarantee something",
                shown_count(setting.counts, people[name]),
                articles=given[name],
                sources=sources_of(setting.counts),
            ),
        ]
    return figures


def class_table(setting: Setting, found: Sequence[Told]) -> ProfileTableModel:
    """Texts, guarantees and people by class, side by side."""
    rows: list[tuple[Cell, ...]] = []
    given = guarantees_by_class(setting, found)
    people = people_by_class(setting, found)
    for name in classes() if found else ():
        own = [one for one in found if one.answers() == name]
        rows.append(
            (name, len(own), len(given[name]), *shown_count(setting.counts, people[name]).cells)
        )
    return ProfileTableModel(
        id="governance.classes",
        title="Before whom texts answer: texts, guarantees, people",
        columns=("answers", "texts", "guarantees", "certain", "possible", "ordinary"),
        rows=tuple(rows),
        note=f"the same person may stand under texts of several classes; `{IN} and {OUT}` names both",
    )
