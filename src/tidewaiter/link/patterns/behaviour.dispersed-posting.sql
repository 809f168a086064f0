-- code: behaviour.dispersed-posting
-- reads: items.consignor_entity, items.office, items.posted_at, offices.lat, offices.lon
WITH moving AS (
  SELECT consignor_entity AS consignor, posted_on FROM mail WHERE consignor_entity IS NOT NULL AND office IS NOT NULL
  GROUP BY consignor_entity, posted_on HAVING min(office) <> max(office)
), spots AS (
  SELECT m.consignor_entity AS consignor, m.posted_on, m.office, o.lat, o.lon, array_agg(m.item ORDER BY m.item) AS items
  FROM mail m JOIN moving v ON v.consignor = m.consignor_entity AND v.posted_on = m.posted_on
  JOIN offices o ON o.office = m.office
  GROUP BY m.consignor_entity, m.posted_on, m.office, o.lat, o.lon
), enough AS (
  SELECT consignor, posted_on FROM spots GROUP BY consignor, posted_on HAVING count(*) BETWEEN $offices_least AND 40
), far AS (
  SELECT a.consignor, a.posted_on, a.office AS a, b.office AS b,
         12742 * asin(sqrt(power(sin(radians(b.lat - a.lat) / 2), 2) + cos(radians(a.lat)) * cos(radians(b.lat)) * power(sin(radians(b.lon - a.lon) / 2), 2))) AS km
  FROM spots a JOIN spots b ON b.consignor = a.consignor AND b.posted_on = a.posted_on AND b.office > a.office
  JOIN enough e ON e.consignor = a.consignor AND e.posted_on = a.posted_on
), three AS (
  SELECT x.consignor, x.posted_on, max(x.km) AS km
  FROM far x JOIN far y ON y.consignor = x.consignor AND y.posted_on = x.posted_on AND y.a = x.a AND y.b <> x.b
  JOIN far z ON z.consignor = x.consignor AND z.posted_on = x.posted_on AND z.a = least(x.b, y.b) AND z.b = greatest(x.b, y.b)
  WHERE x.km >= $apart_km AND y.km >= $apart_km AND z.km >= $apart_km
  GROUP BY x.consignor, x.posted_on
)
SELECT 'consignor' AS role, t.consignor AS subject, array_agg(m.item ORDER BY m.item) AS items, t.posted_on, count(DISTINCT m.office) AS offices, round(t.km, 1) AS widest_km
FROM three t JOIN mail m ON m.consignor_entity = t.consignor AND m.posted_on = t.posted_on
GROUP BY t.consignor, t.posted_on, t.km
