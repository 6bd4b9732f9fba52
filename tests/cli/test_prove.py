"""`comity prove`: exit codes, one document, persons that can be saved and asked again, claims."""

from __future__ import annotations

import os
import pty
import re
import subprocess
from dataclasses import replace
from pathlib import Path
from threading import Thread

import pytest

from comity.api import regimes
from comity.api.regimes import Read
from comity.api.schema import ExplainDocument
from comity.api.schema_proofs import PersonModel, ProofModel, ProveDocument
from comity.prove.solvers import Solver
from tests.cli.running import (
    TODAY,
    agreement,
    apart,
    comity,
    command,
    one_json,
    prove,
    surroundings,
)
from tests.cli.test_what_answers_claim import ADVICE, NOTHING_FOUND
from tests.prove.test_properties import seated

LADDER = """\
rule 1.1: guarantee stay at least temporary when residence.lawful at least 12 months
rule 1.2: limit work at most any_after_priority when claims
prove a year: residence.lawful at least 12 months implies stay at least temporary
prove from the first day, refuted: never not stay at least temporary
prove more may be given: possible stay can be citizen"""
PROVED = re.compile(
    r"proved of this encoding, (under (every|the) reading.*|no reading is open), on "
    rf"{TODAY}, .*: (\d+ % of \d+ paragraphs encoded|coverage unknown).*, by z3( and cvc5)?\. "
    r"It says nothing about what an officer will do\."
)


@pytest.fixture
def ladder(tmp_path: Path) -> str:
    """A small draft with three proofs, all as stated."""
    return agreement(tmp_path, block=LADDER)


@pytest.fixture
def wrong(tmp_path: Path) -> str:
    """A draft that states a proof which is none."""
    return agreement(tmp_path, block=LADDER.replace("day, refuted:", "day:"))


@pytest.fixture
def hard(tmp_path: Path) -> str:
    """A draft with a proof that no solver finds in a second."""
    block = f"{LADDER}\nprove hard: never {seated()}"
    return agreement(tmp_path, name="hard.md", block=block)


def proofs(*words: str) -> dict[str, ProofModel]:
    """What `--json` says, by label."""
    ran = prove(*words, "--json")
    assert "" == ran.err
    return {proof.name: proof for proof in ran.document(ProveDocument).proofs}


# ---- exit codes ----
def test_all_as_stated_is_success(ladder: str) -> None:
    ran = prove(ladder)
    assert (0, "") == (ran.code, ran.err)
    assert "2 proved, 1 refuted" in ran.out
    assert "not as stated" not in ran.out
    assert 0 == prove("cat_art3").code


def test_another_verdict_than_the_stated_one_is_a_failure_and_is_named(wrong: str) -> None:
    ran = prove(wrong)
    assert (1, "") == (ran.code, ran.err)
    assert "from the first day: REFUTED   (stated: proved)" in ran.out
    assert "1 not as stated: from the first day" in ran.out


def test_a_text_that_states_nothing_says_so(tmp_path: Path) -> None:
    ran = prove(agreement(tmp_path))
    assert (0, True) == (ran.code, "nothing is stated" in ran.out)


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("cat_art3", "--seconds", "0"),
        ("cat_art3", "--seconds", "nan"),
        ("cat_art3", "--seconds", "soon"),
        ("cat_art3", "--list", "--json"),
        ("cat_art3", "--list", "--only", "absolute"),
        ("cat_art3", "--property", "no gap", "--only", "absolute"),
        ("cat_art3", "--nothing"),
        ("cat_art3", "echr_3_8"),
    ],
)
def test_usage(words: tuple[str, ...]) -> None:
    ran = prove(*words)
    assert (2, "") == (ran.code, ran.out)
    assert ran.err


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("nothere",), "E450", "nothere"),
        (("",), "E450", "no instrument is named"),
        ((" , ",), "E450", "no instrument is named"),
        (("cat_art3,nothere",), "E450", "nothere"),
        (("no/such/file.md",), "E460", "cannot be opened"),
        (("cat_art3", "--only", "absolut"), "E453", "absolut"),
        (("cat_art3", "--only", "absolute", "--only", "other"), "E453", "other"),
        (("cat_art3", "--only", ""), "E453", ""),
        (("cat_art3", "--reading", "danger"), "E451", "danger"),
        (("cat_art3", "--reading", "danger=none"), "E451", "danger=none"),
        (("cat_art3", "--on", "2026-02-30"), "E206", "2026-02-30"),
        (("cat_art3", "--property", "no gap", "--save", "/proc/nowhere"), "E460", "/proc/nowhere"),
    ],
)
def test_input_at_fault(words: tuple[str, ...], code: str, says: str) -> None:
    ran = prove(*words, "--json")
    assert (1, [code]) == (ran.code, ran.codes())
    assert says in ran.out
    told = prove(*words)
    assert (1, "") == (told.code, told.out)
    assert told.err.startswith(code)


