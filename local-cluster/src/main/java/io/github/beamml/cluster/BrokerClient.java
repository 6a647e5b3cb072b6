package io.github.beamml.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.beamml.engine.CannotException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.UserScramCredentialAlteration;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;

/** One user's way into a secured broker. */
final class BrokerClient {
  private static final String JAAS = "sasl.jaas.config";
  private static final String TRUST_STORE_PASSWORD = "ssl.truststore.password";
  private static final int ITERATIONS = 4096;

  private final BrokerProcess process;
  private final KafkaBrokerOptions.User user;

  BrokerClient(BrokerProcess process, KafkaBrokerOptions.User user) {
    this.process = process;
    this.user = user;
  }

  /** What makes the user known to the broker. */
  static UserScramCredentialAlteration credential(KafkaBrokerOptions.User user) {
    org.apache.kafka.clients.admin.ScramMechanism mechanism =
        org.apache.kafka.clients.admin.ScramMechanism.fromMechanismName(
            user.mechanism().kafkaName());
    return new UserScramCredentialUpsertion(
        user.name(), new ScramCredentialInfo(mechanism, ITERATIONS), user.password());
  }

  Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>(process.tls().trusting());
    properties.put("bootstrap.servers", process.configuration().bootstrapServers());
    properties.put("security.protocol", "SASL_SSL");
    properties.put("sasl.mechanism", user.mechanism().kafkaName());
    properties.put(JAAS, jaas());
    return Map.copyOf(properties);
  }

  Map<String, String> references() {
    Map<String, String> properties = new TreeMap<>(properties());
    // The name of a file may not hold every character that a user's name may.
    String file = "user-" + HexFormat.of().formatHex(user.name().getBytes(UTF_8)) + ".jaas";
    Path jaas = process.home().resolve(file);
    try {
      Files.writeString(jaas, jaas());
    } catch (IOException failure) {
      throw CannotException.to("write " + jaas, String.valueOf(failure), failure);
    }
    properties.put(JAAS, "file:" + jaas);
    properties.put(TRUST_STORE_PASSWORD, "file:" + process.tls().passwordFile());
    return Map.copyOf(properties);
  }

  private String jaas() {
    return "org.apache.kafka.common.security.scram.ScramLoginModule required username=\""
        + escaped(user.name())
        + "\" password=\""
        + escaped(user.password())
        + "\";";
  }

  private static String escaped(String text) {
    return text.replace("\\", "\\\\").replace("\"", "\\\"");
  }
}
