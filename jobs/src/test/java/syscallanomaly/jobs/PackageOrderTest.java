package syscallanomaly.jobs;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.Architectures.LayeredArchitecture;
import java.util.List;

/** A package of the jobs depends only on those before it. */
@AnalyzeClasses(packages = "syscallanomaly.jobs", importOptions = DoNotIncludeTests.class)
class PackageOrderTest {
  private static final List<String> ORDER =
      List.of(
          "configuration",
          "progress",
          "run",
          "provenance",
          "checkpoint",
          "report",
          "step",
          "promotion",
          "benchmark",
          "export",
          "clean",
          "job",
          "command");

  @ArchTest static final ArchRule PACKAGES_HAVE_AN_ORDER = packagesHaveAnOrder();

  private static LayeredArchitecture packagesHaveAnOrder() {
    LayeredArchitecture architecture = layeredArchitecture().consideringOnlyDependenciesInLayers();
    for (String name : ORDER) {
      architecture = architecture.layer(name).definedBy("syscallanomaly.jobs." + name + "..");
    }
    for (int i = 0; i < ORDER.size(); i++) {
      String[] later = ORDER.subList(i + 1, ORDER.size()).toArray(String[]::new);
      architecture =
          later.length == 0
              ? architecture.whereLayer(ORDER.get(i)).mayNotBeAccessedByAnyLayer()
              : architecture.whereLayer(ORDER.get(i)).mayOnlyBeAccessedByLayers(later);
    }
    return architecture;
  }
}
