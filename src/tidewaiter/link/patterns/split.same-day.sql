-- code: split.same-day
-- reads: items.consignor_entity, items.consignee_entity, items.posted_at, items.value_eur, items.destination, items.office
-- uses: senders
-- Items of one pair within a day that pass a threshold together and not alone, from one office or with neighbouring serials.
WITH lots AS (
  SELECT m.consignor_entity AS consignor, m.consignee_entity AS consignee, m.destination, m.item, m.t, m.office, m.value_eur, m.serial, x.name, x.limit_eur, p.n AS n_all
  FROM pairs p
  JOIN mail m ON m.consignor_entity = p.consignor AND m.consignee_entity = p.consignee
  JOIN limits x ON x.destination = m.destination
  WHERE p.n >= $n_least AND p.value_eur > (SELECT min(limit_eur) FROM limits) AND (p.n > 2 OR p.last_t - p.first_t <= $window_hours / 24.0) AND m.value_eur > 0 AND m.value_eur < x.limit_eur
), run AS (
  SELECT *, count(*) OVER w AS n, sum(value_eur) OVER w AS total, min(office) OVER w AS office_a, max(office) OVER w AS office_z,
         min(serial) OVER w AS serial_a, max(serial) OVER w AS serial_z
  FROM lots
  WINDOW w AS (PARTITION BY consignor, consignee, destination, name ORDER BY t RANGE BETWEEN $window_hours / 24.0 PRECEDING AND CURRENT ROW)
), best AS (
  SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY consignor, consignee ORDER BY n DESC, total / limit_eur DESC, t, name) AS place FROM run
    WHERE n >= $n_least AND total > limit_eur AND total >= $share_of_limit_least * n * limit_eur
      AND (office_a = office_z OR serial_z - serial_a <= $serials_within)
  ) ranked WHERE place = 1
)
SELECT 'consignee' AS role, b.consignee AS subject, array_agg(r.item ORDER BY r.t, r.item) AS items, ln(b.n - 1.0) / ln(2) AS bits,
       CASE WHEN max(s.degree) > $large_sender THEN $damped_share ELSE 1.0 END AS damp,
       b.name AS threshold, round(b.limit_eur, 2) AS limit_eur, round(sum(r.value_eur), 2) AS sum_eur, count(*) AS n,
       max(b.serial_z - b.serial_a) AS serial_gap, CASE WHEN max(b.office_a) = max(b.office_z) THEN max(b.office_a) END AS office
FROM best b
JOIN run r ON r.consignor = b.consignor AND r.consignee = b.consignee AND r.name = b.name AND r.destination = b.destination AND r.t BETWEEN b.t - $window_hours / 24.0 AND b.t
LEFT JOIN senders s ON s.consignor = b.consignor
GROUP BY b.consignor, b.consignee, b.name, b.limit_eur, b.n
