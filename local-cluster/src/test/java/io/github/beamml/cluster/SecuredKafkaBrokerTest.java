package io.github.beamml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.InvalidInputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecuredKafkaBrokerTest {
  private static final String HARD_PASSWORD = "q\"u,o]t\\e ö";

  private static KafkaBroker broker;

  @BeforeAll
  static void startOneForAll() {
    broker =
        KafkaBroker.start(
            KafkaBrokerOptions.defaults()
                .withUser("ann", HARD_PASSWORD, ScramMechanism.SHA_512)
                .withUser("bob", "secret", ScramMechanism.SHA_256));
    broker.createTopic("guarded", 1);
  }

  @AfterAll
  static void stopIt() {
    broker.stop();
  }

  @Test
  void usersOfEitherMechanismGetIn() throws Exception {
    Records.send(broker.clientProperties("ann"), "guarded", "from ann");
    Records.send(broker.clientProperties("bob"), "guarded", "from bob");
    assertThat(Records.read(broker.clientProperties("bob"), "guarded", 2))
        .containsExactly("from ann", "from bob");
  }

  @Test
  void aWrongPasswordIsRefused() {
    Map<String, String> client = new TreeMap<>(broker.clientProperties("bob"));
    client.computeIfPresent("sasl.jaas.config", (key, jaas) -> jaas.replace("secret", "guess"));
    assertThatThrownBy(() -> Records.send(client, "guarded", "x"))
        .hasCauseInstanceOf(SaslAuthenticationException.class)
        .hasMessageContaining(
            "Authentication failed during authentication due to invalid credentials");
  }

  @Test
  void aUserMustUseItsOwnMechanism() {
    Map<String, String> client = new TreeMap<>(broker.clientProperties("bob"));
    client.put("sasl.mechanism", "SCRAM-SHA-512");
    assertThatThrownBy(() -> Records.send(client, "guarded", "x"))
        .hasCauseInstanceOf(SaslAuthenticationException.class);
  }

  @Test
  void aClientThatDoesNotTrustTheCertificateStaysOut() {
    Map<String, String> client = new TreeMap<>(broker.clientProperties("bob"));
    client.keySet().removeIf(key -> key.startsWith("ssl.truststore"));
    assertThatThrownBy(() -> Records.send(client, "guarded", "x"))
        .hasCauseInstanceOf(SslAuthenticationException.class);
  }

  @Test
  void aPlainClientStaysOut() {
    Map<String, String> client =
        Map.of("bootstrap.servers", broker.bootstrapServers(), "max.block.ms", "1000");
    assertThatThrownBy(() -> Records.send(client, "guarded", "x"))
        .hasCauseInstanceOf(TimeoutException.class);
  }

  @Test
  void referencesHoldNoSecret() throws Exception {
    Map<String, String> references = broker.clientPropertyReferences("ann");
    Map<String, String> resolved = new TreeMap<>(references);
    for (String secret : new String[] {"sasl.jaas.config", "ssl.truststore.password"}) {
      assertThat(references.get(secret)).startsWith("file:/");
      resolved.computeIfPresent(secret, (key, reference) -> contentOf(reference));
    }
    assertThat(resolved).isEqualTo(broker.clientProperties("ann"));
  }

  private static String contentOf(String reference) {
    try {
      return Files.readString(Path.of(reference.substring("file:".length())));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Test
  void onlyUsersOfTheBrokerAreKnown() {
    assertThatThrownBy(() -> broker.clientProperties("bop"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Invalid user: bop is not a user of this broker (did you mean bob?)");
    assertThatThrownBy(() -> broker.clientProperties())
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Invalid client: this broker wants a user's password");
  }

  @Test
  void passwordsAreNotShown() {
    assertThat(
            KafkaBrokerOptions.defaults()
                .withUser("bob", "secret", ScramMechanism.SHA_256)
                .toString())
        .contains("bob")
        .doesNotContain("secret");
    assertThat(broker.logFile()).content().doesNotContain("secret");
  }

  @Test
  void usersGetInAgainAfterARestartWithKeptData(@TempDir Path folder) throws Exception {
    KafkaBrokerOptions options =
        KafkaBrokerOptions.defaults()
            .withDataFolder(folder)
            .withUser("bob", "secret", ScramMechanism.SHA_256);
    try (KafkaBroker first = KafkaBroker.start(options)) {
      first.createTopic("kept", 1);
      Records.send(first.clientProperties("bob"), "kept", "one");
    }
    KafkaBrokerOptions changed = options.withUser("bob", "other", ScramMechanism.SHA_256);
    try (KafkaBroker second = KafkaBroker.start(changed)) {
      assertThat(Records.read(second.clientProperties("bob"), "kept", 1)).containsExactly("one");
    }
  }
}
