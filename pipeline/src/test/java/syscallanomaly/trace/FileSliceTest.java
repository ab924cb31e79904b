package syscallanomaly.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import syscallanomaly.Kryo;
import syscallanomaly.trace.file.ArchiveFile;
import syscallanomaly.trace.file.ArchivePart;
import syscallanomaly.trace.file.TraceFile;
import syscallanomaly.trace.format.ParsedTrace;

class FileSliceTest {
  private static final long MIB = 1 << 20;

  @Test
  void manySmallFilesMakeFourSlicesForEachCore() {
    assertThat(sizes(files(6000, 1500), 2)).containsOnly(750).hasSize(8);
  }

  @Test
  void fewSmallFilesMakeFewerSlicesButOneForEachCore() {
    assertThat(sizes(files(1000, 1500), 2)).hasSize(4);
    assertThat(sizes(files(300, 1500), 2)).containsExactly(150, 150);
    assertThat(sizes(files(6000, 1500), 100)).containsOnly(60).hasSize(100);
  }

  @Test
  void onALargeClusterASliceHasAtLeast256SmallFiles() {
    assertThat(sizes(files(60_000, 1500), 100))
        .hasSize(235)
        .allSatisfy(size -> assertThat(size).isBetween(254, 257));
  }

  @Test
  void fewFilesAreSpreadOverTheCores() {
    assertThat(sizes(files(4, 10), 2)).containsExactly(2, 2);
    assertThat(sizes(files(2, 10), 8)).containsExactly(1, 1);
    assertThat(sizes(files(1, 10), 8)).containsExactly(1);
  }

  @Test
  void largeFilesAreLimitedByTheirBytes() {
    assertThat(sizes(files(100, 64 * MIB), 2)).hasSizeGreaterThanOrEqualTo(50);
  }

  @Test
  void noSliceHoldsMoreThanTenThousandFiles() {
    assertThat(sizes(files(95_000, 1), 1))
        .hasSizeGreaterThanOrEqualTo(10)
        .allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(10_000));
  }

  @Test
  void theDescriptionOfASliceStaysBelowTheSizeAtWhichSparkWarns() throws IOException {
    String folder = "x".repeat(200) + "/";
    List<TraceFile> files =
        IntStream.range(0, 10_000)
            .mapToObj(i -> new TraceFile(folder + i, 1, 1, new ArchivePart(null, i, 1, true), null))
            .toList();
    for (FileSlice slice : FileSlice.cut(files, 128 * MIB, 0, 1)) {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
        out.writeObject(slice);
      }
      assertThat(bytes.size()).isLessThan(1000 << 10);
    }
  }

  @Property
  void everyFileStandsOnceAndInOrder(
      @ForAll @NotEmpty List<@LongRange(min = -1, max = 300 * MIB) Long> bytes,
      @ForAll @LongRange(min = 0, max = 8 * MIB) long openCost,
      @ForAll @IntRange(min = 1, max = 64) int cores) {
    List<TraceFile> files =
        IntStream.range(0, bytes.size())
            .mapToObj(i -> new TraceFile("trace-" + i, bytes.get(i), 0))
            .toList();
    List<String> names = new ArrayList<>();
    List<Long> sizes = new ArrayList<>();
    for (FileSlice slice : FileSlice.cut(files, 128 * MIB, openCost, cores)) {
      assertThat(slice.size()).isPositive();
      for (int i = 0; i < slice.size(); i++) {
        names.add(slice.file(i).name());
        sizes.add(slice.file(i).bytes());
      }
    }
    assertThat(names).isEqualTo(files.stream().map(TraceFile::name).toList());
    assertThat(sizes).isEqualTo(bytes);
  }

  @Test
  void kryoRestoresWhatTravels() {
    ArchiveFile zip = new ArchiveFile("x.zip", 1L << 33, 77);
    List<TraceFile> files =
        List.of(
            new TraceFile("a/b", 7, 1),
            new TraceFile("c", 8, 2, new ArchivePart(null, 1L << 40, 5, true), null),
            new TraceFile("x.zip!/a", 8, 2, new ArchivePart(zip, -1, 5, false), null),
            new TraceFile("x.zip!/b", 8, 2, new ArchivePart(zip, 0, 5, false), null),
            new TraceFile("d", -1, 0, null, "is a link to nothing"));
    FileSlice restored = Kryo.copy(FileSlice.cut(files, MIB, 1, 1).get(0));
    assertThat(IntStream.range(0, 5).mapToObj(restored::file)).isEqualTo(files);

    SliceCount count = SliceCount.of(List.of(ParsedTrace.rejected("x", "is empty")).iterator());
    SliceCount restoredCount = Kryo.copy(count);
    assertThat(restoredCount.rejected()).isEqualTo(1);
    assertThat(restoredCount.firstReason()).isEqualTo("is empty");
  }

  private static List<TraceFile> files(int count, long bytes) {
    return IntStream.range(0, count).mapToObj(i -> new TraceFile("trace-" + i, bytes, 0)).toList();
  }

  private static List<Integer> sizes(List<TraceFile> files, int cores) {
    return FileSlice.cut(files, 128 * MIB, 4 * MIB, cores).stream().map(FileSlice::size).toList();
  }
}
