package dev.rootwatch.watch;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What Maven cannot state: the packages of this module do not go in circles. */
@AnalyzeClasses(packages = "dev.rootwatch.watch", importOptions = DoNotIncludeTests.class)
class ArrowsTest {

  @ArchTest
  static final ArchRule noCircles =
      slices().matching("dev.rootwatch.(**)").should().beFreeOfCycles().allowEmptyShould(true);

  @ArchTest
  static final ArchRule namesStandAlone =
      noClasses()
          .that()
          .resideInAPackage("dev.rootwatch.watch.name..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.rootwatch.watch",
              "dev.rootwatch.watch.authority..",
              "dev.rootwatch.watch.distrust..")
          .allowEmptyShould(true);
}
