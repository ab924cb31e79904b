-- How many alarms come in a day, and how many were asked for?
-- Of the traces judged that day, the share that a detector reports at each false-alarm rate. With normal traces, the
-- share should be near the rate that was asked for. "observed" are traces of unknown kind.
SELECT
  CAST(r.started_at AS date) AS day,
  s.split,
  s.detector,
  rates.asked,
  count(*) AS traces,
  count(CASE WHEN s.p_value <= rates.asked THEN 1 END) AS alarms,
  rates.asked * count(*) AS alarms_asked_for
FROM trace_scores s
JOIN runs r ON r.run_id = s.run_id
CROSS JOIN (VALUES (1e-2), (5e-2), (1e-1), (2e-1)) AS rates (asked)
WHERE s.split IN ('observed', 'validation')
GROUP BY CAST(r.started_at AS date), s.split, s.detector, rates.asked
ORDER BY day, s.split, s.detector, rates.asked
