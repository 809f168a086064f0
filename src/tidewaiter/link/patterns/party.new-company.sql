-- code: party.new-company
-- reads: entities.founded, entities.country, lines.hs6
-- uses: priority
SELECT 'consignee' AS role, p.consignee_entity AS subject, p.item, e.founded, e.country, max(p.tier) AS tier, max(e.extract) AS extract
FROM priority p JOIN entities e ON e.entity = p.consignee_entity
WHERE p.tier <> '' AND e.founded > CAST($founded_after AS DATE) AND e.country IN (SELECT place FROM hubs)
GROUP BY p.consignee_entity, p.item, e.founded, e.country
