package io.github.beamml.io.kafka;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.SecretReference;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * How to reach a Kafka cluster: bootstrap servers and any client property. A property that is a
 * secret is given as {@code env:NAME} or {@code file:PATH} and resolved on the worker; such a place
 * may also stand inside a value, as {@code ${env:NAME}}.
 */
public final class KafkaConnection implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String bootstrapServers;
  private final TreeMap<String, String> properties;

  private KafkaConnection(String bootstrapServers, Map<String, String> properties) {
    this.bootstrapServers = bootstrapServers;
    this.properties = new TreeMap<>(properties);
  }

  /**
   * @param bootstrapServers {@code host:port}, several with commas between
   * @param properties of Kafka's clients, such as {@code security.protocol}
   * @throws InvalidInputException if a property that holds a secret holds it in plain text
   */
  public static KafkaConnection of(String bootstrapServers, Map<String, String> properties) {
    properties.forEach(KafkaConnection::refusePlainSecret);
    return new KafkaConnection(bootstrapServers, properties);
  }

  private static void refusePlainSecret(String name, String value) {
    boolean secret =
        name.endsWith("password") || name.equals("sasl.jaas.config") || name.endsWith(".key");
    boolean referred = SecretReference.isReference(value) || value.contains("${");
    if (secret && !referred) {
      throw InvalidInputException.of(
          "consumer_config." + name, "(not shown)", "a reference: env:NAME or file:PATH");
    }
  }

  public String bootstrapServers() {
    return bootstrapServers;
  }

  /** The client's properties with every secret resolved: only for a client's constructor. */
  Map<String, Object> resolve() {
    Map<String, Object> resolved = new HashMap<>();
    resolved.put("bootstrap.servers", bootstrapServers);
    properties.forEach((name, value) -> resolved.put(name, Placeholders.resolve(value)));
    return resolved;
  }

  /** The servers alone: what may be shown. */
  @Override
  public String toString() {
    return bootstrapServers;
  }
}
