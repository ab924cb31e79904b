package syscallanomaly.trace.format;

import java.util.List;

/**
 * The format of ADFA-LD (Creech and Hu: Generation of a new IDS test dataset, 2013). Each file is
 * one trace, which {@link TraceParser} reads.
 */
final class AdfaLdFormat implements TraceFormat {
  static final String NAME = "adfa-ld";

  private static final long serialVersionUID = 1L;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "each file is one trace, its calls are integers separated by white space";
  }

  @Override
  public Parser parser(int largestCall) {
    TraceParser parser = new TraceParser(largestCall);
    return (file, in) -> {
      try {
        return List.of(ParsedTrace.accepted(file, parser.parse(in))).iterator();
      } catch (RejectedTraceException e) {
        return List.of(ParsedTrace.rejected(file, e.getMessage())).iterator();
      }
    };
  }
}
