-- Views that an export makes beside the tables. Columns may be added at the end of a view; others must stay.

-- What came of each run: a row for each detector and population.
CREATE OR REPLACE VIEW run_results AS
SELECT
  r.run_id, r.started_at, r.finished_at, r.status, r.config_hash, r.input_fingerprint, r.code_version,
  d.detector, d.population, d.auc, d.auc_low, d.auc_high, d.tpr_at_fpr_05,
  n.loss AS validation_loss, n.accuracy AS validation_accuracy
FROM runs r
JOIN detection d ON d.run_id = r.run_id AND d.family = 'all'
LEFT JOIN next_call n ON n.run_id = r.run_id AND n.split = 'validation';

-- Alarms of observed traces by day: those that detectors raised, and the traces that they judged.
CREATE OR REPLACE VIEW daily_alarms AS
SELECT
  CAST(r.started_at AS date) AS day, s.detector, count(*) AS traces, count(*) FILTER (WHERE s.alarm) AS alarms
FROM trace_scores s
JOIN runs r ON r.run_id = s.run_id
WHERE s.split = 'observed'
GROUP BY CAST(r.started_at AS date), s.detector;
