-- code: network.shared-contact
-- reads: items.consignee_phone, items.consignee_entity
-- Phones and e-mails declared for several parties; how rare so many are among all contacts (empirical tail, in bits) and a cap on degree.
WITH used AS (
  SELECT 'phone' AS role, consignee_phone AS subject, consignee_entity AS party, item, t FROM mail WHERE consignee_phone IS NOT NULL
  UNION ALL SELECT 'phone', consignor_phone, consignor_entity, item, t FROM mail WHERE consignor_phone IS NOT NULL
  UNION ALL SELECT 'email', consignee_email, consignee_entity, item, t FROM mail WHERE consignee_email IS NOT NULL
  UNION ALL SELECT 'email', consignor_email, consignor_entity, item, t FROM mail WHERE consignor_email IS NOT NULL
), seen AS (
  SELECT role, subject, min(party) AS a, max(party) AS z FROM used WHERE t > $to_t - $window_days AND party IS NOT NULL GROUP BY role, subject
), every AS (SELECT role, count(*) AS n FROM seen GROUP BY role),
several AS (
  SELECT u.role, u.subject, count(DISTINCT u.party) AS parties, count(DISTINCT u.item) AS n_items
  FROM used u JOIN seen s ON s.role = u.role AND s.subject = u.subject AND s.a <> s.z
  WHERE u.t > $to_t - $window_days AND u.party IS NOT NULL
  GROUP BY u.role, u.subject
), rank AS (
  SELECT s.role, s.parties, sum(count(*)) OVER (PARTITION BY s.role ORDER BY s.parties DESC) AS at_least FROM several s GROUP BY s.role, s.parties
), firing AS (
  SELECT s.*, r.at_least, e.n AS of_contacts, -ln(CAST(r.at_least AS DOUBLE) / e.n) / ln(2) AS bits
  FROM several s JOIN rank r ON r.role = s.role AND r.parties = s.parties JOIN every e ON e.role = s.role
  WHERE s.parties >= $n_least AND s.parties <= $degree_most
    AND s.subject NOT IN (SELECT key FROM allowed WHERE kind IN ('phone-key', 'email-key'))
)
SELECT f.role, f.subject, array_agg(DISTINCT u.item ORDER BY u.item) AS items, f.bits, f.parties, f.at_least AS contacts_like_it, f.of_contacts
FROM firing f JOIN used u ON u.role = f.role AND u.subject = f.subject AND u.t > $to_t - $window_days
WHERE f.bits >= $bits_least
GROUP BY f.role, f.subject, f.bits, f.parties, f.at_least, f.of_contacts
