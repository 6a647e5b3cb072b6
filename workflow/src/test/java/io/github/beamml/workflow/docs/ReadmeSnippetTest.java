package io.github.beamml.workflow.docs;

import static io.github.beamml.engine.feature.Steps.cyclic;
import static io.github.beamml.engine.feature.Steps.index;
import static io.github.beamml.engine.feature.Steps.oneHot;
import static io.github.beamml.engine.feature.Steps.standardize;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.feature.FittedFeatures;
import io.github.beamml.engine.model.Scorer;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.split.Split;
import io.github.beamml.engine.time.ZoneRules;
import io.github.beamml.features.Features;
import io.github.beamml.io.parquet.ParquetBatchWriter;
import io.github.beamml.io.parquet.ParquetFiles;
import io.github.beamml.portability.RunnerProfile;
import io.github.beamml.training.HistogramForestTrainer;
import io.github.beamml.training.TrainModel;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadmeSnippetTest {
  private static final RowSchema FLIGHTS =
      RowSchema.of(
          Field.required("sched_dep", ValueType.TIMESTAMP),
          Field.required("carrier", ValueType.STRING),
          Field.required("dest", ValueType.STRING),
          Field.required("distance", ValueType.DOUBLE),
          Field.nullable("arr_delay", ValueType.DOUBLE));

  @Test
  void theReadmeHasTheCodeThatRunsHere() {
    Path source =
        Path.of("src/test/java", getClass().getName().replace('.', '/') + ".java").toAbsolutePath();
    String code = Pages.read(source);
    String begin = "    // README: from here\n";
    String end = "    // README: to here\n";
    String snippet = code.substring(code.indexOf(begin) + begin.length(), code.indexOf(end));

    assertThat(Pages.read(Pages.ROOT.resolve("README.md")))
        .contains("```java\n" + snippet.indent(-4) + "```\n");
  }

  @Test
  void itTrainsAModelThatIsLoadedFromItsFolder(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("flights.parquet");
    write(file);

    prepare(file.toString(), folder.toString());

    Scorer scorer = Scorer.load(folder.resolve("model"));
    FittedFeatures fitted = scorer.model().preparation().features();
    assertThat(fitted.featureColumns())
        .containsExactly(
            "sched_dep_hour_sin",
            "sched_dep_hour_cos",
            "sched_dep_weekday_sin",
            "sched_dep_weekday_cos",
            "distance",
            "dest_index",
            "carrier_one_hot");
    assertThat(fitted.slots()).endsWith("carrier=UA", "carrier:other");
    assertThat(scorer.model().parameters().path("trees").asInt()).isEqualTo(100);
  }

  private static void prepare(String file, String folder) {
    // README: from here
    Pipeline pipeline = Pipeline.create(RunnerProfile.direct().toPipelineOptions());
    PCollection<Row> flights = pipeline.apply("Read", ParquetFiles.read(file));

    FeaturePlan plan =
        FeaturePlan.of(
            cyclic("sched_dep").hour().weekday().zone("America/New_York"),
            standardize("distance"),
            index("dest"),
            oneHot("carrier").minCount(100));
    Split split = Split.byTime("sched_dep").validationFrom("2013-10-01").testFrom("2013-11-01");

    Features features =
        flights.apply("Fit", Features.fit(plan).on(split.train()).label("late", "arr_delay > 15"));
    flights.apply(
        "Train",
        TrainModel.with(HistogramForestTrainer.trees(100).maxDepth(12).seed(7))
            .label("late", "arr_delay > 15")
            .features(features)
            .on(split)
            .into(folder + "/model"));
    pipeline.run().waitUntilFinish();
    // README: to here
  }

  /** A flight a day of 2013, by two carriers in turn. */
  private static void write(Path file) throws IOException {
    long first = ZoneRules.UTC.parse("from", "2013-01-01T12:00");
    RowBatchBuilder rows = RowBatch.builder(FLIGHTS);
    for (int day = 0; day < 365; day++) {
      rows.addRow(
          first + day * 86_400_000_000L,
          day % 3 == 0 ? "B6" : "UA",
          day % 5 == 0 ? "ORD" : "LAX",
          day % 5 == 0 ? 733.0 : 2475.0,
          day % 7 == 0 ? 40.0 : -3.0);
    }
    try (OutputStream out = Files.newOutputStream(file);
        ParquetBatchWriter writer = ParquetBatchWriter.open(out, FLIGHTS)) {
      writer.write(rows.build());
    }
  }
}
