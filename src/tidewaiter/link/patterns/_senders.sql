-- table: pairs, senders, receivers
-- Who sends to whom: one row for each pair, then how many others each sends to or gets from. Shops have many consignees.
CREATE TEMP TABLE pairs AS
SELECT consignor_entity AS consignor, consignee_entity AS consignee, count(*) AS n, min(t) AS first_t, max(t) AS last_t,
       sum(value_eur) AS value_eur
FROM mail
WHERE consignor_entity IS NOT NULL AND consignee_entity IS NOT NULL
GROUP BY consignor_entity, consignee_entity;

CREATE TEMP TABLE senders AS
SELECT consignor, count(*) AS degree, sum(n) AS n FROM pairs GROUP BY consignor;

CREATE TEMP TABLE receivers AS
SELECT consignee, count(*) AS degree, sum(n) AS n, min(first_t) AS first_t FROM pairs GROUP BY consignee;
