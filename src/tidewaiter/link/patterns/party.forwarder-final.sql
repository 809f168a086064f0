-- code: party.forwarder-final
-- reads: items.consignee_address_class, lines.hs6
-- uses: priority
SELECT 'consignee' AS role, consignee_entity AS subject, item, max(tier) AS tier, max(controlled) AS controlled
FROM priority WHERE consignee_address_class = 'forwarder' GROUP BY consignee_entity, item
