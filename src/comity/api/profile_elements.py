"""The section `elements` of a profile: the ten elements, what operates, what is missing, the balance."""

from __future__ import annotations

from collections.abc import Sequence

from comity.api.profile_effort import (
    effort_figures,
    effort_table,
    effort_unknown,
    key_figures,
    key_table,
)
from comity.api.profile_people import among, before, everybody
from comity.api.profile_setting import Setting
from comity.api.profile_shown import people_figure, shown, sources_of
from comity.api.schema_profile import Cell, FigureModel, ProfileSectionModel, ProfileTableModel
from comity.profile.elements import (
    MOST_WAIVED,
    NEVER_WAIVED,
    TEN,
    Balance,
    balance_of,
    waived,
)

DEFINITION = (
    "An element stands in a text if its front matter adopts it, if a paragraph is expressed by it, "
    "or if a rule stands in it (`in element E7`); a rule that binds nobody makes it *asked for*. An "
    "element that is only named, so that another can say what it needs, does not stand. A companion "
    "is missing where a need of the element, or of what it needs in turn, has no alternative that "
    "stands in the same text. The operating set is the largest set of adopted elements each of "
    "whose needs is met within it (Article 27): of those of which the text itself says that they "
    "are adopted, and of all that stand in it, were they adopted and funded. Permitted waivers: at "
    f"most {MOST_WAIVED}, never {' nor '.join(sorted(NEVER_WAIVED))} (Article 26). Test (a) of "
    "Article 28: persons admitted permanently for one admitted for a time, over the three years to "
    "the last of the table that is not after the day, of the destinations with both numbers in each "
    "of the three; it holds from 0.25."
)
EXAMPLE = (
    "The Budapest Process of 1993 has two elements in which a recommendation stands: E5, and E6, "
    "which needs E10, E9, E5, and E7 or E8. E5 stands; E10 and E9 do not, neither E7 nor E8 does, "
    "and E9 would need E1: four needs of E6 are met by nothing (E10; E9; E1; E7 or E8). E5 needs "
    "E10, and E7 or E8: two. So 2 of 2 elements lack a companion. Take E8 away from the ten: then "
    "E5, E6 and E7, which need it, stop, and six operate."
)
ASKS = "Which of the ten elements stand, which operate, and which companions are missing?"


def elements_section(setting: Setting) -> ProfileSectionModel:
    """The elements of the texts that stand, and the balance of effort of their States."""
    found = [b for i in setting.standing if setting.bound(i) if (b := balance_of(i)) is not None]
    texts = sum(1 for i in setting.standing if setting.bound(i))
    missing = _not_observed(setting, found, texts)
    return ProfileSectionModel(
        id="elements",
        title="Elements and balance",
        asks=ASKS,
        definition=DEFINITION,
        example=EXAMPLE,
        figures=(
            *_figures(setting, found, texts),
            *effort_figures(setting, found),
            *key_figures(setting, found),
        ),
        tables=tuple(
            table
            for table in (
                _standing_table(found),
                _lacking_table(found),
                _waiver_table(found),
                effort_table(setting, found),
                key_table(setting, found),
            )
            if table.rows
        ),
        sensitivity=(
            *_sensitivity(setting, found),
            *effort_figures(setting, found, other_choices=True),
        ),
        not_observed=(*missing, *effort_unknown(setting, found)),
        notes=(
            "A text that declares no element is not read for one: which of its articles would serve "
            "an element is nowhere stated in its typed form.",
        )
        if texts > len(found)
        else (),
    )


