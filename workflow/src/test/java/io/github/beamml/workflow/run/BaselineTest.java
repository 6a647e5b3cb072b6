package io.github.beamml.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.core.registry.ModelRegistry;
import io.github.beamml.core.store.ArtifactStore;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.evaluation.Evaluation;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.workflow.definition.TestingDefinition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever features the version in prod has, the next one is compared with it on the same rows. */
class BaselineTest {
  @TempDir static Path folder;
  private static Evaluation inProd;

  private static Path store() {
    return folder.resolve("store");
  }

  /** The model in prod looks at city and x; its gate passed. */
  @BeforeAll
  static void serveAModel() throws IOException {
    inProd = workflow("auc >= 0.5").run(store(), 2).evaluation();
    promote("small");
  }

  private static void promote(String model) {
    ModelRegistry registry = ModelRegistry.in(ArtifactStore.at(store().toString()).names());
    registry.promote(registry.version(model, 1).orElseThrow(), "prod");
  }

  private static SmallWorkflow workflow(String... gates) throws IOException {
    return SmallWorkflow.overFiles(folder)
        .with(
            "gate: [\"auc >= 0.6\"]",
            "gate: [\"" + String.join("\", \"", gates) + "\"]\n  if_no_baseline: refuse");
  }

  @Test
  void aModelOfOtherFeaturesIsComparedOnTheSameRows() throws IOException {
    SmallWorkflow other =
        workflow(
                "auc.change >= -0.01",
                "auc.change.high >= -0.1",
                "auc.change by city >= -0.1 where rows >= 100")
            .with("  label:", "  derive: {x: 'x / 1000', squared: 'x * x'}\n  label:")
            .with(
                "impute: {columns: [x], with: mean}", "impute: {columns: [squared], with: median}")
            .with("standardize: {columns: [x]}", "drop: {columns: [x, delay]}")
            .with("    - cyclic: {column: at, parts: [hour, weekday]}\n", "")
            .with("    - one_hot: {columns: [city]}\n", "");
    RunResult result = other.run(store(), 2);
    assertThat(baseline(result)).isEqualTo(CanonicalJson.text(inProd.toJson()));
    assertThat(result.verdict().reasons())
        .containsExactly(
            "auc.change -0.094 < -0.01: refused",
            "auc.change.high -0.064 >= -0.1: passed",
            "auc.change by city: 東京 -0.060 >= -0.1 (115 rows), lowest of 4 slices: passed");
    assertThat(Files.readString(result.report()))
        .contains("Change from the version in prod")
        .contains("auc.change -0.094 &lt; -0.01: refused");
  }

  private static String baseline(RunResult result) {
    Digest seal = result.stage(TestingDefinition.STAGE).artifact("verdict").seal();
    return new String(
        ArtifactStore.at(store().toString()).openSealed(seal).read("baseline.json"),
        StandardCharsets.UTF_8);
  }

  @Test
  void aVersionThatReadsAColumnThatIsGoneIsNoBaseline() throws IOException {
    SmallWorkflow without =
        workflow("auc.change >= -0.5")
            .with(", city: string?", "")
            .with("slices: [city]", "slices: [weekday(at)]")
            .with("    - one_hot: {columns: [city]}\n", "");
    RunResult result = without.run(store(), 2);
    assertThat(result.verdict().reasons())
        .containsExactly(
            "auc.change: no baseline (small v1 in prod reads city: string, which the rows of this"
                + " run do not have), if_no_baseline is refuse: refused");
  }

  @Test
  void aVersionThatCannotComputeATestRowIsNoBaseline() throws IOException {
    SmallWorkflow fragile =
        workflow("auc >= 0.5")
            .with("  label:", "  derive: {ends: \"1 / (id == 'row-2999' ? 0 : 1)\"}\n  label:")
            .with("  label:", "  max_dead_letters: 1\n  label:")
            .with("model: small", "model: fragile");
    fragile.run(store(), 2);
    promote("fragile");
    RunResult result =
        workflow("auc.change >= 0").with("model: small", "model: fragile").run(store(), 2);
    long rows = result.evaluation().rows();
    assertThat(result.verdict().reasons())
        .containsExactly(
            "auc.change: no baseline (fragile v1 in prod can compute "
                + (rows - 1)
                + " of the "
                + rows
                + " test rows), if_no_baseline is refuse: refused");
  }
}
