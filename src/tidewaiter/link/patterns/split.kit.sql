-- code: split.kit
-- reads: items.consignee_entity, items.posted_at, lines.concepts
-- Parts of one recipe that reach one consignee, or one address that is no shared place, within months.
WITH named AS (
  SELECT m.item, m.t, m.consignee_entity, m.consignee_address, coalesce(m.consignee_address_class, '') AS class, k.kit, k.part
  FROM lines l
  JOIN kit_parts k ON k.concept <> '' AND concat(' ', l.concepts, ' ') LIKE concat('% ', k.concept, ' %')
  JOIN mail m ON m.item = l.item
  WHERE l.concepts IS NOT NULL AND l.concepts <> ''
), whom AS (
  SELECT 'consignee' AS role, consignee_entity AS subject, item, t, kit, part FROM named WHERE consignee_entity IS NOT NULL
  UNION ALL
  SELECT 'address', consignee_address, item, t, kit, part FROM named
  WHERE consignee_address IS NOT NULL AND class NOT IN ('locker', 'pick-up', 'po-box', 'forwarder', 'dormitory')
    AND consignee_address NOT IN (SELECT key FROM allowed WHERE kind = 'address-key')
), many AS (
  SELECT role, subject, kit FROM whom GROUP BY role, subject, kit
  HAVING count(DISTINCT part) >= 2 AND count(DISTINCT item) >= $items_least
), by_heading AS (  -- headings count only for those who already have two parts by concept
  SELECT w.role, w.subject, m.item, m.t, k.kit, k.part
  FROM many w
  JOIN mail m ON (w.role = 'consignee' AND m.consignee_entity = w.subject)
  JOIN lines l ON l.item = m.item
  JOIN kit_parts k ON k.kit = w.kit AND k.hs4 <> '' AND k.hs4 = l.hs4
), all_parts AS (
  SELECT DISTINCT w.role, w.subject, w.kit, w.part, w.item, w.t FROM whom w
  JOIN many c ON c.role = w.role AND c.subject = w.subject AND c.kit = w.kit
  UNION
  SELECT role, subject, kit, part, item, t FROM by_heading
), windows AS (
  SELECT a.role, a.subject, a.kit, a.t AS until_t, count(DISTINCT b.part) AS parts, count(DISTINCT b.item) AS n
  FROM (SELECT DISTINCT role, subject, kit, t FROM all_parts) a
  JOIN all_parts b ON b.role = a.role AND b.subject = a.subject AND b.kit = a.kit AND b.t BETWEEN a.t - $window_days AND a.t
  GROUP BY a.role, a.subject, a.kit, a.t
), best AS (
  SELECT * FROM (
    SELECT *, row_number() OVER (PARTITION BY role, subject, kit ORDER BY parts DESC, until_t) AS place FROM windows
    WHERE parts >= $parts_least AND n >= $items_least
  ) ranked WHERE place = 1
)
SELECT b.role, b.subject, array_agg(DISTINCT p.item ORDER BY p.item) AS items,
       b.kit, b.parts, string_agg(DISTINCT p.part, ', ' ORDER BY p.part) AS which, round(max(p.t) - min(p.t), 1) AS days
FROM best b
JOIN all_parts p ON p.role = b.role AND p.subject = b.subject AND p.kit = b.kit AND p.t BETWEEN b.until_t - $window_days AND b.until_t
GROUP BY b.role, b.subject, b.kit, b.parts
