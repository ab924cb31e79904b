package syscallanomaly.warehouse;

import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import syscallanomaly.evaluate.Detection;
import syscallanomaly.evaluate.NextCall;
import syscallanomaly.evaluate.RocPoint;
import syscallanomaly.trace.Split;
import syscallanomaly.train.EpochResult;
import syscallanomaly.window.DataProfile;

/** Lays records out as rows in the column order of their {@link MetricTable}. */
final class MetricRows {
  private MetricRows() {}

  static Row of(RunRow run) {
    return RowFactory.create(
        run.runId(),
        run.startedAt(),
        run.finishedAt(),
        run.status(),
        run.config(),
        run.configHash(),
        run.codeVersion(),
        run.inputFingerprint(),
        run.seed(),
        run.sparkVersion(),
        (long) run.workers());
  }

  static Row of(String runId, DataProfile profile) {
    return RowFactory.create(
        runId,
        profile.split().label(),
        profile.traces(),
        profile.rejected(),
        profile.calls(),
        profile.distinctCalls(),
        (long) profile.maxCall(),
        (long) profile.minLength(),
        (long) profile.medianLength(),
        (long) profile.maxLength(),
        profile.windows(),
        profile.distinctWindows(),
        profile.unknownCalls());
  }

  static DataProfile dataProfile(Row row) {
    return new DataProfile(
        Split.ofLabel(row.getAs("split")),
        row.getAs("traces"),
        row.getAs("rejected"),
        row.getAs("calls"),
        row.getAs("distinct_calls"),
        row.<Long>getAs("max_call").intValue(),
        row.<Long>getAs("min_length").intValue(),
        row.<Long>getAs("median_length").intValue(),
        row.<Long>getAs("max_length").intValue(),
        row.getAs("windows"),
        row.getAs("distinct_windows"),
        row.getAs("unknown_calls"));
  }

  static EpochResult epoch(Row row) {
    return new EpochResult(
        row.<Long>getAs("epoch").intValue(),
        row.getAs("loss"),
        row.getAs("accuracy"),
        row.getAs("held_out_loss"),
        row.getAs("held_out_accuracy"),
        row.getAs("seconds"),
        row.getAs("predictions_per_second"),
        row.getAs("averaging_rounds"),
        row.getAs("kept"));
  }

  static Row of(String runId, EpochResult epoch) {
    return RowFactory.create(
        runId,
        (long) epoch.epoch(),
        epoch.loss(),
        epoch.accuracy(),
        epoch.heldOutLoss(),
        epoch.heldOutAccuracy(),
        epoch.seconds(),
        epoch.predictionsPerSecond(),
        epoch.averagingRounds(),
        epoch.kept());
  }

  static Row of(String runId, NextCall nextCall) {
    return RowFactory.create(
        runId,
        nextCall.split().label(),
        nextCall.predictions(),
        nextCall.loss(),
        nextCall.perplexity(),
        nextCall.accuracy(),
        nextCall.top5Accuracy());
  }

  static Row of(String runId, Detection detection) {
    return RowFactory.create(
        runId,
        detection.detector(),
        detection.family(),
        detection.population().label(),
        detection.normal(),
        detection.attacks(),
        detection.auc(),
        detection.aucLow(),
        detection.aucHigh(),
        detection.tprAtFpr01(),
        detection.tprAtFpr05(),
        detection.tprAtFpr10(),
        detection.tprAtFpr15(),
        detection.tprAtFpr20(),
        detection.fprAtTpr90());
  }

  static Row of(String runId, RocPoint point) {
    return RowFactory.create(
        runId,
        point.detector(),
        point.population().label(),
        point.threshold(),
        point.fpr(),
        point.tpr());
  }
}
