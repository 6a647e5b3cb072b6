package io.github.beamml.workflow.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stages one by one, each by a command of its own. */
final class StageCommandTest {
  private static final String PAGE =
      """
      workflow: small
      version: 1.0.0
      kafka-reader-io:
        source: {files: rows.csv}
        format: csv
        schema: {id: string, size: double, outcome: boolean}
        row_key: [id]
      stages:
        larger:
          command: 'cp "$BEAMML_INPUTS"/rows/rows.parquet "$BEAMML_OUTPUT"'
          version: 1.0.0
          inputs: {rows: kafka-reader-io}
          output: dataset
      enrichment-feature-transform:
        input: larger
        label: {name: good, is: outcome}
        features:
          - standardize: {columns: [size]}
      dataset-split: {by_hash: {validation: 0.2, test: 0.2}}
      model-training: {trees: 5, max_depth: 2}
      model-testing: {gate: ["auc >= 0.5"], register: {model: small}}
      """;

  @TempDir private Path folder;
  private Path page;

  @BeforeEach
  void writePages() throws IOException {
    page = folder.resolve("workflow.yaml");
    Files.writeString(page, PAGE);
    StringBuilder rows = new StringBuilder("id,size,outcome\n");
    for (int row = 0; row < 200; row++) {
      rows.append(row).append(',').append(row % 7).append(',').append(row % 7 > 3).append('\n');
    }
    Files.writeString(folder.resolve("rows.csv"), rows);
  }

  private Ran stage(String name, Object... more) {
    Object[] arguments = new Object[6 + more.length];
    arguments[0] = "stage";
    arguments[1] = name;
    arguments[2] = "--run";
    arguments[3] = "monday";
    arguments[4] = "--store";
    arguments[5] = folder.resolve("store");
    System.arraycopy(more, 0, arguments, 6, more.length);
    return Ran.of(arguments);
  }

  @Test
  void eachStageGoesOnFromTheStoreAlone() {
    assertThat(stage("kafka-reader-io", "--workflow", page).code()).isZero();
    for (String name :
        new String[] {
          "larger", "enrichment-feature-transform", "dataset-split", "model-training"
        }) {
      assertThat(stage(name)).as(name).matches(ran -> ran.code() == 0);
    }
    Ran testing = stage("model-testing", "--json");
    assertThat(testing.code()).as(testing.err()).isZero();
    assertThat(testing.out()).contains("\"name\":\"model-testing\"").contains("gate passed");
    Ran shown = Ran.of("runs", "show", "monday", "--store", folder.resolve("store"));
    assertThat(shown.out())
        .contains("  larger")
        .contains("200 rows x 3 columns")
        .contains("gate passed")
        .doesNotContain("Unfinished");
    assertThat(Ran.of("models", "show", "small", "--store", folder.resolve("store")).out())
        .contains("staging");
  }

  @Test
  void aStageBeforeItsTimeSaysWhatIsMissing() {
    assertThat(stage("kafka-reader-io", "--workflow", page).code()).isZero();
    Ran early = stage("dataset-split");
    assertThat(early.code()).isEqualTo(1);
    assertThat(early.err())
        .isEqualTo(
            "Cannot start a stage of run monday: enrichment-feature-transform has not finished in"
                + " this run\n");
  }

  @Test
  void anotherWorkflowCannotGoOnWithARun() throws IOException {
    assertThat(stage("kafka-reader-io", "--workflow", page).code()).isZero();
    Files.writeString(page, PAGE.replace("trees: 5", "trees: 6"));
    Ran other = stage("larger");
    assertThat(other.code()).isEqualTo(1);
    assertThat(other.err())
        .isEqualTo(
            "Cannot start larger: run monday began with another content of the workflow (begin a"
                + " new run)\n");
  }

  @Test
  void twoProcessesNeverWorkOnOneRun() throws IOException {
    assertThat(stage("kafka-reader-io", "--workflow", page).code()).isZero();
    Path lock = folder.resolve("store/runs/monday/lock");
    try (FileChannel other = FileChannel.open(lock, StandardOpenOption.WRITE)) {
      assertThat(other.tryLock()).isNotNull();
      Ran second = stage("larger");
      assertThat(second.code()).isEqualTo(1);
      assertThat(second.err())
          .isEqualTo("Cannot start larger: another process is at work on run monday\n");
    }
  }

  @Test
  void withoutARunAPageMustBeNamed() {
    Ran ran = stage("larger");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .startsWith("Invalid --workflow: missing (must be given, as there is no run monday");
  }
}
