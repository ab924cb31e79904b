-- How many false alarms were asked for, how many came, and how many attacks were found?
-- Thresholds come from held-out training traces. More false alarms than asked for say that the validation traces look
-- less like the training traces.
SELECT
  r.started_at, o.run_id, o.detector, o.population,
  o.asked_false_alarm_rate AS asked, o.false_alarm_rate AS came,
  o.false_alarm_rate_low AS came_low, o.false_alarm_rate_high AS came_high,
  o.detection_rate AS found
FROM operating_points o
JOIN runs r ON r.run_id = o.run_id
WHERE o.population <> 'without_execve'
ORDER BY r.started_at, o.run_id, o.detector, o.population, o.asked_false_alarm_rate
