-- code: relation.circular-flow
-- reads: items.consignor_entity, items.consignee_entity, items.destination, lines.hs4
-- uses: senders
WITH onward AS (
  SELECT m.consignor_entity AS middle, m.consignee_entity AS last, m.item, m.t, m.destination, l.hs4
  FROM mail m
  JOIN senders s ON s.consignor = m.consignor_entity AND s.degree <= $degree_most
  JOIN receivers r ON r.consignee = m.consignor_entity
  JOIN lines l ON l.item = m.item
  WHERE m.destination IN (SELECT place FROM embargoed) AND (m.origin IS NULL OR m.origin <> m.destination) AND l.hs4 IS NOT NULL
), inward AS (
  SELECT o.middle, o.last, o.item, o.t, o.destination, o.hs4, m.item AS from_item, m.t AS from_t, m.consignor_entity AS first
  FROM onward o JOIN mail m ON m.consignee_entity = o.middle AND m.t < o.t AND m.t >= o.t - $window_days
  JOIN lines l ON l.item = m.item AND l.hs4 = o.hs4
  WHERE m.consignor_entity <> o.last AND m.origin NOT IN (SELECT place FROM embargoed)
)
SELECT 'consignor' AS role, middle AS subject, list_sort(list_distinct(array_agg(item) || array_agg(from_item))) AS items,
       power(0.5, min(t - from_t) / $half_life_days) AS damp, destination, string_agg(DISTINCT hs4, ', ' ORDER BY hs4) AS hs4,
       count(DISTINCT item) AS onward_items, round(min(t - from_t), 1) AS days_between
FROM inward GROUP BY middle, destination
