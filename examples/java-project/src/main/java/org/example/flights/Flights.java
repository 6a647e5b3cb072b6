package org.example.flights;

import static io.github.beamml.engine.feature.Steps.cyclic;
import static io.github.beamml.engine.feature.Steps.keep;
import static io.github.beamml.engine.feature.Steps.oneHot;

import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.model.Scorer;
import io.github.beamml.engine.split.Split;
import io.github.beamml.features.Features;
import io.github.beamml.io.parquet.ParquetFiles;
import io.github.beamml.serving.Score;
import io.github.beamml.split.SplitRows;
import io.github.beamml.training.HistogramForestTrainer;
import io.github.beamml.training.TrainModel;
import java.nio.file.Path;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.options.PipelineOptions;
import org.apache.beam.sdk.options.PipelineOptionsFactory;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;

/** Trains a model of late flights in one pipeline, scores the test flights in a second, and one flight without Beam. */
public final class Flights {
  private static final Split SPLIT =
      Split.byTime("sched_dep").validationFrom("2013-10-01").testFrom("2013-12-01").zone("America/New_York");

  public static void main(String[] arguments) {
    String data = arguments[0];
    Path output = Path.of(arguments[1]);
    String[] options = java.util.Arrays.copyOfRange(arguments, 2, arguments.length);
    train(PipelineOptionsFactory.fromArgs(options).create(), data, output);
    score(PipelineOptionsFactory.fromArgs(options).create(), data, output);

    Scorer scorer = Scorer.load(output.resolve("model"));
    Map<String, Object> flight =
        Map.of("sched_dep", java.time.Instant.parse("2013-12-20T22:30:00Z"), "carrier", "EV", "distance", 500.0);
    System.out.println("A flight of EV on a Friday evening in December: " + scorer.score(flight));
  }

  private static void train(PipelineOptions options, String data, Path output) {
    Pipeline pipeline = Pipeline.create(options);
    PCollection<Row> flights = pipeline.apply("Read", ParquetFiles.read(data));
    FeaturePlan plan =
        FeaturePlan.of(
            cyclic("sched_dep").hour().weekday().zone("America/New_York"), keep("distance"), oneHot("carrier").minCount(100));
    Features features =
        flights.apply("Fit", Features.fit(plan).on(SPLIT.train()).label("late", "arr_delay > 15"));
    flights.apply(
        "Train",
        TrainModel.with(HistogramForestTrainer.trees(50).maxDepth(10).seed(7))
            .label("late", "arr_delay > 15")
            .features(features)
            .on(SPLIT)
            .rowKey("id")
            .into(output.resolve("model").toString()));
    pipeline.run().waitUntilFinish();
  }

  private static void score(PipelineOptions options, String data, Path output) {
    Pipeline pipeline = Pipeline.create(options);
    pipeline
        .apply("Read", ParquetFiles.read(data))
        .apply("TestFlights", SplitRows.only(SPLIT.test()))
        .apply("Score", Score.with(output.resolve("model")))
        .get(Score.ROWS)
        .apply("Write", ParquetFiles.write(output.resolve("scores").toString(), 2));
    pipeline.run().waitUntilFinish();
  }
}
