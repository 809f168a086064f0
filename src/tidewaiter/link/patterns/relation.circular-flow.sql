-- code: relation.circular-flow
-- reads: items.consignor_entity, items.consignee_entity, items.destination, lines.hs4
-- uses: senders, goods
WITH onward AS (
  SELECT m.consignor_entity AS middle, m.consignee_entity AS last, m.item, m.t, m.destination, g.heading
  FROM mail m
  JOIN senders s ON s.consignor = m.consignor_entity AND s.degree <= $degree_most
  JOIN receivers r ON r.consignee = m.consignor_entity
  JOIN goods g ON g.item = m.item
  WHERE m.destination IN (SELECT place FROM embargoed) AND (m.origin IS NULL OR m.origin <> m.destination)
), inward AS (
  SELECT o.middle, o.item, o.t, o.destination, lpad(CAST(o.heading AS VARCHAR), 4, '0') AS hs4, g.item AS from_item, g.t AS from_t
  FROM onward o
  JOIN goods g ON g.consignee = o.middle AND g.heading = o.heading AND g.t < o.t AND g.t >= o.t - $window_days
  JOIN mail m ON m.item = g.item
  WHERE g.consignor <> o.last AND m.origin NOT IN (SELECT place FROM embargoed)
)
SELECT 'consignor' AS role, middle AS subject, list_sort(list_distinct(array_agg(item) || array_agg(from_item))) AS items,
       power(0.5, min(t - from_t) / $half_life_days) AS damp, destination, string_agg(DISTINCT hs4, ', ' ORDER BY hs4) AS hs4,
       count(DISTINCT item) AS onward_items, round(min(t - from_t), 1) AS days_between
FROM inward GROUP BY middle, destination
