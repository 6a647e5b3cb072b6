package io.github.beamml.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.engine.artifact.ArtifactDirectory;
import io.github.beamml.engine.expression.Label;
import io.github.beamml.features.Features;
import io.github.beamml.io.parquet.ParquetFiles;
import io.github.beamml.training.HistogramForestTrainer;
import io.github.beamml.training.TrainModel;
import io.github.beamml.workflow.definition.Workflow;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The components, put together by hand, give what the workflow gives. */
class TrainOnRowsTest {
  @TempDir Path folder;

  @Test
  void trainModelGivesTheModelOfTheWorkflow() throws IOException {
    SmallWorkflow small = SmallWorkflow.overFiles(folder);
    RunResult run = small.run(folder.resolve("store"), 2);
    Workflow workflow = small.workflow();

    Pipeline pipeline = Pipeline.create();
    PCollection<Row> rows = pipeline.apply(ParquetFiles.read(folder + "/data/*.parquet"));
    Label label = Label.of("late", "delay > 15");
    Features features =
        rows.apply(
            Features.fit(workflow.features().plan()).on(workflow.split().train()).label(label));
    rows.apply(
        "Train",
        TrainModel.with(HistogramForestTrainer.trees(10).maxDepth(5).seed(3))
            .label(label)
            .features(features)
            .on(workflow.split())
            .threshold("max_f1 on validation")
            .rowKey("id")
            .zone(workflow.zone())
            .into(folder + "/model"));
    pipeline.run().waitUntilFinish();

    assertThat(ArtifactDirectory.open(folder.resolve("model")).manifest().digest().text())
        .isEqualTo(run.modelDigest());
  }
}
