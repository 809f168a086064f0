-- code: route.illogical
-- reads: items.route, items.origin, items.destination
SELECT 'consignee' AS role, m.consignee_entity AS subject, m.item, m.origin, m.route, m.destination, round(w.ratio, 2) AS way_over_direct, w.embargoed
FROM mail m JOIN ways w ON w.origin = m.origin AND w.route = m.route AND w.destination = m.destination
WHERE (w.ratio >= $ratio_least AND w.direct_km >= $direct_least_km) OR w.embargoed <> ''
