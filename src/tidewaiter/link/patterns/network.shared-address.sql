-- code: network.shared-address
-- reads: items.consignee_address, items.consignee_entity
-- Addresses of many parties that are no known shared place; how rare so many are among all addresses (empirical tail, in bits).
WITH used AS (
  SELECT consignee_address AS subject, consignee_entity AS party, item, coalesce(consignee_address_class, '') AS class
  FROM mail WHERE consignee_address IS NOT NULL AND consignee_entity IS NOT NULL AND t > $to_t - $window_days
), seen AS (
  SELECT subject, min(party) AS a, max(party) AS z, count(*) AS n,
         max(CASE WHEN class IN ('locker', 'pick-up', 'po-box', 'forwarder', 'dormitory', 'institution') THEN 1 ELSE 0 END) AS shared
  FROM used GROUP BY subject
), every AS (SELECT count(*) AS n FROM seen WHERE shared = 0),
several AS (
  SELECT u.subject, count(DISTINCT u.party) AS parties
  FROM used u JOIN seen s ON s.subject = u.subject AND s.a <> s.z AND s.n >= $n_least AND s.shared = 0
  GROUP BY u.subject HAVING count(DISTINCT u.party) >= $n_least
), rank AS (
  SELECT parties, sum(count(*)) OVER (ORDER BY parties DESC) AS at_least FROM several GROUP BY parties
), firing AS (
  SELECT s.*, r.at_least, e.n AS of_addresses, -ln(CAST(r.at_least AS DOUBLE) / e.n) / ln(2) AS bits
  FROM several s JOIN rank r ON r.parties = s.parties CROSS JOIN every e
  WHERE s.parties <= $degree_most AND s.subject NOT IN (SELECT key FROM allowed WHERE kind = 'address-key')
)
SELECT 'address' AS role, f.subject, array_agg(u.item ORDER BY u.item) AS items, f.bits, f.parties, f.at_least AS addresses_like_it, f.of_addresses
FROM firing f JOIN used u ON u.subject = f.subject
WHERE f.bits >= $bits_least
GROUP BY f.subject, f.bits, f.parties, f.at_least, f.of_addresses
