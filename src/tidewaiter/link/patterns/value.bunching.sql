-- code: value.bunching
-- reads: items.consignor_entity, items.value_eur, items.destination
-- uses: senders
-- Binomial tail of the share just below a threshold against that of all mail under the same threshold (Chernoff's bound, in bits).
WITH below AS (
  SELECT m.consignor_entity AS consignor, l.name, l.limit_eur, m.item,
         CASE WHEN m.value_eur >= $band_from * l.limit_eur AND m.value_eur < l.limit_eur THEN 1 ELSE 0 END AS near
  FROM mail m JOIN limits l ON l.destination = m.destination
  WHERE m.value_eur > 0
), usual AS (
  SELECT name, (sum(near) + 1.0) / (count(*) + 2.0) AS q FROM below GROUP BY name
), of_sender AS (
  SELECT b.consignor, b.name, max(b.limit_eur) AS limit_eur, count(*) AS n, sum(b.near) AS k
  FROM below b JOIN senders s ON s.consignor = b.consignor AND s.n >= $n_least
  GROUP BY b.consignor, b.name
  HAVING count(*) >= $n_least AND sum(b.near) >= $share_least * count(*)
), tail AS (
  SELECT o.*, u.q, CAST(o.k AS DOUBLE) / o.n AS p,
         (o.k * ln(CAST(o.k AS DOUBLE) / o.n / u.q)
          + (o.n - o.k) * ln(greatest(1.0 - CAST(o.k AS DOUBLE) / o.n, 1e-9) / (1 - u.q))) / ln(2) AS bits
  FROM of_sender o JOIN usual u ON u.name = o.name WHERE CAST(o.k AS DOUBLE) / o.n > u.q
)
SELECT 'consignor' AS role, t.consignor AS subject, array_agg(b.item ORDER BY b.item) AS items, max(t.bits) AS bits,
       t.name AS threshold, max(t.limit_eur) AS limit_eur, max(t.n) AS n, max(t.k) AS just_below, round(max(t.q), 4) AS usual_share
FROM tail t JOIN below b ON b.consignor = t.consignor AND b.name = t.name AND b.near = 1
WHERE t.bits >= $bits_least
GROUP BY t.consignor, t.name
