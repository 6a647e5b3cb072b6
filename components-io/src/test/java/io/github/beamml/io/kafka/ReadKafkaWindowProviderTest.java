package io.github.beamml.io.kafka;

import io.github.beamml.cluster.KafkaBroker;
import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.SchemaText;
import io.github.beamml.io.EventWindow;
import io.github.beamml.io.Readings;
import io.github.beamml.testkit.KafkaExtension;
import io.github.beamml.testkit.ProviderCase;
import io.github.beamml.testkit.ProviderContract;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaExtension.class)
class ReadKafkaWindowProviderTest implements ProviderContract {
  private static final RowBatch FIRST =
      RowBatch.builder(Readings.SCHEMA).addRow(1L, 5_000_000L, 0.5).build();
  private static final RowBatch SECOND =
      RowBatch.builder(Readings.SCHEMA).addRow(2L, 7_200_000_000L, null).build();
  private static final RowBatch BOTH = RowBatch.concat(Readings.SCHEMA, List.of(FIRST, SECOND));

  private static String servers;

  @BeforeAll
  static void fillTopics(KafkaBroker broker) throws Exception {
    servers = broker.bootstrapServers();
    Topics.ofTwo(broker, "window-provider");
    Topics.ofOneAndABadOne(broker, "window-provider-bad");
  }

  @Override
  public ComponentProvider provider() {
    return new ReadKafkaWindowProvider();
  }

  @Override
  public List<ProviderCase> cases(Path folder) {
    ProviderCase base =
        ProviderCase.of(
                Map.of(
                    "bootstrap_servers",
                    servers,
                    "topic",
                    "window-provider",
                    "schema",
                    Readings.SCHEMA_TEXT))
            .gives(BOTH)
            .like(
                (pipeline, inputs) ->
                    pipeline.apply(
                        KafkaWindow.read(
                            KafkaConnection.of(servers, Map.of()),
                            "window-provider",
                            List.of(new OffsetRange(0, 0, 2)),
                            Readings.SCHEMA,
                            EventWindow.unbounded())));
    ProviderCase window =
        base.with("event_time", "at").with("from", "1970-01-01").with("to", "1970-01-02");
    ProviderCase later = window.with("from", "1970-01-01T01:00").with("to", "1970-01-01T03:00");
    return List.of(
        base,
        base.with("topic", "window-provider-bad")
            .gives(Readings.ids(7))
            .deadLetters(
                "not JSON: Unexpected end-of-input: expected close marker for Object (start marker"
                    + " at [Source: (byte[])\"{\"; line: 1, column: 1])"),
        base.with("schema", "{id: int64}")
            .gives(RowBatch.builder(SchemaText.parse("schema", "{id: int64}")).build())
            .deadLetters("field at is not in the schema", "field at is not in the schema"),
        base.with("ranges", List.of("0:0-1")).gives(FIRST),
        base.with("ranges", List.of("0:0"))
            .fails("Invalid ranges: 0:0 (must be partition:begin-end, such as 0:0-1042)"),
        base.with("bootstrap_servers", "nowhere")
            .fails(
                "Cannot read topic window-provider: Invalid url in bootstrap.servers: nowhere"
                    + " (nowhere)"),
        base.with("consumer_config", Map.of("security.protocol", "NONE"))
            .fails(
                "Cannot read topic window-provider: Invalid value NONE for configuration"
                    + " security.protocol: String must be one of (case insensitive): SASL_SSL,"
                    + " PLAINTEXT, SSL, SASL_PLAINTEXT ("
                    + servers
                    + ")"),
        base.with("event_time", "at")
            .with("from", "1970-01-01")
            .fails("Invalid to: missing (must be given together with event_time)"),
        window.gives(BOTH),
        window.without("event_time").gives(BOTH),
        window
            .with("event_time", "id")
            .fails("Invalid event_time: int64 (must be a column of timestamps)"),
        window.with("to", "1970-01-01T00:00:06").gives(FIRST),
        window.with("from", "1970-01-01T00:00:06").gives(SECOND),
        later.gives(SECOND),
        later.with("time_zone", "Europe/Zurich").gives(FIRST));
  }
}
