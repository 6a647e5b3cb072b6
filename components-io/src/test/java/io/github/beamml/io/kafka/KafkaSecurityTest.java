package io.github.beamml.io.kafka;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.cluster.KafkaBroker;
import io.github.beamml.cluster.KafkaBrokerOptions;
import io.github.beamml.cluster.ScramMechanism;
import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import io.github.beamml.io.Collected;
import io.github.beamml.io.EventWindow;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.Pipeline;
import org.apache.beam.sdk.transforms.display.DisplayData;
import org.apache.beam.sdk.util.construction.PipelineTranslation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaSecurityTest {
  private static final String PASSWORD = "open-sesame-4711";
  private static final RowSchema SCHEMA = RowSchema.of(Field.required("id", ValueType.INT64));

  private static KafkaBroker broker;

  @TempDir Path folder;

  @BeforeAll
  static void startBroker() throws Exception {
    broker =
        KafkaBroker.start(
            KafkaBrokerOptions.defaults().withUser("ann", PASSWORD, ScramMechanism.SHA_512));
    broker.createTopic("guarded", 1);
    try (Topic topic = Topic.of("guarded", broker.clientProperties("ann"))) {
      topic.send(0, "{\"id\": 1}");
    }
  }

  @AfterAll
  static void stopBroker() {
    broker.stop();
  }

  private static Map<String, String> references() {
    Map<String, String> references = new TreeMap<>(broker.clientPropertyReferences("ann"));
    references.remove("bootstrap.servers");
    return references;
  }

  private static KafkaConnection connection() {
    return KafkaConnection.of(broker.bootstrapServers(), references());
  }

  @Test
  void aUserOfAReferredSecretReadsOverTls() throws IOException {
    List<OffsetRange> ranges = KafkaSnapshot.take(connection(), "guarded");
    assertThat(Collected.from(KafkaWindow.source(connection(), "guarded", ranges, SCHEMA)).firsts())
        .containsExactly(1L);
  }

  @Test
  void aSecretMayStandInsideALoginConfiguration() throws IOException {
    Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    Map<String, String> properties = references();
    properties.put(
        "sasl.jaas.config",
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"ann\""
            + " password=\"${file:"
            + folder.resolve("password")
            + "}\";");
    KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers(), properties);
    assertThat(KafkaSnapshot.take(connection, "guarded")).containsExactly(new OffsetRange(0, 0, 1));
  }

  @Test
  void aWrongPasswordGivesOneLine() throws IOException {
    Path wrong = folder.resolve("jaas");
    Files.writeString(
        wrong,
        "org.apache.kafka.common.security.scram.ScramLoginModule required username=\"ann\""
            + " password=\"guess\";");
    Map<String, String> properties = references();
    properties.put("sasl.jaas.config", "file:" + wrong);
    KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers(), properties);
    assertThatThrownBy(() -> KafkaSnapshot.take(connection, "guarded"))
        .hasMessage(
            "Cannot read topic guarded: "
                + broker.bootstrapServers()
                + " refuses the credentials: Authentication failed during authentication due to"
                + " invalid credentials with SASL mechanism SCRAM-SHA-512");
    List<OffsetRange> range = List.of(new OffsetRange(0, 0, 1));
    assertThatThrownBy(
            () -> Collected.from(KafkaWindow.source(connection, "guarded", range, SCHEMA)))
        .hasMessageStartingWith(
            "Cannot read topic guarded: " + broker.bootstrapServers() + " refuses the credentials");
  }

  @Test
  void aSecretThatIsNotThereIsNamedByItsPlace() {
    Map<String, String> properties = references();
    properties.put("sasl.jaas.config", "env:NO_SUCH_VARIABLE");
    KafkaConnection connection = KafkaConnection.of(broker.bootstrapServers(), properties);
    assertThatThrownBy(() -> KafkaSnapshot.take(connection, "guarded"))
        .hasMessage("Cannot resolve env:NO_SUCH_VARIABLE: the variable is not set here");
  }

  @Test
  void plainSecretsAreRefusedWithoutBeingShown() {
    for (Map<String, String> plain :
        List.of(
            Map.of("sasl.jaas.config", "Module required password=\"hush\" user=\"${env:USER}\";"),
            Map.of("sasl.jaas.config", "Module required password=\"hush\";"),
            Map.of("ssl.truststore.password", "hush"),
            Map.of("ssl.keystore.key", "hush"))) {
      String name = plain.keySet().iterator().next();
      assertThatThrownBy(() -> KafkaConnection.of("host:1", plain))
          .hasMessage(
              "Invalid consumer_config."
                  + name
                  + ": (not shown) (must be a reference: env:NAME or file:PATH)");
    }
  }

  @Test
  void noPipelineHoldsASecret() throws Exception {
    Pipeline pipeline = Pipeline.create();
    KafkaConnection connection = connection();
    List<OffsetRange> ranges = KafkaSnapshot.take(connection, "guarded");
    var window = KafkaWindow.read(connection, "guarded", ranges, SCHEMA, EventWindow.unbounded());
    var read = KafkaStream.read(connection, "guarded", SCHEMA);
    var write = KafkaStream.write(connection, "guarded");
    pipeline.apply("Window", window);
    pipeline.apply("Read", read).get(KafkaStream.ROWS).apply("Write", write);
    String proto = new String(PipelineTranslation.toProto(pipeline).toByteArray(), ISO_8859_1);
    assertThat(proto).contains("Window").doesNotContain(PASSWORD);
    for (Object part :
        List.of(
            connection,
            read,
            write,
            KafkaStreamSource.of(read),
            KafkaWindow.source(connection, "guarded", ranges, SCHEMA),
            new SendFn(connection, "guarded", SCHEMA, ""))) {
      assertThat(serialized(part)).contains("file:").doesNotContain(PASSWORD);
      assertThat(part.toString()).doesNotContain(PASSWORD);
    }
    for (var shown : List.of(window, read, write)) {
      assertThat(DisplayData.from(shown).toString()).doesNotContain(PASSWORD);
    }
  }

  private static String serialized(Object part) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(part);
    }
    return bytes.toString(ISO_8859_1);
  }
}
