package dev.rootwatch.testlog;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What Maven cannot state: the test log speaks the protocols itself and borrows no reader. */
@AnalyzeClasses(packages = "dev.rootwatch.testlog", importOptions = DoNotIncludeTests.class)
class ArrowsTest {

  @ArchTest
  static final ArchRule servesAndNeverReads =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.rootwatch.ct.source..", "dev.rootwatch.ct.read..")
          .allowEmptyShould(true);
}
