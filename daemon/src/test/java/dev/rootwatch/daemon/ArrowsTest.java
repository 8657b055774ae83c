package dev.rootwatch.daemon;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.PrintStream;
import java.io.PrintWriter;
import tools.jackson.databind.ObjectMapper;

/**
 * What Maven cannot state: the rooms of the daemon, who may know the test log, and where text may
 * leave the program.
 */
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

  /** Each of these escapes what it prints; see docs/threat-model.md. */
  @ArchTest
  static final ArchRule textLeavesByTheDoorsAlone =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.rootwatch.daemon.cli.Output")
          .and()
          .doNotHaveFullyQualifiedName("dev.rootwatch.daemon.cli.Rootwatch")
          .and()
          .doNotHaveFullyQualifiedName("dev.rootwatch.daemon.cli.CommandLines")
          .should()
          .callMethodWhere(
              target(owner(assignableTo(PrintStream.class)))
                  .or(target(owner(assignableTo(PrintWriter.class))))
                  .and(target(nameMatching("print.*|write.*|append|format"))))
          .orShould()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err");

  /** A trace holds messages of strangers; {@code Complaints} prints it line by line. */
  @ArchTest
  static final ArchRule tracesAreNotPrintedAsTheyAre =
      noClasses().should().callMethod(Throwable.class, "printStackTrace");

  /** Whoever writes JSON beside these has to think of what cannot be seen. */
  @ArchTest
  static final ArchRule jsonIsWrittenInFewPlaces =
      noClasses()
          .that()
          .doNotHaveFullyQualifiedName("dev.rootwatch.daemon.cli.Output")
          .and()
          .doNotHaveFullyQualifiedName("dev.rootwatch.daemon.web.Answers")
          .should()
          .callMethodWhere(
              target(owner(assignableTo(ObjectMapper.class)))
                  .and(target(nameMatching("writeValue.*"))));
}
