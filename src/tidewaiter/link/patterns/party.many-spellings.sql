-- code: party.many-spellings
-- reads: items.consignor_entity, items.consignor_name, items.posted_at
-- One consignor in several folded name forms within a month; binomial tail of the unusual forms against their share in all mail.
WITH varied AS (
  SELECT consignor_entity AS party, floor(t / $window_days) AS month_no FROM mail
  WHERE consignor_entity IS NOT NULL AND consignor_name IS NOT NULL
  GROUP BY consignor_entity, floor(t / $window_days) HAVING min(consignor_name) <> max(consignor_name)
), forms AS (
  SELECT m.consignor_entity AS party, floor(m.t / $window_days) AS month_no, m.consignor_name, count(*) AS n, array_agg(m.item ORDER BY m.item) AS items
  FROM mail m JOIN varied v ON v.party = m.consignor_entity AND v.month_no = floor(m.t / $window_days)
  WHERE m.consignor_name IS NOT NULL
  GROUP BY m.consignor_entity, floor(m.t / $window_days), m.consignor_name
), parties AS (
  SELECT party, month_no, count(*) AS forms, sum(n) AS n, sum(n) - max(n) AS k FROM forms GROUP BY party, month_no
), usual AS (
  SELECT sum(k) * 1.0 / (SELECT count(*) FROM mail WHERE consignor_name IS NOT NULL) AS q FROM parties
), tail AS (
  SELECT p.*, u.q, (p.k * ln(CAST(p.k AS DOUBLE) / p.n / u.q)
         + (p.n - p.k) * ln(greatest(1.0 - CAST(p.k AS DOUBLE) / p.n, 1e-9) / (1 - u.q))) / ln(2) AS bits
  FROM parties p CROSS JOIN usual u WHERE p.forms >= $forms_least AND CAST(p.k AS DOUBLE) / p.n > u.q AND u.q > 0 AND u.q < 1
)
SELECT 'consignor' AS role, t.party AS subject, array_agg(m.item ORDER BY m.item) AS items, t.bits, t.forms, t.n, round(t.q, 4) AS usual_share
FROM tail t JOIN mail m ON m.consignor_entity = t.party AND floor(m.t / $window_days) = t.month_no
WHERE t.bits >= $bits_least
GROUP BY t.party, t.month_no, t.bits, t.forms, t.n, t.q
