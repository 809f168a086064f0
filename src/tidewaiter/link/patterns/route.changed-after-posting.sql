-- code: route.changed-after-posting
-- reads: versions.field
SELECT 'consignee' AS role, m.consignee_entity AS subject, v.item, v.field, v.version
FROM versions v JOIN mail m ON m.item = v.item
WHERE v.field IN ('destination', 'consignee') AND v.at > m.posted_at
