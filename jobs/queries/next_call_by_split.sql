-- How well does the language model predict the next call of each split?
-- Held-out training traces first: the last epoch that was kept. A large step from there to validation is overfitting,
-- or other programs in the validation traces.
SELECT r.started_at, f.run_id, f.split, f.loss, f.accuracy
FROM (
  SELECT run_id, 'held out' AS split, 0 AS place, held_out_loss AS loss, held_out_accuracy AS accuracy
  FROM epochs WHERE kept
  UNION ALL
  SELECT run_id, split, CASE WHEN split = 'validation' THEN 1 ELSE 2 END, loss, accuracy
  FROM next_call
) f
JOIN runs r ON r.run_id = f.run_id
ORDER BY r.started_at, f.run_id, f.place
