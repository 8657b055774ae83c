package dev.rootwatch.daemon;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What Maven cannot state: the rooms of the daemon, and who may know the test log. */
@AnalyzeClasses(packages = "dev.rootwatch.daemon", importOptions = DoNotIncludeTests.class)
class ArrowsTest {

  @ArchTest
  static final ArchRule configStandsAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.rootwatch.daemon.config..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.rootwatch.daemon",
              "dev.rootwatch.daemon.store..",
              "dev.rootwatch.daemon.metrics..",
              "dev.rootwatch.daemon.web..",
              "dev.rootwatch.daemon.cli..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule storeKnowsNoRoomAboveIt =
      noClasses()
          .that()
          .resideInAPackage("dev.rootwatch.daemon.store..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.rootwatch.daemon",
              "dev.rootwatch.daemon.metrics..",
              "dev.rootwatch.daemon.web..",
              "dev.rootwatch.daemon.cli..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyMainKnowsTheCommands =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.rootwatch.daemon.cli..")
          .and()
          .doNotHaveFullyQualifiedName("dev.rootwatch.daemon.Main")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.rootwatch.daemon.cli..")
          .allowEmptyShould(true);

  @ArchTest
  static final ArchRule onlyTheCommandsKnowTheTestLog =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.rootwatch.daemon.cli..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.rootwatch.testlog..")
          .allowEmptyShould(true);
}
