-- Which traces does each detector of the latest run find most anomalous?
-- The ten with the highest scores. p_value is the share of normal traces that look at least as unusual.
SELECT detector, place, split, family, trace_id, calls, score, p_value, alarm
FROM (
  SELECT
    s.*,
    row_number() OVER (PARTITION BY s.detector ORDER BY s.score DESC, s.split, s.trace_id) AS place
  FROM trace_scores s
  WHERE s.run_id = (
    SELECT run_id FROM (
      SELECT run_id, row_number() OVER (ORDER BY started_at DESC, run_id DESC) AS age
      FROM runs WHERE status = 'succeeded') latest
    WHERE age = 1)
) ranked
WHERE place <= 10
ORDER BY detector, place
