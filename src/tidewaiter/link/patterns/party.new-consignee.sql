-- code: party.new-consignee
-- reads: items.consignee_entity, items.posted_at, lines.hs6, lines.value_eur
-- uses: priority, senders
WITH high AS (SELECT quantile_cont(value_eur, $value_quantile) AS eur FROM priority WHERE tier <> '' AND value_eur > 0)
SELECT 'consignee' AS role, p.consignee_entity AS subject, p.item, max(p.tier) AS tier, max(p.value_eur) AS value_eur, round(max(h.eur), 2) AS high_from_eur
FROM priority p JOIN receivers r ON r.consignee = p.consignee_entity AND r.first_t = p.t CROSS JOIN high h
WHERE p.tier <> '' AND p.value_eur > h.eur AND p.t > $from_t + $history_days
GROUP BY p.consignee_entity, p.item
