-- code: queue.outlier
-- reads: items.value_eur, items.gross_mass_g
-- uses: senders
-- How rare each feature is among all mail (empirical tail over bins of a tenth of the logarithm), summed; it orders the queue only.
WITH features AS (
  SELECT item, CAST(floor(10 * ln(greatest(value_eur, 0.01))) AS INTEGER) AS v, CAST(floor(10 * ln(greatest(gross_mass_g, 1))) AS INTEGER) AS g,
         CAST(floor(10 * ln(greatest(value_eur, 0.01) / greatest(gross_mass_g, 1))) AS INTEGER) AS u
  FROM mail WHERE value_eur IS NOT NULL AND gross_mass_g IS NOT NULL
), total AS (SELECT count(*) AS n FROM features),
binned AS (
  SELECT 'v' AS f, v AS b, count(*) AS n FROM features GROUP BY v UNION ALL SELECT 'g', g, count(*) FROM features GROUP BY g
  UNION ALL SELECT 'u', u, count(*) FROM features GROUP BY u
), tails AS (
  SELECT f, b, -ln(least(sum(binned.n) OVER (PARTITION BY f ORDER BY b), sum(binned.n) OVER (PARTITION BY f ORDER BY b DESC)) / total.n) / ln(2) AS bits FROM binned, total
), scored AS (
  SELECT x.item, a.bits AS value_bits, b.bits AS mass_bits, c.bits AS unit_value_bits, a.bits + b.bits + c.bits AS bits
  FROM features x JOIN tails a ON a.f = 'v' AND a.b = x.v JOIN tails b ON b.f = 'g' AND b.b = x.g JOIN tails c ON c.f = 'u' AND c.b = x.u
), line AS (SELECT quantile_cont(bits, 1 - $share) AS least FROM scored)
SELECT 'consignor' AS role, m.consignor_entity AS subject, s.item, s.bits, round(s.value_bits, 1) AS value_bits, round(s.mass_bits, 1) AS mass_bits,
       round(s.unit_value_bits, 1) AS unit_value_bits
FROM scored s JOIN line ON s.bits > line.least JOIN mail m ON m.item = s.item
