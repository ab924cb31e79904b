package syscallanomaly.warehouse;

import static org.assertj.core.api.Assertions.assertThat;
import static syscallanomaly.warehouse.MetricRows.START;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import syscallanomaly.SparkExtension;

@ExtendWith(SparkExtension.class)
class PromotionRowsTest {
  @Test
  void aDecisionIsReplacedByOneOfTheSameRunAndAction(SparkSession root, @TempDir Path folder) {
    SparkSession spark = root.newSession();
    MetricTables tables = MetricTables.open(spark, MetricTablesTest.settings(folder));
    PromotionRow refused =
        new PromotionRow(START, "z", "z", "promote", false, "auc", .5, .7, "low");
    PromotionRow unmeasured =
        new PromotionRow(START, "z", "z", "promote", null, "call_drift", null, null, "no profile");
    PromotionRow accepted =
        new PromotionRow(START, null, "a", "promote", true, "auc", .8, .7, "ok");
    PromotionRow back =
        new PromotionRow(START, "b", "a", "rollback", true, "decision", null, null, "");
    tables.replacePromotion("a", "promote", List.of(refused, unmeasured));
    tables.replacePromotion("b", "promote", List.of(refused));
    tables.replacePromotion("a", "rollback", List.of(back));
    assertThat(tables.promotions("a")).containsExactlyInAnyOrder(refused, unmeasured, back);

    tables.replacePromotion("a", "promote", List.of(accepted));

    assertThat(tables.promotions("a")).containsExactlyInAnyOrder(back, accepted);
    assertThat(tables.promotions("b")).containsExactly(refused);
  }
}
