-- code: route.transshipment-hub
-- reads: items.destination, lines.hs6
-- uses: priority
SELECT 'consignee' AS role, consignee_entity AS subject, item, destination, max(tier) AS tier, max(hs6) AS hs6
FROM priority WHERE tier <> '' AND destination IN (SELECT place FROM hubs) AND origin <> destination GROUP BY consignee_entity, item, destination
