package dev.rootwatch.alert;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What Maven cannot state: sinks are found, never named, and this module has no database. */
@AnalyzeClasses(packages = "dev.rootwatch.alert", importOptions = DoNotIncludeTests.class)
class ArrowsTest {

  @ArchTest
  static final ArchRule sinksAreFoundNotNamed =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.rootwatch.alert.sink..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.rootwatch.alert.sink..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule noDatabase =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "javax.sql..")
          .allowEmptyShould(true);
}
