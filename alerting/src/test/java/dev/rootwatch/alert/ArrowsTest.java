package dev.rootwatch.alert;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/**
 * What Maven cannot state: sinks are found, never named, this module has no database, and what
 * strangers wrote comes to people over one way.
 */
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

  /** {@code Facts} makes everything visible and short; a sink adds what its medium needs. */
  @ArchTest
  static final ArchRule sinksForPeopleReadFacts =
      noClasses()
          .that()
          .resideInAPackage("dev.rootwatch.alert.sink..")
          .and()
          .haveNameNotMatching(".*\\.Facts(\\$.*)?")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              CertificateInfo.class, IssuerInfo.class, Sighting.class, Links.class, Detail.class)
          .orShould()
          .callMethod(Alert.class, "title")
          .orShould()
          .callMethod(Alert.class, "matchedNames")
          .orShould()
          .callMethod(Alert.class, "rules")
          .orShould()
          .callMethod(Alert.class, "detail");
}
