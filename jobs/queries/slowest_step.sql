-- Which step of each run takes longest?
-- With its share of the time that all steps of the run took together.
SELECT run_id, started_at, step, seconds, share
FROM (
  SELECT
    s.run_id, r.started_at, s.step, s.seconds,
    1e0 * s.seconds / nullif(sum(s.seconds) OVER (PARTITION BY s.run_id), 0) AS share,
    row_number() OVER (PARTITION BY s.run_id ORDER BY s.seconds DESC, s.step) AS place
  FROM steps s
  JOIN runs r ON r.run_id = s.run_id
  WHERE s.seconds IS NOT NULL
) ranked
WHERE place = 1
ORDER BY started_at, run_id
