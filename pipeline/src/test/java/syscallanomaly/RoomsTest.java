package syscallanomaly;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Collectors;
import syscallanomaly.train.Trainer;

/** Packages stay small, and what lies behind a door does not know who stands before it. */
@AnalyzeClasses(packages = "syscallanomaly", importOptions = DoNotIncludeTests.class)
class RoomsTest {
  private static final long LARGEST = 20;

  @ArchTest
  static final ArchRule NOTHING_BEHIND_THE_DOOR_KNOWS_THE_TRAINER =
      noClasses()
          .that()
          .resideInAPackage("syscallanomaly.train.*")
          .should()
          .dependOnClassesThat()
          .areAssignableTo(Trainer.class);

  @ArchTest
  static final ArchRule SETTINGS_AND_RESULTS_KNOW_NO_ROUND =
      noClasses()
          .that()
          .resideInAPackage("syscallanomaly.train")
          .and()
          .doNotHaveFullyQualifiedName(Trainer.class.getName())
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("syscallanomaly.train.averaging", "syscallanomaly.train.epoch");

  @ArchTest
  static final ArchRule NUMERICS_KNOW_NO_SPARK =
      noClasses()
          .that()
          .resideInAPackage("syscallanomaly.train.numerics")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.apache.spark..", "org.deeplearning4j.spark..");

  @ArchTest
  static final ArchRule SEQUENCES_AND_NUMERICS_KNOW_NO_ROUND =
      noClasses()
          .that()
          .resideInAnyPackage("syscallanomaly.train.epoch", "syscallanomaly.train.numerics")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("syscallanomaly.train.averaging", "syscallanomaly.train.state");

  @ArchTest
  static void noPackageHoldsMoreThanTwentyClasses(JavaClasses classes) {
    Map<String, Long> sizes =
        classes.stream()
            .filter(
                found -> found.isTopLevelClass() && !found.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getPackageName, Collectors.counting()));

    assertThat(sizes)
        .isNotEmpty()
        .allSatisfy((name, size) -> assertThat(size).as(name).isLessThanOrEqualTo(LARGEST));
  }
}
