-- code: value.under
-- reads: lines.hs6, lines.value_eur, lines.net_mass_g
-- uses: unit_values
SELECT 'consignor' AS role, m.consignor_entity AS subject, l.item, l.line, l.hs6, u.n AS compared_with,
       round(exp(u.med) * 1000, 2) AS usual_eur_per_kg, round(l.value_eur / l.net_mass_g * 1000, 2) AS eur_per_kg,
       round(0.6745 * (ln(l.value_eur / l.net_mass_g) - u.med) / u.mad, 2) AS z
FROM lines l
JOIN unit_values u ON u.hs6 = l.hs6 AND u.n >= $n_least AND u.mad > 0
JOIN mail m ON m.item = l.item
WHERE l.value_eur > 0 AND l.net_mass_g > 0
  AND 0.6745 * (ln(l.value_eur / l.net_mass_g) - u.med) / u.mad < -$z_least
