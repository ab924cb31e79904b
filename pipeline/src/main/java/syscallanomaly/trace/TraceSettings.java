package syscallanomaly.trace;

import java.io.Serializable;
import java.util.Optional;
import syscallanomaly.trace.format.TraceFormats;

/**
 * Says where the traces lie and which traces are accepted.
 *
 * @param format one of {@link Formats#names()}
 * @param root folder, .zip or {@code archive.zip!/folder} in which the relative places of the
 *     splits are looked up; empty if there is none
 * @param training folder, glob or .zip of the normal traces to train on
 * @param validation folder, glob or .zip of the normal traces to test on
 * @param attack folder, glob or .zip of the attack traces; empty if the run has none
 * @param observed folder, glob or .zip of traces of unknown kind; empty if the run has none
 * @param maxBytes largest accepted size of a file in bytes, at least 1. A .gz file may have no
 *     more, neither packed nor unpacked. It does not hold for files of events, which are read line
 *     by line.
 * @param maxRejectedShare largest share of a split's traces, 0 to 1, that may be rejected. Above it
 *     {@link TraceSet#requireUsable()} fails. A file that gives no trace counts as one rejected
 *     trace. The share of rejected lines in files of events may be no larger, too.
 * @param hosts how the events that hosts record are read
 */
public record TraceSettings(
    String format,
    String root,
    String training,
    String validation,
    String attack,
    String observed,
    long maxBytes,
    double maxRejectedShare,
    HostSettings hosts)
    implements Serializable {

  private static final long DEFAULT_MAX_BYTES = 16L << 20;
  private static final double DEFAULT_MAX_REJECTED_SHARE = 0.01;

  /** Settings without anything special for events of hosts. */
  public TraceSettings(
      String format,
      String root,
      String training,
      String validation,
      String attack,
      String observed,
      long maxBytes,
      double maxRejectedShare) {
    this(
        format,
        root,
        training,
        validation,
        attack,
        observed,
        maxBytes,
        maxRejectedShare,
        HostSettings.defaults());
  }

  /** Settings without observed traces. */
  public TraceSettings(
      String format,
      String root,
      String training,
      String validation,
      String attack,
      long maxBytes,
      double maxRejectedShare) {
    this(format, root, training, validation, attack, "", maxBytes, maxRejectedShare);
  }

  /**
   * Returns settings for the traces of one place, which are read as {@link Split#TRAINING}, with
   * the default format and limits.
   *
   * @param place folder, glob or zip archive
   */
  public static TraceSettings of(String place) {
    return new TraceSettings(
        TraceFormats.DEFAULT, "", place, "", "", DEFAULT_MAX_BYTES, DEFAULT_MAX_REJECTED_SHARE);
  }

  /**
   * Returns settings for traces of unknown kind in one place, which are read as {@link
   * Split#OBSERVED}, with the default format and limits.
   *
   * @param place folder, glob or zip archive
   */
  public static TraceSettings observed(String place) {
    return new TraceSettings(
        TraceFormats.DEFAULT, "", "", "", "", place, DEFAULT_MAX_BYTES, DEFAULT_MAX_REJECTED_SHARE);
  }

  /** The same settings with other places. */
  public TraceSettings at(
      String otherRoot,
      String otherTraining,
      String otherValidation,
      String otherAttack,
      String otherObserved) {
    return new TraceSettings(
        format,
        otherRoot,
        otherTraining,
        otherValidation,
        otherAttack,
        otherObserved,
        maxBytes,
        maxRejectedShare,
        hosts);
  }

  /** The same settings for files of whole traces, in the format that this program writes. */
  public TraceSettings ofWholeTraces() {
    return new TraceSettings(
        TraceFormats.DEFAULT,
        root,
        training,
        validation,
        attack,
        observed,
        maxBytes,
        maxRejectedShare,
        hosts);
  }

  /** The configured location of a split, or empty if the run has no traces of it. */
  public Optional<String> location(Split split) {
    String value =
        switch (split) {
          case TRAINING -> training;
          case VALIDATION -> validation;
          case ATTACK -> attack;
          case OBSERVED -> observed;
        };
    return value.isEmpty() ? Optional.empty() : Optional.of(value);
  }
}
