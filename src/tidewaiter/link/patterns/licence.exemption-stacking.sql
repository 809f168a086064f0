-- code: licence.exemption-stacking
-- reads: items.consignor_entity, items.consignee_entity, lines.entries, lines.value_eur
-- uses: priority
WITH parts AS (
  SELECT item, t, consignor_entity AS consignor, consignee_entity AS consignee, sum(value_eur) AS value_eur FROM priority
  WHERE concat(' ', entries) LIKE '% us-usml/I(%' OR concat(' ', entries, ' ') LIKE '% us-usml/I %'
  GROUP BY item, t, consignor_entity, consignee_entity
), run AS (
  SELECT *, count(*) OVER w AS n, sum(value_eur) OVER w AS total FROM parts WHERE value_eur <= $limit_eur
  WINDOW w AS (PARTITION BY consignor, consignee ORDER BY t RANGE BETWEEN $window_days PRECEDING AND CURRENT ROW)
), best AS (
  SELECT * FROM (SELECT *, row_number() OVER (PARTITION BY consignor, consignee ORDER BY total DESC, t) AS place FROM run
                 WHERE n >= $items_least AND total > $limit_eur) ranked WHERE place = 1
)
SELECT 'consignor' AS role, b.consignor AS subject, array_agg(r.item ORDER BY r.item) AS items, round(b.total, 2) AS sum_eur, round(CAST($limit_eur AS DOUBLE), 2) AS exemption_eur
FROM best b JOIN run r ON r.consignor = b.consignor AND r.consignee = b.consignee AND r.t BETWEEN b.t - $window_days AND b.t
GROUP BY b.consignor, b.consignee, b.total
