package io.github.beamml.workflow.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

final class HouseRulesTest {
  private static final String OWN = "io.github.beamml";

  /** The expression language's parser, as ANTLR writes it. */
  private static final String GENERATED = "io.github.beamml.engine.expression.grammar";

  private static final JavaClasses HOUSE =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages(OWN);

  @Test
  void theBuildListsTheModulesFromTheGroundUp() throws IOException {
    String pom = Files.readString(Path.of("..", "pom.xml"));
    assertThat(
            Pattern.compile("<module>([^<]+)</module>")
                .matcher(pom)
                .results()
                .map(module -> module.group(1))
                .filter(Floor.folders()::contains))
        .containsExactlyElementsOf(Floor.folders());
  }

  @Test
  void aModuleKnowsOnlyModulesBelowIt() {
    classes().should(knowOnlyModulesBelow()).check(HOUSE);
  }

  @Test
  void noPackageIsSplitOverModules() {
    classes().should(liveInTheFolderOfTheirModule()).check(HOUSE);
  }

  @Test
  void onlyPortabilityAndTheTestkitKnowARunner() {
    noClasses()
        .that()
        .resideOutsideOfPackages(Floor.PORTABILITY.packages(), Floor.TESTKIT.packages())
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.beam.runners..", "org.apache.flink..", "org.apache.spark..")
        .check(HOUSE);
  }

  @Test
  void onlyTheSmileModuleKnowsSmile() {
    noClasses()
        .that()
        .resideOutsideOfPackage(Floor.SMILE.packages())
        .should()
        .dependOnClassesThat()
        .resideInAPackage("smile..")
        .check(HOUSE);
  }

  @Test
  void nobodyUsesWhatBeamShadesForItself() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.beam.vendor..", "org.apache.hadoop.thirdparty..")
        .check(HOUSE);
  }

  @Test
  void nobodyReadsJavaSerialization() {
    noClasses()
        .should()
        .callConstructor(java.io.ObjectInputStream.class, java.io.InputStream.class)
        .check(HOUSE);
  }

  @Test
  void namesSayWhatAClassIs() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Utils")
        .orShould()
        .haveSimpleNameEndingWith("Util")
        .orShould()
        .haveSimpleNameEndingWith("Helper")
        .orShould()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveSimpleNameEndingWith("Base")
        .orShould()
        .haveSimpleNameEndingWith("Impl")
        .check(HOUSE);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(
            HOUSE.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(found -> !found.getName().equals(GENERATED))
                .filter(found -> !found.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName))
        .isEmpty();
  }

  private static ArchCondition<JavaClass> knowOnlyModulesBelow() {
    return new ArchCondition<>("know only modules below their own") {
      @Override
      public void check(JavaClass user, ConditionEvents events) {
        Floor floor = Floor.of(user.getPackageName());
        for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
          String used = dependency.getTargetClass().getBaseComponentType().getPackageName();
          if (used.startsWith(OWN) && !floor.mayKnow(Floor.of(used))) {
            events.add(SimpleConditionEvent.violated(user, dependency.getDescription()));
          }
        }
      }
    };
  }

  private static ArchCondition<JavaClass> liveInTheFolderOfTheirModule() {
    return new ArchCondition<>("live in the folder of the module that owns their package") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        String folder = Floor.of(type.getPackageName()).folder();
        String place = type.getSource().orElseThrow().getUri().toString();
        boolean atHome =
            place.contains("/" + folder + "/target/") || place.contains("/beamml-" + folder + "-");
        if (!atHome) {
          events.add(SimpleConditionEvent.violated(type, type.getName() + " lives in " + place));
        }
      }
    };
  }
}
