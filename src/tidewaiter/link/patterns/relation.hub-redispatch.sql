-- code: relation.hub-redispatch
-- reads: items.consignor_entity, items.consignee_entity, items.destination, lines.hs4, lines.hs6
-- uses: priority, senders, goods
-- A hub consignee of priority goods posts the same heading on; tied by entity, or by phone or address of a small party.
WITH inbound AS (
  SELECT DISTINCT p.item, p.t, p.destination AS hub, p.consignee_entity AS middle, p.consignee_phone AS phone, p.consignee_address AS address,
         coalesce(p.consignee_address_class, '') AS class, p.hs4
  FROM priority p
  WHERE (p.tier <> '' OR p.controlled >= 0.5) AND p.destination IN (SELECT place FROM hubs) AND (p.origin IS NULL OR p.origin <> p.destination)
    AND p.consignee_entity IS NOT NULL
), outbound AS (
  SELECT m.item, m.t, m.destination, m.consignor_entity, m.consignor_phone AS phone, m.consignor_address AS address,
         lpad(CAST(g.heading AS VARCHAR), 4, '0') AS hs4
  FROM mail m
  JOIN senders s ON s.consignor = m.consignor_entity AND s.degree <= $degree_most
  JOIN goods g ON g.item = m.item
  WHERE (m.destination IN (SELECT place FROM embargoed) OR m.destination IN (SELECT place FROM neighbours))
    AND (m.origin IS NULL OR m.origin IN (SELECT place FROM hubs))
), tied AS (
  SELECT i.middle, i.item AS in_item, o.item AS out_item, i.t AS in_t, o.t AS out_t, i.hs4, i.hub, o.destination, 'entity' AS via
  FROM inbound i JOIN outbound o ON o.consignor_entity = i.middle AND o.hs4 = i.hs4
  UNION
  SELECT i.middle, i.item, o.item, i.t, o.t, i.hs4, i.hub, o.destination, 'phone'
  FROM inbound i JOIN outbound o ON o.phone = i.phone AND o.hs4 = i.hs4 AND o.consignor_entity <> i.middle
  WHERE i.phone NOT IN (SELECT key FROM allowed WHERE kind = 'phone-key')
  UNION
  SELECT i.middle, i.item, o.item, i.t, o.t, i.hs4, i.hub, o.destination, 'address'
  FROM inbound i JOIN outbound o ON o.address = i.address AND o.hs4 = i.hs4 AND o.consignor_entity <> i.middle
  WHERE i.class NOT IN ('locker', 'pick-up', 'po-box', 'forwarder', 'dormitory') AND i.address NOT IN (SELECT key FROM allowed WHERE kind = 'address-key')
), pairs_of AS (
  SELECT * FROM tied WHERE out_t > in_t AND out_t <= in_t + $window_days AND destination <> hub
)
SELECT 'consignee' AS role, middle AS subject, list_sort(list_distinct(array_agg(in_item) || array_agg(out_item))) AS items,
       CAST(least(count(DISTINCT in_item), count(DISTINCT out_item)) - 1 AS DOUBLE) AS bits, min(hub) AS hub,
       string_agg(DISTINCT destination, ', ' ORDER BY destination) AS onward_to, string_agg(DISTINCT hs4, ', ' ORDER BY hs4) AS hs4,
       least(count(DISTINCT in_item), count(DISTINCT out_item)) AS pairs, min(via) AS via, round(min(out_t - in_t), 1) AS days_between
FROM pairs_of GROUP BY middle
