-- table: priority
-- Lines that are held to be controlled, or whose code is on the Common High Priority List: few, and most rules on goods read only these.
CREATE TEMP TABLE priority AS
SELECT m.item, m.t, m.origin, m.destination, m.consignor_entity, m.consignee_entity, m.consignee_address, m.consignee_phone,
       m.consignee_address_class, m.payer_name, m.consignee_name, m.consignor_name, m.licence, m.documents, m.office,
       l.line, l.hs4, l.hs6, l.value_eur, l.net_mass_g, l.quantity, l.origin AS made_in, l.concepts, l.entries,
       coalesce(l.controlled, 0.0) AS controlled, coalesce(c.tier, '') AS tier
FROM lines l
LEFT JOIN tiers c ON c.hs6 = l.hs6
JOIN mail m ON m.item = l.item
WHERE c.tier IS NOT NULL OR l.controlled >= 0.5;
