package io.github.beamml.io;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.cluster.KafkaBroker;
import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.row.BeamRows;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.SchemaText;
import io.github.beamml.io.avro.AvroFiles;
import io.github.beamml.io.csv.CsvFiles;
import io.github.beamml.io.csv.CsvFormat;
import io.github.beamml.io.json.JsonLines;
import io.github.beamml.io.kafka.KafkaConnection;
import io.github.beamml.io.kafka.KafkaSnapshot;
import io.github.beamml.io.kafka.KafkaWindow;
import io.github.beamml.io.parquet.ParquetFiles;
import io.github.beamml.testkit.KafkaExtension;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;
import org.apache.beam.sdk.testing.PAssert;
import org.apache.beam.sdk.transforms.Create;
import org.apache.beam.sdk.transforms.MapElements;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.Row;
import org.apache.beam.sdk.values.TypeDescriptors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What the providers offer is what the typed transforms do. */
@ExtendWith(KafkaExtension.class)
class ProvidersTest {
  private static final String SCHEMA_TEXT = "{id: int64, at: timestamp?, x: double?}";
  private static final RowSchema SCHEMA = SchemaText.parse("schema", SCHEMA_TEXT);

  @TempDir Path folder;

  private static TreeMap<String, ComponentProvider> providers() {
    TreeMap<String, ComponentProvider> providers = new TreeMap<>();
    for (SchemaTransformProvider provider : ServiceLoader.load(SchemaTransformProvider.class)) {
      if (provider instanceof ComponentProvider ours) {
        providers.put(ours.descriptor().name(), ours);
      }
    }
    return providers;
  }

  @Test
  void everyProviderIsRegisteredWithItsUrn() {
    assertThat(providers().keySet())
        .containsExactly(
            "read_avro",
            "read_csv",
            "read_json",
            "read_kafka",
            "read_kafka_window",
            "read_parquet",
            "write_avro",
            "write_csv",
            "write_json",
            "write_kafka",
            "write_parquet");
    assertThat(providers().get("read_csv").identifier())
        .isEqualTo("beamml:schematransform:read_csv:v1");
  }

  @Test
  void theConfigurationSchemasAreTheGoldenOnes() throws IOException {
    StringBuilder all = new StringBuilder();
    providers()
        .forEach(
            (name, provider) -> {
              all.append(name).append('\n');
              for (Schema.Field field : provider.configurationSchema().getFields()) {
                all.append("  ")
                    .append(field.getName())
                    .append(": ")
                    .append(label(field.getType()))
                    .append("  # ")
                    .append(field.getDescription())
                    .append('\n');
                assertThat(field.getDescription()).as(field.getName()).endsWith(".");
              }
            });
    try (InputStream golden = getClass().getResourceAsStream("providers.golden.txt")) {
      assertThat(all.toString()).isEqualTo(new String(golden.readAllBytes(), UTF_8));
    }
  }

  private static String label(Schema.FieldType type) {
    String name =
        switch (type.getTypeName()) {
          case ARRAY -> "array of " + label(type.getCollectionElementType());
          case MAP ->
              "map of " + label(type.getMapKeyType()) + " to " + label(type.getMapValueType());
          case ROW -> "row " + type.getRowSchema().getFieldNames();
          default -> type.getTypeName().name();
        };
    return type.getNullable() ? name + "?" : name;
  }

  private static Row configuration(String provider, Map<String, Object> values) {
    Schema schema = providers().get(provider).configurationSchema();
    Row.FieldValueBuilder row = Row.withSchema(schema).withFieldValues(values);
    return row.build();
  }

  private static PCollectionRowTuple apply(
      PCollectionRowTuple input, String provider, Map<String, Object> values) {
    return input.apply(provider, providers().get(provider).from(configuration(provider, values)));
  }

  private static Map<String, Object> withErrors(String provider, Map<String, Object> values) {
    Schema errors =
        providers()
            .get(provider)
            .configurationSchema()
            .getField("error_handling")
            .getType()
            .getRowSchema();
    Map<String, Object> all = new TreeMap<>(values);
    all.put("error_handling", Row.withSchema(errors).addValue("bad").build());
    return all;
  }

  private static List<Row> twoRows() {
    Schema schema = BeamRows.toBeamSchema(SCHEMA);
    return List.of(
        Row.withSchema(schema)
            .addValues(1L, java.time.Instant.ofEpochSecond(5, 1_000), 0.5)
            .build(),
        Row.withSchema(schema).addValues(2L, null, null).build());
  }

  private static PCollectionRowTuple input(Pipeline pipeline) {
    return PCollectionRowTuple.of(
        "input", pipeline.apply(Create.of(twoRows()).withRowSchema(BeamRows.toBeamSchema(SCHEMA))));
  }

