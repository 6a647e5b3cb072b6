package io.github.beamml.features;

import static io.github.beamml.engine.feature.Steps.impute;
import static io.github.beamml.engine.feature.Steps.oneHot;
import static io.github.beamml.engine.feature.Steps.standardize;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.core.chain.ApplyToRows;
import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.feature.FittedFeatures;
import io.github.beamml.engine.lookup.Lookup;
import io.github.beamml.engine.lookup.LookupTable;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.engine.split.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeaturesTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Field.required("time", ValueType.TIMESTAMP),
          Field.nullable("carrier", ValueType.STRING),
          Field.nullable("temp", ValueType.DOUBLE),
          Field.nullable("delay", ValueType.DOUBLE));
  private static final Schema BEAM_SCHEMA = BeamRows.toBeamSchema(SCHEMA);
  private static final FeaturePlan PLAN =
      FeaturePlan.of(
          impute("temp").withMedian(), standardize("temp"), oneHot("carrier").minCount(2));
  private static final Split SPLIT = Split.byTime("time").testFrom("1970-01-02");

  @Test
  void fittingOnBeamGivesTheBytesOfFittingInMemory(@TempDir Path folder) {
    RowBatch rows = rows();
    RowBatch training = SPLIT.train().select(rows);
    FittedFeatures expected = PLAN.fit(SCHEMA, List.of(training));
    Path file = folder.resolve("features.json");

    Pipeline pipeline = Pipeline.create();
    Features features = pipeline.apply(create(rows)).apply(Features.fit(PLAN).on(SPLIT.train()));
    features.writeTo(file.toString());
    PAssert.thatSingleton(features.fitted()).isEqualTo(expected);
    PAssert.that(features.rows())
        .containsInAnyOrder(beamRows(expected.apply(rows, RowErrors.fail())));
    pipeline.run().waitUntilFinish();

    assertThat(Features.read(file.toString())).isEqualTo(expected);
  }

  @Test
  void aPartsRowsAreTransformedWithTheirLabel() {
    RowBatch rows = rows();
    Pipeline pipeline = Pipeline.create();
    Features features =
        pipeline
            .apply(create(rows))
            .apply(Features.fit(PLAN).on(SPLIT.train()).label("late", "delay > 15.0"));
    PCollection<Row> test = features.rows(SPLIT.test());
    assertThat(test.getSchema().getFieldNames())
        .containsExactly("time", "carrier", "temp", "delay", "late", "carrier_one_hot");
    PAssert.that(test)
        .satisfies(
            found -> {
              List<Boolean> labels = new ArrayList<>();
              found.forEach(row -> labels.add(row.getBoolean("late")));
              assertThat(labels).containsExactlyInAnyOrder(true, false);
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void applyingGivesTheRowsThatTheEngineGives() {
    RowBatch rows = rows();
    FittedFeatures fitted = PLAN.fit(SCHEMA, List.of(rows));
    Pipeline pipeline = Pipeline.create();
    PCollection<Row> out =
        pipeline.apply(create(rows)).apply(Features.apply(fitted)).get(ApplyToRows.ROWS);
    PAssert.that(out).containsInAnyOrder(beamRows(fitted.apply(rows, RowErrors.fail())));
    pipeline.run().waitUntilFinish();
  }

  @Test
  void columnsOfASmallTableAreAdded() {
    RowSchema names =
        RowSchema.of(
            Field.required("carrier", ValueType.STRING), Field.required("name", ValueType.STRING));
    RowBatch table = RowBatch.builder(names).addRow("UA", "United").build();
    Lookup lookup = Lookup.in("carriers").on("carrier").take("name");
    Pipeline pipeline = Pipeline.create();
    PCollection<Row> out =
        pipeline
            .apply(create(rows().take(new int[] {0, 1})))
            .apply(Features.lookup(lookup, LookupTable.of("carriers", table)))
            .get(ApplyToRows.ROWS);
    PAssert.that(out)
        .satisfies(
            found -> {
              found.forEach(
                  row ->
                      assertThat(row.getString("name"))
                          .isEqualTo("UA".equals(row.getString("carrier")) ? "United" : null));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void noTrainingRowsAreOneClearLine() {
    Pipeline pipeline = Pipeline.create();
    pipeline.apply(create(RowBatch.empty(SCHEMA))).apply(Features.fit(PLAN).on(SPLIT.train()));
    assertThatThrownBy(() -> pipeline.run().waitUntilFinish())
        .rootCause()
        .hasMessage("Cannot fit features: there are no training rows");
  }

  @Test
  void aMissingColumnIsRefusedWhenThePipelineIsBuilt() {
    Pipeline pipeline = Pipeline.create();
    PCollection<Row> rows = pipeline.apply(create(rows()));
    FitFeatures fit = Features.fit(FeaturePlan.of(standardize("tmp")));
    assertThatThrownBy(() -> rows.apply(fit))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "Invalid features[0].columns: tmp is not a column of the input (did you mean temp?)");
  }

  private static Create.Values<Row> create(RowBatch rows) {
    return Create.of(beamRows(rows)).withRowSchema(BEAM_SCHEMA);
  }

  private static List<Row> beamRows(RowBatch batch) {
    Schema schema = BeamRows.toBeamSchema(batch.schema());
    List<Row> rows = new ArrayList<>();
    for (int row = 0; row < batch.size(); row++) {
      rows.add(BeamRows.toRow(schema, batch, row));
    }
    return rows;
  }

  private static RowBatch rows() {
    RowBatchBuilder builder = RowBatch.builder(SCHEMA);
    String[] carriers = {"UA", "B6", "UA", null, "EV"};
    for (int i = 0; i < 60; i++) {
      builder.addRow(
          i * 60_000_000L, carriers[i % 5], i % 7 == 0 ? null : (Double) (i * 0.25), i - 10.0);
    }
    builder.addRow(86_400_000_000L, "UA", 1.0, 16.0);
    builder.addRow(86_400_000_001L, "XX", null, 15.0);
    builder.addRow(86_400_000_002L, null, 3.0, null);
    return builder.build();
  }
}
