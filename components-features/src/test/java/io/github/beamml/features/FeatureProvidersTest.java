package io.github.beamml.features;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.feature.FittedFeatures;
import io.github.beamml.engine.feature.Steps;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FeatureProvidersTest {
  private static final Schema SCHEMA =
      Schema.builder().addStringField("carrier").addDoubleField("x").build();
  private static final RowSchema ROWS =
      RowSchema.of(
          Field.required("carrier", ValueType.STRING), Field.required("x", ValueType.DOUBLE));

  @Test
  void everyProviderIsFoundAndDescribed() {
    List<String> urns =
        StreamSupport.stream(ServiceLoader.load(SchemaTransformProvider.class).spliterator(), false)
            .filter(provider -> provider.getClass().getPackageName().endsWith(".features"))
            .map(SchemaTransformProvider::identifier)
            .toList();
    assertThat(urns)
        .containsExactlyInAnyOrder(
            "beamml:schematransform:apply_features:v1",
            "beamml:schematransform:fit_features:v1",
            "beamml:schematransform:lookup:v1");
  }

  @Test
  void fittingThroughAProviderGivesWhatJavaGives(@TempDir Path folder) throws Exception {
    RowBatch rows = RowBatch.builder(ROWS).addRow("a", 1.0).addRow("a", 3.0).build();
    FeaturePlan plan = FeaturePlan.of(Steps.standardize("x"), Steps.oneHot("carrier"));
    FittedFeatures java = plan.fit(ROWS, List.of(rows));
    Path file = folder.resolve("features.json");
    Pipeline pipeline = Pipeline.create();
    ComponentProvider provider = new FitFeaturesProvider();
    Row configuration =
        Row.withSchema(provider.configurationSchema())
            .withFieldValue("plan", plan.toString())
            .withFieldValue("write_to", file.toString())
            .build();
    PCollection<Row> out =
        PCollectionRowTuple.of("input", input(pipeline))
            .apply(provider.from(configuration))
            .get("output");
    PAssert.that(out)
        .satisfies(
            found -> {
              found.forEach(row -> assertThat(row.getDouble("x")).isIn(-1.0, 1.0));
              return null;
            });
    pipeline.run().waitUntilFinish();
    assertThat(FittedFeatures.parse(Files.readAllBytes(file))).isEqualTo(java);
    assertAppliedFrom(file);
  }

  private static void assertAppliedFrom(Path file) {
    Pipeline pipeline = Pipeline.create();
    ComponentProvider provider = new ApplyFeaturesProvider();
    Row configuration =
        Row.withSchema(provider.configurationSchema())
            .withFieldValue("features", file.toString())
            .build();
    PCollection<Row> out =
        PCollectionRowTuple.of("input", input(pipeline))
            .apply(provider.from(configuration))
            .get("output");
    PAssert.that(out)
        .satisfies(
            found -> {
              found.forEach(
                  row -> assertThat(row.getArray("carrier_one_hot")).containsExactly(1.0, 0.0));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  @Test
  void theTableOfALookupIsASecondInput() {
    Pipeline pipeline = Pipeline.create();
    Schema tableSchema = Schema.builder().addStringField("code").addStringField("name").build();
    PCollection<Row> table =
        pipeline.apply(
            "Table",
            Create.of(Row.withSchema(tableSchema).addValues("a", "Alpha").build())
                .withRowSchema(tableSchema));
    ComponentProvider provider = new LookupProvider();
    Row configuration =
        Row.withSchema(provider.configurationSchema())
            .withFieldValue(
                "lookup",
                "{\"table\": \"names\", \"on\": {\"carrier\": \"code\"}, \"take\": [\"name\"]}")
            .build();
    PCollection<Row> out =
        PCollectionRowTuple.of("input", input(pipeline))
            .and("table", table)
            .apply(provider.from(configuration))
            .get("output");
    PAssert.that(out)
        .satisfies(
            found -> {
              found.forEach(row -> assertThat(row.getString("name")).isEqualTo("Alpha"));
              return null;
            });
    pipeline.run().waitUntilFinish();
  }

  private static PCollection<Row> input(Pipeline pipeline) {
    return pipeline.apply(
        Create.of(
                Row.withSchema(SCHEMA).addValues("a", 1.0).build(),
                Row.withSchema(SCHEMA).addValues("a", 3.0).build())
            .withRowSchema(SCHEMA));
  }
}