  private static List<List<Object>> sorted(Collected collected) {
    List<List<Object>> rows = new ArrayList<>(collected.rows());
    rows.sort(java.util.Comparator.comparing(row -> (Long) row.get(0)));
    return rows;
  }

  private static void assertTwoRows(Collected collected) {
    assertThat(sorted(collected).get(0)).containsExactly(1L, 5_000_001L, 0.5);
    assertThat(sorted(collected).get(1)).containsExactly(2L, null, null);
  }

  private static PCollection<Row> read(
      Pipeline pipeline, String provider, Map<String, Object> values) {
    return apply(PCollectionRowTuple.empty(pipeline), provider, values).get("output");
  }

  @Test
  void filesAreWrittenAndReadAsByTheTypedTransforms() throws IOException {
    for (String format : List.of("avro", "csv", "json", "parquet")) {
      String target = folder.resolve(format).toString();
      Pipeline writing = Pipeline.create();
      PCollectionRowTuple names =
          apply(input(writing), "write_" + format, Map.of("path", target, "shards", 1L));
      assertThat(names.get("output").getSchema().getFieldNames()).containsExactly("file");
      writing.run().waitUntilFinish();
      assertTwoRows(
          switch (format) {
            case "avro" -> Collected.from(AvroFiles.source(target));
            case "csv" -> Collected.from(CsvFiles.source(target, SCHEMA, CsvFormat.rfc4180()));
            case "json" -> Collected.from(JsonLines.source(target, SCHEMA));
            default -> Collected.from(ParquetFiles.source(target));
          });
      Pipeline reading = Pipeline.create();
      Map<String, Object> values = new TreeMap<>(Map.of("path", target));
      if (format.equals("csv") || format.equals("json")) {
        values.put("schema", SCHEMA_TEXT);
      }
      PAssert.that(read(reading, "read_" + format, values)).containsInAnyOrder(twoRows());
      reading.run().waitUntilFinish();
    }
  }

  @Test
  void columnsCanBeChosen() throws IOException {
    Pipeline writing = Pipeline.create();
    apply(input(writing), "write_parquet", Map.of("path", folder.resolve("c").toString()));
    writing.run().waitUntilFinish();
    Pipeline reading = Pipeline.create();
    Map<String, Object> values =
        Map.of("path", folder.resolve("c").toString(), "columns", List.of("x", "id"));
    assertThat(read(reading, "read_parquet", values).getSchema().getFieldNames())
        .containsExactly("x", "id");
    Map<String, Object> wrong =
        Map.of("path", folder.resolve("c").toString(), "columns", List.of("xx"));
    assertThatThrownBy(() -> read(Pipeline.create(), "read_parquet", wrong))
        .hasMessage("Invalid columns: xx is not a column of the input (did you mean x?)");
  }

  @Test
  void deadLettersComeOutWhereAskedForAndFailOtherwise() throws IOException {
    Path file = folder.resolve("f.csv");
    Files.writeString(file, "id;at;x\n1;2013-01-01 00:00;NA\nx;;\n");
    Map<String, Object> values =
        Map.of(
            "path", file.toString(),
            "schema", SCHEMA_TEXT,
            "separator", ";",
            "null_text", "NA",
            "time_zone", "UTC");
    Pipeline pipeline = Pipeline.create();
    PCollectionRowTuple results =
        apply(PCollectionRowTuple.empty(pipeline), "read_csv", withErrors("read_csv", values));
    PAssert.that(
            results
                .get("bad")
                .apply(
                    MapElements.into(TypeDescriptors.strings())
                        .via(bad -> bad.getString("reason") + " " + bad.getString("origin"))))
        .containsInAnyOrder("wrong_type " + file + ":3");
    PAssert.that(
            results
                .get("output")
                .apply(
                    "Ids",
                    MapElements.into(TypeDescriptors.longs()).via(row -> row.getInt64("id"))))
        .containsInAnyOrder(1L);
    pipeline.run().waitUntilFinish();

    Pipeline failing = Pipeline.create();
    read(failing, "read_csv", values);
    assertThatThrownBy(() -> failing.run().waitUntilFinish())
        .hasMessageEndingWith("Cannot continue read_csv: id is no int64 (" + file + ":3)");
  }

