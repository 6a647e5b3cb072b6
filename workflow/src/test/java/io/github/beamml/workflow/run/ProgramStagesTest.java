package io.github.beamml.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.core.store.ArtifactStore;
import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.workflow.definition.Workflow;
import io.github.beamml.workflow.stage.StageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages that are programs of the user's: here of the shell. */
class ProgramStagesTest {
  private static final String COPY = "cp \"$BEAMML_INPUTS\"/rows/rows.parquet \"$BEAMML_OUTPUT\"";

  @TempDir Path folder;

  private Path store() {
    return folder.resolve("store");
  }

  private SmallWorkflow withStages(String stages) throws IOException {
    return SmallWorkflow.overFiles(folder)
        .with("kafka-reader-io:\n", "stages:\n" + stages.indent(2) + "kafka-reader-io:\n");
  }

  private SmallWorkflow withCopy(String command) throws IOException {
    return withStages(
            """
            cleaned:
              command: %s
              version: 1.0.0
              inputs: {rows: kafka-reader-io}
              output: dataset
            """
                .formatted(command))
        .with(
            "enrichment-feature-transform:\n", "enrichment-feature-transform:\n  input: cleaned\n");
  }

  private SmallWorkflow withEvaluation(String bound) throws IOException {
    return withStages(
        """
        drift:
          command: 'echo "{\\"psi\\": {\\"x\\": 0.12, \\"city\\": 0.02}}" > "$BEAMML_OUTPUT"/evaluation.json'
          version: '2'
          inputs: {rows: dataset-split}
          output: evaluation
          gate: ["psi.x <= %s", "psi.city < 0.1"]
        """
            .formatted(bound));
  }

  @Test
  void rowsThatAProgramHandsOnUnchangedGiveTheSameModel() throws IOException {
    RunResult plain = SmallWorkflow.overFiles(folder).run(folder.resolve("plain"), 2);
    RunResult copied = withCopy("'" + COPY + "'").run(store(), 2);
    assertThat(copied.stages().keySet())
        .containsExactly(
            "kafka-reader-io",
            "cleaned",
            "enrichment-feature-transform",
            "dataset-split",
            "model-training",
            "model-testing");
    StageRecord cleaned = copied.stage("cleaned");
    assertThat(cleaned.rowsIn()).isEqualTo(cleaned.rowsOut()).isPositive();
    assertThat(cleaned.artifact(StageRecord.MAIN).digest())
        .isEqualTo(copied.stage("kafka-reader-io").artifact(StageRecord.MAIN).digest());
    assertThat(copied.modelDigest()).isEqualTo(plain.modelDigest());
  }

  @Test
  void aProgramThatFailsStopsTheRunWhichGoesOnFromThere() throws IOException {
    SmallWorkflow workflow = withCopy("[sh, stage.sh]");
    Path script = workflow.folder().resolve("stage.sh");
    Files.writeString(script, "echo starting\necho no such host: db >&2\nexit 7\n");
    assertThatThrownBy(() -> workflow.run(store(), 2))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith(
            "Cannot continue cleaned: its program ended with 7: no such host: db (all it said: ");
    RunRecords records = RunRecords.in(ArtifactStore.at(store().toString()).names());
    String run = records.runs().get(0);
    assertThat(store().resolve("runs").resolve(run).resolve("cleaned.log"))
        .hasContent("starting\nno such host: db\n");

    Files.writeString(script, COPY);
    assertThat(workflow.run(store(), 2).run()).isEqualTo(run);
  }

  @Test
  void aProgramThatEndsWithTwoWasToldSomethingWrong() throws IOException {
    assertThatThrownBy(() -> withCopy("'echo unknown column height; exit 2'").run(store(), 2))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("Invalid cleaned: unknown column height (all it said: ");
  }

  @Test
  void aProgramThatLeavesNothingIsToldSo() throws IOException {
    assertThatThrownBy(() -> withCopy("[\"true\"]").run(store(), 2))
        .hasMessage("Cannot continue cleaned: the program left no *.parquet in its output folder");
    assertThatThrownBy(() -> withCopy("[no-such-program]").run(store(), 2))
        .hasMessage("Cannot start cleaned: no-such-program cannot be run here");
  }

