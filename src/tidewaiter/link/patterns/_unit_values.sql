-- table: unit_values
-- Median and median absolute deviation of the logarithm of value per kilogram, by subheading.
CREATE TEMP TABLE unit_values AS
WITH known AS (
  SELECT hs6, ln(value_eur / net_mass_g) AS u FROM lines
  WHERE hs6 IS NOT NULL AND value_eur > 0 AND net_mass_g > 0
), middle AS (
  SELECT hs6, count(*) AS n, median(u) AS med FROM known GROUP BY hs6
)
SELECT m.hs6, m.n, m.med, median(abs(k.u - m.med)) AS mad
FROM known k JOIN middle m ON m.hs6 = k.hs6
GROUP BY m.hs6, m.n, m.med;