  @Test
  void csvWithoutAHeaderOrWithOtherColumnsIsRead() throws IOException {
    Map<String, Object> values = new TreeMap<>(Map.of("schema", SCHEMA_TEXT));
    values.put("path", folder.resolve("plain.csv").toString());
    values.put("header", false);
    Files.writeString(folder.resolve("plain.csv"), "1,1970-01-01T00:00:05.000001Z,0.5\n2,,\n");
    Pipeline pipeline = Pipeline.create();
    PAssert.that(read(pipeline, "read_csv", values)).containsInAnyOrder(twoRows());

    Map<String, Object> others = new TreeMap<>(Map.of("schema", SCHEMA_TEXT));
    others.put("path", folder.resolve("wide.csv").toString());
    others.put("other_columns", "ignore");
    Files.writeString(
        folder.resolve("wide.csv"), "y,x,at,id\n,0.5,1970-01-01T00:00:05.000001Z,1\n?,,,2\n");
    PAssert.that(
            PCollectionRowTuple.empty(pipeline)
                .apply("wide", providers().get("read_csv").from(configuration("read_csv", others)))
                .get("output"))
        .containsInAnyOrder(twoRows());
    pipeline.run().waitUntilFinish();
  }

  @Test
  void csvIsWrittenInTheFormatAskedFor() throws IOException {
    Pipeline pipeline = Pipeline.create();
    Map<String, Object> values =
        Map.of("path", folder.resolve("out").toString(), "separator", ";", "header", false);
    apply(input(pipeline), "write_csv", values);
    pipeline.run().waitUntilFinish();
    try (Stream<Path> files = Files.list(folder.resolve("out"))) {
      assertThat(Files.readString(files.findFirst().orElseThrow()).lines())
          .containsExactlyInAnyOrder("1;1970-01-01T00:00:05.000001Z;0.5", "2;;");
    }
  }

  @Test
  void topicsAreWrittenAndReadAsByTheTypedTransforms(KafkaBroker broker) throws Exception {
    broker.createTopic("provided", 2);
    Map<String, Object> topic =
        Map.of("bootstrap_servers", broker.bootstrapServers(), "topic", "provided");
    Map<String, Object> keyed = new TreeMap<>(topic);
    keyed.put("key", "id");
    keyed.put("producer_config", Map.of("client.id", "providers"));
    Pipeline writing = Pipeline.create();
    assertThat(apply(input(writing), "write_kafka", keyed).getAll()).isEmpty();
    writing.run().waitUntilFinish();
    KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers(), Map.of());
    assertTwoRows(Collected.from(KafkaWindow.source(connection, "provided", SCHEMA)));

    Map<String, Object> window = new TreeMap<>(topic);
    window.put("schema", SCHEMA_TEXT);
    Pipeline all = Pipeline.create();
    PAssert.that(read(all, "read_kafka_window", window)).containsInAnyOrder(twoRows());
    all.run().waitUntilFinish();

    Map<String, Object> stream = new TreeMap<>(window);
    stream.put(
        "ranges",
        KafkaSnapshot.take(connection, "provided").stream().map(range -> range.text()).toList());
    stream.put("event_time", "at");
    Pipeline streaming = Pipeline.create();
    PCollection<Row> rows = read(streaming, "read_kafka", stream);
    assertThat(rows.isBounded()).isEqualTo(PCollection.IsBounded.UNBOUNDED);
    PAssert.that(rows).containsInAnyOrder(twoRows());
    streaming.run().waitUntilFinish();

    window.put("event_time", "at");
    window.put("from", "1970-01-01");
    Map<String, Object> open = new TreeMap<>(window);
    assertThatThrownBy(() -> read(Pipeline.create(), "read_kafka_window", open))
        .hasMessage("Invalid to: missing (must be given together with event_time)");
    window.put("to", "1970-01-01T00:00:06");
    Pipeline cut = Pipeline.create();
    PAssert.that(read(cut, "read_kafka_window", window)).containsInAnyOrder(twoRows().get(0));
    cut.run().waitUntilFinish();
  }

  @Test
  void wrongConfigurationsFailAtConstruction() {
    Map<String, Object> values = Map.of("path", "x", "schema", "{id: in64}");
    assertThatThrownBy(() -> read(Pipeline.create(), "read_json", values))
        .hasMessageStartingWith("Invalid schema.id: in64 is not a type")
        .hasMessageEndingWith("(did you mean int64?)");
    Map<String, Object> shards = Map.of("path", "x", "shards", 0L);
    assertThatThrownBy(() -> apply(input(Pipeline.create()), "write_csv", shards))
        .hasMessage("Invalid shards: 0 (must be at least 1)");
    Map<String, Object> secret =
        Map.of(
            "bootstrap_servers", "h:1",
            "topic", "t",
            "producer_config", Map.of("ssl.key.password", "hush"));
    assertThatThrownBy(() -> apply(input(Pipeline.create()), "write_kafka", secret))
        .hasMessage(
            "Invalid producer_config.ssl.key.password: (not shown) (must be a reference: env:NAME"
                + " or file:PATH)");
  }
}
