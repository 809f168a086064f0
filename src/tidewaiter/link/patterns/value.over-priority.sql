-- code: value.over-priority
-- reads: lines.hs6, lines.value_eur, lines.net_mass_g
-- uses: unit_values, priority
SELECT 'consignee' AS role, p.consignee_entity AS subject, p.item, p.line, p.hs6, p.tier, u.n AS compared_with,
       round(exp(u.med) * 1000, 2) AS usual_eur_per_kg, round(p.value_eur / p.net_mass_g * 1000, 2) AS eur_per_kg,
       round(0.6745 * (ln(p.value_eur / p.net_mass_g) - u.med) / u.mad, 2) AS z
FROM priority p
JOIN unit_values u ON u.hs6 = p.hs6 AND u.n >= $n_least AND u.mad > 0
WHERE p.tier <> '' AND p.value_eur > 0 AND p.net_mass_g > 0
  AND 0.6745 * (ln(p.value_eur / p.net_mass_g) - u.med) / u.mad > $z_least
