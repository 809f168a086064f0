-- code: network.many-to-one
-- reads: items.consignor_entity, items.consignee_entity, items.posted_at
-- uses: senders
-- Small consignors who first send to one consignee, address or phone within two weeks; Poisson tail against the usual rate of such
-- first contacts, with the place's own rate at other times. Shared places are left out.
WITH small AS (
  SELECT m.item, m.t, m.consignor_entity AS consignor, m.consignee_entity, m.consignee_address, m.consignee_phone,
         coalesce(m.consignee_address_class, '') AS class
  FROM mail m JOIN senders s ON s.consignor = m.consignor_entity AND s.degree <= $small_sender
), shared AS (
  SELECT DISTINCT consignee_address AS address FROM mail
  WHERE consignee_address_class IN ('locker', 'pick-up', 'po-box', 'forwarder', 'dormitory')
), contacts AS (
  SELECT 'consignee' AS role, consignee_entity AS subject, consignor, min(t) AS t FROM small
  WHERE consignee_entity IS NOT NULL GROUP BY consignee_entity, consignor
  UNION ALL
  SELECT 'address', consignee_address, consignor, min(t) FROM small
  WHERE consignee_address IS NOT NULL AND consignee_address NOT IN (SELECT address FROM shared)
    AND consignee_address NOT IN (SELECT key FROM allowed WHERE kind = 'address-key')
  GROUP BY consignee_address, consignor
  UNION ALL
  SELECT 'phone', consignee_phone, consignor, min(t) FROM small
  WHERE consignee_phone IS NOT NULL AND consignee_phone NOT IN (SELECT key FROM allowed WHERE kind = 'phone-key')
  GROUP BY consignee_phone, consignor
), totals AS (
  SELECT role, subject, count(*) AS n_all FROM contacts GROUP BY role, subject
), usual AS (
  SELECT role, sum(n_all) / (count(*) * $span_days) AS rate FROM totals GROUP BY role
), run AS (
  SELECT c.role, c.subject, c.t, a.n_all, u.rate,
         count(*) OVER (PARTITION BY c.role, c.subject ORDER BY c.t RANGE BETWEEN $window_days PRECEDING AND CURRENT ROW) AS n
  FROM contacts c
  JOIN totals a ON a.role = c.role AND a.subject = c.subject AND a.n_all BETWEEN $n_least AND $degree_most
  JOIN usual u ON u.role = c.role
), unusual AS (
  SELECT *, (n_all - n + 1) / ($span_days + 1 / rate) * $window_days AS expected FROM run WHERE n >= $n_least
), best AS (
  SELECT * FROM (
    SELECT *, (n * ln(n / expected) - n + expected) / ln(2) AS bits,
           row_number() OVER (PARTITION BY role, subject ORDER BY n DESC, t) AS place
    FROM unusual WHERE n > expected
  ) ranked WHERE place = 1 AND bits >= $bits_least
), keyed AS (
  SELECT b.role, b.subject, b.t AS until_t, b.bits, b.n, b.n_all, b.expected, s.item, s.consignor, s.t
  FROM best b JOIN small s ON b.role = 'consignee' AND s.consignee_entity = b.subject AND s.t BETWEEN b.t - $window_days AND b.t
  UNION ALL
  SELECT b.role, b.subject, b.t, b.bits, b.n, b.n_all, b.expected, s.item, s.consignor, s.t
  FROM best b JOIN small s ON b.role = 'address' AND s.consignee_address = b.subject AND s.t BETWEEN b.t - $window_days AND b.t
  UNION ALL
  SELECT b.role, b.subject, b.t, b.bits, b.n, b.n_all, b.expected, s.item, s.consignor, s.t
  FROM best b JOIN small s ON b.role = 'phone' AND s.consignee_phone = b.subject AND s.t BETWEEN b.t - $window_days AND b.t
)
SELECT role, subject, array_agg(item ORDER BY t, item) AS items, max(bits) AS bits, max(n) AS consignors, max(n_all) AS small_consignors_in_all,
       round(max(expected), 3) AS expected, round(max(t) - min(t), 1) AS days
FROM keyed GROUP BY role, subject
