package io.github.beamml.cluster;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The properties of one broker that is its own controller, on loopback. Clients use the listener
 * {@code CLIENT}; on a secured broker everything else goes over listeners that only the holder of
 * the broker's key gets through.
 */
final class BrokerConfiguration {
  private static final String HOST = "127.0.0.1";

  private final Ports ports;
  private final Optional<BrokerTls> tls;

  BrokerConfiguration(Ports ports, Optional<BrokerTls> tls) {
    this.ports = ports;
    this.tls = tls;
  }

  /** The ports of the three listeners; {@code internal} is used by a secured broker only. */
  record Ports(int client, int controller, int internal) {}

  /** Where clients find the broker. */
  String bootstrapServers() {
    return HOST + ":" + ports.client();
  }

  int clientPort() {
    return ports.client();
  }

  /** How a client connects that may do anything: plainly, or with the broker's own key. */
  Map<String, String> administration() {
    Map<String, String> properties = new TreeMap<>();
    properties.put("bootstrap.servers", bootstrapServers());
    tls.ifPresent(
        secured -> {
          properties.put("bootstrap.servers", HOST + ":" + ports.internal());
          properties.put("security.protocol", "SSL");
          properties.putAll(secured.holdingKey());
        });
    return properties;
  }

  /** The lines of {@code server.properties}. */
  String serverProperties(KafkaBrokerOptions options, Path dataFolder) {
    Map<String, String> properties = new TreeMap<>(sizes());
    properties.put("log.dirs", dataFolder.toString());
    properties.putAll(listeners());
    tls.ifPresent(secured -> properties.putAll(security(secured)));
    properties.putAll(options.brokerProperties());
    return properties.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue().replace("\\", "\\\\") + "\n")
        .collect(Collectors.joining());
  }

  /**
   * Replication of one, as there is one broker, all that was sent kept, buffers for a small heap.
   */
  private static Map<String, String> sizes() {
    Map<String, String> sizes = new TreeMap<>();
    sizes.put("process.roles", "broker,controller");
    sizes.put("node.id", "1");
    sizes.put("auto.create.topics.enable", "false");
    // Events of the past may carry their own times: the usual seven days would delete them at once.
    sizes.put("log.retention.ms", "-1");
    sizes.put("num.network.threads", "2");
    sizes.put("num.io.threads", "2");
    sizes.put("background.threads", "2");
    sizes.put("num.recovery.threads.per.data.dir", "1");
    sizes.put("log.cleaner.dedupe.buffer.size", "4194304");
    sizes.put("log.cleaner.io.buffer.size", "131072");
    sizes.put("offsets.topic.replication.factor", "1");
    sizes.put("offsets.topic.num.partitions", "4");
    sizes.put("transaction.state.log.replication.factor", "1");
    sizes.put("transaction.state.log.min.isr", "1");
    sizes.put("transaction.state.log.num.partitions", "4");
    // A test's consumer need not wait for others to join its group.
    sizes.put("group.initial.rebalance.delay.ms", "0");
    return sizes;
  }

  private Map<String, String> listeners() {
    String listeners = "CLIENT://" + HOST + ":" + ports.client();
    if (tls.isPresent()) {
      listeners += ",INTERNAL://" + HOST + ":" + ports.internal();
    }
    Map<String, String> properties = new TreeMap<>();
    properties.put("listeners", listeners + ",CONTROLLER://" + HOST + ":" + ports.controller());
    properties.put("advertised.listeners", listeners);
    properties.put("controller.quorum.voters", "1@" + HOST + ":" + ports.controller());
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("inter.broker.listener.name", tls.isPresent() ? "INTERNAL" : "CLIENT");
    properties.put(
        "listener.security.protocol.map",
        tls.isPresent()
            ? "CLIENT:SASL_SSL,INTERNAL:SSL,CONTROLLER:SSL"
            : "CLIENT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    return properties;
  }

  private static Map<String, String> security(BrokerTls tls) {
    Map<String, String> properties = new TreeMap<>(tls.holdingKey());
    properties.put("ssl.client.auth", "required");
    properties.put("listener.name.client.ssl.client.auth", "none");
    properties.put("listener.name.client.sasl.enabled.mechanisms", "SCRAM-SHA-256,SCRAM-SHA-512");
    for (ScramMechanism mechanism : ScramMechanism.values()) {
      properties.put(
          "listener.name.client." + mechanism.lowerCaseName() + ".sasl.jaas.config",
          "org.apache.kafka.common.security.scram.ScramLoginModule required;");
    }
    return properties;
  }
}
