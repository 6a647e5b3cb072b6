package io.github.beamml.workflow.definition;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.io.kafka.KafkaConnection;
import io.github.beamml.portability.RunnerProfile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a workflow's connections are in one place: broker, store, runner.
 *
 * @param runner how pipelines run
 * @param store where artifacts and names are
 * @param connections by name
 */
public record Profile(
    String name, RunnerProfile runner, String store, Map<String, Connection> connections) {
  /** The profile where none is named; a workflow over files can do without its page. */
  public static final String DEFAULT = "local";

  private static final String DEFAULT_STORE = ".beamml";

  /** What a connection's name stands for. */
  public sealed interface Connection {
    String topic();
  }

  /** A topic of a cluster that is there. */
  public record Cluster(String topic, String bootstrapServers, Map<String, String> config)
      implements Connection {
    /**
     * @param more properties of the workflow's own
     */
    public KafkaConnection connection(Map<String, String> more) {
      Map<String, String> all = new LinkedHashMap<>(config);
      all.putAll(more);
      return KafkaConnection.of(bootstrapServers, all);
    }
  }

  /**
   * A topic of a broker that is started for the run and filled from a file.
   *
   * @param sample Parquet, CSV or JSON lines
   * @param plant which further events are published; empty for none
   * @param order another order of the events, for tests of the promise
   */
  public record Embedded(String topic, Path sample, int partitions, String plant, long order)
      implements Connection {}

  /**
   * Reads {@code profiles/NAME.yaml} beside a workflow. Without a page {@code local} is this
   * machine, with no connections.
   *
   * @throws InvalidInputException naming the key that is wrong, with file and line
   */
  public static Profile read(Path workflowFolder, String name) {
    Path path = workflowFolder.resolve("profiles").resolve(name + ".yaml");
    if (name.equals(DEFAULT) && !Files.exists(path)) {
      return new Profile(name, RunnerProfile.direct(), DEFAULT_STORE, Map.of());
    }
    YamlFile file = YamlFile.read(path);
    return file.locating(() -> read(name, workflowFolder, file.root()));
  }

  private static Profile read(String name, Path folder, Section root) {
    root.allow("runner", "parallelism", "store", "connections");
    RunnerProfile runner = RunnerProfile.named(root.findText("runner").orElse("direct"));
    Optional<Long> parallelism = root.findInteger("parallelism");
    if (parallelism.isPresent()) {
      runner = runner.withParallelism(Math.toIntExact(parallelism.get()));
    }
    Map<String, Connection> connections = new LinkedHashMap<>();
    root.findSection("connections")
        .ifPresent(
            section ->
                section
                    .values()
                    .fieldNames()
                    .forEachRemaining(
                        key -> connections.put(key, connection(folder, section.section(key)))));
    return new Profile(name, runner, root.findText("store").orElse(DEFAULT_STORE), connections);
  }

  private static Connection connection(Path folder, Section section) {
    section.allow("embedded", "bootstrap_servers", "topic", "config");
    if (section.has("embedded")) {
      Section embedded =
          section.section("embedded").allow("sample", "topic", "partitions", "plant", "order");
      return new Embedded(
          embedded.text("topic"),
          folder.resolve(embedded.text("sample")),
          Math.toIntExact(embedded.findInteger("partitions").orElse(4L)),
          embedded.findText("plant").orElse(""),
          embedded.findInteger("order").orElse(1L));
    }
    return new Cluster(
        section.text("topic"), section.text("bootstrap_servers"), section.textMap("config"));
  }

  /**
   * @param key where the name was typed
   * @throws InvalidInputException if the profile does not know the connection
   */
  public Connection connection(String key, String connection) {
    Connection found = connections.get(connection);
    if (found == null) {
      throw InvalidInputException.unknown(
          key, connection, "a connection of profile " + name, connections.keySet());
    }
    return found;
  }

  /** The same with another store. */
  public Profile withStore(String newStore) {
    return new Profile(name, runner, newStore, connections);
  }

  /** The same with another runner. */
  public Profile withRunner(RunnerProfile newRunner) {
    return new Profile(name, newRunner, store, connections);
  }
}