def test_a_label_nearly_right_is_guessed() -> None:
    assert "did you mean `absolute`?" in prove("cat_art3", "--only", "absolut").err


def test_without_the_second_solver_a_cross_check_is_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("comity.api.proving.is_installed", lambda engine: engine == "z3")
    assert ["E454"] == prove("cat_art3", "--cross-check", "--json").codes()
    assert 0 == prove("cat_art3", "--only", "absolute").code


def test_without_any_solver_nothing_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("comity.api.proving.is_installed", lambda _: False)
    ran = prove("cat_art3")
    assert (1, "") == (ran.code, ran.out)
    assert ran.err.startswith("E454 solver-missing: z3 is not installed")


def test_a_property_whose_words_are_missing_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    def poorer(*words: object, **more: object) -> Read:
        read = regimes.read_regime(*words, **more)  # type: ignore[arg-type]
        vocabulary = read.regime.vocabulary
        rights = {k: v for k, v in vocabulary.rights.items() if k not in ("work", "employment")}
        regime = replace(read.regime, vocabulary=replace(vocabulary, rights=rights))
        return Read(regime, read.library)

    monkeypatch.setattr("comity.api.proving.read_regime", poorer)
    words = ("prove", "cat_art3", "--property", "labour never travels alone")
    assert ["E455"] == comity(*words, "--json").codes()
    assert "it needs work" in comity(*words).err


# ---- what is chosen ----
def test_only_chooses_by_label_with_or_without_the_instrument() -> None:
    for name in ("absolute", "cat_art3/absolute"):
        assert ["absolute"] == list(proofs("cat_art3", "--only", name))
    two = proofs("cat_art3", "--only", "limbo", "--only", "absolute")
    assert ["absolute", "limbo"] == list(two)
    assert (("cat_art3",) * 2) == tuple(proof.instrument for proof in two.values())


