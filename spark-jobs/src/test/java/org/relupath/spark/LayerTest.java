package org.relupath.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Commands stand on the other packages, never the other way round. */
class LayerTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.relupath");

  @Test
  void nothingDependsOnTheJobs() {
    noClasses()
        .that()
        .resideOutsideOfPackage("org.relupath.spark.jobs..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.relupath.spark.jobs..")
        .check(CLASSES);
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
