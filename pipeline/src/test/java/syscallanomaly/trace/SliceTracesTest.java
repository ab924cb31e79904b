package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import syscallanomaly.trace.file.StorageException;
import syscallanomaly.trace.file.TraceFile;
import syscallanomaly.trace.file.TraceSource;
import syscallanomaly.trace.format.ParsedTrace;
import syscallanomaly.trace.format.TraceFormat;

class SliceTracesTest {
  private final Files files = new Files();

  @Test
  void aFileWithoutEndIsReadOneTraceAtATime() throws IOException {
    List<Integer> asked = new ArrayList<>();
    Iterator<ParsedTrace> endless =
        IntStream.iterate(0, i -> i + 1)
            .peek(asked::add)
            .mapToObj(i -> ParsedTrace.accepted("a", "#" + i, new int[] {i}))
            .iterator();

    try (SliceTraces traces = traces((file, in) -> endless, "a")) {
      assertThat(traces.next().traceId()).isEqualTo("a#0");
      assertThat(traces.next().traceId()).isEqualTo("a#1");
      assertThat(asked).containsExactly(0, 1);
      assertThat(files.open).containsExactly("a");
    }
    assertThat(files.open).isEmpty();
    assertThat(files.closed).isTrue();
  }

  @Test
  void aFileIsClosedBeforeTheNextIsOpened() throws IOException {
    try (SliceTraces traces = traces(SliceTracesTest::tracePerByte, "ab", "c")) {
      assertThat(ids(traces, 2)).containsExactly("ab#97", "ab#98");
      assertThat(files.open).containsExactly("ab");
      assertThat(ids(traces, 1)).containsExactly("c#99");
      assertThat(files.open).containsExactly("c");
      assertThat(traces.hasNext()).isFalse();
      assertThat(files.open).isEmpty();
      assertThatThrownBy(traces::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  void damagedContentRejectsTheRestOfAFile() throws IOException {
    TraceFormat.Parser failsAtB =
        (file, in) ->
            file.chars()
                .mapToObj(
                    call -> {
                      if (call == 'b') {
                        throw new UncheckedIOException(new IOException("the code is damaged"));
                      }
                      return ParsedTrace.accepted(file, "#" + call, new int[] {call});
                    })
                .iterator();
    try (SliceTraces traces = traces(failsAtB, "abc", "d")) {
      assertThat(ids(traces, 1)).containsExactly("abc#97");
      ParsedTrace reject = traces.next();
      assertThat(reject.isAccepted()).isFalse();
      assertThat(reject.traceId()).isEqualTo("abc");
      assertThat(reject.reason()).isEqualTo("cannot be read: the code is damaged");
      assertThat(files.open).isEmpty();
      assertThat(ids(traces, 1)).containsExactly("d#100");
    }
  }

  @Test
  void aFailingDiskLosesNoTraceButEndsTheReading() throws IOException {
    TraceFormat.Parser failsAtB =
        (file, in) ->
            file.chars()
                .mapToObj(
                    call -> {
                      if (call == 'b') {
                        throw new UncheckedIOException(
                            new IOException("a decoder's word", new StorageException("no\ndisk")));
                      }
                      return ParsedTrace.accepted(file, "#" + call, new int[] {call});
                    })
                .iterator();
    try (SliceTraces traces = traces(failsAtB, "ab\u001b", "d")) {
      assertThat(ids(traces, 1)).containsExactly("ab\u001b#97");
      assertThatThrownBy(traces::hasNext)
          .isInstanceOf(UnusableInputException.class)
          .hasMessage("Cannot read place/ab\\u001b: no disk; once it can be read, run again");
      assertThat(files.open).isEmpty();
    }
  }

  @Test
  void aFileThatTheListingRefusedIsNotOpened() throws IOException {
    FileSlice slice =
        FileSlice.cut(List.of(new TraceFile("link", -1, 0, null, "is a link to nothing")), 1, 1, 1)
            .get(0);
    try (SliceTraces traces = new SliceTraces(files, SliceTracesTest::tracePerByte, slice, 5)) {
      assertThat(traces.next().reason()).isEqualTo("is a link to nothing");
      assertThat(traces.hasNext()).isFalse();
    }
  }

  @Test
  void aFileLargerThanListedIsRejectedByTheDoor() throws IOException {
    TraceFormat.Parser all =
        (file, in) ->
            List.of(ParsedTrace.accepted(file, new int[] {in.readAllBytes().length})).iterator();
    try (SliceTraces traces = traces(all, "12345", "123456")) {
      assertThat(traces.next().calls()).containsExactly(5);
      assertThat(traces.next().reason()).isEqualTo("has more bytes than the 5 that are accepted");
    }
  }

  private static Iterator<ParsedTrace> tracePerByte(String file, InputStream in)
      throws IOException {
    return new String(in.readAllBytes(), StandardCharsets.US_ASCII)
        .chars()
        .mapToObj(call -> ParsedTrace.accepted(file, "#" + call, new int[] {call}))
        .iterator();
  }

  private SliceTraces traces(TraceFormat.Parser parser, String... names) {
    List<TraceFile> listed = Arrays.stream(names).map(name -> new TraceFile(name, -1, 0)).toList();
    return new SliceTraces(files, parser, FileSlice.cut(listed, 1 << 20, 1, 1).get(0), 5);
  }

  private static List<String> ids(SliceTraces traces, int count) {
    return IntStream.range(0, count).mapToObj(i -> traces.next().traceId()).toList();
  }

  /** Files whose content is their name. */
  private static final class Files implements TraceSource, TraceSource.Contents {
    private static final long serialVersionUID = 1L;

    private final List<String> open = new ArrayList<>();
    private boolean closed;

    @Override
    public String address(String name) {
      return "place/" + name;
    }

    @Override
    public String folder() {
      return "place";
    }

    @Override
    public Contents contents() {
      return this;
    }

    @Override
    public InputStream open(TraceFile file) {
      String name = file.name();
      open.add(name);
      return new ByteArrayInputStream(name.getBytes(StandardCharsets.US_ASCII)) {
        @Override
        public void close() {
          open.remove(name);
        }
      };
    }

    @Override
    public void close() {
      closed = true;
    }
  }
}
