-- code: record.s10-reused
-- reads: items.item_id, items.origin
-- One identifier for other parties within the months of S10, a wrong check digit, or a country that is not that of posting.
WITH twice AS (
  SELECT item_key, min(item) AS first_item, max(item) AS last_item FROM mail GROUP BY item_key HAVING min(item) <> max(item)
), again AS (
  SELECT d.item_key, m.item, m.item_id, m.t, m.consignor_entity, m.consignee_entity FROM twice d JOIN mail m ON m.item_key = d.item_key WHERE m.item_id <> ''
), reused AS (
  SELECT b.consignor_entity AS subject, b.item, a.item AS other_item, a.t AS a_t, b.t AS b_t
  FROM again a JOIN again b ON b.item_key = a.item_key
  WHERE a.item_id = b.item_id AND a.item < b.item AND b.t - a.t < $months * 30.44
    AND (a.consignor_entity <> b.consignor_entity OR a.consignee_entity <> b.consignee_entity)
)
SELECT 'consignor' AS role, subject, item, 'used before for other parties' AS why, other_item, round(b_t - a_t, 1) AS days_between FROM reused
UNION ALL
SELECT 'consignor', consignor_entity, item,
       CASE WHEN s10_valid THEN 'another country than that of posting' ELSE 'wrong check digit' END, NULL, NULL FROM mail
WHERE NOT (s10_valid AND coalesce(s10_country = origin, TRUE))
