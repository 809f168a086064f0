-- code: concealment.cover-goods
-- reads: lines.controlled, lines.hs, lines.value_eur
-- uses: priority
WITH sensitive AS (
  SELECT item, consignor_entity, max(value_eur) AS value_eur, min(line) AS line, min(substr(hs4, 1, 2)) AS chapter, count(*) AS n
  FROM priority WHERE controlled >= $controlled_least GROUP BY item, consignor_entity HAVING count(*) = 1
)
SELECT 'consignor' AS role, s.consignor_entity AS subject, s.item, s.line AS sensitive_line, count(*) AS other_lines, count(DISTINCT substr(l.hs, 1, 2)) AS chapters,
       round(max(s.value_eur), 2) AS value_eur, round(max(l.value_eur), 2) AS dearest_other_eur
FROM sensitive s JOIN lines l ON l.item = s.item AND l.line <> s.line AND coalesce(l.controlled, 0) < $controlled_least
WHERE s.value_eur IS NULL OR l.value_eur IS NULL OR l.value_eur <= s.value_eur
GROUP BY s.consignor_entity, s.item, s.line, s.chapter
HAVING count(*) >= $others_least AND count(DISTINCT substr(l.hs, 1, 2)) >= $chapters_least
   AND max(CASE WHEN substr(l.hs, 1, 2) = s.chapter THEN 1 ELSE 0 END) = 0
