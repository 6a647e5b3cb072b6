package io.github.beamml.serving;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.core.chain.ApplyToRows;
import io.github.beamml.core.registry.SealedModel;
import io.github.beamml.core.row.BeamRows;
import io.github.beamml.core.store.ArtifactReference;
import io.github.beamml.core.store.ArtifactStore;
import io.github.beamml.core.store.StoredArtifact;
import io.github.beamml.engine.model.Scorer;
import io.github.beamml.engine.row.BadRecord;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.coders.RowCoder;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.testing.TestStream;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.joda.time.Instant;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScoreTest {
  private static final Schema BEAM_TRIPS = BeamRows.toBeamSchema(TripModel.TRIPS);

  @TempDir static Path folder;
  private static StoredArtifact model;

  @BeforeAll
  static void storeModel() {
    model = TripModel.store(folder);
  }

  private static ArtifactReference reference() {
    return ArtifactReference.to(ArtifactStore.at(folder.toString()), model);
  }

  @Test
  void aPipelineGivesTheBitsOfTheScorer() {
    Pipeline pipeline = Pipeline.create();
    PCollection<String> bits = bits(rows(pipeline).apply(Score.with(reference())));
    PAssert.that(bits).containsInAnyOrder(expectedBits());
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aFolderScoresAsTheStoreDoes() {
    Pipeline pipeline = Pipeline.create();
    PCollection<String> bits = bits(rows(pipeline).apply(Score.with(Path.of(model.folder()))));
    PAssert.that(bits).containsInAnyOrder(expectedBits());
    pipeline.run().waitUntilFinish();
  }

  @Test
  void aStreamGivesTheSameBits() {
    Pipeline pipeline = Pipeline.create();
    TestStream.Builder<Row> stream =
        TestStream.create(RowCoder.of(BEAM_TRIPS)).advanceWatermarkTo(new Instant(0));
    for (Row row : beamRows()) {
      stream = stream.addElements(row);
    }
    PCollection<String> bits =
        bits(
            pipeline
                .apply(stream.advanceWatermarkToInfinity())
                .setRowSchema(BEAM_TRIPS)
                .apply(Score.with(reference())));
    PAssert.that(bits).containsInAnyOrder(expectedBits());
    pipeline.run().waitUntilFinish();
  }

  @Test
  void columnsStayAsTheyCameIn() {
    RowBatch trips = TripModel.trips(1000, 1400);
    RowBatch scored = ScoreFn.of(reference()).apply(trips, RowErrors.fail());
    assertThat(scored.schema().names())
        .containsExactly("id", "city", "distance", "start", "margin", "probability", "flagged");
    for (int row = 0; row < trips.size(); row++) {
      assertThat(scored.row(row).subList(0, 4)).isEqualTo(trips.row(row));
    }
  }

  @Test
  void oneRowGivesTheBitsOfABatch() {
    RowBatch trips = TripModel.trips(1000, 1400);
    ScoreFn function = ScoreFn.of(reference());
    RowBatch scored = function.apply(trips, RowErrors.fail());
    for (int row = 0; row < trips.size(); row++) {
      RowBatch one = function.apply(trips.take(new int[] {row}), RowErrors.fail());
      assertThat(one.row(0)).isEqualTo(scored.row(row));
    }
  }

  @Test
  void rowsThatCannotBeComputedAreDeadLetters() {
    Pipeline pipeline = Pipeline.create();
    PCollectionTuple scored =
        rows(pipeline, "Oslo").apply(Score.with(reference()).keepingDeadLetters());
    PAssert.that(bits(scored)).containsInAnyOrder(expectedBits());
    PAssert.that(
            scored
                .get(Score.ERRORS)
                .apply(MapElements.into(TypeDescriptors.strings()).via(BadRecord::message)))
        .containsInAnyOrder("column city has a value that is not in its vocabulary");
    pipeline.run().waitUntilFinish();
  }

  @Test
  void theFirstBadRowFailsOtherwise() {
    Pipeline pipeline = Pipeline.create();
    rows(pipeline, "Oslo").apply(Score.with(reference()));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .hasMessageContaining(
            "Cannot continue score: column city has a value that is not in its vocabulary");
  }

  @Test
  void aRowThatFailsSaysTheSameAloneInABatchAndInAStream() {
    String why = "derive.pace: division by zero at position 4 of \"60 / (int(distance) - 1000)\"";
    assertThatThrownBy(
            () ->
                Scorer.load(Path.of(model.folder()))
                    .score(Map.of("city", "Bern", "distance", 1000.0, "start", 0L)))
        .hasMessage("Invalid row: " + why);

    Row row = Row.fromRow(beamRows().get(0)).withFieldValue("distance", 1000.0).build();
    Pipeline failing = Pipeline.create();
    failing.apply(Create.of(row).withRowSchema(BEAM_TRIPS)).apply(Score.with(reference()));
    assertThatThrownBy(() -> failing.run().waitUntilFinish())
        .hasMessageEndingWith("Cannot continue score: " + why);

    Pipeline keeping = Pipeline.create();
    Score score = Score.with(reference()).keepingDeadLetters();
    TestStream<Row> stream =
        TestStream.create(RowCoder.of(BEAM_TRIPS)).addElements(row).advanceWatermarkToInfinity();
    PCollection<Row> batch = keeping.apply(Create.of(row).withRowSchema(BEAM_TRIPS));
    PCollection<Row> unbounded = keeping.apply(stream).setRowSchema(BEAM_TRIPS);
    PAssert.that(reasons(batch.apply("ScoreBatch", score), "Batch"))
        .containsInAnyOrder("score not_computable " + why);
    PAssert.that(reasons(unbounded.apply("ScoreStream", score), "Stream"))
        .containsInAnyOrder("score not_computable " + why);
    keeping.run().waitUntilFinish();
  }

  private static PCollection<String> reasons(PCollectionTuple scored, String name) {
    return scored
        .get(Score.ERRORS)
        .apply(
            "Reasons" + name,
            MapElements.into(TypeDescriptors.strings())
                .via(bad -> bad.component() + " " + bad.reason() + " " + bad.message()));
  }

  @Test
  void wrongColumnsAreRefusedAtConstruction() {
    RowSchema without =
        RowSchema.of(
            Field.nullable("citi", ValueType.STRING),
            Field.nullable("distance", ValueType.DOUBLE),
            Field.required("start", ValueType.TIMESTAMP));
    assertThatThrownBy(() -> ScoreFn.of(reference()).outputSchema(without))
        .hasMessageContaining("city")
        .hasMessageContaining("did you mean citi?");
  }

  @Test
  void aChangedModelIsRefused(@TempDir Path copied) throws IOException {
    Path source = Path.of(model.folder());
    try (var files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = copied.resolve(source.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.write(target, Files.readAllBytes(file));
      }
    }
    Path onnx = copied.resolve("model.onnx");
    byte[] bytes = Files.readAllBytes(onnx);
    bytes[100] ^= 1;
    Files.write(onnx, bytes);
    assertThatThrownBy(() -> SealedModel.in(copied).load())
        .hasMessageMatching("Cannot open model .*: model.onnx does not match its digest");
  }

  private static PCollection<Row> rows(Pipeline pipeline, String... moreCities) {
    List<Row> rows = new ArrayList<>(beamRows());
    for (String city : moreCities) {
      rows.add(Row.fromRow(rows.get(0)).withFieldValue("city", city).build());
    }
    return pipeline.apply(Create.of(rows).withRowSchema(BEAM_TRIPS));
  }

  private static List<Row> beamRows() {
    RowBatch trips = TripModel.trips(1000, 1400);
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < trips.size(); row++) {
      rows.add(BeamRows.toRow(BEAM_TRIPS, trips, row));
    }
    return rows;
  }

  /** What the scorer alone says of each row. */
  private static List<String> expectedBits() {
    Scorer scorer = Scorer.load(Path.of(model.folder()));
    RowBatch trips = TripModel.trips(1000, 1400);
    List<String> bits = new ArrayList<>();
    for (int row = 0; row < trips.size(); row++) {
      Map<String, Object> values = new HashMap<>();
      for (String name : trips.schema().names()) {
        values.put(name, trips.value(row, name));
      }
      Scorer.Score score = scorer.score(values);
      bits.add(
          line(
              (Long) trips.value(row, "id"), score.margin(), score.probability(), score.flagged()));
    }
    return bits;
  }

  private static PCollection<String> bits(PCollectionTuple scored) {
    return scored
        .get(ApplyToRows.ROWS)
        .apply(
            "Bits",
            MapElements.into(TypeDescriptors.strings())
                .via(
                    row ->
                        line(
                            row.getInt64("id"),
                            row.getDouble("margin"),
                            row.getDouble("probability"),
                            row.getBoolean("flagged"))));
  }

  private static String line(long id, double margin, double probability, boolean flagged) {
    return id
        + " "
        + Double.doubleToLongBits(margin)
        + " "
        + Double.doubleToLongBits(probability)
        + " "
        + flagged;
  }
}
