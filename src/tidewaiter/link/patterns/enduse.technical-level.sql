-- code: enduse.technical-level
-- reads: lines.hs4, items.destination
-- uses: priority
SELECT 'consignee' AS role, p.consignee_entity AS subject, p.item, p.destination, min(i.industry) AS industry, min(p.hs4) AS hs4
FROM priority p JOIN industries i ON i.hs4 = p.hs4
LEFT JOIN industry_places x ON x.industry = i.industry AND x.place = p.destination
WHERE x.place IS NULL AND p.destination IS NOT NULL GROUP BY p.consignee_entity, p.item, p.destination
