-- Is the ensemble better than each single detector?
-- The difference of the areas under their ROC curves. It is certain where the 95 % interval leaves out 0.
SELECT
  r.started_at, c.run_id, c.population, c.detector, c.other, c.auc_difference, c.low, c.high,
  CASE WHEN c.low > 0 THEN 'better' WHEN c.high < 0 THEN 'worse' ELSE 'undecided' END AS verdict
FROM comparisons c
JOIN runs r ON r.run_id = c.run_id
ORDER BY r.started_at, c.run_id, c.population, c.detector, c.other
