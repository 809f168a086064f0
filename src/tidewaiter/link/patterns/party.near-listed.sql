-- code: party.near-listed
-- reads: listed.address, items.consignee_address
SELECT 'consignee' AS role, m.consignee_entity AS subject, m.item, l.list, l.list_id, l.dated
FROM listed l JOIN mail m ON m.consignee_address = l.address WHERE l.address NOT IN (SELECT key FROM allowed WHERE kind = 'address-key')
UNION ALL
SELECT 'consignor', m.consignor_entity, m.item, l.list, l.list_id, l.dated
FROM listed l JOIN mail m ON m.consignor_address = l.address WHERE l.address NOT IN (SELECT key FROM allowed WHERE kind = 'address-key')
