-- code: licence.missing-document
-- reads: lines.controlled, items.documents, items.licence
-- uses: priority
SELECT 'consignor' AS role, consignor_entity AS subject, item, max(entries) AS entries, round(max(controlled), 2) AS controlled, max(documents) AS documents
FROM priority
WHERE controlled >= $controlled_least AND licence = '' AND documents IS NOT NULL AND lower(documents) NOT LIKE '%licen%' AND lower(documents) NOT LIKE '%end%use%'
GROUP BY consignor_entity, item
