-- Does the language model get worse from run to run?
-- The loss on validation traces, in nats per prediction, and its change since the run before. A loss that rises while
-- the settings stay (same_settings) says that the traces have changed.
SELECT
  r.run_id,
  r.started_at,
  n.loss,
  n.loss - lag(n.loss) OVER (ORDER BY r.started_at, r.run_id) AS change,
  n.accuracy,
  r.config_hash = lag(r.config_hash) OVER (ORDER BY r.started_at, r.run_id) AS same_settings
FROM runs r
JOIN next_call n ON n.run_id = r.run_id
WHERE n.split = 'validation'
ORDER BY r.started_at, r.run_id
