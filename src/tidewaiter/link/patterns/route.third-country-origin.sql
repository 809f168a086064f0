-- code: route.third-country-origin
-- reads: lines.origin, items.origin, lines.hs6
-- uses: priority
SELECT 'consignor' AS role, consignor_entity AS subject, item, made_in, origin AS posted_in, destination, max(tier) AS tier
FROM priority
WHERE made_in IN (SELECT place FROM makers) AND origin IN (SELECT place FROM hubs) AND made_in <> origin AND destination <> made_in
GROUP BY consignor_entity, item, made_in, origin, destination
