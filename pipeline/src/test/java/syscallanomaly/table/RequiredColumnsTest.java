package syscallanomaly.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import syscallanomaly.SparkExtension;

@ExtendWith(SparkExtension.class)
class RequiredColumnsTest {
  private static final RequiredColumns PETS =
      new RequiredColumns(
          "pets",
          new StructType()
              .add("age", DataTypes.LongType)
              .add("names", DataTypes.createArrayType(DataTypes.StringType)));

  private SparkSession spark;

  @BeforeEach
  void session(SparkSession session) {
    spark = session;
  }

  @Test
  void rowsWithTheColumnsInAnyOrderAreTheSameDataset() {
    Dataset<Row> pets = rows("names array<string>, colour string, age bigint");
    assertThat(PETS.in(pets)).isSameAs(pets);
  }

  @Test
  void whetherNullsMayStandInAColumnOrAnArrayIsNotAsked() {
    Dataset<Row> pets =
        spark.createDataFrame(
            List.of(),
            new StructType()
                .add("age", DataTypes.LongType, /* nullable= */ false)
                .add("names", DataTypes.createArrayType(DataTypes.StringType, false)));
    assertThat(PETS.in(pets)).isSameAs(pets);
  }

  @Test
  void aMissingColumnIsNamedWithItsType() {
    assertThatThrownBy(() -> PETS.in(rows("age bigint, name string, Names array<string>")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use these pets: they have no column 'names' of type array<string>;"
                + " their columns are age, name, Names");
  }

  @Test
  void aColumnOfAnotherTypeIsNamedWithBoth() {
    assertThatThrownBy(() -> PETS.in(rows("age int, names array<string>")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use these pets: column 'age' is of type int and must be of type bigint;"
                + " cast it");
    assertThatThrownBy(() -> PETS.in(rows("age bigint, names array<int>")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot use these pets: column 'names' is of type array<int> and must be of type"
                + " array<string>; cast it");
  }

  private Dataset<Row> rows(String ddl) {
    return spark.createDataFrame(List.of(), StructType.fromDDL(ddl));
  }
}