def test_the_list_says_what_is_stated_and_asks_nothing(
    ladder: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def never(*_: object, **__: object) -> None:
        raise AssertionError("a solver was asked")

    monkeypatch.setattr(Solver, "ask", never)
    ran = prove(ladder, "--list")
    assert (0, "") == (ran.code, ran.err)
    assert [
        "mine/a year: residence.lawful at least 12 months implies stay at least temporary",
        "mine/from the first day, refuted: never not stay at least temporary",
        "mine/more may be given: possible stay can be citizen",
    ] == ran.out.splitlines()


def test_a_property_is_asked_of_the_regime_and_stated_proved(ladder: str) -> None:
    found = proofs(ladder, "--property", "no  gap", "--property", "no conflict")
    assert ["no gap", "no conflict"] == list(found)
    assert [("", "proved", True)] * 2 == [
        (proof.instrument, proof.verdict, proof.as_stated) for proof in found.values()
    ]
    assert found["no gap"].vacuous
    assert 1 == prove("cat_art3", "--property", "no gap").code


def test_the_day_decides(tmp_path: Path) -> None:
    path = agreement(tmp_path, block=LADDER.replace("rule 1.1:", "rule 1.1 from 2020-01-01:"))
    after = prove(path, "--on", "2020-01-01", "--json")
    before = prove(path, "--on", "2019-12-31", "--json")
    assert (0, 1) == (after.code, before.code)
    assert "2020-01-01" == after.document(ProveDocument).date
    assert ", on 2019-12-31, " in before.document(ProveDocument).proofs[0].claim
    assert TODAY == prove(path, "--json").document(ProveDocument).date


def test_a_reading_decides_and_is_named(tmp_path: Path) -> None:
    block = """\
alternative risk "how likely": reading low by "a guideline" default; reading high by "a court"
term danger under risk.low when origin1.likelihood at least reasonable_possibility
term danger under risk.high when origin1.likelihood at least real_risk
rule 1.1: guarantee shield at least not_there when danger
prove enough: origin1.likelihood at least reasonable_possibility implies shield at least not_there
prove enough to all, refuted: origin1.likelihood at least reasonable_possibility
  implies shield at least not_there over readings"""
    path = agreement(tmp_path, block=block)
    ran = prove(path, "--json")
    found = ran.document(ProveDocument)
    assert (0, {"mine/risk": "low"}) == (ran.code, found.reading)
    assert "under the reading mine/risk=low" in found.proofs[0].claim
    assert "under every reading" in found.proofs[1].claim
    assert {"mine/risk": "high"} == found.proofs[1].readings
    other = prove(path, "--reading", "risk=high", "--only", "enough")
    assert 1 == other.code
    assert "under the reading mine/risk=high" in other.out


def test_too_little_time_is_unknown_with_its_limit_and_a_failure(hard: str) -> None:
    ran = prove(hard, "--only", "hard", "--seconds", "0.01")
    assert (1, "") == (ran.code, ran.err)
    assert "hard: UNKNOWN (time: 0.01 s)   (stated: proved)" in ran.out
    assert "stopped at its limit (time: 0.01 s)." in ran.out
    assert "1 unknown\n1 not as stated: hard\n" in ran.out
    found = proofs(hard, "--only", "hard", "--seconds", "0.01")["hard"]
    assert ("unknown", "time: 0.01 s", None) == (found.verdict, found.limit, found.case)


def test_both_solvers_are_named_where_both_were_asked(ladder: str) -> None:
    both = prove(ladder, "--cross-check", "--json").document(ProveDocument)
    assert ("z3", "cvc5") == both.engines
    assert all(" by z3 and cvc5. " in proof.claim for proof in both.proofs)
    one = prove(ladder, "--json").document(ProveDocument)
    assert ("z3",) == one.engines
    assert [p.verdict for p in both.proofs] == [p.verdict for p in one.proofs]


# ---- one document, and nothing beside it ----
def test_standard_output_holds_one_document_and_no_progress(tmp_path: Path, ladder: str) -> None:
    ran = apart("prove", ladder, "--json", home=tmp_path, cwd=tmp_path)
    assert (0, "") == (ran.code, ran.err)
    found = one_json(ran.out)
    assert isinstance(found, dict)
    assert found == ran.document(ProveDocument).model_dump(mode="json")


def _drained(terminal: int, pieces: list[bytes]) -> None:
    """All that is written to a terminal until the other end has gone."""
    while True:
        try:
            piece = os.read(terminal, 65536)
        except OSError:
            return
        if not piece:
            return
        pieces.append(piece)


def test_progress_is_shown_to_a_terminal_on_standard_error_alone(
    tmp_path: Path, ladder: str
) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        command("prove", "--no-count", ladder, "--json"),
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**surroundings(tmp_path), "TERM": "xterm"},
    ) as running:
        os.close(theirs)
        assert running.stdout is not None
        pieces: list[bytes] = []
        # read while it runs: a terminal holds few bytes, and a slow run shows many
        reader = Thread(target=_drained, args=(ours, pieces))
        reader.start()
        out = running.stdout.read().decode()
        reader.join(timeout=60)
    os.close(ours)
    shown = b"".join(pieces)
    assert 0 == running.returncode
    assert 3 == len(ProveDocument.model_validate_json(out).proofs)
    assert b"a year" in shown


# ---- persons ----
def position(told: PersonModel, ran: ExplainDocument) -> None:
    """What `explain` says of a saved person is what `prove` told."""
    for right in told.rights:
        if right.right in ran.rights:
            assert right.statement == ran.rights[right.right].statement
            firing = {reason.norm for reason in ran.rights[right.right].reasons if reason.certain}
            assert {article.key for article in right.by} <= firing
        else:  # no article speaks of it
            assert right.statement.startswith(NOTHING_FOUND)


@pytest.mark.parametrize("regime", ["cat_art3", "eu_returns_2008_115", "imfc-draft-1"])
def test_a_saved_person_is_explained_with_the_position_that_was_told(
    regime: str, tmp_path: Path
) -> None:
    properties = ("no gap", "labour never travels alone", "shield, stay do not depend on age")
    words = [word for text in properties for word in ("--property", text)]
    found = proofs(regime, *words, "--save", str(tmp_path))
    persons = [one for proof in found.values() for one in (proof.case, proof.other) if one]
    assert persons
    assert {Path(one.file) for one in persons} == set(tmp_path.iterdir())
    for one in persons:
        assert one.case == Path(one.file).read_text("utf-8")
        ran = comity("explain", regime, "--case", one.file, "--json")
        document = ran.document(ExplainDocument)
        assert (0, TODAY) == (ran.code, document.date)
        assert not [w for w in document.warnings if "cannot be true" in w]
        position(one, document)


def test_stated_refutations_are_saved_under_their_labels(ladder: str, tmp_path: Path) -> None:
    ran = prove(ladder, "--save", str(tmp_path / "persons"))
    files = sorted(path.name for path in (tmp_path / "persons").iterdir())
    assert ["mine-from-the-first-day.yaml", "mine-more-may-be-given.yaml"] == files
    for name in files:
        assert f"saved in {tmp_path / 'persons' / name}" in ran.out
        told = comity("explain", ladder, "--case", str(tmp_path / "persons" / name))
        assert 0 == told.code


