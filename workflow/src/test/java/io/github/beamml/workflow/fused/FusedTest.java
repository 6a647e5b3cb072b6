package io.github.beamml.workflow.fused;

import static io.github.beamml.engine.feature.Steps.index;
import static io.github.beamml.engine.feature.Steps.standardize;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.FusedProvider;
import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.feature.FeaturePlan;
import io.github.beamml.engine.row.Fingerprint;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.SchemaText;
import io.github.beamml.features.ApplyFeaturesProvider;
import io.github.beamml.features.LookupProvider;
import io.github.beamml.io.parquet.ParquetBatchWriter;
import io.github.beamml.io.parquet.ParquetFiles;
import io.github.beamml.io.parquet.ReadParquetProvider;
import io.github.beamml.io.parquet.WriteParquetProvider;
import io.github.beamml.portability.RunnerProfile;
import io.github.beamml.split.SplitProvider;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same steps as transforms of their own and as one. */
class FusedTest {
  private static final RowSchema TRIPS =
      SchemaText.parse("schema", "{id: int64, city: string?, at: timestamp, miles: double}");
  private static final RowSchema CITIES =
      SchemaText.parse("schema", "{city: string, country: string}");
  private static final String LOOKUP =
      "{\"table\": \"cities\", \"on\": [\"city\"], \"take\": [\"country\"]}";
  private static final String SPLIT = "{\"by_hash\": {\"test\": 0.3}}";

  @TempDir Path folder;

  private static RowBatch trips() {
    RowBatchBuilder rows = RowBatch.builder(TRIPS);
    String[] cities = {"Bern", "Oslo", null, "Genf"};
    for (long id = 0; id < 500; id++) {
      rows.addRow(id, cities[(int) (id % 4)], id * 3_600_000_000L, id / 3.0);
    }
    return rows.build();
  }

  private String write(String name, RowBatch rows) throws IOException {
    Path file = folder.resolve(name + ".parquet");
    try (OutputStream out = Files.newOutputStream(file);
        ParquetBatchWriter writer = ParquetBatchWriter.open(out, rows.schema())) {
      writer.write(rows);
    }
    return file.toString();
  }

  private static PCollectionRowTuple apply(
      PCollectionRowTuple input, ComponentProvider provider, Map<String, ?> values) {
    Row configuration =
        Row.withSchema(provider.configurationSchema()).withFieldValues(Map.copyOf(values)).build();
    return input.apply(provider.descriptor().name(), provider.from(configuration));
  }

  private static PCollectionRowTuple next(
      PCollectionRowTuple before, ComponentProvider provider, Map<String, ?> values) {
    return apply(PCollectionRowTuple.of("input", before.get("output")), provider, values);
  }

  private static Pipeline pipeline() {
    return Pipeline.create(RunnerProfile.direct().toPipelineOptions());
  }

  private static String rowsOf(String files) {
    RowSchema schema = ParquetFiles.schemaOf(files);
    RowBatch rows = ParquetFiles.readAll(files, schema);
    assertThat(rows.size()).isEqualTo(500);
    return schema + " " + Fingerprint.of(rows).sum();
  }

  @Test
  void oneTransformGivesTheRowsOfFour() throws IOException {
    String trips = write("trips", trips());
    String cities =
        write("cities", RowBatch.builder(CITIES).addRow("Bern", "CH").addRow("Oslo", "NO").build());
    Path features = folder.resolve("features.json");
    Files.write(
        features,
        FeaturePlan.of(standardize("miles"), index("city")).fit(TRIPS, List.of(trips())).toBytes());
    String table =
        "{\"steps\": [{\"type\": \"read_parquet\", \"config\": {\"path\": \"" + cities + "\"}}]}";

    Pipeline apart = pipeline();
    PCollectionRowTuple rows =
        apply(PCollectionRowTuple.empty(apart), new ReadParquetProvider(), Map.of("path", trips));
    rows = next(rows, new LookupProvider(), Map.of("lookup", LOOKUP, "table", table));
    rows = next(rows, new SplitProvider(), Map.of("split", SPLIT, "row_key", List.of("id")));
    rows = next(rows, new ApplyFeaturesProvider(), Map.of("features", features.toString()));
    assertThat(BeamRows.toRowSchema(rows.get("output").getSchema()).names())
        .containsExactly("id", "city", "at", "miles", "country", "_row_key", "part", "city_index");
    next(rows, new WriteParquetProvider(), Map.of("path", folder + "/apart"));
    apart.run().waitUntilFinish();

    String chain =
        "{\"steps\": ["
            + "{\"type\": \"read_parquet\", \"config\": {\"path\": \""
            + trips
            + "\"}},"
            + "{\"type\": \"lookup\", \"config\": {\"lookup\": "
            + LOOKUP
            + ", \"table\": "
            + table
            + "}},"
            + "{\"type\": \"split\", \"config\": {\"split\": "
            + SPLIT
            + ", \"row_key\": [\"id\"]}},"
            + "{\"type\": \"apply_features\", \"config\": {\"features\": \""
            + features
            + "\"}},"
            + "{\"type\": \"write_parquet\", \"config\": {\"path\": \""
            + folder
            + "/fused\"}}]}";
    Pipeline fused = pipeline();
    PCollectionRowTuple written =
        apply(PCollectionRowTuple.empty(fused), new FusedProvider(), Map.of("chain", chain));
    assertThat(written.get("output").getSchema().getFieldNames()).containsExactly("file");
    fused.run().waitUntilFinish();

    assertThat(rowsOf(folder + "/fused")).isEqualTo(rowsOf(folder + "/apart"));
  }
}
