package syscallanomaly.jobs.promotion;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.apache.commons.codec.digest.DigestUtils;
import org.apache.hadoop.fs.Path;
import syscallanomaly.evaluate.drift.InputDrift;
import syscallanomaly.jobs.configuration.PromotionSettings;
import syscallanomaly.jobs.run.CurrentDetector;
import syscallanomaly.jobs.run.InUseException;
import syscallanomaly.jobs.run.JobContext;
import syscallanomaly.jobs.run.ModelsFolder;
import syscallanomaly.jobs.run.RunFolder;
import syscallanomaly.jobs.run.StepName;
import syscallanomaly.jobs.run.StepState;
import syscallanomaly.jobs.run.UnusableWorkspaceException;
import syscallanomaly.jobs.step.RunTraces;
import syscallanomaly.jobs.step.Step;
import syscallanomaly.score.fitted.DetectorFolder;
import syscallanomaly.score.fitted.DetectorManifest;
import syscallanomaly.score.fitted.FittedDetector;
import syscallanomaly.trace.Split;
import syscallanomaly.trace.UnusableInputException;
import syscallanomaly.trace.file.FileSystemRefusal;
import syscallanomaly.window.DataProfile;

/**
 * Takes the detector of a run into use if it passes its gates. It reads {@code detector/}, the
 * detector in use and the test traces, and writes {@code models/}, {@code promotion.json} and the
 * table {@code promotions}.
 *
 * <p>The order of writing: the copy of the detector, {@code promotion.json}, {@code
 * models/current}, the rows. If the program ends between the last two, the next attempt finds the
 * detector in use and writes the rows of {@code promotion.json}.
 */
public final class PromoteStep implements Step {
  @Override
  public StepName name() {
    return StepName.PROMOTE;
  }

  @Override
  public boolean isPartOfRun() {
    return false;
  }

  /** Requires a fitted detector, before a folder is made for a run that does not exist. */
  @Override
  public void requireSuited(RunFolder folder) throws UnusableWorkspaceException {
    boolean isFitted;
    try {
      isFitted = folder.read(detectorJson(folder)).isPresent();
    } catch (IOException e) {
      throw new UnusableWorkspaceException(
          "Cannot read run %s: %s".formatted(folder.runId(), FileSystemRefusal.reason(e)), e);
    }
    if (!isFitted) {
      throw new UnusableWorkspaceException(
          "Cannot promote run %s: it has no fitted detector, there is no %s; set run.id to a run whose fit step is done"
              .formatted(folder.runId(), detectorJson(folder)));
    }
  }

  private static Path detectorJson(RunFolder folder) {
    return new Path(folder.detector(), DetectorManifest.FILE);
  }

  @Override
  public void run(JobContext context) throws IOException {
    requireFitted(context);
    try (DetectorInUse inUse = DetectorInUse.take(context)) {
      Optional<CurrentDetector> current = inUse.models().current();
      DetectorFolder candidate = new DetectorFolder(context.spark(), context.folder().detector());
      byte[] json = candidate.json();
      String hash = DigestUtils.sha256Hex(json);
      if (current.filter(now -> now.detector().hash().equals(hash)).isPresent()) {
        sayThatItIsInUse(inUse, current.get());
        return;
      }
      sayIfTracesAreOthers(context);
      Decision decision = decide(context, inUse.models(), current, hash);
      if (decision.accepted()) {
        promote(inUse, candidate, json, decision);
      } else {
        decision.write(context.folder());
        inUse.writeRows(decision);
      }
      inUse.show(decision);
      if (!decision.accepted() && context.configuration().promotion().failOnRefusal()) {
        context.summary().reportRefusal();
      }
    }
  }

  /** Requires that no step before has run since. The detector would be that of a former model. */
  private static void requireFitted(JobContext context) throws IOException {
    if (!context.manifest().state(StepName.FIT).equals(Optional.of(StepState.DONE))) {
      throw new UnusableInputException(
          "Cannot promote run %s: its detector is not fitted to its model, or the fit step was not completed; run the fit step again"
              .formatted(context.folder().runId()));
    }
  }

  /** Writes the rows again, because an attempt before may have ended without them. */
  private static void sayThatItIsInUse(DetectorInUse inUse, CurrentDetector current)
      throws IOException {
    JobContext context = inUse.context();
    String run = context.folder().runId();
    Optional<Decision> before =
        Decision.read(context.folder())
            .filter(decision -> decision.putIntoUse(StepName.PROMOTE, current.detector().hash()));
    if (before.isPresent()) {
      if (before.get().decidedAt().equals(current.decidedAt())) {
        inUse.writeRows(before.get());
      }
    } else {
      new Decision(
              StepName.PROMOTE.label(),
              true,
              current.decidedAt(),
              run,
              current.detector().run(),
              current.detector().run(),
              current.detector().hash(),
              "The detector of run %s is in use already".formatted(run),
              List.of())
          .write(context.folder());
    }
    String line =
        "The detector of run %s is in use already, since %s; nothing is changed"
            .formatted(run, current.decidedAt());
    context.summary().add(line);
    inUse.tell(true, line);
  }

  /**
   * A user who forgets to name the traces would otherwise wonder why a good detector is refused.
   */
  private static void sayIfTracesAreOthers(JobContext context) throws IOException {
    Split split = Split.VALIDATION;
    if (context.manifest().fingerprints().containsKey(split)
        && !new RunTraces(context).isAsNoted(split)) {
      context
          .summary()
          .add(
              "The validation traces are not those that run %s has read before; if that is not meant, give the traces.* keys of that run"
                  .formatted(context.folder().runId()));
    }
  }

