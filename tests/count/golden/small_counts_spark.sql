/* comity 0: positions under small.md on 2026-11-24, over the table persons */
/*    small: A small agreement, to be seen as SQL (taken as in force for every host) */
/*    coverage: small: coverage unknown */
/*    reading: small/who=all */
/* law texts: sha256 0000000000000000000000000000000000000000000000000000000000000000 */
/* certain: persons of whom it is sure. possible: persons of whom it may be, those included. */
/* Numbers of 1 to 9 persons are hidden (NULL, suppressed is true), with enough beside them that none */
/*   can be worked out along a row or column of this table. Other tables of the same persons may still */
/*   give them away: look at all that you publish. */
/* total: none (a cell), levels (a sum over levels), groups (a sum over groups), all. The level `not */
/*   known` counts those of whom the level hangs on unknown facts. */
/* lower: what the encoded texts surely guarantee. lower_possible: what they may guarantee, if what is */
/*   unknown turns out so. */
/* upper: what they surely leave open to the State. upper_possible: what they may leave open. */
/* A bottom level means that no guarantee was found in the encoded texts. It does not say refuse: the */
/*   State may still grant up to upper. Texts that are not encoded may give more. */
/* Unknown is not false: NULL stays unknown, and each answer is given as certain and as possible. */
/* Not read, though the schema has them: the columns _from, the columns _to, the weight `persons` */
/* gates are staged; Kleene's strong logic, in columns that are never NULL */
WITH `people` AS (
  SELECT
    `claims`,
    `age`,
    `nationality_1`,
    `nationality_2`,
    `nationality_3`,
    `nationality_complete`,
    `residence_lawful`,
    `residence_study`,
    `conduct_threat`,
    `status_held`,
    `host` AS `by_1`,
    CAST(1 AS BIGINT) AS `weight`
  FROM `persons`
), `places` AS (
  SELECT
    *,
    CASE `conduct_threat` WHEN 'none' THEN 0 WHEN 'minor' THEN 1 WHEN 'public_order' THEN 2 WHEN 'serious' THEN 3 WHEN 'very_serious' THEN 4 WHEN 'imperative' THEN 5 WHEN 'never' THEN 6 ELSE (
      -1
    ) END AS `conduct_threat_place`
  FROM `people`
), `stage_1` AS (
  SELECT
    *,
    (
      `nationality_3` = 'NOR'
    ) IS TRUE OR (
      `nationality_1` = 'NOR'
    ) IS TRUE OR (
      `nationality_2` = 'NOR'
    ) IS TRUE AS `g1` /* part of: small/1.2 (Article 1. Those who ask) */
  FROM `places`
), `positions` AS (
  SELECT
    `by_1` AS `by_1`,
    `weight` AS `weight`,
    GREATEST(CASE WHEN CAST(COALESCE(`residence_lawful`, 0) AS BIGINT) + CAST(COALESCE(`residence_study`, 0) AS BIGINT) >= 36 AND (
      `conduct_threat_place` BETWEEN 0 AND 2
    ) THEN 4 /* humanitarian: small/2.1 (Article 2. Those who have lived here) */ WHEN `claims` IS TRUE AND (
      (
        `age` <= 215
      ) IS TRUE OR `g1`
    ) THEN 3 /* temporary: small/1.2 (Article 1. Those who ask) */ WHEN `claims` IS TRUE THEN 2 /* applicant: small/1.1 (Article 1. Those who ask) */ ELSE 0 END, CASE WHEN `claims` IS FALSE THEN CASE WHEN `status_held` = 'none' THEN 0 WHEN `status_held` = 'tolerated' THEN 1 WHEN `status_held` = 'applicant' THEN 2 WHEN `status_held` = 'temporary' THEN 3 WHEN `status_held` = 'humanitarian' THEN 4 WHEN `status_held` = 'protected' THEN 5 WHEN `status_held` = 'long_term' THEN 6 WHEN `status_held` = 'permanent' THEN 7 WHEN `status_held` = 'citizen' THEN 8 ELSE 0 END /* the level of status.held: small/2.2 */ ELSE 0 END) AS `stay_lower`,
    GREATEST(CASE WHEN CAST(COALESCE(`residence_lawful`, 1200) AS BIGINT) + CAST(COALESCE(`residence_study`, 600) AS BIGINT) >= 36 AND NOT (
      `conduct_threat_place` >= 3
    ) THEN 4 /* humanitarian: small/2.1 (Article 2. Those who have lived here) */ WHEN NOT `claims` IS FALSE AND (
      NOT (
        `age` <= 215
      ) IS FALSE OR `g1` OR NOT `nationality_complete` IS TRUE
    ) THEN 3 /* temporary: small/1.2 (Article 1. Those who ask) */ WHEN NOT `claims` IS FALSE THEN 2 /* applicant: small/1.1 (Article 1. Those who ask) */ ELSE 0 END, CASE WHEN NOT `claims` IS TRUE THEN CASE WHEN `status_held` = 'none' THEN 0 WHEN `status_held` = 'tolerated' THEN 1 WHEN `status_held` = 'applicant' THEN 2 WHEN `status_held` = 'temporary' THEN 3 WHEN `status_held` = 'humanitarian' THEN 4 WHEN `status_held` = 'protected' THEN 5 WHEN `status_held` = 'long_term' THEN 6 WHEN `status_held` = 'permanent' THEN 7 WHEN `status_held` = 'citizen' THEN 8 ELSE 8 END /* the level of status.held: small/2.2 */ ELSE 0 END) AS `stay_lower_possible`,
    0 AS `permit_lower`,
    0 AS `permit_lower_possible`
  FROM `stage_1`
), `counts` AS (
  SELECT
    `by_1`,
    CAST(COALESCE(SUM(`weight`), 0) AS BIGINT) AS `c1`,
    CAST(COALESCE(SUM(`weight`), 0) AS BIGINT) AS `p1`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower_possible` < 1 THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `c2`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower` < 1 THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `p2`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower` >= 1 AND `stay_lower_possible` < 2 THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `c3`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower_possible` >= 1 AND `stay_lower` < 2 THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `p3`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower` >= 2 AND `stay_lower_possible` < 3 THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `c4`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower_possible` >= 2 AND `stay_lower` < 3 THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `p4`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower` >= 3 AND `stay_lower_possible` < 4 THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `c5`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower_possible` >= 3 AND `stay_lower` < 4 THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `p5`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower` >= 4 AND `stay_lower_possible` < 5 THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `c6`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower_possible` >= 4 AND `stay_lower` < 5 THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `p6`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower` >= 5 AND `stay_lower_possible` < 6 THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `c7`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower_possible` >= 5 AND `stay_lower` < 6 THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `p7`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower` >= 6 AND `stay_lower_possible` < 7 THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `c8`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower_possible` >= 6 AND `stay_lower` < 7 THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `p8`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower` >= 7 AND `stay_lower_possible` < 8 THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `c9`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower_possible` >= 7 AND `stay_lower` < 8 THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `p9`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower` >= 8 THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `c10`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower_possible` >= 8 THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `p10`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower` <> `stay_lower_possible` THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `c11`,
    CAST(COALESCE(SUM(CASE WHEN `stay_lower` <> `stay_lower_possible` THEN `weight` ELSE 0 END), 0) AS BIGINT) AS `p11`,
    CAST(COALESCE(SUM(`weight`), 0) AS BIGINT) AS `c12`,
    CAST(COALESCE(SUM(`weight`), 0) AS BIGINT) AS `p12`,
    CAST(COALESCE(SUM(`weight`), 0) AS BIGINT) AS `c13`,
    CAST(COALESCE(SUM(`weight`), 0) AS BIGINT) AS `p13`
  FROM `positions`
  GROUP BY
    `by_1`
), `counts_and_sums` AS (
  SELECT
    `by_1`,
    FALSE AS `of_groups`,
    `c1`,
    `p1`,
    `c2`,
    `p2`,
    `c3`,
    `p3`,
    `c4`,
    `p4`,
    `c5`,
    `p5`,
    `c6`,
    `p6`,
    `c7`,
    `p7`,
    `c8`,
    `p8`,
    `c9`,
    `p9`,
    `c10`,
    `p10`,
    `c11`,
    `p11`,
    `c12`,
    `p12`,
    `c13`,
    `p13`
  FROM `counts`
  UNION ALL
  SELECT
    NULL AS `by_1`,
    TRUE AS `of_groups`,
    CAST(COALESCE(SUM(`c1`), 0) AS BIGINT) AS `c1`,
    CAST(COALESCE(SUM(`p1`), 0) AS BIGINT) AS `p1`,
    CAST(COALESCE(SUM(`c2`), 0) AS BIGINT) AS `c2`,
    CAST(COALESCE(SUM(`p2`), 0) AS BIGINT) AS `p2`,
    CAST(COALESCE(SUM(`c3`), 0) AS BIGINT) AS `c3`,
    CAST(COALESCE(SUM(`p3`), 0) AS BIGINT) AS `p3`,
    CAST(COALESCE(SUM(`c4`), 0) AS BIGINT) AS `c4`,
    CAST(COALESCE(SUM(`p4`), 0) AS BIGINT) AS `p4`,
    CAST(COALESCE(SUM(`c5`), 0) AS BIGINT) AS `c5`,
    CAST(COALESCE(SUM(`p5`), 0) AS BIGINT) AS `p5`,
    CAST(COALESCE(SUM(`c6`), 0) AS BIGINT) AS `c6`,
    CAST(COALESCE(SUM(`p6`), 0) AS BIGINT) AS `p6`,
    CAST(COALESCE(SUM(`c7`), 0) AS BIGINT) AS `c7`,
    CAST(COALESCE(SUM(`p7`), 0) AS BIGINT) AS `p7`,
    CAST(COALESCE(SUM(`c8`), 0) AS BIGINT) AS `c8`,
    CAST(COALESCE(SUM(`p8`), 0) AS BIGINT) AS `p8`,
    CAST(COALESCE(SUM(`c9`), 0) AS BIGINT) AS `c9`,
    CAST(COALESCE(SUM(`p9`), 0) AS BIGINT) AS `p9`,
    CAST(COALESCE(SUM(`c10`), 0) AS BIGINT) AS `c10`,
    CAST(COALESCE(SUM(`p10`), 0) AS BIGINT) AS `p10`,
    CAST(COALESCE(SUM(`c11`), 0) AS BIGINT) AS `c11`,
    CAST(COALESCE(SUM(`p11`), 0) AS BIGINT) AS `p11`,
    CAST(COALESCE(SUM(`c12`), 0) AS BIGINT) AS `c12`,
    CAST(COALESCE(SUM(`p12`), 0) AS BIGINT) AS `p12`,
    CAST(COALESCE(SUM(`c13`), 0) AS BIGINT) AS `c13`,
    CAST(COALESCE(SUM(`p13`), 0) AS BIGINT) AS `p13`
  FROM `counts`
), `every_cell` AS (
  SELECT
    `by_1`,
    `of_groups`,
    `right_name`,
    `right_number`,
    `level_name`,
    `level_number`,
    `of_levels`,
    CASE `cell_number` WHEN 1 THEN `c1` WHEN 2 THEN `c2` WHEN 3 THEN `c3` WHEN 4 THEN `c4` WHEN 5 THEN `c5` WHEN 6 THEN `c6` WHEN 7 THEN `c7` WHEN 8 THEN `c8` WHEN 9 THEN `c9` WHEN 10 THEN `c10` WHEN 11 THEN `c11` WHEN 12 THEN `c12` WHEN 13 THEN `c13` ELSE 0 END AS `certain`,
    CASE `cell_number` WHEN 1 THEN `p1` WHEN 2 THEN `p2` WHEN 3 THEN `p3` WHEN 4 THEN `p4` WHEN 5 THEN `p5` WHEN 6 THEN `p6` WHEN 7 THEN `p7` WHEN 8 THEN `p8` WHEN 9 THEN `p9` WHEN 10 THEN `p10` WHEN 11 THEN `p11` WHEN 12 THEN `p12` WHEN 13 THEN `p13` ELSE 0 END AS `possible`
  FROM `counts_and_sums`
  CROSS JOIN VALUES
    (1, 'stay', 1, 'all levels', (
        -1
    ), TRUE),
    (2, 'stay', 1, 'none', 0, FALSE),
    (3, 'stay', 1, 'tolerated', 1, FALSE),
    (4, 'stay', 1, 'applicant', 2, FALSE),
    (5, 'stay', 1, 'temporary', 3, FALSE),
    (6, 'stay', 1, 'humanitarian', 4, FALSE),
    (7, 'stay', 1, 'protected', 5, FALSE),
    (8, 'stay', 1, 'long_term', 6, FALSE),
    (9, 'stay', 1, 'permanent', 7, FALSE),
    (10, 'stay', 1, 'citizen', 8, FALSE),
    (11, 'stay', 1, 'not known', 9, FALSE),
    (12, 'permit', 2, 'all levels', (
        -1
    ), TRUE),
    (13, 'permit', 2, '0 months', 0, FALSE) AS `listed`(`cell_number`, `right_name`, `right_number`, `level_name`, `level_number`, `of_levels`)
), `cells` AS (
  SELECT
    `by_1`,
    `of_groups`,
    `right_name`,
    `right_number`,
    `level_name`,
    `level_number`,
    `of_levels`,
    `certain`,
    `possible`
  FROM `every_cell`
  WHERE
    `possible` > 0
), `small` AS (
  SELECT
    *,
    `certain` BETWEEN 1 AND 9 OR `possible` BETWEEN 1 AND 9 AS `is_hidden`
  FROM `cells`
), `beside_1_1_seen` AS (
  SELECT
    *,
    SUM(CASE WHEN `is_hidden` AND `certain` > 0 THEN 1 ELSE 0 END) OVER (PARTITION BY `right_number`, `by_1`, `of_groups`) = 1 OR (
      SUM(CASE WHEN `is_hidden` AND `of_levels` THEN 1 ELSE 0 END) OVER (PARTITION BY `right_number`, `by_1`, `of_groups`) = 0 AND SUM(CASE WHEN `is_hidden` AND NOT `of_levels` THEN `certain` ELSE 0 END) OVER (PARTITION BY `right_number`, `by_1`, `of_groups`) BETWEEN 1 AND 9
    ) AS `is_open`,
    (
      NOT `is_hidden` AND `certain` > 0
    ) AND RANK() OVER (PARTITION BY `right_number`, `by_1`, `of_groups`, CASE WHEN NOT `is_hidden` AND `certain` > 0 THEN 1 ELSE 0 END ORDER BY CASE WHEN `of_levels` THEN 1 ELSE 0 END NULLS LAST, `certain` NULLS LAST) = 1 AS `is_next`
  FROM `small`
), `beside_1_1` AS (
  SELECT
    `by_1`,
    `of_groups`,
    `right_name`,
    `right_number`,
    `level_name`,
    `level_number`,
    `of_levels`,
    `certain`,
    `possible`,
    `is_hidden` OR (
      `is_open` AND `is_next`
    ) AS `is_hidden`
  FROM `beside_1_1_seen`
), `beside_1_2_seen` AS (
  SELECT
    *,
    SUM(CASE WHEN `is_hidden` AND `certain` > 0 THEN 1 ELSE 0 END) OVER (PARTITION BY `right_number`, `level_number`) = 1 OR (
      SUM(CASE WHEN `is_hidden` AND `of_groups` THEN 1 ELSE 0 END) OVER (PARTITION BY `right_number`, `level_number`) = 0 AND SUM(CASE WHEN `is_hidden` AND NOT `of_groups` THEN `certain` ELSE 0 END) OVER (PARTITION BY `right_number`, `level_number`) BETWEEN 1 AND 9
    ) AS `is_open`,
    (
      NOT `is_hidden` AND `certain` > 0
    ) AND RANK() OVER (PARTITION BY `right_number`, `level_number`, CASE WHEN NOT `is_hidden` AND `certain` > 0 THEN 1 ELSE 0 END ORDER BY CASE WHEN `of_groups` THEN 1 ELSE 0 END NULLS LAST, `certain` NULLS LAST) = 1 AS `is_next`
  FROM `beside_1_1`
), `beside_1_2` AS (
  SELECT
    `by_1`,
    `of_groups`,
    `right_name`,
    `right_number`,
    `level_name`,
    `level_number`,
    `of_levels`,
    `certain`,
    `possible`,
    `is_hidden` OR (
      `is_open` AND `is_next`
    ) AS `is_hidden`
  FROM `beside_1_2_seen`
), `beside_1_3_seen` AS (
  SELECT
    *,
    SUM(CASE WHEN `is_hidden` AND `possible` > 0 THEN 1 ELSE 0 END) OVER (PARTITION BY `right_number`, `level_number`) = 1 OR (
      SUM(CASE WHEN `is_hidden` AND `of_groups` THEN 1 ELSE 0 END) OVER (PARTITION BY `right_number`, `level_number`) = 0 AND SUM(CASE WHEN `is_hidden` AND NOT `of_groups` THEN `possible` ELSE 0 END) OVER (PARTITION BY `right_number`, `level_number`) BETWEEN 1 AND 9
    ) AS `is_open`,
    (
      NOT `is_hidden` AND `possible` > 0
    ) AND RANK() OVER (PARTITION BY `right_number`, `level_number`, CASE WHEN NOT `is_hidden` AND `possible` > 0 THEN 1 ELSE 0 END ORDER BY CASE WHEN `of_groups` THEN 1 ELSE 0 END NULLS LAST, `possible` NULLS LAST) = 1 AS `is_next`
  FROM `beside_1_2`
), `beside_1_3` AS (
  SELECT
    `by_1`,
    `of_groups`,
    `right_name`,
    `right_number`,
    `level_name`,
    `level_number`,
    `of_levels`,
    `certain`,
    `possible`,
    `is_hidden` OR (
      `is_open` AND `is_next`
    ) AS `is_hidden`
  FROM `beside_1_3_seen`
), `alike_1` AS (
  SELECT
    `by_1`,
    `of_groups`,
    `right_name`,
    `right_number`,
    `level_name`,
    `level_number`,
    `of_levels`,
    `certain`,
    `possible`,
    `is_hidden` OR (
      `of_levels` AND MAX(CASE WHEN `is_hidden` THEN 1 ELSE 0 END) OVER (PARTITION BY `by_1`, `of_groups`, `of_levels`) = 1
    ) AS `is_hidden`
  FROM `beside_1_3`
), `beside_2_1_seen` AS (
  SELECT
    *,
    SUM(CASE WHEN `is_hidden` AND `certain` > 0 THEN 1 ELSE 0 END) OVER (PARTITION BY `right_number`, `by_1`, `of_groups`) = 1 OR (
      SUM(CASE WHEN `is_hidden` AND `of_levels` THEN 1 ELSE 0 END) OVER (PARTITION BY `right_number`, `by_1`, `of_groups`) = 0 AND SUM(CASE WHEN `is_hidden` AND NOT `of_levels` THEN `certain` ELSE 0 END) OVER (PARTITION BY `right_number`, `by_1`, `of_groups`) BETWEEN 1 AND 9
    ) AS `is_open`,
    (
      NOT `is_hidden` AND `certain` > 0
    ) AND RANK() OVER (PARTITION BY `right_number`, `by_1`, `of_groups`, CASE WHEN NOT `is_hidden` AND `certain` > 0 THEN 1 ELSE 0 END ORDER BY CASE WHEN `of_levels` THEN 1 ELSE 0 END NULLS LAST, `certain` NULLS LAST) = 1 AS `is_next`
  FROM `alike_1`
), `beside_2_1` AS (
  SELECT
    `by_1`,
    `of_groups`,
    `right_name`,
    `right_number`,
    `level_name`,
    `level_number`,
    `of_levels`,
    `certain`,
    `possible`,
    `is_hidden` OR (
      `is_open` AND `is_next`
    ) AS `is_hidden`
  FROM `beside_2_1_seen`
), `beside_2_2_seen` AS (
  SELECT
    *,
    SUM(CASE WHEN `is_hidden` AND `certain` > 0 THEN 1 ELSE 0 END) OVER (PARTITION BY `right_number`, `level_number`) = 1 OR (
      SUM(CASE WHEN `is_hidden` AND `of_groups` THEN 1 ELSE 0 END) OVER (PARTITION BY `right_number`, `level_number`) = 0 AND SUM(CASE WHEN `is_hidden` AND NOT `of_groups` THEN `certain` ELSE 0 END) OVER (PARTITION BY `right_number`, `level_number`) BETWEEN 1 AND 9
    ) AS `is_open`,
    (
      NOT `is_hidden` AND `certain` > 0
    ) AND RANK() OVER (PARTITION BY `right_number`, `level_number`, CASE WHEN NOT `is_hidden` AND `certain` > 0 THEN 1 ELSE 0 END ORDER BY CASE WHEN `of_groups` THEN 1 ELSE 0 END NULLS LAST, `certain` NULLS LAST) = 1 AS `is_next`
  FROM `beside_2_1`
), `beside_2_2` AS (
  SELECT
    `by_1`,
    `of_groups`,
    `right_name`,
    `right_number`,
    `level_name`,
    `level_number`,
    `of_levels`,
    `certain`,
    `possible`,
    `is_hidden` OR (
      `is_open` AND `is_next`
    ) AS `is_hidden`
  FROM `beside_2_2_seen`
), `beside_2_3_seen` AS (
  SELECT
    *,
    SUM(CASE WHEN `is_hidden` AND `possible` > 0 THEN 1 ELSE 0 END) OVER (PARTITION BY `right_number`, `level_number`) = 1 OR (
      SUM(CASE WHEN `is_hidden` AND `of_groups` THEN 1 ELSE 0 END) OVER (PARTITION BY `right_number`, `level_number`) = 0 AND SUM(CASE WHEN `is_hidden` AND NOT `of_groups` THEN `possible` ELSE 0 END) OVER (PARTITION BY `right_number`, `level_number`) BETWEEN 1 AND 9
    ) AS `is_open`,
    (
      NOT `is_hidden` AND `possible` > 0
    ) AND RANK() OVER (PARTITION BY `right_number`, `level_number`, CASE WHEN NOT `is_hidden` AND `possible` > 0 THEN 1 ELSE 0 END ORDER BY CASE WHEN `of_groups` THEN 1 ELSE 0 END NULLS LAST, `possible` NULLS LAST) = 1 AS `is_next`
  FROM `beside_2_2`
), `beside_2_3` AS (
  SELECT
    `by_1`,
    `of_groups`,
    `right_name`,
    `right_number`,
    `level_name`,
    `level_number`,
    `of_levels`,
    `certain`,
    `possible`,
    `is_hidden` OR (
      `is_open` AND `is_next`
    ) AS `is_hidden`
  FROM `beside_2_3_seen`
), `alike_2` AS (
  SELECT
    `by_1`,
    `of_groups`,
    `right_name`,
    `right_number`,
    `level_name`,
    `level_number`,
    `of_levels`,
    `certain`,
    `possible`,
    `is_hidden` OR (
      `of_levels` AND MAX(CASE WHEN `is_hidden` THEN 1 ELSE 0 END) OVER (PARTITION BY `by_1`, `of_groups`, `of_levels`) = 1
    ) AS `is_hidden`
  FROM `beside_2_3`
), `left_open` AS (
  SELECT
    *,
    CASE WHEN (
      SUM(CASE WHEN `is_hidden` AND `certain` > 0 THEN 1 ELSE 0 END) OVER (PARTITION BY `right_number`, `by_1`, `of_groups`) = 1 OR (
        SUM(CASE WHEN `is_hidden` AND `of_levels` THEN 1 ELSE 0 END) OVER (PARTITION BY `right_number`, `by_1`, `of_groups`) = 0 AND SUM(CASE WHEN `is_hidden` AND NOT `of_levels` THEN `certain` ELSE 0 END) OVER (PARTITION BY `right_number`, `by_1`, `of_groups`) BETWEEN 1 AND 9
      )
    ) OR (
      SUM(CASE WHEN `is_hidden` AND `certain` > 0 THEN 1 ELSE 0 END) OVER (PARTITION BY `right_number`, `level_number`) = 1 OR (
        SUM(CASE WHEN `is_hidden` AND `of_groups` THEN 1 ELSE 0 END) OVER (PARTITION BY `right_number`, `level_number`) = 0 AND SUM(CASE WHEN `is_hidden` AND NOT `of_groups` THEN `certain` ELSE 0 END) OVER (PARTITION BY `right_number`, `level_number`) BETWEEN 1 AND 9
      )
    ) OR (
      SUM(CASE WHEN `is_hidden` AND `possible` > 0 THEN 1 ELSE 0 END) OVER (PARTITION BY `right_number`, `level_number`) = 1 OR (
        SUM(CASE WHEN `is_hidden` AND `of_groups` THEN 1 ELSE 0 END) OVER (PARTITION BY `right_number`, `level_number`) = 0 AND SUM(CASE WHEN `is_hidden` AND NOT `of_groups` THEN `possible` ELSE 0 END) OVER (PARTITION BY `right_number`, `level_number`) BETWEEN 1 AND 9
      )
    ) THEN 1 ELSE 0 END AS `is_open`
  FROM `alike_2`
), `hidden` AS (
  SELECT
    `by_1`,
    `of_groups`,
    `right_name`,
    `right_number`,
    `level_name`,
    `level_number`,
    `of_levels`,
    `certain`,
    `possible`,
    `is_hidden` OR (
      MAX(`is_open`) OVER (PARTITION BY `right_number`) = 1 AND NOT `of_levels`
    ) AS `is_hidden`
  FROM `left_open`
)
SELECT
  `right_name` AS `right`,
  `by_1` AS `host`,
  `level_name` AS `level`,
  CASE WHEN NOT `is_hidden` THEN `certain` ELSE NULL END AS `certain`,
  CASE WHEN NOT `is_hidden` THEN `possible` ELSE NULL END AS `possible`,
  `is_hidden` AS `suppressed`,
  CASE WHEN `of_groups` AND `of_levels` THEN 'all' WHEN `of_groups` THEN 'groups' WHEN `of_levels` THEN 'levels' ELSE 'none' END AS `total`
FROM `hidden`
ORDER BY
  `right_number`,
  `of_groups`,
  `level_number`
