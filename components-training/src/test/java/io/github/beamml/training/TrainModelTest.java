package io.github.beamml.training;

import static io.github.beamml.engine.feature.Steps.oneHot;
import static io.github.beamml.engine.feature.Steps.standardize;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.artifact.ArtifactDirectory;
import io.github.beamml.engine.artifact.Digest;
import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.feature.FittedFeatures;
import io.github.beamml.engine.model.Scorer;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.split.Split;
import io.github.beamml.features.Features;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TrainModelTest {
  private static final FeaturePlan PLAN = FeaturePlan.of(standardize("x"), oneHot("city"));
  private static final Split SPLIT = Split.byColumn("part");
  private static final RowBatch ROWS = Delays.rows(400);

  @TempDir Path folder;

  private TrainModel training() {
    return TrainModel.with(HistogramForestTrainer.trees(5).maxDepth(4).seed(3))
        .label("late", "delay > 30")
        .rowKey("id")
        .into(model().toString());
  }

  private Path model() {
    return folder.resolve("model");
  }

  private static FittedFeatures fitted() {
    return PLAN.fit(Delays.SCHEMA, List.of(ROWS));
  }

  private static PCollection<Row> rows(Pipeline pipeline, List<Row> rows) {
    return pipeline.apply(Create.of(rows).withRowSchema(Delays.beamSchema()));
  }

  private Digest run(TrainModel train, List<Row> rows) {
    Pipeline pipeline = Pipeline.create();
    rows(pipeline, rows).apply(train);
    pipeline.run().waitUntilFinish();
    return ArtifactDirectory.open(model()).manifest().digest();
  }

  private void assertRefused(TrainModel train, String message) {
    assertThatThrownBy(() -> run(train, Delays.beamRows(ROWS)))
        .satisfiesAnyOf(
            failure -> assertThat(failure).hasMessage(message),
            failure -> assertThat(failure).cause().hasMessage(message));
  }

  @Test
  void itLeavesAModelThatScoresRawRows() {
    Pipeline pipeline = Pipeline.create();
    PCollection<Row> flights = rows(pipeline, Delays.beamRows(ROWS));
    Features features =
        flights.apply(Features.fit(PLAN).on(SPLIT.train()).label("late", "delay > 30"));
    PCollection<Row> trained =
        flights.apply(training().on(SPLIT).threshold("max_f1 on validation").features(features));
    PAssert.thatSingleton(trained)
        .satisfies(
            row -> {
              assertThat(row.getInt64("train_rows")).isEqualTo(260);
              assertThat(row.getInt64("validation_rows")).isEqualTo(100);
              return null;
            });
    pipeline.run().waitUntilFinish();

    Scorer scorer = Scorer.load(model());
    assertThat(scorer.score(Map.of("x", 95.0, "city", "Bern")).flagged()).isTrue();
    assertThat(scorer.score(Map.of("x", 5.0, "city", "Bern")).flagged()).isFalse();
    assertThat(scorer.model().threshold().rule()).isEqualTo("max_f1 on validation");
    assertThat(scorer.score(ROWS, RowErrors.fail()).size()).isEqualTo(400);
  }

  @Test
  void theModelDoesNotDependOnTheOrderOfTheRows() {
    Digest first = run(training().features(fitted()), Delays.beamRows(ROWS));
    List<Row> shuffled = Delays.beamRows(ROWS);
    Collections.shuffle(shuffled, new Random(1));
    assertThat(run(training().features(fitted()), shuffled)).isEqualTo(first);
  }

  @Test
  void equalRowsWithoutDeclaredKeysAreToldApartWhateverTheirOrder() {
    List<Row> twice = Delays.beamRows(ROWS);
    twice.addAll(Delays.beamRows(ROWS));
    TrainModel train = training().rowKey().features(fitted());
    Digest first = run(train, twice);
    Collections.shuffle(twice, new Random(1));
    assertThat(run(train, twice)).isEqualTo(first);
  }

  @Test
  void whatIsWrongIsSaidInOneLine() {
    assertRefused(
        training().label("late", "delay > 1000").features(fitted()),
        "Invalid label: 1 class (must be two)");
    assertRefused(
        training().features(fitted()).threshold("max_f1 on validation"),
        "Invalid threshold: max_f1 on validation (must be a number, as no split has validation"
            + " rows)");
    assertRefused(training(), "Invalid features: missing (must be given)");
    assertRefused(
        training().features(fitted()).rowKey("idd"),
        "Invalid row_key: idd is not a column of the input (did you mean id?)");
    assertThatThrownBy(() -> HistogramForestTrainer.trees(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Invalid trees: 0 (must be from 1 to 100000)");
  }

  @Test
  void aFolderThatHoldsSomethingElseStaysAsItIs() throws IOException {
    Digest first = run(training().features(fitted()), Delays.beamRows(ROWS));
    assertThatThrownBy(
            () ->
                run(
                    training().features(fitted()).label("late", "delay > 20"),
                    Delays.beamRows(ROWS)))
        .cause()
        .isInstanceOf(CannotException.class)
        .hasMessageMatching(
            "Cannot write model sha256:\\w+ into .*: the folder holds model sha256:\\w+ \\(name"
                + " another\\)");
    assertThat(ArtifactDirectory.open(model()).manifest().digest()).isEqualTo(first);

    Path notes = Files.createDirectory(folder.resolve("notes"));
    Files.writeString(notes.resolve("a.txt"), "mine");
    assertThatThrownBy(
            () -> run(training().features(fitted()).into(notes.toString()), Delays.beamRows(ROWS)))
        .cause()
        .hasMessageEndingWith("the folder holds other files, such as a.txt (name an empty one)");
  }

  @Test
  void whatAKilledAttemptLeftIsWrittenAgain() throws IOException {
    Files.createDirectory(model());
    Files.writeString(model().resolve("model.onnx"), "cut o");
    run(training().features(fitted()), Delays.beamRows(ROWS));
    assertThat(Scorer.load(model()).model().label()).isEqualTo("late");
  }
}
