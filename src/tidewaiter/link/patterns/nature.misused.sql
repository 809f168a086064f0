-- code: nature.misused
-- reads: items.nature, items.value_eur, items.consignor_entity
-- uses: senders
-- Gifts of someone who sends like a trader, or of too many equal pieces; in the weeks of gifts twice as much is usual. Returns of what never came.
WITH gifts AS (
  SELECT m.item, m.consignor_entity, m.consignee_entity, m.value_eur, m.t, CASE WHEN c.kind IS NULL THEN 1.0 ELSE $holiday_factor END AS factor
  FROM mail m LEFT JOIN season c ON c.day = m.posted_on AND c.kind = 'gifts' WHERE m.nature = 'gift'
), pieces AS (
  SELECT l.item, max(l.quantity) AS pieces FROM gifts g JOIN lines l ON l.item = g.item GROUP BY l.item
), busy AS (
  SELECT g.item, count(*) OVER (PARTITION BY g.consignor_entity ORDER BY g.t RANGE BETWEEN $window_days PRECEDING AND CURRENT ROW) AS n
  FROM gifts g JOIN senders s ON s.consignor = g.consignor_entity AND s.n >= $items_least
)
SELECT 'consignor' AS role, g.consignor_entity AS subject, g.item, 'gift' AS nature, round(g.value_eur, 2) AS value_eur, p.pieces, b.n AS gifts_in_window
FROM gifts g LEFT JOIN pieces p ON p.item = g.item LEFT JOIN busy b ON b.item = g.item
WHERE b.n >= $items_least * g.factor OR p.pieces > $gift_quantity * g.factor
UNION ALL
SELECT 'consignor', m.consignor_entity, m.item, 'return', round(m.value_eur, 2), NULL, NULL
FROM mail m
LEFT JOIN pairs p ON p.consignor = m.consignee_entity AND p.consignee = m.consignor_entity AND p.first_t < m.t
WHERE m.nature = 'return' AND p.consignor IS NULL AND m.t > $from_t + 60 AND m.consignor_entity IN (SELECT consignee FROM receivers)
