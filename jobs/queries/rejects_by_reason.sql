-- What input could not be used, and why?
-- With its share of all files and traces of the split, where the split was profiled.
SELECT
  r.started_at, x.run_id, x.split, x.reason, x.rejected,
  1e0 * x.rejected / nullif(p.traces + p.rejected, 0) AS share
FROM rejects x
JOIN runs r ON r.run_id = x.run_id
LEFT JOIN data_profile p ON p.run_id = x.run_id AND p.split = x.split
ORDER BY r.started_at, x.run_id, x.split, x.rejected DESC, x.reason
