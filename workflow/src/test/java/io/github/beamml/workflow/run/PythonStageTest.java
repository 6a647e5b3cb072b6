package io.github.beamml.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.beamml.workflow.stage.StageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Stages in Python, where python3 has what examples/scikit-learn/requirements.txt names. With
 * -Dbeamml.python=required a Python without it is a failure.
 */
class PythonStageTest {
  private static final Path TRAIN = Path.of("../examples/scikit-learn/train.py").toAbsolutePath();

  @TempDir Path folder;

  @BeforeAll
  static void pythonHasWhatTheExampleNeeds() throws IOException, InterruptedException {
    boolean has;
    try {
      Process process =
          new ProcessBuilder("python3", "-c", "import numpy, pyarrow, skl2onnx, sklearn")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      has = process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0;
    } catch (IOException e) {
      has = false;
    }
    if ("required".equals(System.getProperty("beamml.python"))) {
      assertThat(has).as("python3 has examples/scikit-learn/requirements.txt").isTrue();
    }
    assumeTrue(has, "python3 has not what examples/scikit-learn/requirements.txt names");
  }

  private static SmallWorkflow withScikitLearn(SmallWorkflow workflow) {
    return workflow.with(
        "model-training: {trees: 10, max_depth: 5, seed: 3}\n",
        """
        stages:
          model-training:
            command: [python3, %s]
            version: 1.0.0
            inputs: {rows: dataset-split}
            output: model
            parameters: {trees: 10, max_depth: 5, seed: 3}
        """
            .formatted(TRAIN));
  }

  @Test
  void aForestOfScikitLearnIsTestedRegisteredAndServedLikeOurs() throws IOException {
    RunResult result =
        withScikitLearn(SmallWorkflow.overFiles(folder)).run(folder.resolve("store"), 2);
    assertThat(result.verdict().passed()).isTrue();
    assertThat(result.registered()).isEqualTo("small v1");
    assertThat(result.environment()).isEqualTo("staging");
    assertThat(result.serving().batch()).isEqualTo(result.serving().testRows()).isPositive();
    assertThat(result.serving().differing()).isZero();
    assertThat(result.stage("model-training").summary())
        .isEqualTo("ONNX model of program model-training 1.0.0");

    // The program sees the same file whatever the order and the number of files it came from.
    SmallWorkflow shuffled = withScikitLearn(SmallWorkflow.overFiles(folder).writeShards(5, 9));
    assertThat(shuffled.run(folder.resolve("again"), 1).modelDigest())
        .isEqualTo(result.modelDigest());
  }

  @Test
  void aProgramPreparesTheFeatures() throws IOException {
    Path program = folder.resolve("prepare.py");
    Files.writeString(
        program,
        """
        import json, os
        import pyarrow.compute as compute, pyarrow.parquet as parquet
        stage = json.load(open(os.environ["BEAMML_STAGE_FILE"], encoding="utf-8"))
        rows = parquet.read_table(stage["inputs"]["rows"]["files"]["rows"])
        rows = rows.filter(compute.is_valid(rows["delay"]))
        rows = rows.append_column("late", compute.greater(rows["delay"], 15.0))
        rows = rows.append_column("height", compute.fill_null(compute.divide(rows["x"], 1e6), 0.0))
        parquet.write_table(rows, os.path.join(stage["output"]["folder"], "rows.parquet"))
        """);
    SmallWorkflow workflow = SmallWorkflow.overFiles(folder);
    workflow.with(workflow.section("enrichment-feature-transform"), "");
    RunResult result =
        workflow
            .with(
                "kafka-reader-io:\n",
                """
                stages:
                  enrichment-feature-transform:
                    command: [python3, prepare.py]
                    version: 1.0.0
                    inputs: {rows: kafka-reader-io}
                    output: features
                    features: [height]
                    label: late
                kafka-reader-io:
                """)
            .run(folder.resolve("store"), 2);
    StageRecord features = result.stage("enrichment-feature-transform");
    assertThat(features.summary()).endsWith(" rows x 1 features");
    assertThat(features.rowsIn()).isEqualTo(3000);
    assertThat(features.artifacts().keySet())
        .containsExactly("features", "letters", "main", "rows");
    assertThat(result.verdict().passed()).isTrue();
    assertThat(result.serving().differing()).isZero();
  }
}
