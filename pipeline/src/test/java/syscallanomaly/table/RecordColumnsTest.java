package syscallanomaly.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class RecordColumnsTest {
  private static final Instant NOON = Instant.parse("2026-01-02T12:00:00.123456Z");

  private enum Light implements Labelled {
    RED("stop"),
    GREEN("go");

    private final String label;

    Light(String label) {
      this.label = label;
    }

    @Override
    public String label() {
      return label;
    }
  }

  record Crossing(
      @Column(comment = "Its number.") int crossingNumber,
      @Column(
              comment = "Cars that passed.",
              formerly = {"vehicles", "cars_seen"})
          long cars,
      @Column(comment = "Share that waited, 0 to 1.", name = "share_01") double share,
      @Column(comment = "Whether it's open.") boolean open,
      @Column(comment = "Name of the street.") String street,
      @Column(comment = "When it was counted.") Instant at,
      @Column(comment = "What the light shows.") Light light,
      @Column(comment = "Lanes, where known.") Long lanes) {

    Crossing {
      if (cars < 0) {
        throw new IllegalArgumentException("cars: " + cars);
      }
    }

    @DerivedColumn(comment = "Cars that waited.", after = "share_01")
    double carsWaiting() {
      return cars * share;
    }
  }

  private static final RecordColumns<Crossing> COLUMNS = RecordColumns.of(Crossing.class);
  private static final Crossing CROSSING =
      new Crossing(7, 200, .25, true, "Oak", NOON, Light.GREEN, 4L);

  @Test
  void theColumnsAreTheComponentsInOrderAndTheDerivedOnesWhereTheySay() {
    assertThat(COLUMNS.columns())
        .containsExactly(
            column("crossing_number", DataTypes.LongType, "Its number."),
            new TableColumn(
                "cars", DataTypes.LongType, "Cars that passed.", List.of("vehicles", "cars_seen")),
            column("share_01", DataTypes.DoubleType, "Share that waited, 0 to 1."),
            column("cars_waiting", DataTypes.DoubleType, "Cars that waited."),
            column("open", DataTypes.BooleanType, "Whether it's open."),
            column("street", DataTypes.StringType, "Name of the street."),
            column("at", DataTypes.TimestampType, "When it was counted."),
            column("light", DataTypes.StringType, "What the light shows."),
            column("lanes", DataTypes.LongType, "Lanes, where known."));
  }

  @Test
  void theSchemaCarriesTheComments() {
    assertThat(COLUMNS.schema().toDDL())
        .isEqualTo(
            "crossing_number BIGINT COMMENT 'Its number.',cars BIGINT COMMENT 'Cars that passed.',"
                + "share_01 DOUBLE COMMENT 'Share that waited, 0 to 1.',"
                + "cars_waiting DOUBLE COMMENT 'Cars that waited.',"
                + "open BOOLEAN COMMENT 'Whether it\\'s open.',"
                + "street STRING COMMENT 'Name of the street.',"
                + "at TIMESTAMP COMMENT 'When it was counted.',"
                + "light STRING COMMENT 'What the light shows.',"
                + "lanes BIGINT COMMENT 'Lanes, where known.'");
    assertThat(COLUMNS.schema().fields()).allMatch(field -> field.nullable());
  }

  @Test
  void theValuesOfARowAreInTheOrderOfTheColumns() {
    assertThat(COLUMNS.values(CROSSING))
        .containsExactly(7L, 200L, .25, 50.0, true, "Oak", NOON, "go", 4L);
    assertThat(COLUMNS.values(new Crossing(7, 200, .25, true, null, null, null, null)))
        .containsExactly(7L, 200L, .25, 50.0, true, null, null, null, null);
  }

  @Test
  void aRecordComesBackFromItsRow() {
    assertThat(COLUMNS.record(row(COLUMNS.values(CROSSING).toArray()))).isEqualTo(CROSSING);
    Crossing sparse = new Crossing(7, 200, .25, true, null, null, null, null);
    assertThat(COLUMNS.record(row(COLUMNS.values(sparse).toArray()))).isEqualTo(sparse);
  }

  @Test
  void aRowMayHaveTimestampsOfTheOldKind() {
    assertThat(
            COLUMNS.record(row(7L, 200L, .25, 50.0, true, "Oak", Timestamp.from(NOON), "go", 4L)))
        .isEqualTo(CROSSING);
  }

  @Test
  void columnsAreFoundByNameAndOthersIgnored() {
    StructType reversed = new StructType().add("mine", DataTypes.StringType);
    List<Object> values = new ArrayList<>(List.of("x"));
    for (int i = COLUMNS.columns().size() - 1; i >= 0; i--) {
      if (!COLUMNS.columns().get(i).name().equals("cars_waiting")) {
        reversed = reversed.add(COLUMNS.columns().get(i).field());
        values.add(COLUMNS.values(CROSSING).get(i));
      }
    }
    assertThat(COLUMNS.record(new GenericRowWithSchema(values.toArray(), reversed)))
        .isEqualTo(CROSSING);
  }

  @Test
  void aNullIsNaNInADoubleAndRefusedInOtherPrimitives() {
    assertThat(COLUMNS.record(row(7L, 200L, null, null, true, null, null, null, null)).share())
        .isNaN();
    assertThatThrownBy(() -> COLUMNS.record(row(7L, 200L, .25, 50.0, null, null, null, null, null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot read a Crossing from a row: column 'open' is null, which type boolean cannot"
                + " hold; declare it boxed");
  }

  @Test
  void aRowWithoutAColumnIsRefused() {
    Row row =
        new GenericRowWithSchema(
            new Object[] {7L}, new StructType().add("crossing_number", DataTypes.LongType));
    assertThatThrownBy(() -> COLUMNS.record(row))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot read a Crossing from a row: it has no column 'cars'; its columns are"
                + " crossing_number");
  }

  @Test
  void whatTheRecordRefusesIsSaid() {
    assertThatThrownBy(() -> COLUMNS.record(row(7L, -1L, .25, 50.0, true, null, null, null, null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read a Crossing from a row: cars: -1");
    assertThatThrownBy(
            () -> COLUMNS.record(row(7L, 1L, .25, 50.0, true, null, null, "amber", null)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot read 'amber' as a Light: it must be one of stop, go");
    assertThatThrownBy(
            () -> COLUMNS.record(row(1L << 31, 1L, .25, 50.0, true, null, null, null, null)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("integer overflow");
  }

  record Unannotated(@Column(comment = "Fine.") int one, int two) {}

  record Blank(@Column(comment = " ") int one) {}

  record Unsupported(@Column(comment = "Several.") List<String> names) {}

  record Doubled(
      @Column(comment = "One.") int one, @Column(comment = "Other.", name = "one") int other) {}

  record FormerIsTaken(
      @Column(comment = "One.") int one, @Column(comment = "Other.", formerly = "one") int other) {}

  record AfterNothing(@Column(comment = "One.") int one) {
    @DerivedColumn(comment = "Twice.", after = "two")
    int twice() {
      return 2 * one;
    }
  }

  record WithArgument(@Column(comment = "One.") int one) {
    @DerivedColumn(comment = "Times.", after = "one")
    int times(int factor) {
      return factor * one;
    }
  }

  @Test
  void whatCannotBecomeAColumnIsNamed() {
    assertRefused(
        Unannotated.class,
        "Cannot make a column of Unannotated.two: it has no @Column; add one with a comment");
    assertRefused(
        Blank.class,
        "Cannot make a column of Blank.one: its comment is blank; say what the column holds");
    assertRefused(
        Unsupported.class,
        "Cannot make a column of Unsupported.names: it is of type java.util.List; use int, long,"
            + " double, boolean, their boxes, String, Instant or an enum that is Labelled");
    assertRefused(
        Doubled.class, "Cannot make a column of Doubled.other: another column is named 'one'");
    assertRefused(
        FormerIsTaken.class,
        "Cannot make a column of FormerIsTaken.other: its former name 'one' is a name of another"
            + " column");
    assertRefused(
        AfterNothing.class,
        "Cannot make a column of AfterNothing.twice: it follows a column 'two', which is not"
            + " there");
    assertRefused(
        WithArgument.class,
        "Cannot make a column of WithArgument.times: it takes arguments; derive it from the record"
            + " alone");
  }

  record Chain(@Column(comment = "One.") int one, @Column(comment = "Last.") int last) {
    @DerivedColumn(comment = "Three times.", after = "double_of")
    int treble() {
      return 3 * one;
    }

    @DerivedColumn(comment = "Twice.", after = "one")
    int doubleOf() {
      return 2 * one;
    }
  }

  @Test
  void aDerivedColumnMayFollowAnother() {
    assertThat(RecordColumns.of(Chain.class).schema().fieldNames())
        .containsExactly("one", "double_of", "treble", "last");
    assertThat(RecordColumns.of(Chain.class).values(new Chain(5, 9)))
        .containsExactly(5L, 10L, 15L, 9L);
  }

  private static void assertRefused(Class<? extends Record> type, String message) {
    assertThatThrownBy(() -> RecordColumns.of(type))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(message);
  }

  private static TableColumn column(String name, DataType type, String comment) {
    return new TableColumn(name, type, comment, List.of());
  }

  private static Row row(Object... values) {
    return new GenericRowWithSchema(values, COLUMNS.schema());
  }
}
