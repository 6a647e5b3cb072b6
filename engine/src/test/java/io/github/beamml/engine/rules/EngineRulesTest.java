package io.github.beamml.engine.rules;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.beamml.engine.CannotException;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class EngineRulesTest {
  private static final JavaClasses ENGINE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("io.github.beamml.engine");

  @Test
  void nothingDependsOnTheJdkTheMachineOrTheOrderOfThings() {
    assertThat(CallScan.ofFolder(classesOf(CannotException.class))).isEmpty();
  }

  @Test
  void theScanFindsEachBannedCall() {
    Set<String> found =
        offences().stream().map(CallScan.Finding::method).collect(Collectors.toSet());
    assertThat(found)
        .containsAll(
            Arrays.stream(Offender.class.getDeclaredMethods())
                .filter(method -> !method.isSynthetic())
                .map(Method::getName)
                .toList());
    assertThat(offences()).extracting(CallScan.Finding::call).contains(BannedCall.values());
  }

  @Test
  void aFindingNamesPlaceCalleeAndRemedy() {
    assertThat(offences().stream().filter(finding -> finding.method().equals("logarithm")))
        .singleElement()
        .asString()
        .matches(
            "Offender\\.logarithm:\\d+ calls java\\.lang\\.Math\\.log\\(D\\)D;"
                + " use StrictMath: the last bits of Math differ from JDK to JDK");
  }

  @Test
  void theEngineKnowsNeitherBeamNorAnyServer() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.beam..",
            "org.apache.kafka..",
            "org.apache.parquet..",
            "org.apache.hadoop..",
            "org.slf4j..",
            "java.util.logging..",
            "java.sql..",
            "java.net..")
        .check(ENGINE);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching("io.github.beamml.engine.(*)..").should().beFreeOfCycles().check(ENGINE);
  }

  private static List<CallScan.Finding> offences() {
    return CallScan.ofFolder(classesOf(EngineRulesTest.class)).stream()
        .filter(finding -> finding.type().equals("Offender"))
        .toList();
  }

  private static Path classesOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException malformed) {
      throw new IllegalStateException(malformed);
    }
  }
}