def test_labels_that_make_one_file_name_lose_nobody(tmp_path: Path) -> None:
    block = """\
rule 1.1: guarantee stay at least temporary when claims
prove a b, refuted: never stay at least temporary
prove a-b, refuted: never not stay at least temporary
prove a'b, refuted: stay does not depend on claims
prove a b other, refuted: possible stay at least permanent or not claims"""
    path = agreement(tmp_path, block=block.replace("refuted: possible", "proved: possible"))
    found = proofs(path, "--save", str(tmp_path / "to"))
    files = [one.file for proof in found.values() for one in (proof.case, proof.other) if one]
    assert 5 == len(files) == len(set(files)) == len([*(tmp_path / "to").iterdir()])
    for proof in found.values():
        assert proof.case is not None
        assert f"mine: {proof.name}" in Path(proof.case.file).read_text("utf-8")


# ---- what it claims (design, section 6) ----
@pytest.fixture(scope="module")
def sayings(tmp_path_factory: pytest.TempPathFactory) -> str:
    """All that is said of some regimes, as text."""
    folder = tmp_path_factory.mktemp("sayings")
    path = agreement(folder, block=LADDER)
    ran = [prove(name, "--on", TODAY) for name in ("cat_art3", "eu_returns_2008_115", path)]
    return "".join(one.out for one in ran)


def test_under_each_verdict_stands_what_it_claims(sayings: str) -> None:
    verdicts = re.findall(r"^\w+ · .*: (PROVED|REFUTED)", sayings, re.MULTILINE)
    claims = re.findall(r"^ {4}((?:proved|refuted) of this encoding, .*)$", sayings, re.MULTILINE)
    assert [verdict.lower() for verdict in verdicts] == [claim.split()[0] for claim in claims]
    assert len(verdicts) > 30
    for claim in claims:
        if claim.startswith("proved"):
            assert PROVED.fullmatch(claim), claim
        else:
            assert claim.endswith("The State may still grant more than is guaranteed.")
            assert f", on {TODAY}, " in claim


def test_no_verdict_advises_against_a_person(sayings: str) -> None:
    assert [] == [match.group() for match in ADVICE.finditer(sayings)]
    assert None is ADVICE.search(prove("--help").out)


def test_a_bottom_says_that_nothing_was_found_and_what_may_still_be_granted(sayings: str) -> None:
    lines = [line.strip() for line in sayings.splitlines()]
    nothing = [line for line in lines if NOTHING_FOUND in line]
    assert len(nothing) > 5
    for line in nothing:
        assert re.search(
            r"; the State may still grant (up|down) to \w+|leaves the State no room", line
        )


def test_every_run_prints_coverage_and_what_a_verdict_does_not_say(sayings: str) -> None:
    assert 3 == sayings.count("It says nothing about what an officer will do.\nEncoded") + len(
        re.findall(r"^A verdict is of this encoding, on this day\. ", sayings, re.MULTILINE)
    )
    assert 3 == len(re.findall(r"^Encoded: .*(coverage unknown|paragraphs encoded)", sayings, re.M))


def test_a_draft_is_said_to_be_a_draft(ladder: str) -> None:
    sentence = "is a draft that binds nobody; it is read here as if in force everywhere."
    assert sentence in prove(ladder, "--list").out + prove(ladder).out
    assert any(sentence in w for w in prove(ladder, "--json").document(ProveDocument).warnings)


def test_a_refutation_is_counted_on_the_population_and_says_what_that_rests_on() -> None:
    done = comity("prove", "eu_returns_2008_115", "--property", "no gap", "--json")
    document = ProveDocument.model_validate_json(done.out)
    (proof,) = document.proofs
    assert proof.people is not None
    assert 0 <= proof.people.certain <= proof.people.possible
    assert proof.people.possible > 1_000_000
    assert "ordinary" in document.assumptions
    plain = comity("prove", "eu_returns_2008_115", "--property", "no gap").out
    assert f"people: {proof.people.certain:,} certain, {proof.people.possible:,} possible" in plain


def test_what_speaks_of_no_person_is_not_counted_and_says_why() -> None:
    done = comity("prove", "eu_returns_2008_115", "--property", "no dead text", "--json")
    (proof,) = ProveDocument.model_validate_json(done.out).proofs
    assert (proof.verdict, proof.people) == ("refuted", None)
    assert "speaks of the text" in proof.uncounted
