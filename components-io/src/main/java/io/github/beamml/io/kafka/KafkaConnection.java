package io.github.beamml.io.kafka;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.SecretReference;
import java.io.Serializable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * How to reach a Kafka cluster: bootstrap servers and any client property. A property that is a
 * secret is given as {@code env:NAME} or {@code file:PATH} and resolved on the worker; such a place
 * may also stand inside a value, as {@code ${env:NAME}}.
 */
public final class KafkaConnection implements Serializable {
  private static final long serialVersionUID = 1L;

  private static final List<String> SECRET_ENDINGS =
      List.of("password", "secret", "sasl.jaas.config", ".key", "token");

  /** A password inside a login configuration that is no place for one. */
  private static final Pattern PLAIN_PASSWORD =
      Pattern.compile("(?i)(?:password|secret)\\s*=\\s*(?![\"']?\\$\\{)");

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
    return of(bootstrapServers, properties, "consumer_config");
  }

  /**
   * @param key what holds the properties, as the user typed it
   */
  public static KafkaConnection of(
      String bootstrapServers, Map<String, String> properties, String key) {
    properties.forEach((name, value) -> refusePlainSecret(key, name, value));
    return new KafkaConnection(bootstrapServers, properties);
  }

  private static void refusePlainSecret(String key, String name, String value) {
    boolean isSecret =
        SECRET_ENDINGS.stream().anyMatch(name::endsWith) || PLAIN_PASSWORD.matcher(value).find();
    boolean isReferred = SecretReference.isReference(value) || Placeholders.isWholly(value);
    boolean isJaas = name.endsWith("sasl.jaas.config") && value.contains("${");
    if (isSecret && !isReferred && (!isJaas || PLAIN_PASSWORD.matcher(value).find())) {
      throw InvalidInputException.of(
          key + "." + name, "(not shown)", "a reference: env:NAME or file:PATH");
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
