"""The JSON documents of the reading room: `comity show`, as stable as those of `schema`."""

from __future__ import annotations

from pydantic import Field

from comity.api.schema_base import Document


class GivenModel(Document):
    """People to whom a guarantee gives something today; null: withheld, too few or beside such."""

    certain: int | None
    possible: int | None
    assumed: int | None = Field(description="under the set `ordinary`")
    hidden: bool = Field(default=False, description="fewer than ten, or beside such a number")


class BoundModel(Document):
    """What a norm says of one right."""

    right: str
    bound: str = Field(description="such as `stay at least temporary`")
    meaning: str = Field(description="the right's meaning in the vocabulary")


class OptionModel(Document):
    """One reading of a question, and who holds it."""

    kind: str = Field(description="reading or bracket")
    name: str
    holder: str
    authority: str = ""
    since: str = ""
    until: str = ""
    default: bool = False
    held: bool = Field(description="whether anybody holds it on the day")


class StatementModel(Document):
    """A statement of an agreement: its canonical text, and what stands in it by name.

    What a kind of statement does not have is left empty.
    """

    kind: str = Field(
        description="guarantee, limit, exception, power, term, table, proof, case ..."
    )
    key: str = Field(description="`INSTRUMENT/ID`, `INSTRUMENT/term NAME`; empty if it has no name")
    name: str
    title: str = ""
    text: str = Field(description="as `comity fmt` writes it")
    line: int = Field(description="line of the file")
    bounds: tuple[BoundModel, ...] = ()
    when: tuple[str, ...] = Field(default=(), description="each must hold")
    excepts: tuple[str, ...] = Field(default=(), description="keys that it sets aside")
    excepted_by: tuple[str, ...] = Field(default=(), description="exceptions and powers, by key")
    element: str = ""
    soft: bool = False
    doubt: str = Field(default="", description="what the encoder was not sure of")
    since: str = ""
    until: str = ""
    valid: bool = Field(default=True, description="whether its dates cover the day")
    under: str = Field(default="", description="QUESTION.OPTION that it belongs to")
    taken: bool = Field(default=True, description="whether that reading is the one taken")
    options: tuple[OptionModel, ...] = ()
    value: str = Field(default="", description="of a parameter")
    least: str = Field(default="", description="the text lets a parameter go no lower")
    most: str = Field(default="", description="the text lets a parameter go no higher")
    verdict: str = Field(default="", description="of a proof, as stated: proved or refuted")
    outcome: str = Field(default="", description="of a case: passed, failed or not run")
    failed: tuple[str, ...] = Field(default=(), description="what a failed case gives instead")
    reason: str = Field(default="", description="why paragraphs, a line or a vector have no rule")
    reason_means: str = ""
    note: str = ""
    people: GivenModel | None = None


class ReferenceModel(Document):
    """One statement that names another, a definition, an article or an instrument.

    articles: `INSTRUMENT/ARTICLE`, or the instrument alone where it stands under none.
    """

    relation: str = Field(description="uses, excepts, may set aside, extends, prevails over ...")
    source: str
    source_article: str
    target: str
    target_article: str


class PartModel(Document):
    """A stretch of prose, or the statements of one block, in the order of the text."""

    prose: str = ""
    statements: tuple[StatementModel, ...] = ()


class PassageModel(Document):
    """An article, or what stands under another heading, with all that is known of it."""

    id: str = Field(description="of the article; empty for any other heading")
    heading: str
    level: int = Field(description="of the heading, 1 to 6; 0 before the first")
    line: int
    parts: tuple[PartModel, ...]
    refers_to: tuple[ReferenceModel, ...] = ()
    referred_by: tuple[ReferenceModel, ...] = ()


class SpellModel(Document):
    """A State's time as a party, with a reservation, or after a declaration. Empty: open."""

    state: str
    name: str
    since: str = ""
    until: str = ""
    what: str = Field(default="", description="articles reserved, a declaration, a power exercised")


class YearModel(Document):
    """The parties at the end of a year; of the day's own year, on the day."""

    year: int
    parties: int
    joined: tuple[str, ...] = Field(description="party at its end and not at the end before")
    left: tuple[str, ...] = Field(description="the other way round")


class PartiesModel(Document):
    """Who is party, when."""

    on_day: tuple[str, ...]
    group: str = Field(description="group of the vocabulary that the list comes from, or empty")
    adopted: str
    in_force: str
    ended: str
    years: tuple[YearModel, ...]
    spells: tuple[SpellModel, ...]
    reservations: tuple[SpellModel, ...]
    declarations: tuple[SpellModel, ...]
    exercised: tuple[SpellModel, ...]
    no_reservation_to: tuple[str, ...]
    note: str = ""


class PersonOfCompareModel(Document):
    """A short word on a verdict: the right, the norm that decides, who they are."""

    right: str
    change: str
    text: str
    norm: str


class VerdictModel(Document):
    """What `compare` found of two versions, or that it was not asked."""

    run: bool
    note: str = Field(description="day and limits of the run, or how to run it")
    worse: str = ""
    better: str = ""
    both: str = ""
    rights: dict[str, str] = Field(
        default_factory=dict, description="better, worse, both, same, unknown, by right"
    )
    regions: tuple[PersonOfCompareModel, ...] = ()
    claim: str = ""


class PairModel(Document):
    """Two articles side by side. An empty id: only the other version has it."""

    old: str
    old_heading: str
    new: str
    new_heading: str
    by: str = Field(description="same number, same title, or only in one")
    likeness: float = Field(description="of the words of the prose, 0 to 1")
    same_rules: bool
    prose: tuple[tuple[str, str], ...] = Field(
        description="runs of words: `=`, `-` only in the old, `+` only in the new"
    )
    rules: tuple[tuple[str, str], ...] = Field(description="lines of canonical text, marked alike")


class VersionModel(Document):
    """Two versions of one instrument, side by side."""

    old: str
    old_title: str
    new: str
    new_title: str
    relation: str
    evidence: str
    pairs: tuple[PairModel, ...]
    verdict: VerdictModel


class ReadingModel(Document):
    """All of the reading room on one instrument, or on one article of it."""

    file: str
    adopted: str
    review_by: str
    contested: str
    accountability: dict[str, str]
    elements: dict[str, str]
    beside: tuple[str, ...] = Field(description="`with`: read as in force beside it in its cases")
    beside_of: tuple[str, ...] = Field(description="instruments that name it in their own `with`")
    passages: tuple[PassageModel, ...]
    refers_to: dict[str, int] = Field(description="statements that name another instrument, by id")
    referred_by: dict[str, int] = Field(description="statements of others that name it, by id")
    parties: PartiesModel
    versions: tuple[VersionModel, ...]
    people: str = Field(description="the regime, day and set of the counts; empty: not counted")
    notes: tuple[str, ...]
    claim: str
