"""Every code with its name, its meaning, an example that earns it and the example repaired.

One registry, so that codes can be listed and never drift apart; the docs' page is made from it.
E1xx the file and its layout, E2xx names and types, E3xx structure, E4xx cases and records.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Code:
    """A code: kebab-case name, what it means, a bad and a repaired example."""

    code: str
    name: str
    meaning: str
    bad: str = ""
    repaired: str = ""


_CODES = (
    Code(
        "E100",
        "syntax",
        "The statement cannot be read at the place shown; what could stand there is listed.",
        "rule 14.1: guarantee stay at lest humanitarian",
        "rule 14.1: guarantee stay at least humanitarian",
    ),
    Code("E101", "too-large", "A text may have 5 MB at most.", "a file of 6 MB", "split it"),
    Code(
        "E102",
        "not-text",
        "The file is not text in UTF-8, or a control character is in it.",
        "a Word file renamed to .md",
        "the same text exported as UTF-8",
    ),
    Code(
        "E103",
        "hidden-mark",
        "A mark that changes the direction of the text is hidden in it: a "
        "rule could read differently from what is encoded.",
        "U+202E before a level's name",
        "the mark deleted",
    ),
    Code(
        "E104",
        "open-block",
        "A `comity` block is never closed.",
        "```comity\nrule ...",
        "```comity\nrule ...\n```",
    ),
    Code(
        "E105",
        "duplicate-article",
        "An article's heading stands twice in one file.",
        "## Article 3. A\n## Article 3. B",
        "## Article 3. A\n## Article 4. B",
    ),
    Code(
        "E110",
        "stray-line",
        "An indented line continues no statement.",
        "  when claims",
        "rule 1.1: guarantee stay at least applicant\n  when claims",
    ),
    Code(
        "E111",
        "later-reader",
        "The statement belongs to a reader that does not exist yet. Until it "
        "does, nothing may be written that nobody reads.",
        "body assembly ...",
        "no rule 6: institutional",
    ),
    Code(
        "E112",
        "too-deep",
        "Brackets of a condition nest too deep, or definitions build on one another too deep.",
        "((((...))))",
        "a `term` for the inner part",
    ),
    Code(
        "E113",
        "no-statement",
        "No statement begins with this word.",
        "rul 14.1: ...",
        "rule 14.1: ...",
    ),
    Code(
        "E114",
        "mixed-and-or",
        "`and` and `or` may not be mixed without brackets: lawyers and "
        "programmers read it differently.",
        "when a and b or c",
        "when (a and b) or c",
    ),
    Code(
        "E115",
        "too-many",
        "So many faults were found in one file that it is not read any further.",
        "a file that is no agreement, between the marks of a block",
        "the first faults mended, and the file checked again",
    ),
    Code(
        "E120",
        "not-yaml",
        "The front matter or record is not YAML or JSON, or uses anchors or tags.",
        "title: Article 1: x",
        'title: "Article 1: x"',
    ),
    Code(
        "E121",
        "nests-too-deep",
        "A record nests deeper than any record needs.",
        "[[[[[[...]]]]]]",
        "a flat list",
    ),
    Code(
        "E122",
        "duplicate-key",
        "A key stands twice in one mapping; the second would silently replace the first.",
        "host: SWE\nhost: NOR",
        "host: NOR",
    ),
    Code(
        "E123",
        "wrong-kind",
        "A value is not of the kind that belongs there.",
        "paragraphs: many",
        "paragraphs: 46",
    ),
    Code("E124", "unknown-key", "There is no such key there.", "forse: binding", "force: binding"),
    Code(
        "E125",
        "front-matter",
        "The front matter lacks something that every agreement has.",
        "(no `id`)",
        "id: my_agreement",
    ),
    Code(
        "E126",
        "same-id",
        "Two files have the same id.",
        "id: imfc in two files",
        "an id of its own for each",
    ),
    Code(
        "E201",
        "unknown-name",
        "The name is declared nowhere.",
        "when residense.lawful at least 5 years",
        "when residence.lawful at least 5 years",
    ),
    Code(
        "E202",
        "unknown-level",
        "The level is not one of the scale, or the option not one of the enumeration.",
        "guarantee stay at least temporery",
        "guarantee stay at least temporary",
    ),
    Code(
        "E203",
        "unit",
        "Units do not fit. Days and months never compare.",
        "when procedure.days_final at least 3 months",
        "when procedure.days_final at least 90 days",
    ),
    Code(
        "E205",
        "direction",
        "A guarantee bounds on the person's side, a limit on the other: for a "
        "right where less is better a guarantee says `at most`.",
        "guarantee decision at least 6 months",
        "guarantee decision at most 6 months",
    ),
    Code(
        "E206",
        "impossible-date",
        "The calendar has no such day, or an end lies before its beginning.",
        "from 2015-02-31",
        "from 2015-02-28",
    ),
    Code(
        "E207",
        "type",
        "What stands here has another type than what is needed.",
        "when nationality is SYR",
        "when nationality includes SYR",
    ),
    Code(
        "E208",
        "out-of-range",
        "A number lies outside what can be meant here.",
        "1/0 of residence.study",
        "1/2 of residence.study",
    ),
    Code(
        "E209",
        "no-country",
        "No country has this code. Codes have three letters: NOR, not NO.",
        "host: NO",
        "host: NOR",
    ),
    Code(
        "E211",
        "declared-twice",
        "A name, a number, the label of a proof or a value stands twice, or a quality on one day.",
        "rule 3.1 twice\nprove no limbo: no gap\nprove no limbo: no gap on stay",
        "rule 3.1 and rule 3.2\nprove no limbo: no gap\nprove no limbo of stay: no gap on stay",
    ),
    Code(
        "E212",
        "table-missing",
        "A `table` is the last statement of its block, and its Markdown table the very next thing.",
        "table tier ... and then prose",
        "table tier ... and then | degree | ...",
    ),
    Code(
        "E213",
        "table-incomplete",
        "A decision table has one row and one column for each level, each once.",
        "no row for `hardship`",
        "a row for each level",
    ),
    Code(
        "E221",
        "place-needed",
        "A fact or definition of a place is used without saying which place, or "
        "the other way round.",
        "when tier at least P1",
        "when destination.tier at least P1",
    ),
    Code(
        "E222",
        "no-such-quantifier",
        "Only `every origin (...)` and `some destination (...)` range over places.",
        "some origin (place.feared)",
        "every origin (place.feared)",
    ),
    Code(
        "E223",
        "not-a-fact",
        "The name is declared, but is nothing a condition can ask.",
        "when E7",
        "in element E7",
    ),
    Code(
        "E224",
        "right-in-condition",
        "A condition of a rule may depend on facts, never on a position: "
        "that would be recursion. Proofs may.",
        "when stay at least temporary",
        "when status.held at least temporary",
    ),
    Code(
        "E225",
        "position-comparison",
        "In a proof a position is compared with one level.",
        "prove x: stay more than temporary implies ...",
        "prove x: stay at least temporary implies ...",
    ),
    Code(
        "E226",
        "no-arithmetic",
        "Levels and dates cannot be added or halved.",
        "half of status.held",
        "half of residence.study",
    ),
    Code(
        "E227",
        "beyond-bounds",
        "A parameter's value lies outside its own bounds, in its statement or in a case.",
        "parameter P = 200 days, at most 180 days",
        "parameter P = 180 days, at most 180 days",
    ),
    Code(
        "E228",
        "bounds-nothing",
        "A guarantee of the bottom or a limit at the top bounds nothing, and a goal that is not "
        "above the start is nothing to be reached.",
        "guarantee stay at least none",
        "no rule 4.1: open_term",
    ),
    Code(
        "E229",
        "missing-variant",
        "A table, choice or parameter stands under some options of a question, and not under all: under "
        "the others it would be nothing.",
        "parameter P under q.a = 6 months, and none under q.b",
        "a variant of P for each option of q",
    ),
    Code(
        "E301",
        "no-such-rule",
        "The rule, article or power named does not exist.",
        "exception 3.2 to 3.9",
        "exception 3.2 to 3.1",
    ),
    Code(
        "E302",
        "wrong-article",
        "A rule's number begins with the article it stands under.",
        "## Article 14 ... rule 15.1",
        "## Article 14 ... rule 14.1",
    ),
    Code(
        "E303",
        "wrong-file",
        "Vocabulary belongs in the vocabulary, agreements in agreements.",
        "scale x: a < b in an agreement",
        "the scale in vocabulary.md",
    ),
    Code(
        "E304",
        "no-such-instrument",
        "There is no instrument of that id.",
        "with: [refuge_1951]",
        "with: [refugee_1951_1967]",
    ),
    Code(
        "E305",
        "no-such-article",
        "The article named does not stand in this file, or in that of the instrument named.",
        "no reservation to articles 99",
        "no reservation to articles 33",
    ),
    Code(
        "E306",
        "no-such-reason",
        "`no rule` gives one of the known reasons.",
        "no rule 4.2: boring",
        "no rule 4.2: open_term",
    ),
    Code(
        "E307",
        "reservation-barred",
        "A State reserves an article to which the instrument allows no reservation: one that it "
        "names as barred, or any of a directive.",
        "reserves article 33",
        "the reservation taken out, or its article corrected",
    ),
    Code(
        "E308",
        "count",
        "More paragraphs are encoded or explained than the instrument has.",
        "paragraphs: 3 with five encoded",
        "the count corrected",
    ),
    Code(
        "E309",
        "mixed-targets",
        "An exception to a definition of its own instrument is part of that definition and travels with "
        "it; one that also excepts a rule would be two things at once.",
        "exception 1.2 to term refugee, 5.1",
        "exception 1.2 to term refugee and exception 1.3 to 5.1",
    ),
    Code(
        "E310",
        "cycle",
        "Definitions, references or exceptions run in a circle.",
        "exception 1.2 to 1.1 when 1.1 holds",
        "one of the two edges taken out",
    ),
    Code(
        "E311",
        "sheet-line",
        "A numbered line or test vector of the fact sheet is answered by no statement, or a "
        "statement answers one that the front matter does not count.",
        "lines: 2 in the front matter, and only `line R1: 1.1` in the text",
        'line R2: no rule practice "says what is done, not what is owed"',
    ),
    Code(
        "E312",
        "no-evidence",
        "What is said of how an instrument is governed ends with its evidence: an article, a paragraph, a "
        "document or a day.",
        "governance published: full",
        'governance published: full "registered with the United Nations, 189 UNTS 137"',
    ),
    Code(
        "E313",
        "one-value",
        "The quality has one value at a time, or one of its values says that there is none.",
        'governance monitor: nobody, experts "Article 38"',
        'governance monitor: experts "Article 38"',
    ),
    Code(
        "E320",
        "prevalence-cycle",
        "What prevails over what runs in a circle.",
        "A prevails over B, B over C, C over A",
        "one clause taken out",
    ),
    Code(
        "E401",
        "no-expectation",
        "A case expects nothing, or expects something of a person of whom nothing is given.",
        "case ... with only `given`",
        "case ... expect stay at least temporary",
    ),
    Code(
        "E402",
        "given-twice",
        "A fact is given twice in one case.",
        "given age 1 year given age 2 years",
        "given age 2 years",
    ),
    Code(
        "E403",
        "no-such-state",
        "The country did not exist on that day.",
        "in SSD on 2005-01-01",
        "in SDN on 2005-01-01",
    ),
    Code(
        "E404",
        "too-many-origins",
        "A case has at most as many nationalities as the vocabulary has origins.",
        "given nationality {five countries}",
        "given nationality {four countries}",
    ),
    Code(
        "E410",
        "case-failed",
        "A case does not give what it expects. The message says what it gives.",
        "expect stay at least protected",
        "the rule or the expectation corrected",
    ),
    Code(
        "E420",
        "record-fact",
        "A record has a fact that the vocabulary does not know, or of the wrong kind.",
        "facts: {ocupation: nurse}",
        "a fact of the vocabulary, see `comity list facts`",
    ),
    Code(
        "E421",
        "record-spell",
        "A dated spell or event of a record is impossible: it ends before it "
        "begins, lies after the day of the case, or has an unknown tag.",
        "residence: [{from: 2020-01-01, until: 2019-01-01}]",
        "residence: [{from: 2019-01-01, until: 2020-01-01}]",
    ),
    Code(
        "E422",
        "record-personal",
        "A record has no name, document number or address: comity needs none and keeps none.",
        "name: ...",
        "title: a nurse with two children",
    ),
    Code(
        "E423",
        "record-twice",
        "A counter is given and would be derived too, with another result.",
        "residence.lawful: 12 months and spells of 20 months",
        "the spells alone",
    ),
    Code(
        "E440",
        "impossible-facts",
        "Facts of a case go together in no possible world: an axiom of the vocabulary is broken.",
        "given arrived_age 30 years given age 20 years",
        "an age above the age on arrival",
    ),
    Code(
        "E450",
        "no-such-regime",
        "The regime named is neither an instrument, a file nor a named list.",
        "comity explain refuge",
        "comity explain refugee_1951_1967",
    ),
    Code(
        "E451",
        "no-such-reading",
        "No question has such an option, or it is not held on that day.",
        "--reading standard=lowest",
        "--reading standard=lower",
    ),
    Code(
        "E452",
        "review-passed",
        "An instrument's review date has passed: answers for a person stop until "
        "somebody has looked at its encoding again.",
        "review_by: 2020-01-01",
        "a review, and a new date",
    ),
    Code(
        "E453",
        "no-such-proof",
        "The texts named state no proof of that label.",
        "comity prove imfc --only limbo",
        "comity prove imfc --list, then one of its labels",
    ),
    Code(
        "E454",
        "solver-missing",
        "The second solver is asked for and not installed, so no verdict can be cross-checked.",
        "comity prove imfc --cross-check",
        "comity[prove2] installed, or no --cross-check",
    ),
    Code(
        "E455",
        "property-without-words",
        "The vocabulary has none of the rights by which a named property is said.",
        "labour never travels alone",
        "a property that names its own rights",
    ),
    Code(
        "E456",
        "readers-disagree",
        "Two readers, or two solvers, say opposite things of the same text: a fault of comity, so "
        "nothing is shown.",
        "a person whom the solver finds and `explain` does not see",
        "a report of the text and the property",
    ),
    Code(
        "E457",
        "no-such-place",
        "The place named is no State by its code, no region of the United Nations, and no group.",
        "comity profile today --within Erope",
        "comity profile today --within Europe",
    ),
    Code(
        "E458",
        "no-such-agreement",
        "No bilateral labour agreement has this number, or none is of such a corridor or decade.",
        "comity bilateral bla_99999",
        "comity bilateral bla_7",
    ),
    Code(
        "E460",
        "file-unreadable",
        "The file cannot be opened.",
        "comity check no_such_file.md",
        "the right path",
    ),
    Code(
        "E470",
        "engine-missing",
        "The engine asked for, its driver or its Java is not installed.",
        "comity count imfc --engine spark",
        'pip install "comity[spark]" and a Java 17 or later, or --engine duckdb',
    ),
    Code(
        "E471",
        "engine-unreachable",
        "No connection to the engine could be made: a wrong address, a wrong password, or no server. "
        "The address is not repeated, since it may hold a password.",
        "--engine postgres with a DSN that has a `%` in its password",
        "the sign written as %25, or the password in PGPASSWORD",
    ),
    Code(
        "E472",
        "engine-lost",
        "The engine went away in the middle of a query. What was handed over went with it.",
        "a server restarted while it counts",
        "the same command again",
    ),
    Code(
        "E473",
        "data-damaged",
        "A file of data is cut short, is empty, is not UTF-8, or has rows of different lengths. Nothing "
        "of it is counted.",
        "a Parquet file whose copy broke off",
        "the whole file",
    ),
    Code(
        "E474",
        "column-type",
        "A column holds something else than the type that the schema declares. Rows are named, values "
        "never.",
        "`2.5` or `yes` in a column declared integer",
        "the column converted, or its type corrected in the schema",
    ),
    Code(
        "E475",
        "no-room",
        "Disk or memory is full, or the engine's own limit is reached.",
        "a query that needs more than the memory it may take",
        "more memory, or a folder to spill into",
    ),
    Code(
        "E476",
        "no-such-table",
        "The query or the schema names a table or a column that is not there.",
        "a schema that maps `arrived` where the file says `arrival`",
        "the name as the file has it",
    ),
    Code(
        "E477",
        "query-refused",
        "The engine does not accept the query, or stops at a value it cannot compute.",
        "a sum beyond the range of its type",
        "a wider type in the schema; of a query that comity wrote, a report",
    ),
    Code(
        "E478",
        "query-stopped",
        "Somebody, or a time limit, stopped the query.",
        "an administrator who cancels a long query",
        "the same command with more time",
    ),
    Code(
        "E479",
        "file-not-read",
        "There is no such file, or it is of a kind that no engine reads.",
        "--data register.xlsx",
        "--data register.csv",
    ),
    Code(
        "E480",
        "map-unreadable",
        "The map of a register is no YAML, has a key twice, or uses tags or anchors, which it has no need "
        "of.",
        "facts: {sex: {column: a}, sex: {column: b}}",
        "facts: {sex: {column: b}}",
    ),
    Code(
        "E481",
        "map-wrong",
        "The map names a fact, a level, a unit or a form that does not exist, or leaves out what changes "
        "the answer: a unit, a standard of country codes, the register's day.",
        "age: {column: alder}",
        "age: {column: alder, unit: years}",
    ),
    Code(
        "E482",
        "map-personal",
        "The map asks for what identifies a person, or for counts by a column that would single people "
        "out.",
        "facts: {passport_no: {column: pass}}",
        "the line deleted: no rule asks for it",
    ),
    Code(
        "E483",
        "column-not-there",
        "The map names a column that the data do not have. Capital letters matter.",
        "sex: {column: Sex} where the file says `sex`",
        "sex: {column: sex}",
    ),
    Code(
        "E484",
        "bad-code",
        "A column of codes has values that the map, the fact's own words or the standard of country codes "
        "do not list. `--accept E484` counts them as unknown.",
        "752 in a column that the map declares iso3",
        "standard: m49",
    ),
    Code(
        "E485",
        "bad-number",
        "A number or a day cannot be read, is outside what its fact may be, or lies after the register's "
        "day. `--accept E485` counts such values as unknown.",
        "an age of 420 in a column declared in years",
        "unit: months",
    ),
    Code(
        "E486",
        "host-missing",
        "A row does not say which State is asked, so nothing can be said of it. It cannot be accepted.",
        "a row without a host",
        "host: {value: SWE}, if all rows have the same",
    ),
    Code(
        "E487",
        "same-id",
        "Rows share an identifier that should name one row each: a copy would count a person twice. "
        "`--accept E487` counts every row.",
        "the same number in rows 4 and 9",
        "the copy removed",
    ),
    Code(
        "E488",
        "impossible-row",
        "Facts of a row go together in no possible world: an axiom of the vocabulary is surely broken, or "
        "two columns contradict each other. `--accept E488` counts the facts concerned as unknown.",
        "arrived at the age of 30, aged 20",
        "the row corrected, or the unit of one of the columns",
    ),
    Code(
        "E489",
        "bad-weight",
        "A row's weight is missing, negative or no number: the row would vanish from every count. It "
        "cannot be accepted.",
        "an empty field in the column of weights",
        "0, or the persons that the row stands for",
    ),
    Code(
        "E490",
        "count-field",
        "People cannot be counted by this field, or it is named twice.",
        "comity count imfc --by hots",
        "--by host",
    ),
    Code(
        "E491",
        "right-unbound",
        "No norm of the regime bounds a right of this name, so there is nothing to count.",
        "comity count cat_art3 --right vote",
        "--right shield",
    ),
    Code(
        "E492",
        "property-of-several",
        "The property speaks of two persons, of a life, of another text or of elements: no record alone "
        "can fail it.",
        'comity count imfc --where "stay never falls as residence.lawful grows"',
        '--where "no gap"',
    ),
    Code(
        "E500",
        "pool-wrong",
        "The pool of a draw by lot cannot be read: no column `id`, an id that is empty or stands twice, a "
        "field that is empty, a feature of the quotas that is no column.",
        "two rows with the id 17",
        "each person once, with a value in every column that a quota names",
    ),
    Code(
        "E501",
        "pool-personal",
        "The pool holds what identifies people: a column of names, addresses or numbers of documents, or "
        "ids that are such. A draw needs none of it, and its file is made to be shown.",
        "id,name,email,age",
        "id,age, with ids that only you can trace to people",
    ),
    Code(
        "E502",
        "quotas-wrong",
        "The quotas cannot be read: not `feature,value,min,max`, a least above its most, a value twice, or "
        "a value in the pool that has no quota.",
        "age,16-29,30,20",
        "age,16-29,20,30",
    ),
    Code(
        "E503",
        "quotas-unmet",
        "No panel of the pool keeps all quotas. The fewest places by which quotas must give way are named.",
        "age,80+,min 5 where three people of the pool are so old",
        "the least lowered, or more people invited",
    ),
    Code(
        "E504",
        "never-seated",
        "Somebody of the pool can be on no panel that keeps the quotas, so that no lottery is fair to them.",
        "region,north,0,0 and people of the north in the pool",
        "the quota widened, or these people told and taken out of the pool",
    ),
    Code(
        "E505",
        "no-saved-draw",
        "The file is no saved draw of `comity lot`, or of a format that this version does not know.",
        "comity lot --verify pool.csv",
        "the file that `--out` wrote",
    ),
    Code(
        "E506",
        "lottery-unsolved",
        "The solver gave up before a lottery was found. Nothing is drawn.",
        "many features with a quota for each value that leaves no room",
        "quotas a little wider, or fewer features",
    ),
)

REGISTRY: dict[str, Code] = {code.code: code for code in _CODES}
