-- code: behaviour.after-hold
-- reads: decisions.decision, items.consignor_entity, items.consignee_entity
-- uses: senders
WITH held AS (
  SELECT d.item, d.at, epoch(d.at) / 86400.0 AS held_t, m.consignor_entity, m.consignee_entity, m.consignee_phone
  FROM decisions d JOIN mail m ON m.item = d.item WHERE d.decision = 'hold'
), later AS (
  SELECT h.item AS held_item, h.held_t, m.item, m.t, m.consignee_entity, m.consignor_entity, 'consignee' AS via
  FROM held h JOIN mail m ON m.consignee_entity = h.consignee_entity
  WHERE m.t > h.held_t AND m.t <= h.held_t + $window_days AND m.consignor_entity <> h.consignor_entity
  UNION ALL
  SELECT h.item, h.held_t, m.item, m.t, m.consignee_entity, m.consignor_entity, 'phone'
  FROM held h JOIN mail m ON m.consignee_phone = h.consignee_phone
  WHERE m.t > h.held_t AND m.t <= h.held_t + $window_days AND m.consignor_entity <> h.consignor_entity AND m.consignee_entity <> h.consignee_entity
)
SELECT 'consignee' AS role, l.consignee_entity AS subject, array_agg(l.item ORDER BY l.item) AS items, power(0.5, (min(l.t) - min(l.held_t)) / $half_life_days) AS damp,
       l.held_item AS after_item, min(l.via) AS via, round(min(l.t) - min(l.held_t), 1) AS days_after, count(DISTINCT l.consignor_entity) AS new_consignors
FROM later l
JOIN senders s ON s.consignor = l.consignor_entity AND s.degree <= 3
JOIN receivers r ON r.consignee = l.consignee_entity AND r.degree <= $held_most
GROUP BY l.consignee_entity, l.held_item
