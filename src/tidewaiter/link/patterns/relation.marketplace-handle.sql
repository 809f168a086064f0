-- code: relation.marketplace-handle
-- reads: items.consignor_handle, items.consignor_entity
WITH used AS (
  SELECT 'handle' AS role, consignor_handle AS subject, consignor_entity AS party, item FROM mail WHERE consignor_handle IS NOT NULL AND t > $to_t - $window_days
  UNION ALL
  SELECT 'email', consignor_email, consignor_entity, item FROM mail WHERE consignor_email IS NOT NULL AND t > $to_t - $window_days
), seen AS (SELECT role, subject, min(party) AS a, max(party) AS z FROM used GROUP BY role, subject),
every AS (SELECT role, count(*) AS n FROM seen GROUP BY role),
several AS (
  SELECT u.role, u.subject, count(DISTINCT u.party) AS parties, array_agg(DISTINCT u.item ORDER BY u.item) AS items
  FROM used u JOIN seen s ON s.role = u.role AND s.subject = u.subject AND s.a <> s.z GROUP BY u.role, u.subject
), rank AS (SELECT role, parties, sum(count(*)) OVER (PARTITION BY role ORDER BY parties DESC) AS at_least FROM several GROUP BY role, parties)
SELECT s.role, s.subject, s.items, s.parties AS consignors, r.at_least AS accounts_like_it, e.n AS of_accounts,
       -ln(CAST(r.at_least AS DOUBLE) / e.n) / ln(2) AS bits
FROM several s JOIN rank r ON r.role = s.role AND r.parties = s.parties JOIN every e ON e.role = s.role
WHERE s.parties BETWEEN $n_least AND $degree_most AND -ln(CAST(r.at_least AS DOUBLE) / e.n) / ln(2) >= $bits_least
  AND s.subject NOT IN (SELECT key FROM allowed WHERE kind IN ('handle-key', 'email-key'))
