-- code: value.repeated
-- reads: items.consignor_entity, lines.value_eur, lines.wording, lines.net_mass_g
-- uses: senders
-- Only consignors with enough equal lines are looked at item by item.
WITH candidates AS (
  SELECT DISTINCT m.consignor_entity AS consignor
  FROM lines l JOIN mail m ON m.item = l.item
  JOIN senders s ON s.consignor = m.consignor_entity AND s.n >= $n_least AND s.degree <= $catalogue_most
  WHERE l.value_eur > 0
  GROUP BY m.consignor_entity, l.value_eur, l.wording, l.net_mass_g
  HAVING count(*) >= $n_least
), newest AS (
  SELECT m.consignor_entity AS consignor, l.item, l.value_eur, l.wording, l.net_mass_g,
         row_number() OVER (PARTITION BY m.consignor_entity ORDER BY m.t DESC, l.item DESC, l.line) AS place
  FROM mail m JOIN candidates c ON c.consignor = m.consignor_entity
  JOIN lines l ON l.item = m.item AND l.line = 0
), counted AS (
  SELECT consignor, value_eur, net_mass_g, wording, count(*) AS equal, array_agg(item ORDER BY item) AS items,
         sum(count(*)) OVER (PARTITION BY consignor) AS last_items
  FROM newest WHERE place <= $last AND value_eur > 0
  GROUP BY consignor, value_eur, wording, net_mass_g
)
SELECT 'consignor' AS role, consignor AS subject, items, equal, last_items, value_eur, net_mass_g
FROM counted WHERE equal >= $n_least AND equal >= $share_least * last_items