  @Test
  void theGateOfAnEvaluationDecidesWithOurs() throws IOException {
    RunResult passed = withEvaluation("0.2").run(folder.resolve("passed"), 2);
    assertThat(passed.verdict().reasons()).contains("drift: psi.x <= 0.2 (psi.x 0.1200): passed");
    assertThat(passed.environment()).isEqualTo("staging");

    RunResult refused = withEvaluation("0.1").run(folder.resolve("refused"), 2);
    assertThat(refused.verdict().passed()).isFalse();
    assertThat(refused.verdict().reasons()).contains("drift: psi.x <= 0.1 (psi.x 0.1200): refused");
    assertThat(refused.registered()).isEqualTo("small v1");
    assertThat(refused.environment()).isEmpty();
  }

  @Test
  void aProgramTakesThePlaceOfTheReaderAndOfTheFeatures() throws IOException {
    RunResult plain = SmallWorkflow.overFiles(folder).run(folder.resolve("plain"), 2);
    String page = Files.readString(folder.resolve("workflow.yaml"));
    int reader = page.indexOf("kafka-reader-io:");
    int features = page.indexOf("enrichment-feature-transform:");
    int split = page.indexOf("dataset-split:");
    Files.writeString(
        folder.resolve("workflow.yaml"),
        page.substring(0, reader)
            + """
            stages:
              kafka-reader-io:
                command: 'cp data/*.parquet "$BEAMML_OUTPUT"'
                version: 1.0.0
                output: dataset
                row_key: [id]
              enrichment-feature-transform:
                command: '%s'
                version: 1.0.0
                inputs: {rows: prepared}
                output: features
                features: [x]
                label: late
              prepared:
                command: 'cp "$BEAMML_INPUTS"/rows/*.parquet "$BEAMML_OUTPUT"'
                version: 1.0.0
                inputs: {rows: kafka-reader-io}
                output: dataset
            """
                .formatted(COPY)
            + page.substring(split));
    assertThat(features).isPositive();
    Workflow workflow = Workflow.read(folder.resolve("workflow.yaml"));
    assertThat(workflow.order())
        .containsExactly(
            "kafka-reader-io",
            "prepared",
            "enrichment-feature-transform",
            "dataset-split",
            "model-training",
            "model-testing");
    assertThatThrownBy(
            () ->
                new WorkflowRunner(
                        workflow,
                        io.github.beamml.workflow.definition.Profile.read(folder, "test")
                            .withStore(store().toString()),
                        new SilentListener())
                    .run())
        .hasMessageStartingWith("Invalid label: late is not a column of the input");
    assertThat(plain.verdict().passed()).isTrue();
  }

  private void assertRefused(String stages, String message) throws IOException {
    SmallWorkflow workflow = withStages(stages);
    assertThatThrownBy(workflow::workflow)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void whatCannotBeIsSaidBeforeAnythingRuns() throws IOException {
    String rest = "  version: 1.0.0\n  output: dataset\n";
    assertRefused(
        "cleaned:\n  comand: [x]\n" + rest,
        "Invalid stages.cleaned.comand: unknown key (did you mean command?)");
    assertRefused(
        "cleaned:\n  command: [x]\n  needs: [model-trainin]\n" + rest,
        "Invalid stages.cleaned: model-trainin is not a stage (did you mean model-training?)");
    assertRefused(
        "a:\n  command: [x]\n  needs: [b]\n" + rest + "b:\n  command: [x]\n  needs: [a]\n" + rest,
        "Invalid stages: the stages a, b wait for each other");
    assertRefused(
        "dataset-split:\n  command: [x]\n" + rest,
        "Invalid stages.dataset-split: no program can take its place, as the split is evaluated");
    assertRefused(
        "model-testing:\n  command: [x]\n" + rest,
        "Invalid stages.model-testing: no program can take its place");
    assertRefused(
        "model-training:\n  command: [x]\n" + rest,
        "Invalid stages.model-training.output: dataset (must be model in place of model-training)");
    assertRefused(
        "cleaned:\n  command: [x]\n  gate: ['a > 1']\n" + rest,
        "Invalid stages.cleaned.gate: a stage with output: dataset has no such key");
    assertRefused(
        "kafka-reader-io:\n  command: [x]\n" + rest, "Invalid kafka-reader-io: given twice");
    assertThat(List.of(folder.toFile().list())).doesNotContain("store");
  }
}
