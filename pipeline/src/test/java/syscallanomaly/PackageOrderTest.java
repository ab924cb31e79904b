package syscallanomaly;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;
import java.util.stream.Stream;

/**
 * A package depends only on those before it in the order in which data flow; the library's front
 * door knows them all.
 */
@AnalyzeClasses(packages = "syscallanomaly", importOptions = DoNotIncludeTests.class)
class PackageOrderTest {
  private static final List<String> ORDER =
      List.of(
          "query",
          "table",
          "trace",
          "vocabulary",
          "window",
          "model",
          "train",
          "score",
          "evaluate",
          "warehouse",
          "report");

  @ArchTest static final ArchRule PACKAGES_FOLLOW_THE_DATA = packagesFollowTheData();

  private static LayeredArchitecture packagesFollowTheData() {
    LayeredArchitecture architecture =
        layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .ensureAllClassesAreContainedInArchitecture();
    for (String name : ORDER) {
      architecture = architecture.layer(name).definedBy("syscallanomaly." + name + "..");
    }
    architecture =
        architecture
            .layer("door")
            .definedBy("syscallanomaly")
            .whereLayer("door")
            .mayNotBeAccessedByAnyLayer();
    for (int i = 0; i < ORDER.size(); i++) {
      String[] later =
          Stream.concat(ORDER.subList(i + 1, ORDER.size()).stream(), Stream.of("door"))
              .toArray(String[]::new);
      architecture = architecture.whereLayer(ORDER.get(i)).mayOnlyBeAccessedByLayers(later);
    }
    return architecture;
  }
}
