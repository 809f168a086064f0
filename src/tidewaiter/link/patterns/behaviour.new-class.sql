-- code: behaviour.new-class
-- reads: items.consignor_entity, lines.hs4, lines.controlled
-- uses: priority, senders, goods
-- The first line of a controlled class by a consignor with a history: -log2 of the share that class has in all mail, over what came before.
WITH every AS (SELECT hs4, count(*) AS n FROM lines WHERE hs4 IS NOT NULL GROUP BY hs4),
total AS (SELECT sum(n) AS n FROM every),
concerned AS (
  SELECT p.consignor_entity AS consignor, p.hs4, min(p.t) AS t, max(p.controlled) AS controlled FROM priority p
  JOIN senders s ON s.consignor = p.consignor_entity AND s.n > $history_least
  WHERE p.controlled >= 0.5 AND p.hs4 IS NOT NULL
  GROUP BY p.consignor_entity, p.hs4
), known AS (
  SELECT c.consignor, c.hs4, min(g.t) AS first_t
  FROM concerned c JOIN goods g ON g.consignor = c.consignor AND g.heading = CAST(c.hs4 AS SMALLINT)
  GROUP BY c.consignor, c.hs4
), first_ones AS (
  SELECT c.* FROM concerned c JOIN known k ON k.consignor = c.consignor AND k.hs4 = c.hs4 AND k.first_t = c.t
), days AS (
  SELECT m.consignor_entity AS consignor, floor(m.t) AS day, count(*) AS n
  FROM mail m WHERE m.consignor_entity IN (SELECT consignor FROM first_ones)
  GROUP BY m.consignor_entity, floor(m.t)
), history AS (
  SELECT f.consignor, f.hs4, f.t, f.controlled, sum(d.n) AS earlier
  FROM first_ones f JOIN days d ON d.consignor = f.consignor AND d.day < floor(f.t)
  GROUP BY f.consignor, f.hs4, f.t, f.controlled
)
SELECT 'consignor' AS role, h.consignor AS subject, p.item, h.hs4, h.earlier AS earlier_items, round(h.controlled, 2) AS controlled,
       -ln(e.n * 1.0 / t.n / (h.earlier + 1)) / ln(2) AS bits
FROM history h JOIN every e ON e.hs4 = h.hs4 CROSS JOIN total t
JOIN priority p ON p.consignor_entity = h.consignor AND p.hs4 = h.hs4 AND p.t = h.t
WHERE h.earlier >= $history_least AND -ln(e.n * 1.0 / t.n / (h.earlier + 1)) / ln(2) > $bits_least
