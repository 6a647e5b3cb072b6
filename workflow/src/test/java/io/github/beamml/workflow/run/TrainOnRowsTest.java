package io.github.beamml.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.engine.artifact.ArtifactDirectory;
import io.github.beamml.engine.evaluation.Estimate;
import io.github.beamml.engine.evaluation.Interval;
import io.github.beamml.engine.evaluation.Metric;
import io.github.beamml.engine.expression.Label;
import io.github.beamml.features.Features;
import io.github.beamml.io.parquet.ParquetFiles;
import io.github.beamml.serving.Score;
import io.github.beamml.split.SplitRows;
import io.github.beamml.training.EvaluateModel;
import io.github.beamml.training.HistogramForestTrainer;
import io.github.beamml.training.TrainModel;
import io.github.beamml.workflow.definition.Workflow;
import java.io.IOException;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Count;
import org.apache.beam.sdk.transforms.Filter;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The components, put together by hand, give what the workflow gives. */
class TrainOnRowsTest {
  @TempDir Path folder;

  @Test
  void trainModelAndEvaluateModelGiveWhatTheWorkflowGives() throws IOException {
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

    Pipeline testing = Pipeline.create();
    PCollection<Row> testRows =
        testing
            .apply(ParquetFiles.read(folder + "/data/*.parquet"))
            .apply(SplitRows.only(workflow.split().test()));
    PCollectionTuple tested =
        testRows.apply(
            EvaluateModel.with(folder.resolve("model"))
                .label(label)
                .slices("city")
                .rowKey("id")
                .gates("auc >= 0.6"));
    Estimate auc = run.evaluation().estimate(Metric.AUC);
    Interval interval = auc.interval().orElseThrow();
    PAssert.that(
            tested
                .get(EvaluateModel.FIGURES)
                .apply(
                    Filter.by(
                        row ->
                            row.getValue("by") == null && "auc".equals(row.getString("metric")))))
        .containsInAnyOrder(
            Row.withSchema(EvaluateModel.FIGURE)
                .addValues(
                    null,
                    null,
                    "auc",
                    auc.value().orElseThrow(),
                    interval.low(),
                    interval.high(),
                    run.evaluation().rows(),
                    run.evaluation().positives())
                .build());
    PAssert.thatSingleton(tested.get(EvaluateModel.GATES).apply(Count.globally())).isEqualTo(1L);
    PCollection<Row> scored =
        testRows
            .apply("Labelled", Filter.by(row -> row.getValue("delay") != null))
            .apply(Score.with(folder.resolve("model")))
            .get(Score.ROWS);
    PAssert.thatSingleton(scored.apply("CountScored", Count.globally()))
        .isEqualTo(run.evaluation().rows());
    testing.run().waitUntilFinish();
  }
}
