-- table: goods
-- Lines beside who sent them to whom and when, narrow: the heading is a number (0101 is 101), so that many rows fit in memory.
CREATE TEMP TABLE goods AS
SELECT l.item, TRY_CAST(l.hs4 AS SMALLINT) AS heading, CAST(l.value_eur AS FLOAT) AS value_eur, m.t,
       m.consignor_entity AS consignor, m.consignee_entity AS consignee
FROM lines l JOIN mail m ON m.item = l.item
WHERE l.hs4 IS NOT NULL
