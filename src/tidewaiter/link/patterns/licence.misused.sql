-- code: licence.misused
-- reads: licences.licence, items.licence
WITH stated AS (
  SELECT m.item, m.t, m.posted_on, m.consignee_entity, m.consignor_entity, m.licence, m.value_eur, coalesce(l.quantity, 0) AS quantity
  FROM mail m JOIN (SELECT item, sum(quantity) AS quantity FROM lines GROUP BY item) l ON l.item = m.item WHERE m.licence <> ''
), run AS (
  SELECT s.*, x.consignee AS named, x.quantity AS quantity_allowed, x.value_eur AS value_allowed, x.valid_from, x.valid_to,
         sum(s.quantity) OVER w AS used_quantity, sum(s.value_eur) OVER w AS used_eur
  FROM stated s JOIN licences x ON x.licence = s.licence
  WINDOW w AS (PARTITION BY s.licence ORDER BY s.t, s.item ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)
)
SELECT 'consignor' AS role, consignor_entity AS subject, item, licence,
       CASE WHEN posted_on > valid_to OR posted_on < valid_from THEN 'outside its dates' WHEN named <> consignee_entity THEN 'another consignee'
            WHEN used_quantity > quantity_allowed THEN 'more pieces than allowed' ELSE 'more value than allowed' END AS why,
       used_quantity, quantity_allowed, round(used_eur, 2) AS used_eur, value_allowed, valid_to
FROM run
WHERE posted_on > valid_to OR posted_on < valid_from OR named <> consignee_entity OR used_quantity > quantity_allowed OR used_eur > value_allowed
