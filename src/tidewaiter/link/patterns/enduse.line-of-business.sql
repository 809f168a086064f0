-- code: enduse.line-of-business
-- reads: entities.nace, lines.controlled
-- uses: priority
SELECT 'consignee' AS role, p.consignee_entity AS subject, p.item, e.nace, max(e.extract) AS extract, round(max(p.controlled), 2) AS controlled
FROM priority p JOIN entities e ON e.entity = p.consignee_entity
WHERE p.controlled >= 0.5 AND substr(e.nace, 1, 2) IN (SELECT division FROM unfit_divisions)
GROUP BY p.consignee_entity, p.item, e.nace
