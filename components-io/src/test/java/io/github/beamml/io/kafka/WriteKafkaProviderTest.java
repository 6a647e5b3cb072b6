package io.github.beamml.io.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.beamml.cluster.KafkaBroker;
import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.io.Readings;
import io.github.beamml.testkit.KafkaExtension;
import io.github.beamml.testkit.ProviderCase;
import io.github.beamml.testkit.ProviderContract;
import io.github.beamml.testkit.ProviderRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(KafkaExtension.class)
class WriteKafkaProviderTest implements ProviderContract {
  private static final String ONE = "{\"id\":1,\"at\":\"1970-01-01T00:00:05.000001Z\",\"x\":0.5}";
  private static final String TWO = "{\"id\":2,\"at\":null,\"x\":null}";

  private static KafkaBroker broker;

  @BeforeAll
  static void takeBroker(KafkaBroker shared) {
    broker = shared;
  }

  @Override
  public ComponentProvider provider() {
    return new WriteKafkaProvider();
  }

  /** A topic belongs to one run of a case, as its folder does. */
  private static String topic(Path folder, String name) {
    return folder.getParent().getFileName() + "-" + folder.getFileName() + "-" + name;
  }

  @Override
  public Object seen(ProviderRun run) {
    Map<String, List<String>> topics = new TreeMap<>();
    for (String name : List.of("a", "b")) {
      topics.put(
          name,
          Records.all(broker, topic(run.folder(), name)).stream()
              .map(record -> text(record.key()) + " " + text(record.value()))
              .sorted()
              .toList());
    }
    return topics;
  }

  private static String text(byte[] bytes) {
    return bytes == null ? "-" : new String(bytes, UTF_8);
  }

  @Override
  public List<ProviderCase> cases(Path folder) {
    String servers = broker.bootstrapServers();
    Stream.of("a", "b").forEach(name -> broker.createTopic(topic(folder, name), 1));
    ProviderCase base =
        ProviderCase.of(Map.of("bootstrap_servers", servers, "topic", topic(folder, "a")))
            .input(Readings.two())
            .gives(Map.of("a", List.of("- " + ONE, "- " + TWO), "b", List.of()))
            .like(
                (pipeline, inputs) ->
                    inputs
                        .get("input")
                        .apply(
                            KafkaStream.write(
                                KafkaConnection.of(servers, Map.of()), topic(folder, "a"))));
    return List.of(
        base,
        base.with("topic", topic(folder, "b"))
            .gives(Map.of("a", List.of(), "b", List.of("- " + ONE, "- " + TWO))),
        base.with("key", "id").gives(Map.of("a", List.of("1 " + ONE, "2 " + TWO), "b", List.of())),
        base.with("bootstrap_servers", "nowhere")
            .fails(
                "Cannot write topic "
                    + topic(folder, "a")
                    + ": Invalid url in bootstrap.servers: nowhere (nowhere)"),
        base.with("producer_config", Map.of("ssl.key.password", "hush"))
            .fails(
                "Invalid producer_config.ssl.key.password: (not shown) (must be a reference:"
                    + " env:NAME or file:PATH)"),
        base.with("producer_config", Map.of("security.protocol", "NONE"))
            .fails(
                "Cannot write topic "
                    + topic(folder, "a")
                    + ": Invalid value NONE for configuration security.protocol: String must be one"
                    + " of (case insensitive): SASL_SSL, PLAINTEXT, SSL, SASL_PLAINTEXT ("
                    + servers
                    + ")"));
  }
}
