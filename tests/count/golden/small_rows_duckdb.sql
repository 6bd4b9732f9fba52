/* comity 0: positions under small.md on 2026-11-24, over the table persons */
/*    small: A small agreement, to be seen as SQL (taken as in force for every host) */
/*    coverage: small: coverage unknown */
/*    reading: small/who=all */
/* law texts: sha256 0000000000000000000000000000000000000000000000000000000000000000 */
/* One row a person, which is personal data. Asked for, and to be used, for this purpose only: */
/*    a test */
/* lower: what the encoded texts surely guarantee. lower_possible: what they may guarantee, if what is */
/*   unknown turns out so. */
/* upper: what they surely leave open to the State. upper_possible: what they may leave open. */
/* A bottom level means that no guarantee was found in the encoded texts. It does not say refuse: the */
/*   State may still grant up to upper. Texts that are not encoded may give more. */
/* Unknown is not false: NULL stays unknown, and each answer is given as certain and as possible. */
/* Not read, though the schema has them: the columns _from, the columns _to, the weight `persons` */
/* gates are staged; Kleene's strong logic, in columns that are never NULL */
WITH "people" AS (
  SELECT
    "claims",
    "age",
    "nationality_1",
    "nationality_2",
    "nationality_3",
    "nationality_complete",
    "residence_lawful",
    "residence_study",
    "conduct_threat",
    "status_held",
    "id" AS "by_1",
    "host" AS "by_2",
    CAST(1 AS BIGINT) AS "weight"
  FROM "persons"
), "places" AS (
  SELECT
    *,
    CASE "conduct_threat" WHEN 'none' THEN 0 WHEN 'minor' THEN 1 WHEN 'public_order' THEN 2 WHEN 'serious' THEN 3 WHEN 'very_serious' THEN 4 WHEN 'imperative' THEN 5 WHEN 'never' THEN 6 ELSE (
      -1
    ) END AS "conduct_threat_place"
  FROM "people"
), "stage_1" AS (
  SELECT
    *,
    (
      "nationality_3" = 'NOR'
    ) IS TRUE OR (
      "nationality_1" = 'NOR'
    ) IS TRUE OR (
      "nationality_2" = 'NOR'
    ) IS TRUE AS "g1", /* part of: small/1.2 (Article 1. Those who ask) */
    CAST(COALESCE("residence_lawful", 0) AS BIGINT) + CAST(COALESCE("residence_study", 0) AS BIGINT) >= 36 AND (
      "conduct_threat_place" BETWEEN 0 AND 2
    ) AS "g3" /* effective: small/2.1 (Article 2. Those who have lived here) */
  FROM "places"
), "stage_2" AS (
  SELECT
    *,
    "claims" IS TRUE AND (
      (
        "age" <= 215
      ) IS TRUE OR "g1"
    ) AS "g2" /* effective: small/1.2 (Article 1. Those who ask) */
  FROM "stage_1"
), "positions" AS (
  SELECT
    "by_1" AS "by_1",
    "by_2" AS "by_2",
    "weight" AS "weight",
    GREATEST(CASE WHEN "g3" THEN 4 /* humanitarian: small/2.1 (Article 2. Those who have lived here) */ WHEN "g2" THEN 3 /* temporary: small/1.2 (Article 1. Those who ask) */ WHEN "claims" IS TRUE THEN 2 /* applicant: small/1.1 (Article 1. Those who ask) */ ELSE 0 END, CASE WHEN "claims" IS FALSE THEN CASE WHEN "status_held" = 'none' THEN 0 WHEN "status_held" = 'tolerated' THEN 1 WHEN "status_held" = 'applicant' THEN 2 WHEN "status_held" = 'temporary' THEN 3 WHEN "status_held" = 'humanitarian' THEN 4 WHEN "status_held" = 'protected' THEN 5 WHEN "status_held" = 'long_term' THEN 6 WHEN "status_held" = 'permanent' THEN 7 WHEN "status_held" = 'citizen' THEN 8 ELSE 0 END /* the level of status.held: small/2.2 */ ELSE 0 END) AS "stay_lower",
    GREATEST(CASE WHEN CAST(COALESCE("residence_lawful", 1200) AS BIGINT) + CAST(COALESCE("residence_study", 600) AS BIGINT) >= 36 AND NOT (
      "conduct_threat_place" >= 3
    ) THEN 4 /* humanitarian: small/2.1 (Article 2. Those who have lived here) */ WHEN NOT "claims" IS FALSE AND (
      NOT (
        "age" <= 215
      ) IS FALSE OR "g1" OR NOT "nationality_complete" IS TRUE
    ) THEN 3 /* temporary: small/1.2 (Article 1. Those who ask) */ WHEN NOT "claims" IS FALSE THEN 2 /* applicant: small/1.1 (Article 1. Those who ask) */ ELSE 0 END, CASE WHEN NOT "claims" IS TRUE THEN CASE WHEN "status_held" = 'none' THEN 0 WHEN "status_held" = 'tolerated' THEN 1 WHEN "status_held" = 'applicant' THEN 2 WHEN "status_held" = 'temporary' THEN 3 WHEN "status_held" = 'humanitarian' THEN 4 WHEN "status_held" = 'protected' THEN 5 WHEN "status_held" = 'long_term' THEN 6 WHEN "status_held" = 'permanent' THEN 7 WHEN "status_held" = 'citizen' THEN 8 ELSE 8 END /* the level of status.held: small/2.2 */ ELSE 0 END) AS "stay_lower_possible",
    8 AS "stay_upper",
    8 AS "stay_upper_possible",
    CASE
      WHEN "claims" IS FALSE AND (
        CASE WHEN "claims" IS FALSE THEN CASE WHEN "status_held" = 'none' THEN 0 WHEN "status_held" = 'tolerated' THEN 1 WHEN "status_held" = 'applicant' THEN 2 WHEN "status_held" = 'temporary' THEN 3 WHEN "status_held" = 'humanitarian' THEN 4 WHEN "status_held" = 'protected' THEN 5 WHEN "status_held" = 'long_term' THEN 6 WHEN "status_held" = 'permanent' THEN 7 WHEN "status_held" = 'citizen' THEN 8 ELSE 0 END /* the level of status.held: small/2.2 */ ELSE 0 END = GREATEST(CASE WHEN "g3" THEN 4 /* humanitarian: small/2.1 (Article 2. Those who have lived here) */ WHEN "g2" THEN 3 /* temporary: small/1.2 (Article 1. Those who ask) */ WHEN "claims" IS TRUE THEN 2 /* applicant: small/1.1 (Article 1. Those who ask) */ ELSE 0 END, CASE WHEN "claims" IS FALSE THEN CASE WHEN "status_held" = 'none' THEN 0 WHEN "status_held" = 'tolerated' THEN 1 WHEN "status_held" = 'applicant' THEN 2 WHEN "status_held" = 'temporary' THEN 3 WHEN "status_held" = 'humanitarian' THEN 4 WHEN "status_held" = 'protected' THEN 5 WHEN "status_held" = 'long_term' THEN 6 WHEN "status_held" = 'permanent' THEN 7 WHEN "status_held" = 'citizen' THEN 8 ELSE 0 END /* the level of status.held: small/2.2 */ ELSE 0 END) AND CASE WHEN "claims" IS FALSE THEN CASE WHEN "status_held" = 'none' THEN 0 WHEN "status_held" = 'tolerated' THEN 1 WHEN "status_held" = 'applicant' THEN 2 WHEN "status_held" = 'temporary' THEN 3 WHEN "status_held" = 'humanitarian' THEN 4 WHEN "status_held" = 'protected' THEN 5 WHEN "status_held" = 'long_term' THEN 6 WHEN "status_held" = 'permanent' THEN 7 WHEN "status_held" = 'citizen' THEN 8 ELSE 0 END /* the level of status.held: small/2.2 */ ELSE 0 END > CASE WHEN "g3" THEN 4 /* humanitarian: small/2.1 (Article 2. Those who have lived here) */ WHEN "g2" THEN 3 /* temporary: small/1.2 (Article 1. Those who ask) */ WHEN "claims" IS TRUE THEN 2 /* applicant: small/1.1 (Article 1. Those who ask) */ ELSE 0 END
      )
      THEN 'small/2.2'
      WHEN "g3"
      THEN 'small/2.1'
      WHEN "g2"
      THEN 'small/1.2'
      WHEN "claims" IS TRUE
      THEN 'small/1.1'
      ELSE CAST(NULL AS TEXT)
    END AS "stay_by",
    CAST(NULL AS TEXT) AS "stay_limited_by",
    0 AS "permit_lower",
    0 AS "permit_lower_possible",
    CASE WHEN NOT "claims" IS FALSE THEN 36 /* 36 months: small/3.1 (Article 3. Limits) */ ELSE 600 END AS "permit_upper",
    CASE WHEN "claims" IS TRUE THEN 36 /* 36 months: small/3.1 (Article 3. Limits) */ ELSE 600 END AS "permit_upper_possible",
    CAST(NULL AS TEXT) AS "permit_by",
    CASE WHEN "claims" IS TRUE THEN 'small/3.1' ELSE CAST(NULL AS TEXT) END AS "permit_limited_by"
  FROM "stage_2"
)
SELECT
  "by_1" AS "id",
  "by_2" AS "host",
  CASE "stay_lower" WHEN 0 THEN 'none' WHEN 1 THEN 'tolerated' WHEN 2 THEN 'applicant' WHEN 3 THEN 'temporary' WHEN 4 THEN 'humanitarian' WHEN 5 THEN 'protected' WHEN 6 THEN 'long_term' WHEN 7 THEN 'permanent' ELSE 'citizen' END AS "stay_lower",
  CASE "stay_lower_possible" WHEN 0 THEN 'none' WHEN 1 THEN 'tolerated' WHEN 2 THEN 'applicant' WHEN 3 THEN 'temporary' WHEN 4 THEN 'humanitarian' WHEN 5 THEN 'protected' WHEN 6 THEN 'long_term' WHEN 7 THEN 'permanent' ELSE 'citizen' END AS "stay_lower_possible",
  'citizen' AS "stay_upper",
  'citizen' AS "stay_upper_possible",
  "stay_by",
  "stay_limited_by",
  "permit_lower" AS "permit_lower",
  "permit_lower_possible" AS "permit_lower_possible",
  "permit_upper" AS "permit_upper",
  "permit_upper_possible" AS "permit_upper_possible",
  "permit_by",
  "permit_limited_by",
  'a test' AS "purpose"
FROM "positions"
