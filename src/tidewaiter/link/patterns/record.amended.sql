-- code: record.amended
-- reads: versions.field, versions.lower_risk
SELECT 'consignor' AS role, m.consignor_entity AS subject, v.item, count(*) AS changes, string_agg(DISTINCT v.field, ', ' ORDER BY v.field) AS fields
FROM versions v JOIN mail m ON m.item = v.item
WHERE v.before_dispatch = TRUE AND v.lower_risk = TRUE AND v.field IN ('description', 'hs', 'value')
GROUP BY m.consignor_entity, v.item HAVING count(*) >= $changes_least
