-- How well is each kind of attack found, from run to run?
-- The share of a family's traces that a detector finds when at most 5 % of the normal traces raise an alarm.
SELECT d.family, d.detector, r.run_id, r.started_at, d.attacks, d.tpr_at_fpr_05
FROM detection d
JOIN runs r ON r.run_id = d.run_id
WHERE d.population = 'official' AND d.family <> 'all'
ORDER BY d.family, d.detector, r.started_at, r.run_id
