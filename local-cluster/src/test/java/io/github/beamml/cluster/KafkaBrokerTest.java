package io.github.beamml.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaBrokerTest {
  private static KafkaBroker broker;

  @BeforeAll
  static void startOneForAll() {
    broker = KafkaBroker.start();
  }

  @AfterAll
  static void stopIt() {
    broker.stop();
  }

  @Test
  void recordsThatGoInComeOut() throws Exception {
    broker.createTopic("in-and-out", 1);
    Records.send(broker.clientProperties(), "in-and-out", "one", "two", "three");
    assertThat(Records.read(broker.clientProperties(), "in-and-out", 3))
        .containsExactly("one", "two", "three");
  }

  @Test
  void aTopicHasThePartitionsAskedFor() throws Exception {
    broker.createTopic("eight", 8);
    try (Admin admin = broker.admin()) {
      assertThat(
              admin
                  .describeTopics(List.of("eight"))
                  .allTopicNames()
                  .get()
                  .get("eight")
                  .partitions())
          .hasSize(8);
    }
  }

  @Test
  void aTopicOfTheSameNameIsRefused() {
    broker.createTopic("once", 1);
    assertThatThrownBy(() -> broker.createTopic("once", 1))
        .isInstanceOf(CannotException.class)
        .hasMessage("Cannot create topic once: Topic 'once' already exists.");
  }

  @Test
  void aDeletedTopicIsGone() throws Exception {
    broker.createTopic("short-lived", 1);
    broker.deleteTopic("short-lived");
    try (Admin admin = broker.admin()) {
      assertThat(admin.listTopics().names().get()).doesNotContain("short-lived");
    }
  }

  @Test
  void aTopicIsNotMadeByBeingNamed() {
    Map<String, String> client = new TreeMap<>(broker.clientProperties());
    client.put("max.block.ms", "1000");
    try (KafkaProducer<byte[], byte[]> producer = Records.producer(client)) {
      assertThatThrownBy(() -> producer.partitionsFor("no-such-topic"))
          .hasMessageContaining("no-such-topic");
    }
  }

  @Test
  void committedTransactionsAreReadAndAbortedOnesAreNot() {
    broker.createTopic("transactions", 1);
    Map<String, String> client = new TreeMap<>(broker.clientProperties());
    client.put("transactional.id", "writer");
    try (KafkaProducer<byte[], byte[]> producer = Records.producer(client)) {
      producer.initTransactions();
      producer.beginTransaction();
      assertThat(producer.send(Records.record("transactions", "aborted")))
          .succeedsWithin(Duration.ofSeconds(20));
      producer.abortTransaction();
      producer.beginTransaction();
      assertThat(producer.send(Records.record("transactions", "committed")))
          .succeedsWithin(Duration.ofSeconds(20));
      producer.commitTransaction();
    }
    assertThat(Records.read(broker.clientProperties(), "transactions", 1))
        .containsExactly("committed");
  }

  @Test
  void recordsBeforeAnOffsetCanBeDeleted() throws Exception {
    broker.createTopic("shortened", 1);
    Records.send(broker.clientProperties(), "shortened", "one", "two", "three");
    broker.deleteRecordsBefore("shortened", 0, 2);
    TopicPartition partition = new TopicPartition("shortened", 0);
    try (Admin admin = broker.admin()) {
      assertThat(
              admin
                  .listOffsets(Map.of(partition, OffsetSpec.earliest()))
                  .partitionResult(partition)
                  .get()
                  .offset())
          .isEqualTo(2);
    }
  }

  @Test
  void aTopicTakesKafkasSettings() {
    broker.createTopic("compacted", 1, Map.of("cleanup.policy", "compact"));
    assertThatThrownBy(() -> broker.createTopic("wrong", 1, Map.of("cleanup.policy", "burn")))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot create topic wrong: Invalid value burn");
  }

  @Test
  void twoBrokersAtOnceAreApart() throws Exception {
    try (KafkaBroker other = KafkaBroker.start()) {
      assertThat(other.bootstrapServers()).isNotEqualTo(broker.bootstrapServers());
      broker.createTopic("here", 1);
      other.createTopic("there", 1);
      try (Admin admin = broker.admin()) {
        assertThat(admin.listTopics().names().get()).contains("here").doesNotContain("there");
      }
      try (Admin admin = other.admin()) {
        assertThat(admin.listTopics().names().get()).containsExactly("there");
      }
    }
  }

  @Test
  void aStoppedBrokerLeavesNoProcessAndNoFolder() {
    KafkaBroker stopped = KafkaBroker.start();
    Path folder = stopped.logFile().getParent();
    assertThat(folder).isDirectory();
    stopped.stop();
    stopped.stop();
    assertThat(ProcessHandle.of(stopped.pid())).isEmpty();
    assertThat(folder).doesNotExist();
  }

  @Test
  void keptDataIsThereForTheNextBroker(@TempDir Path folder) throws Exception {
    Path log = folder.resolve("kafka.log");
    KafkaBrokerOptions options =
        KafkaBrokerOptions.defaults().withDataFolder(folder.resolve("data")).withLogFile(log);
    try (KafkaBroker first = KafkaBroker.start(options)) {
      first.createTopic("kept", 1);
      Records.send(first.clientProperties(), "kept", "one", "two");
    }
    try (KafkaBroker second = KafkaBroker.start(options)) {
      assertThat(Records.read(second.clientProperties(), "kept", 2)).containsExactly("one", "two");
    }
    assertThat(log).content().contains("Kafka Server started");
  }

  @Test
  void twoBrokersCannotShareADataFolder(@TempDir Path folder) {
    KafkaBrokerOptions options = KafkaBrokerOptions.defaults().withDataFolder(folder);
    KafkaBroker first = KafkaBroker.start(options);
    try {
      first.createTopic("kept", 1);
      assertThatThrownBy(() -> KafkaBroker.start(options))
          .isInstanceOf(CannotException.class)
          .hasMessage(
              "Cannot start Kafka broker: it ended with exit code 1; its log ends: "
                  + "Another broker is using the data folder "
                  + folder);
      first.createTopic("unharmed", 1);
    } finally {
      first.stop();
    }
  }

  @Test
  void aTakenPortIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> KafkaBroker.start(KafkaBrokerOptions.defaults().withPort(port)))
          .isInstanceOf(CannotException.class)
          .hasMessage("Cannot start Kafka broker: port " + port + " is already in use");
    }
  }

  @Test
  void theWantedPortIsTaken() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (KafkaBroker there = KafkaBroker.start(KafkaBrokerOptions.defaults().withPort(port))) {
      assertThat(there.bootstrapServers()).isEqualTo("127.0.0.1:" + port);
    }
  }

  @Test
  void aBrokerThatDiesAtItsStartShowsTheEndOfItsLog() {
    KafkaBrokerOptions options =
        KafkaBrokerOptions.defaults().withBrokerProperty("num.io.threads", "many");
    assertThatThrownBy(() -> KafkaBroker.start(options))
        .isInstanceOf(CannotException.class)
        .hasMessage(
            "Cannot start Kafka broker: it ended with exit code 1; its log ends: "
                + "Cannot format the data folder: org.apache.kafka.common.config.ConfigException: "
                + "Invalid value many for configuration num.io.threads: Not a number of type INT");
  }

  @Test
  void aBrokerThatIsTooSlowIsGivenUp() {
    KafkaBrokerOptions options =
        KafkaBrokerOptions.defaults().withStartTimeout(Duration.ofMillis(1));
    assertThatThrownBy(() -> KafkaBroker.start(options))
        .isInstanceOf(CannotException.class)
        .hasMessageStartingWith("Cannot start Kafka broker: no answer within 1 ms");
  }

  @Test
  void wrongOptionsAreRefused() {
    KafkaBrokerOptions options = KafkaBrokerOptions.defaults();
    assertThatThrownBy(() -> options.withPort(70_000))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Invalid port: 70000 (must be from 1 to 65535)");
    assertThatThrownBy(() -> options.withHeapMegabytes(16))
        .hasMessage("Invalid heap megabytes: 16 (must be at least 128)");
    assertThatThrownBy(() -> options.withStartTimeout(Duration.ZERO))
        .hasMessage("Invalid start timeout: PT0S (must be positive)");
    assertThatThrownBy(() -> options.withUser(" ", "secret", ScramMechanism.SHA_256))
        .hasMessage("Invalid user:   (must be not blank)");
    assertThatThrownBy(() -> options.withUser("ann", "", ScramMechanism.SHA_256))
        .hasMessage("Invalid password of ann: an empty text (must be not empty)");
  }

  @Test
  void noJarOfTheBrokerIsOnOurClassPath() {
    assertThatThrownBy(() -> Class.forName("kafka.Kafka"))
        .isInstanceOf(ClassNotFoundException.class);
    assertThatThrownBy(() -> Class.forName("scala.Option"))
        .isInstanceOf(ClassNotFoundException.class);
    assertThat(JarList.of("kafka").resolve()).allMatch(Files::isRegularFile).hasSizeGreaterThan(40);
  }
}