  private static Decision decide(
      JobContext context, ModelsFolder models, Optional<CurrentDetector> current, String hash)
      throws IOException {
    List<Gate> gates =
        new Gates(context.configuration().promotion()).of(measure(context, models, current));
    boolean accepted = gates.stream().noneMatch(Gate::refuses);
    String run = context.folder().runId();
    String before = current.map(now -> now.detector().run()).orElse(null);
    return new Decision(
        StepName.PROMOTE.label(),
        accepted,
        DetectorInUse.now(),
        run,
        before,
        accepted ? run : before,
        hash,
        accepted ? promoted(run, before, gates) : refused(run, before, gates),
        gates);
  }

  private static String promoted(String run, String before, List<Gate> gates) {
    long measured = gates.stream().filter(Gate::isMeasured).count();
    return "Promoted: the detector of run %s is in use now, %s; it passed %d gates%s"
        .formatted(
            run,
            before == null ? "the first of this workspace" : "in place of that of run " + before,
            measured,
            measured == gates.size()
                ? ""
                : ", and %d could not be measured".formatted(gates.size() - measured));
  }

  private static String refused(String run, String before, List<Gate> gates) {
    return "Not promoted: the detector of run %s did not pass: %s; %s"
        .formatted(
            run,
            gates.stream()
                .filter(Gate::refuses)
                .map(gate -> gate.gate() + ", " + gate.reason())
                .collect(Collectors.joining("; ")),
            before == null
                ? "no detector is in use"
                : "that of run %s stays in use".formatted(before));
  }

  private static Measured measure(
      JobContext context, ModelsFolder models, Optional<CurrentDetector> current)
      throws IOException {
    Optional<Path> place =
        current.isEmpty() ? Optional.empty() : Optional.of(models.folder(current.get().detector()));
    int batchSize = context.configuration().scoring().batchSize();
    try (FittedDetector candidate =
            FittedDetector.load(context.spark(), context.folder().detector(), batchSize);
        FittedDetector inUse =
            place.isEmpty() ? null : FittedDetector.load(context.spark(), place.get(), batchSize);
        SharedTests tests = SharedTests.read(context, candidate)) {
      Optional<FittedDetector> other = Optional.ofNullable(inUse);
      String detector = detector(context.configuration().promotion(), candidate, other);
      boolean shared = other.filter(now -> now.detectors().contains(detector)).isPresent();
      return new Measured(
          detector,
          shared,
          context.configuration().scoring().falseAlarmRate(),
          tests.figures(candidate, detector, true, "run " + context.folder().runId()),
          other.map(now -> tests.figures(now, detector, shared, "the detector in use")),
          tests.unknownCalls(candidate),
          rejected(context, tests),
          other.flatMap(now -> drift(now.manifest(), candidate.manifest())));
    }
  }

  private static String detector(
      PromotionSettings settings, FittedDetector candidate, Optional<FittedDetector> current) {
    List<String> names = candidate.detectors();
    if (settings.detector().isEmpty()) {
      return names.stream()
          .filter(name -> current.isEmpty() || current.get().detectors().contains(name))
          .findFirst()
          .orElse(names.get(0));
    }
    if (!names.contains(settings.detector())) {
      throw new UnusableInputException(
          "Cannot promote: promotion.detector is %s, and the detector has only %s; name one of these"
              .formatted(settings.detector(), String.join(", ", names)));
    }
    return settings.detector();
  }

  private static SortedMap<String, Double> rejected(JobContext context, SharedTests tests) {
    SortedMap<String, Double> shares = tests.rejected();
    context.tables().dataProfile(context.folder().runId()).stream()
        .filter(profile -> profile.split() == Split.TRAINING)
        .forEach(profile -> shares.put(profile.split().label(), rejectedShare(profile)));
    return shares;
  }

  private static double rejectedShare(DataProfile profile) {
    return SharedTests.share(profile.rejected(), profile.traces());
  }

  private static Optional<InputDrift> drift(DetectorManifest former, DetectorManifest now) {
    return former
        .inputProfile()
        .flatMap(before -> now.inputProfile().map(after -> InputDrift.between(before, after)));
  }

  private static void promote(
      DetectorInUse inUse, DetectorFolder candidate, byte[] json, Decision decision)
      throws IOException {
    JobContext context = inUse.context();
    CurrentDetector.Promoted copied =
        inUse
            .models()
            .copy(decision.runId(), json, decision.decidedAt(), new CopyOf(context, candidate));
    decision.write(context.folder());
    CurrentDetector now =
        inUse.models().promote(copied, context.configuration().promotion().keep());
    inUse.writeRows(decision);
    deleteUnnamed(inUse, now);
  }

  /** The detector is in use, and the next promotion tries again what fails here. */
  private static void deleteUnnamed(DetectorInUse inUse, CurrentDetector now) throws IOException {
    try {
      inUse.models().deleteUnnamed(now);
    } catch (InUseException e) {
      throw e;
    } catch (IOException e) {
      inUse
          .context()
          .progress()
          .say(
              "Warning: cannot delete detectors that are no longer kept: "
                  + FileSystemRefusal.reason(e));
    }
  }

  private record CopyOf(JobContext context, DetectorFolder candidate) implements ModelsFolder.Copy {
    @Override
    public void copyTo(Path target) throws IOException {
      candidate.copyFilesTo(target);
    }

    @Override
    public boolean isIn(Path target) throws IOException {
      try {
        DetectorFolder copy = new DetectorFolder(context.spark(), target);
        return copy.verify().equals(candidate.manifest());
      } catch (UnusableInputException e) {
        return false;
      }
    }
  }
}
