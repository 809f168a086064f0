-- code: split.consignee
-- reads: items.consignee_entity, items.posted_at, items.destination, lines.hs4, lines.value_eur
-- uses: senders, goods
-- Several lots of one heading to one consignee within days, each below a threshold, together above it. How unusual: Poisson
-- tail (Chernoff's bound, in bits) against the consignee's own rate for the heading at other times, with a prior.
WITH often AS (
  SELECT consignee, heading FROM goods WHERE consignee IS NOT NULL AND value_eur > 0
  GROUP BY consignee, heading
  HAVING count(*) >= $n_least AND sum(value_eur) > (SELECT min(limit_eur) FROM limits)
), candidates AS (
  SELECT g.consignee, g.heading, g.item, g.t, g.consignor, sum(g.value_eur) AS value_eur
  FROM often o JOIN goods g ON g.consignee = o.consignee AND g.heading = o.heading
  WHERE g.value_eur > 0
  GROUP BY g.consignee, g.heading, g.item, g.t, g.consignor
), lots AS (
  SELECT c.*, m.destination, lpad(CAST(c.heading AS VARCHAR), 4, '0') AS hs4, x.name, x.limit_eur
  FROM candidates c JOIN mail m ON m.item = c.item JOIN limits x ON x.destination = m.destination
), run AS (
  SELECT *, count(*) OVER w AS n, sum(value_eur) OVER w AS total,
         count(*) OVER (PARTITION BY consignee, hs4, destination, name) AS n_all
  FROM lots WHERE value_eur < limit_eur
  WINDOW w AS (PARTITION BY consignee, hs4, destination, name ORDER BY t RANGE BETWEEN $window_days PRECEDING AND CURRENT ROW)
), unusual AS (
  SELECT *, (n * ln(n / ((n_all - n + $prior_items) / ($span_days + $prior_days) * $window_days)) - n
             + (n_all - n + $prior_items) / ($span_days + $prior_days) * $window_days) / ln(2) AS bits
  FROM run
  WHERE n >= $n_least AND total > limit_eur AND total >= $share_of_limit_least * n * limit_eur
    AND n > (n_all - n + $prior_items) / ($span_days + $prior_days) * $window_days
), best AS (
  SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY consignee, hs4 ORDER BY bits DESC, total / limit_eur DESC, t, name) AS place FROM unusual
  ) ranked WHERE place = 1 AND bits >= $bits_least
)
SELECT 'consignee' AS role, b.consignee AS subject, array_agg(r.item ORDER BY r.t, r.item) AS items, b.bits,
       CASE WHEN min(s.degree) > $large_sender THEN $damped_share ELSE 1.0 END AS damp,
       b.hs4, b.name AS threshold, round(b.limit_eur, 2) AS limit_eur, round(sum(r.value_eur), 2) AS sum_eur, count(*) AS n,
       count(DISTINCT r.consignor) AS consignors, round(max(r.t) - min(r.t), 2) AS days, b.n_all AS of_heading_in_all
FROM best b
JOIN run r ON r.consignee = b.consignee AND r.hs4 = b.hs4 AND r.name = b.name AND r.destination = b.destination AND r.t BETWEEN b.t - $window_days AND b.t
LEFT JOIN senders s ON s.consignor = r.consignor
GROUP BY b.consignee, b.hs4, b.name, b.limit_eur, b.bits, b.n_all
