-- code: network.one-to-many
-- reads: items.consignor_entity, items.consignee_entity, items.consignee_city, lines.wording
-- uses: senders
-- One consignor who is no shop, alike wording, several consignees in one city within a month; binomial tail against the city's share.
WITH total AS (SELECT count(*) AS n FROM mail WHERE consignee_city IS NOT NULL),
cities AS (
  SELECT consignee_city AS city, count(*) * 1.0 / max(total.n) AS q FROM mail, total WHERE consignee_city IS NOT NULL GROUP BY consignee_city
), enough AS (
  SELECT m.consignor_entity AS consignor, m.consignee_city AS city, l.wording, s.degree
  FROM senders s
  JOIN mail m ON m.consignor_entity = s.consignor
  JOIN lines l ON l.item = m.item
  WHERE s.degree >= $n_least AND s.degree < $shop_from AND l.wording IS NOT NULL AND m.consignee_city IS NOT NULL
  GROUP BY m.consignor_entity, m.consignee_city, l.wording, s.degree
  HAVING count(*) >= $n_least
), alike AS (
  SELECT m.consignor_entity AS consignor, m.consignee_city AS city, l.wording, floor(m.t / $window_days) AS month_no, s.degree,
         count(DISTINCT m.consignee_entity) AS k, array_agg(DISTINCT m.item ORDER BY m.item) AS items
  FROM enough s
  JOIN mail m ON m.consignor_entity = s.consignor AND m.consignee_city = s.city
  JOIN lines l ON l.item = m.item AND l.wording = s.wording
  GROUP BY m.consignor_entity, m.consignee_city, l.wording, floor(m.t / $window_days), s.degree
  HAVING count(DISTINCT m.consignee_entity) >= $n_least
)
SELECT 'consignor' AS role, a.consignor AS subject, a.items, a.city, a.k AS consignees, a.degree AS of_consignees, round(c.q, 6) AS share_of_city,
       (a.k * ln(CAST(a.k AS DOUBLE) / a.degree / c.q)
        + (a.degree - a.k) * ln(greatest(1.0 - CAST(a.k AS DOUBLE) / a.degree, 1e-9) / (1 - c.q))) / ln(2) AS bits
FROM alike a JOIN cities c ON c.city = a.city
WHERE CAST(a.k AS DOUBLE) / a.degree > c.q
  AND (a.k * ln(CAST(a.k AS DOUBLE) / a.degree / c.q)
       + (a.degree - a.k) * ln(greatest(1.0 - CAST(a.k AS DOUBLE) / a.degree, 1e-9) / (1 - c.q))) / ln(2) >= $bits_least
