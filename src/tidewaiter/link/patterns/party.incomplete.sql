-- code: party.incomplete
-- reads: items.consignor_incomplete
SELECT 'consignor' AS role, consignor_entity AS subject, item, consignor_incomplete AS why FROM mail WHERE consignor_incomplete <> ''
UNION ALL
SELECT 'consignee', consignee_entity, item, consignee_incomplete FROM mail WHERE consignee_incomplete <> ''
