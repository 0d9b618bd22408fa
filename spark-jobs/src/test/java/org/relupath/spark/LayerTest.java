package org.relupath.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Packages stand on each other in one order: each uses only those before it. */
class LayerTest {
  /** From the ground up. */
  private static final List<String> ORDER =
      List.of(
          "io",
          "io.cells",
          "io.rows",
          "io.durable",
          "io.table",
          "io.foreign",
          "engine",
          "report",
          "config",
          "data",
          "run",
          "train.program",
          "train.choice",
          "train",
          "train.ladder",
          "analysis",
          "result",
          "result.page",
          "result.outputs",
          "earlier",
          "optimal",
          "prune",
          "audit",
          "export",
          "study.page",
          "study.unit",
          "study",
          "study.optimal",
          "ml.param",
          "ml",
          "jobs");

  /** Files that a package may have, the one that describes it included. */
  private static final int MOST_FILES = 20;

  private static final String BASE = "org.relupath.spark.";

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.relupath");

  static List<String> order() {
    return ORDER;
  }

  @ParameterizedTest
  @MethodSource("order")
  void aPackageUsesOnlyThoseBeforeIt(String name) {
    String[] later =
        ORDER.subList(ORDER.indexOf(name) + 1, ORDER.size()).stream()
            .map(BASE::concat)
            .toArray(String[]::new);
    if (later.length > 0) {
      noClasses()
          .that()
          .resideInAPackage(BASE + name)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(later)
          .check(CLASSES);
    }
  }

  @Test
  void everyPackageHasAPlaceInTheOrder() {
    assertThat(
            CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith(BASE))
                .map(name -> name.substring(BASE.length()))
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(ORDER);
  }

  @Test
  void commandsAreAllThatStandsOnTop() {
    assertThat(
            CLASSES.stream()
                .filter(one -> one.getPackageName().equals(BASE + "jobs"))
                .filter(JavaClass::isTopLevelClass)
                .map(JavaClass::getSimpleName)
                .filter(name -> !name.equals("package-info"))
                .filter(name -> !name.endsWith("Job")))
        .containsExactlyInAnyOrder("Main", "Commands", "Command", "Arguments");
  }

  @Test
  void aPackageIsOneSubjectAndSmall() throws IOException {
    Path sources = Path.of("src", "main", "java", "org", "relupath", "spark");
    Map<String, Integer> files = new TreeMap<>();
    try (Stream<Path> all = Files.walk(sources)) {
      all.filter(file -> file.toString().endsWith(".java"))
          .map(file -> sources.relativize(file.getParent()).toString().replace('/', '.'))
          .forEach(name -> files.merge(name, 1, Integer::sum));
    }
    assertThat(files).containsOnlyKeys(ORDER);
    assertThat(files)
        .allSatisfy((name, count) -> assertThat(count).as(name).isLessThanOrEqualTo(MOST_FILES));
  }

  @Test
  void coreKnowsNothingOfSparkJobs() {
    noClasses()
        .that()
        .resideInAPackage("org.relupath.core..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.relupath.spark..", "org.apache.spark..")
        .check(CLASSES);
  }
}
