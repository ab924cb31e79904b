-- What did promotion decide, and why?
-- The row of each decision first, then its gates: what was measured, and the limit that it was held against.
SELECT
  p.decided_at, p.run_id, p.action, p.accepted, p.previous_run_id, p.current_run_id,
  p.gate, p.value AS measured, p.gate_limit, p.reason
FROM promotions p
ORDER BY p.decided_at, p.run_id, p.action, CASE WHEN p.gate = 'decision' THEN 0 ELSE 1 END, p.gate
