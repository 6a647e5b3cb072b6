package io.github.beamml.cluster;

import com.google.auto.value.AutoValue;
import io.github.beamml.engine.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What a {@link KafkaBroker} may be told. The defaults suit a test: a free port, plain text, data
 * in a temporary folder that goes with the broker.
 */
@AutoValue
@SuppressWarnings("AutoValueImmutableFields") // The copies of java.util serve.
public abstract class KafkaBrokerOptions {
  KafkaBrokerOptions() {}

  /** A user who may log in; the password is never shown. */
  record User(String name, String password, ScramMechanism mechanism) {
    @Override
    public String toString() {
      return name + " (" + mechanism.kafkaName() + ")";
    }
  }

  abstract OptionalInt port();

  abstract Optional<Path> dataFolder();

  abstract Optional<Path> logFile();

  abstract int heapMegabytes();

  abstract Duration startTimeout();

  abstract List<User> users();

  abstract Map<String, String> brokerProperties();

  abstract Builder toBuilder();

  public static KafkaBrokerOptions defaults() {
    return new AutoValue_KafkaBrokerOptions.Builder()
        .heapMegabytes(256)
        .startTimeout(Duration.ofSeconds(60))
        .users(List.of())
        .brokerProperties(Map.of())
        .build();
  }

  /** The clients' port, instead of a free one; the broker does not start where it is taken. */
  public KafkaBrokerOptions withPort(int port) {
    if (port < 1 || port > 65_535) {
      throw InvalidInputException.of("port", port, "from 1 to 65535");
    }
    return toBuilder().port(port).build();
  }

  /** Keeps topics and offsets in this folder, where the next broker that is given it finds them. */
  public KafkaBrokerOptions withDataFolder(Path folder) {
    return toBuilder().dataFolder(folder.toAbsolutePath().normalize()).build();
  }

  /** Keeps the broker's log in this file; otherwise it goes with the temporary folder. */
  public KafkaBrokerOptions withLogFile(Path file) {
    return toBuilder().logFile(file.toAbsolutePath().normalize()).build();
  }

  /** The broker's heap; the process takes some 100 MB beside it. 256 if not given. */
  public KafkaBrokerOptions withHeapMegabytes(int megabytes) {
    if (megabytes < 128) {
      throw InvalidInputException.of("heap megabytes", megabytes, "at least 128");
    }
    return toBuilder().heapMegabytes(megabytes).build();
  }

  /** How long a broker may take until it answers; a minute if not given. */
  public KafkaBrokerOptions withStartTimeout(Duration timeout) {
    if (timeout.isNegative() || timeout.isZero()) {
      throw InvalidInputException.of("start timeout", timeout, "positive");
    }
    return toBuilder().startTimeout(timeout).build();
  }

  /**
   * Adds a user. As soon as there is one the broker takes clients over TLS only, and only with a
   * user's password (SASL, SCRAM); {@link KafkaBroker#clientProperties(String)} is what they need.
   */
  public KafkaBrokerOptions withUser(String name, String password, ScramMechanism mechanism) {
    if (name.isBlank()) {
      throw InvalidInputException.of("user", name, "not blank");
    }
    if (password.isEmpty()) {
      throw InvalidInputException.of("password of " + name, "an empty text", "not empty");
    }
    List<User> users = new ArrayList<>(users());
    users.removeIf(user -> user.name().equals(name));
    users.add(new User(name, password, mechanism));
    return toBuilder().users(List.copyOf(users)).build();
  }

  /** Sets any property of Kafka's server; it goes before what this class would set. */
  public KafkaBrokerOptions withBrokerProperty(String name, String value) {
    Map<String, String> properties = new TreeMap<>(brokerProperties());
    properties.put(name, value);
    return toBuilder().brokerProperties(properties).build();
  }

  @AutoValue.Builder
  abstract static class Builder {
    abstract Builder port(int port);

    abstract Builder dataFolder(Path folder);

    abstract Builder logFile(Path file);

    abstract Builder heapMegabytes(int megabytes);

    abstract Builder startTimeout(Duration timeout);

    abstract Builder users(List<User> users);

    abstract Builder brokerProperties(Map<String, String> properties);

    abstract KafkaBrokerOptions build();
  }
}
