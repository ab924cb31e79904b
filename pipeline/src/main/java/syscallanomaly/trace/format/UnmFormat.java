package syscallanomaly.trace.format;

import java.util.List;

/**
 * The format of the data sets of the University of New Mexico (Forrest, Hofmeyr, Somayaji and
 * Longstaff: A sense of self for Unix processes, 1996; Warrender, Forrest and Pearlmutter:
 * Detecting intrusions using system calls, 1999). A file holds the calls of one process or of
 * several, interleaved, which {@link ProcessCallReader} takes apart. A trace is named {@code
 * file#process}. A damaged line rejects the whole file, because nobody knows whose call is missing.
 */
final class UnmFormat implements TraceFormat {
  static final String NAME = "unm";

  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "each line is the number of a process and one call of it, and each process of a file is"
        + " one trace";
  }

  @Override
  public Parser parser(int largestCall) {
    ProcessCallReader reader = new ProcessCallReader(largestCall);
    return (file, in) -> {
      try {
        return reader.parse(file, in);
      } catch (RejectedTraceException e) {
        return List.of(ParsedTrace.rejected(file, e.getMessage())).iterator();
      }
    };
  }
}