def _keys(found: Sequence[Balance], names: Sequence[tuple[int, str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(key for n, name in names for key in found[n].rules[name]))


def _figures(setting: Setting, found: Sequence[Balance], texts: int) -> list[FigureModel]:
    present = [(n, name) for n, b in enumerate(found) for name in b.present]
    lacking = [(n, one.element) for n, b in enumerate(found) for one in b.lacking]
    figures = [
        FigureModel(
            id="elements.texts",
            title="texts that declare elements",
            value=len(found),
            unit="texts",
            of=texts,
            articles=tuple(b.rules[next(iter(b.rules))][0] for b in found)[:12],
        ),
    ]
    if not found:
        return figures
    said = [b for b in found if b.adopted]
    figures += [
        FigureModel(
            id="elements.lacking",
            title="elements that stand while a companion is missing",
            value=len(lacking),
            unit="elements",
            of=len(present),
            articles=_keys(found, lacking)[:12],
        ),
        FigureModel(
            id="elements.operating",
            title="elements that operate, of those that a text itself says are adopted",
            value=sum(len(b.operates) for b in said) if said else None,
            unit="elements",
            of=sum(len(b.adopted) for b in said) if said else None,
        ),
        FigureModel(
            id="elements.may_operate",
            title="elements that would operate, were all that stand adopted and funded",
            value=sum(len(b.may_operate) for b in found),
            unit="elements",
            of=len(present),
            articles=_keys(
                found,
                [(n, e) for n, b in enumerate(found) for e in b.present if e in b.may_operate],
            )[:12],
        ),
    ]
    hosts = frozenset[str]().union(*(setting.bound(b.instrument) for b in found if b.lacking))
    if hosts:
        held = among(everybody(setting), before(setting, hosts))
        figures.append(
            people_figure(
                "elements.people",
                "people before a State of a text in which an element lacks a companion",
                shown(setting.counts, held),
                articles=_keys(found, lacking),
                evidence=f"{len(hosts)} States",
                sources=sources_of(setting.counts),
            )
        )
    return figures


def _standing_table(found: Sequence[Balance]) -> ProfileTableModel:
    rows: list[tuple[Cell, ...]] = []
    for b in found:
        said = (b.stands[e].value if e in b.stands else "not declared" for e in TEN)
        rows.append((b.instrument.title, "yes" if b.instrument.force.binds else "no", *said))
    return ProfileTableModel(
        id="elements.standing",
        title="How each element stands in each text",
        columns=("text", "binds", *TEN),
        rows=tuple(rows),
        note="named only: declared so that another element can say what it needs",
    )


def _lacking_table(found: Sequence[Balance]) -> ProfileTableModel:
    rows: list[tuple[Cell, ...]] = []
    for b in found:
        lacking = {one.element: one for one in b.lacking}
        for name in b.present:
            one = lacking.get(name)
            words = "none" if one is None else "; ".join(" or ".join(n) for n in one.missing)
            rows.append(
                (
                    b.instrument.title,
                    name,
                    b.stands[name].value,
                    words,
                    "yes" if name in b.operates else "no" if b.adopted else None,
                    name in b.may_operate,
                )
            )
    return ProfileTableModel(
        id="elements.companions",
        title="Companions that are missing, by element that stands",
        columns=("text", "element", "stands", "missing", "operates", "would, if adopted"),
        rows=tuple(rows),
        note="operates: not observed where the text does not say what is adopted",
    )


def _waiver_table(found: Sequence[Balance]) -> ProfileTableModel:
    rows: list[tuple[Cell, ...]] = []
    for b in found:
        left = waived(b.instrument) if len(b.present) == len(TEN) else None
        if left is None:
            continue
        for name in TEN:
            stops = ", ".join(left.stopped_by[name]) or "none"
            rows.append((b.instrument.title, name, left.operates_in[name], left.sets, stops))
    return ProfileTableModel(
        id="elements.waivers",
        title="In how many permitted sets of waivers each element operates (Articles 26 and 27)",
        columns=("text", "element", "operates in", "of", "stopped by waiving"),
        rows=tuple(rows),
    )


def _sensitivity(setting: Setting, found: Sequence[Balance]) -> list[FigureModel]:
    figures = []
    for b in found:
        hard = balance_of(b.instrument, with_soft=False)
        assert hard is not None
        if hard.present != b.present:
            figures.append(
                FigureModel(
                    id=f"elements.lacking.binding_only.{b.instrument.id}",
                    title=f"{b.instrument.title}: elements that lack a companion, were a rule that "
                    "binds nobody left out",
                    value=len(hard.lacking),
                    unit="elements",
                    of=len(hard.present),
                )
            )
        if len(found) > 1:
            rest = [other for other in found if other is not b]
            figures.append(
                FigureModel(
                    id=f"elements.lacking.without.{b.instrument.id}",
                    title=f"elements that lack a companion, without {b.instrument.title}",
                    value=sum(len(other.lacking) for other in rest),
                    unit="elements",
                    of=sum(len(other.present) for other in rest),
                )
            )
        for most in range(MOST_WAIVED - 1, MOST_WAIVED + 2):
            left = waived(b.instrument, most) if len(b.present) == len(TEN) else None
            if left is not None:
                figures.append(
                    FigureModel(
                        id=f"elements.waivers.{most}.{b.instrument.id}",
                        title=f"{b.instrument.title}: sets of at most {most} waivers with which all "
                        "that is adopted operates",
                        value=left.whole,
                        unit="sets of waivers",
                        of=left.sets,
                        articles=(b.rules["E10"][0],),
                    )
                )
    return figures


def _not_observed(setting: Setting, found: Sequence[Balance], texts: int) -> tuple[str, ...]:
    said = []
    if not found:
        said.append(
            f"no text that stands on {setting.day} declares an element: which of the ten operate, "
            "and which are missing, cannot be said of this subject"
        )
    elif texts > len(found):
        said.append(f"elements of {texts - len(found)} texts that declare none")
    silent = [b.instrument.title for b in found if not b.adopted]
    if silent:
        said.append(f"what is adopted and funded under {', '.join(silent)}: the text does not say")
    return tuple(said)
