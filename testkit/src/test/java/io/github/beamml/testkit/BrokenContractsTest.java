package io.github.beamml.testkit;

import static io.github.beamml.testkit.ScaleProviderTest.rows;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.junit.jupiter.api.Test;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The contracts find what they are for. */
class BrokenContractsTest {
  /** The tests that fail, with the first line of why. */
  private static Map<String, String> failures(Class<?> contract) {
    SummaryGeneratingListener summary = new SummaryGeneratingListener();
    LauncherFactory.create()
        .execute(
            LauncherDiscoveryRequestBuilder.request().selectors(selectClass(contract)).build(),
            summary);
    Map<String, String> failures = new TreeMap<>();
    summary
        .getSummary()
        .getFailures()
        .forEach(
            failure ->
                failures.put(
                    failure.getTestIdentifier().getDisplayName().replaceAll("\\(.*", ""),
                    String.valueOf(failure.getException().getMessage())
                        .strip()
                        .lines()
                        .findFirst()
                        .orElse("")));
    return failures;
  }

  /** Wrong in every way that a provider can be. */
  static final class CarelessProvider extends ComponentProvider {
    private static final Parameter<String> IGNORED =
        Parameter.string("ignoredThing", "does nothing");

    CarelessProvider() {
      super(Descriptor.of("careless", "careless", IGNORED).withErrors(), INPUT);
    }

    @Override
    protected PCollectionRowTuple expand(PCollectionRowTuple input, Configuration configuration) {
      return PCollectionRowTuple.of(OUTPUT, onlyInput(input));
    }
  }

  static class CarelessCase implements ProviderContract {
    @Override
    public ComponentProvider provider() {
      return new CarelessProvider();
    }

    @Override
    public List<ProviderCase> cases(Path folder) {
      ProviderCase plain = ProviderCase.of(Map.of()).input(rows(1)).gives(rows(1));
      return List.of(
          plain,
          plain.with("ignoredThing", "x").gives(rows(1)),
          plain.input(rows(-0.0)).gives(rows(0.0, 0.0)));
    }
  }

  @Test
  void whatAProviderLacksIsFound() {
    Map<String, String> failures = failures(CarelessCase.class);
    assertThat(failures.keySet())
        .containsExactly(
            "badRecordsAreDeadLettersWhereAskedForAndFailOtherwise",
            "everyCaseGivesWhatItSays",
            "everyParameterIsEffective",
            "itHasANameAndEverythingIsDescribed",
            "itIsRegistered",
            "itsConfigurationIsThatOfTheGoldenFile",
            "itsFieldsAreInOrderAndOfTypesThatEverySdkKnows",
            "theTypedTransformGivesTheSame");
    assertThat(failures.get("everyParameterIsEffective"))
        .isEqualTo("[two cases that differ in ignoredThing alone and in what comes of it] ");
    assertThat(failures.get("itsConfigurationIsThatOfTheGoldenFile"))
        .isEqualTo(
            "There is no golden file"
                + " src/test/resources/io/github/beamml/testkit/careless.golden.txt: write it by"
                + " mvn test -Dtest=CarelessCase -Dbeamml.write.golden=true");
  }

  /** Its result depends on the other rows of the batch, in the last bit. */
  record BatchesDifferFn() implements BatchFn {
    @Override
    public String name() {
      return "differ";
    }

    @Override
    public RowSchema outputSchema(RowSchema input) {
      return input;
    }

    @Override
    public RowBatch apply(RowBatch batch, RowErrors errors) {
      return new ScaleFn(batch.size() == 1 ? 1 : Math.nextUp(1.0)).apply(batch, errors);
    }
  }

  static class BatchesDifferCase implements BatchFnContract {
    @Override
    public BatchFn function() {
      return new BatchesDifferFn();
    }

    @Override
    public RowBatch rows() {
      return ScaleProviderTest.rows(1, 2, 3);
    }
  }

  @Test
  void aLastBitThatDependsOnTheBatchIsFound() {
    assertThat(failures(BatchesDifferCase.class).keySet())
        .containsExactly("aSingleRowGivesTheBitsOfABatch");
  }
}
