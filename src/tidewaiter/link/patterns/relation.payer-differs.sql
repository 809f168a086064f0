-- code: relation.payer-differs
-- reads: items.payer_name, items.consignee_name, lines.controlled
-- uses: priority
SELECT 'consignee' AS role, consignee_entity AS subject, item, round(max(controlled), 2) AS controlled, max(tier) AS tier FROM priority
WHERE controlled >= 0.5 AND payer_name <> consignee_name AND (consignor_name IS NULL OR payer_name <> consignor_name)
GROUP BY consignee_entity, item
