package io.github.beamml.io.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.cluster.KafkaBroker;
import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.io.Readings;
import io.github.beamml.testkit.KafkaExtension;
import io.github.beamml.testkit.ProviderCase;
import io.github.beamml.testkit.ProviderContract;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.io.Read;
import org.apache.beam.sdk.runners.TransformHierarchy;
import org.apache.beam.sdk.values.PCollection;
import org.apache.beam.sdk.values.PCollectionRowTuple;
import org.apache.beam.sdk.values.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaExtension.class)
class ReadKafkaProviderTest implements ProviderContract {
  private static String servers;

  @BeforeAll
  static void fillTopics(KafkaBroker broker) throws Exception {
    servers = broker.bootstrapServers();
    Topics.ofTwo(broker, "stream-provider");
    Topics.ofOneAndABadOne(broker, "stream-provider-bad");
  }

  @Override
  public ComponentProvider provider() {
    return new ReadKafkaProvider();
  }

  @Override
  public List<ProviderCase> cases(Path folder) {
    RowBatch first = RowBatch.builder(Readings.SCHEMA).addRow(1L, 5_000_000L, 0.5).build();
    RowBatch both =
        RowBatch.builder(Readings.SCHEMA)
            .addRow(1L, 5_000_000L, 0.5)
            .addRow(2L, 7_200_000_000L, null)
            .build();
    ProviderCase base =
        ProviderCase.of(
                Map.of(
                    "bootstrap_servers",
                    servers,
                    "topic",
                    "stream-provider",
                    "schema",
                    Readings.SCHEMA_TEXT,
                    "ranges",
                    List.of("0:0-2")))
            .gives(both)
            .like(
                (pipeline, inputs) ->
                    pipeline.apply(
                        KafkaStream.read(
                                KafkaConnection.of(servers, Map.of()),
                                "stream-provider",
                                Readings.SCHEMA)
                            .within(List.of(new OffsetRange(0, 0, 2)))));
    return List.of(
        base,
        base.with("topic", "stream-provider-bad")
            .gives(Readings.ids(7))
            .deadLetters(
                "not JSON: Unexpected end-of-input: expected close marker for Object (start marker"
                    + " at [Source: (byte[])\"{\"; line: 1, column: 1])"),
        base.with("schema", "{id: int64, at: timestamp?, x: string?}")
            .fails("Cannot continue read_kafka: x is a number, not string? (stream-provider/0@0)"),
        base.with("ranges", List.of("0:0-1")).gives(first),
        base.with("event_time", "id")
            .fails("Invalid event_time: int64 (must be a column of timestamps)"),
        base.with("bootstrap_servers", "nowhere")
            .fails(
                "Cannot read topic stream-provider: Invalid url in bootstrap.servers: nowhere"
                    + " (nowhere)"),
        base.with("consumer_config", Map.of("security.protocol", "NONE"))
            .fails(
                "Cannot read topic stream-provider: Invalid value NONE for configuration"
                    + " security.protocol: String must be one of (case insensitive): SASL_SSL,"
                    + " PLAINTEXT, SSL, SASL_PLAINTEXT ("
                    + servers
                    + ")"));
  }

  /** What the source makes of them: {@link KafkaStreamTest}. */
  @Override
  public Map<String, String> shownBy() {
    return Map.of(
        "event_time", "timesAndStartReachTheSource",
        "max_lateness_seconds", "timesAndStartReachTheSource",
        "start", "timesAndStartReachTheSource");
  }

  @Test
  void timesAndStartReachTheSource() {
    KafkaStream.Read plain = read(Map.of());
    assertThat(plain.eventTime()).isEmpty();
    assertThat(plain.maxLatenessMillis()).isZero();
    assertThat(plain.start()).isEqualTo(KafkaStream.Start.EARLIEST);
    KafkaStream.Read changed =
        read(Map.of("event_time", "at", "max_lateness_seconds", 5L, "start", "latest"));
    assertThat(changed.eventTime()).isEqualTo("at");
    assertThat(changed.maxLatenessMillis()).isEqualTo(5_000);
    assertThat(changed.start()).isEqualTo(KafkaStream.Start.LATEST);
  }

  /** What the provider makes of a configuration: the source in the pipeline. */
  private static KafkaStream.Read read(Map<String, Object> more) {
    ReadKafkaProvider provider = new ReadKafkaProvider();
    Row configuration =
        Row.withSchema(provider.configurationSchema())
            .withFieldValue("bootstrap_servers", servers)
            .withFieldValue("topic", "stream-provider")
            .withFieldValue("schema", Readings.SCHEMA_TEXT)
            .withFieldValues(more)
            .build();
    Pipeline pipeline = Pipeline.create();
    PCollectionRowTuple.empty(pipeline).apply(provider.from(configuration));
    List<KafkaStreamSource> sources = new ArrayList<>();
    pipeline.traverseTopologically(
        new Pipeline.PipelineVisitor.Defaults() {
          @Override
          public CompositeBehavior enterCompositeTransform(TransformHierarchy.Node node) {
            if (node.getTransform() instanceof Read.Unbounded<?> unbounded) {
              sources.add((KafkaStreamSource) (Object) unbounded.getSource());
            }
            return CompositeBehavior.ENTER_TRANSFORM;
          }
        });
    assertThat(sources).hasSize(1);
    return sources.get(0).read();
  }

  @Test
  void theRowsAreAStream() {
    ReadKafkaProvider provider = new ReadKafkaProvider();
    Row configuration =
        Row.withSchema(provider.configurationSchema())
            .withFieldValue("bootstrap_servers", servers)
            .withFieldValue("topic", "stream-provider")
            .withFieldValue("schema", Readings.SCHEMA_TEXT)
            .build();
    PCollection<Row> rows =
        PCollectionRowTuple.empty(Pipeline.create())
            .apply(provider.from(configuration))
            .get("output");
    assertThat(rows.isBounded()).isEqualTo(PCollection.IsBounded.UNBOUNDED);
  }
}
