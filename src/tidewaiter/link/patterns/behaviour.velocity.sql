-- code: behaviour.velocity
-- reads: items.consignor_entity, items.posted_at
-- uses: senders
-- A week against the consignor's own weeks before, set off by the rise of all mail in the same week; Poisson tail in bits.
WITH weeks AS (
  SELECT m.consignor_entity AS consignor, floor((m.t - $from_t) / $window_days) AS week_no, count(*) AS n
  FROM mail m JOIN senders s ON s.consignor = m.consignor_entity AND s.n >= $n_least
  GROUP BY m.consignor_entity, floor((m.t - $from_t) / $window_days)
), all_mail AS (
  SELECT week_no, sum(n) AS n, avg(sum(n)) OVER (ORDER BY week_no RANGE BETWEEN $weeks_before PRECEDING AND 1 PRECEDING) AS before FROM weeks GROUP BY week_no
), run AS (
  SELECT w.consignor, w.week_no, w.n,
         coalesce(sum(w.n) OVER (PARTITION BY w.consignor ORDER BY w.week_no RANGE BETWEEN $weeks_before PRECEDING AND 1 PRECEDING), 0) AS before,
         least(w.week_no, $weeks_before) AS weeks_known
  FROM weeks w
), tail AS (
  SELECT r.*, (r.before + 1.0) / (r.weeks_known + 1.0) * greatest(1.0, a.n / a.before) AS expected
  FROM run r JOIN all_mail a ON a.week_no = r.week_no
  WHERE r.n >= $n_least AND r.weeks_known >= 4 AND a.before > 0
), firing AS (
  SELECT *, (n * ln(n / expected) - n + expected) / ln(2) AS bits FROM tail
  WHERE n > $ratio_least * before / weeks_known AND n > expected
)
SELECT 'consignor' AS role, f.consignor AS subject, array_agg(m.item ORDER BY m.item) AS items, f.bits, f.n, f.before AS in_weeks_before, f.weeks_known,
       round(f.expected, 2) AS expected
FROM firing f JOIN mail m ON m.consignor_entity = f.consignor AND floor((m.t - $from_t) / $window_days) = f.week_no
WHERE f.bits >= $bits_least
GROUP BY f.consignor, f.week_no, f.bits, f.n, f.before, f.weeks_known, f.expected
