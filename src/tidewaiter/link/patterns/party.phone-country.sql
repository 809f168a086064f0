-- code: party.phone-country
-- reads: items.consignee_phone_country, items.origin, items.destination
SELECT 'consignee' AS role, consignee_entity AS subject, item, consignee_phone_country AS phone_of, origin, destination FROM mail
WHERE consignee_phone_country <> destination AND consignee_phone_country <> origin
UNION ALL
SELECT 'consignor', consignor_entity, item, consignor_phone_country, origin, destination FROM mail
WHERE consignor_phone_country <> destination AND consignor_phone_country <> origin
