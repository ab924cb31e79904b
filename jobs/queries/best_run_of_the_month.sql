-- Which run of each month has the best detector?
-- The area under the ROC curve decides, over all attack families. Traces that are equal count once (population
-- distinct), because repeats flatter a detector.
SELECT month, run_id, detector, auc, auc_low, auc_high
FROM (
  SELECT
    CAST(date_trunc('month', r.started_at) AS date) AS month,
    r.run_id, d.detector, d.auc, d.auc_low, d.auc_high,
    row_number() OVER (
      PARTITION BY date_trunc('month', r.started_at)
      ORDER BY d.auc DESC, r.run_id, d.detector) AS place
  FROM runs r
  JOIN detection d ON d.run_id = r.run_id
  WHERE r.status = 'succeeded' AND d.family = 'all' AND d.population = 'distinct'
) ranked
WHERE place = 1
ORDER BY month
