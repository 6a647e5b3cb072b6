package io.github.beamml.cluster;

import java.util.Locale;

/** How a user of a secured broker proves the password. */
public enum ScramMechanism {
  SHA_256("SCRAM-SHA-256"),
  SHA_512("SCRAM-SHA-512");

  private final String kafkaName;

  ScramMechanism(String kafkaName) {
    this.kafkaName = kafkaName;
  }

  /** The mechanism as Kafka's {@code sasl.mechanism} spells it. */
  public String kafkaName() {
    return kafkaName;
  }

  /** The mechanism as it stands within names of the server's properties. */
  String lowerCaseName() {
    return kafkaName.toLowerCase(Locale.ROOT);
  }
}
