package io.github.beamml.workflow.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.engine.feature.Step;
import io.github.beamml.engine.feature.Steps;
import io.github.beamml.testkit.FitContract;
import io.github.beamml.testkit.ProviderContract;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.junit.jupiter.api.Test;

/** Every component and every fitted step is under the contract that the testkit has for it. */
class ContractsTest {
  /** The tests of all modules, as they were compiled with this one. */
  private static final JavaClasses TESTS = new ClassFileImporter().importPaths(testClasses());

  private static List<Path> testClasses() {
    try {
      Path own =
          Path.of(ContractsTest.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      Path house = own.getParent().getParent().getParent();
      try (Stream<Path> modules = Files.list(house)) {
        return modules
            .map(module -> module.resolve("target").resolve(own.getFileName()))
            .filter(Files::isDirectory)
            .sorted()
            .toList();
      }
    } catch (IOException | URISyntaxException e) {
      throw new AssertionError(e);
    }
  }

  private static Stream<JavaClass> testsUnder(Class<?> contract) {
    return TESTS.stream()
        .filter(test -> test.isAssignableTo(contract))
        .filter(test -> !test.getModifiers().contains(JavaModifier.ABSTRACT));
  }

  @Test
  void everyRegisteredProviderHasAContractTest() {
    Set<String> tested =
        testsUnder(ProviderContract.class)
            .flatMap(test -> test.getConstructorCallsFromSelf().stream())
            .map(call -> call.getTargetOwner().getName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(
            StreamSupport.stream(
                    ServiceLoader.load(SchemaTransformProvider.class).spliterator(), false)
                .filter(ComponentProvider.class::isInstance)
                .map(provider -> provider.getClass().getName())
                .filter(provider -> !tested.contains(provider)))
        .as("providers that no class of the tests made under a ProviderContract")
        .isEmpty();
  }

  @Test
  void everyFittedStepHasAContractTest() {
    Set<String> tested =
        testsUnder(FitContract.class)
            .flatMap(test -> test.getMethodCallsFromSelf().stream())
            .filter(call -> call.getTargetOwner().isEquivalentTo(Steps.class))
            .map(JavaAccess::getName)
            .collect(Collectors.toCollection(TreeSet::new));
    JavaClasses engine = new ClassFileImporter().importPackages("io.github.beamml.engine.feature");
    Set<String> fitted =
        engine.get(Steps.class).getMethods().stream()
            .filter(method -> method.getModifiers().contains(JavaModifier.PUBLIC))
            .filter(method -> method.getRawReturnType().isAssignableTo(Step.class))
            .filter(method -> isFitted(method.getRawReturnType()))
            .map(method -> method.getName())
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(fitted).contains("impute", "index", "oneHot", "quantileBuckets", "standardize");
    assertThat(tested).as("steps in plans under a FitContract").containsAll(fitted);
  }

  /** Whether a step hands over how a value comes from a merged state. */
  private static boolean isFitted(JavaClass step) {
    return step.getMethodCallsFromSelf().stream()
        .flatMap(call -> call.getTarget().getRawParameterTypes().stream())
        .anyMatch(type -> type.getName().equals("io.github.beamml.engine.feature.Fit"));
  }
}
