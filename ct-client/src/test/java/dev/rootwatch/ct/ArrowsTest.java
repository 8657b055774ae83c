package dev.rootwatch.ct;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What Maven cannot state: the floors inside this module, bottom up. */
@AnalyzeClasses(packages = "dev.rootwatch.ct", importOptions = DoNotIncludeTests.class)
class ArrowsTest {

  @ArchTest
  static final ArchRule floors =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(true)
          .layer("ct")
          .definedBy("dev.rootwatch.ct")
          .layer("wire")
          .definedBy("dev.rootwatch.ct.wire..")
          .layer("x509, merkle, note")
          .definedBy(
              "dev.rootwatch.ct.x509..", "dev.rootwatch.ct.merkle..", "dev.rootwatch.ct.note..")
          .layer("list, source")
          .definedBy("dev.rootwatch.ct.list..", "dev.rootwatch.ct.source..")
          .layer("read")
          .definedBy("dev.rootwatch.ct.read..")
          .whereLayer("ct")
          .mayNotAccessAnyLayer()
          .whereLayer("wire")
          .mayOnlyAccessLayers("ct")
          .whereLayer("x509, merkle, note")
          .mayOnlyAccessLayers("ct", "wire")
          .whereLayer("list, source")
          .mayOnlyAccessLayers("ct", "wire", "x509, merkle, note")
          .whereLayer("read")
          .mayOnlyAccessLayers("ct", "wire", "x509, merkle, note", "list, source");

  @ArchTest
  static final ArchRule neighboursOnAFloorDoNotGoInCircles =
      slices().matching("dev.rootwatch.(**)").should().beFreeOfCycles().allowEmptyShould(true);
}
