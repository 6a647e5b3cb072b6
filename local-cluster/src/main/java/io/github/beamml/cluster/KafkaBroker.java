package io.github.beamml.cluster;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * A real Kafka broker (its own KRaft controller) in a process of its own, reachable from this
 * machine only.
 *
 * <pre>{@code
 * try (KafkaBroker broker = KafkaBroker.start()) {
 *   broker.createTopic("flights", 8);
 *   producer = new KafkaProducer<>(Map.of("bootstrap.servers", broker.bootstrapServers(), ...));
 * }
 * }</pre>
 *
 * <p>It answers when {@code start} returns. It ends with {@link #close()}, with this program
 * (Ctrl-C included), and within a moment when this program is killed; its temporary folder goes
 * with it. Transactions work (replication of one); topics are not created by being named.
 */
public final class KafkaBroker implements AutoCloseable {
  private static final long ANSWER_SECONDS = 30;

  private final BrokerProcess process;
  private final KafkaBrokerOptions options;
  private final Admin admin;

  private KafkaBroker(BrokerProcess process, KafkaBrokerOptions options, Admin admin) {
    this.process = process;
    this.options = options;
    this.admin = admin;
  }

  /** A plain broker on a free port. */
  public static KafkaBroker start() {
    return start(KafkaBrokerOptions.defaults());
  }

  /**
   * Starts a broker and waits until it answers.
   *
   * @throws CannotException {@code Cannot start Kafka broker: <reason>}, with the end of its log
   */
  public static KafkaBroker start(KafkaBrokerOptions options) {
    BrokerProcess process = BrokerProcess.start(options);
    Admin admin = process.admin();
    KafkaBroker broker = new KafkaBroker(process, options, admin);
    try {
      broker.addUsers();
      return broker;
    } catch (RuntimeException failure) {
      broker.close();
      throw failure;
    }
  }

  /** The address for Kafka's {@code bootstrap.servers}. */
  public String bootstrapServers() {
    return process.configuration().bootstrapServers();
  }

  /** The process id. */
  public long pid() {
    return process.pid();
  }

  /** What the broker has logged: warnings, errors and its start. */
  public Path logFile() {
    return process.logFile();
  }

  /**
   * What a client of a plain broker needs.
   *
   * @throws InvalidInputException if the broker wants users
   */
  public Map<String, String> clientProperties() {
    if (!options.users().isEmpty()) {
      throw InvalidInputException.because("client", "this broker wants a user's password");
    }
    return Map.of("bootstrap.servers", bootstrapServers());
  }

  /**
   * What a client needs to log in as {@code user}, secrets included: for Kafka's own clients in
   * this process.
   *
   * @throws InvalidInputException if there is no such user
   */
  public Map<String, String> clientProperties(String user) {
    return new BrokerClient(process, user(user)).properties();
  }

  /**
   * As {@link #clientProperties(String)}, but each secret is the reference {@code file:PATH} to a
   * file that ends with the broker: what may stand in a configuration.
   */
  public Map<String, String> clientPropertyReferences(String user) {
    return new BrokerClient(process, user(user)).references();
  }

  private KafkaBrokerOptions.User user(String name) {
    return options.users().stream()
        .filter(user -> user.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                InvalidInputException.unknown(
                    "user",
                    name,
                    "a user of this broker",
                    options.users().stream().map(KafkaBrokerOptions.User::name).toList()));
  }

  /** Creates a topic. */
  public void createTopic(String topic, int partitions) {
    createTopic(topic, partitions, Map.of());
  }

  /**
   * Creates a topic with Kafka's own settings for it, such as {@code cleanup.policy=compact}.
   *
   * @throws CannotException if there is one of that name, or a setting is wrong
   */
  public void createTopic(String topic, int partitions, Map<String, String> settings) {
    NewTopic created = new NewTopic(topic, partitions, (short) 1).configs(settings);
    await("create topic " + topic, admin.createTopics(List.of(created)).all());
  }

  /** Deletes a topic. */
  public void deleteTopic(String topic) {
    await("delete topic " + topic, admin.deleteTopics(List.of(topic)).all());
  }

  /** Deletes the records of a partition before {@code offset}: it then begins there. */
  public void deleteRecordsBefore(String topic, int partition, long offset) {
    await(
        "delete records of " + topic,
        admin
            .deleteRecords(
                Map.of(new TopicPartition(topic, partition), RecordsToDelete.beforeOffset(offset)))
            .all());
  }

  /** An administration client that may do anything here; the caller closes it. */
  public Admin admin() {
    return process.admin();
  }

  private void addUsers() {
    for (KafkaBrokerOptions.User user : options.users()) {
      await(
          "add user " + user.name(),
          admin.alterUserScramCredentials(List.of(BrokerClient.credential(user))).all());
    }
  }

  private static void await(String action, KafkaFuture<?> answer) {
    try {
      answer.get(ANSWER_SECONDS, TimeUnit.SECONDS);
    } catch (ExecutionException failure) {
      Throwable cause = failure.getCause() == null ? failure : failure.getCause();
      throw CannotException.to(action, String.valueOf(cause.getMessage()), cause);
    } catch (TimeoutException failure) {
      throw CannotException.to(action, "no answer within " + ANSWER_SECONDS + " s", failure);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw CannotException.to(action, "interrupted", interrupted);
    }
  }

  /** Stops the broker and removes its folder; kept data stays. Nothing happens a second time. */
  public void stop() {
    admin.close(Duration.ZERO);
    process.stop();
  }

  @Override
  public void close() {
    stop();
  }
}
