package org.relupath.core;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packages follow the data: each depends only on those before it. */
class PackageOrderTest {
  private static final List<String> ORDER =
      List.of(
          "linalg",
          "loss",
          "data",
          "score",
          "gates",
          "gates.arrangement",
          "program",
          "program.pricing",
          "program.search",
          "program.rows.planes",
          "program.rows",
          "network",
          "solve.slide",
          "solve",
          "solve.decomposition",
          "solve.rows",
          "solve.rows.gated",
          "solve.rows.relu",
          "path",
          "path.piece",
          "path.homotopy",
          "optimalset.polytope",
          "optimalset",
          "prune",
          "audit.stationarity",
          "audit",
          "audit.critical");

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.relupath.core");

  static List<String> order() {
    return ORDER;
  }

  @ParameterizedTest
  @MethodSource("order")
  void dependsOnlyOnPackagesBeforeIt(String name) {
    String[] later =
        ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size()).stream()
            .map(PackageOrderTest::pattern)
            .toArray(String[]::new);
    if (later.length > 0) {
      noClasses()
          .that()
          .resideInAPackage(pattern(name))
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(later)
          .allowEmptyShould(true)
          .check(CLASSES);
    }
  }

  @Test
  void everyPackageHasAPlaceInTheOrder() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ORDER.stream().map(PackageOrderTest::pattern).toArray(String[]::new))
        .should()
        .resideInAPackage("org.relupath.core..")
        .allowEmptyShould(true)
        .check(CLASSES);
  }

  @Test
  void knowsNoSpark() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.spark..", "org.relupath.spark..")
        .check(CLASSES);
  }

  private static String pattern(String name) {
    return "org.relupath.core." + name;
  }
}
