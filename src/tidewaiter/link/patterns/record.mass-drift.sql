-- code: record.mass-drift
-- reads: items.gross_mass_g, items.measured_mass_g
SELECT 'consignor' AS role, consignor_entity AS subject, item, gross_mass_g AS declared_g, measured_mass_g AS measured_g,
       round(measured_mass_g / gross_mass_g - 1, 3) AS difference
FROM mail
WHERE gross_mass_g > 0 AND measured_mass_g > 0 AND abs(measured_mass_g - gross_mass_g) > $grams_least
  AND (measured_mass_g > gross_mass_g * (1 + $share_least + $packaging_share) OR measured_mass_g < gross_mass_g * (1 - $share_least))
