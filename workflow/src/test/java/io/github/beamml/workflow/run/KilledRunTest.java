package io.github.beamml.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.core.store.LocalNameStore;
import io.github.beamml.workflow.definition.Workflow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command in a process of its own: killed in every stage, refused by a gate, twice at once. */
class KilledRunTest {
  private static final Duration PATIENCE = Duration.ofSeconds(120);

  @TempDir static Path first;
  private static String expectedModel = "";

  @TempDir Path folder;

  @BeforeAll
  static void runOnce() throws IOException {
    expectedModel = SmallWorkflow.overFiles(first).run(first.resolve("store"), 2).modelDigest();
  }

  private Path store() {
    return folder.resolve("store");
  }

  private Process start(SmallWorkflow workflow) throws IOException {
    workflow.workflow();
    Files.createDirectories(folder.resolve("profiles"));
    Files.writeString(folder.resolve("profiles/local.yaml"), "runner: direct\n");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ProcessHandle.current().info().arguments().stream()
        .flatMap(Stream::of)
        .filter(argument -> argument.startsWith("--add-opens"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("java.class.path"),
            "io.github.beamml.workflow.command.BeamMl",
            "run",
            folder.resolve("workflow.yaml").toString(),
            "--store",
            store().toString(),
            "--json"));
    return new ProcessBuilder(command)
        .redirectOutput(folder.resolve("out.json").toFile())
        .redirectError(folder.resolve("err.txt").toFile())
        .start();
  }

  private int finish(Process process) throws InterruptedException {
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  /** Waits until a file is there whose path holds these parts, or the process ends. */
  private void waitFor(Process process, String... parts) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (process.isAlive() && System.nanoTime() < end && !isThere(parts)) {
      process.waitFor(5, TimeUnit.MILLISECONDS);
    }
    assertThat(isThere(parts)).as(Files.readString(folder.resolve("err.txt"))).isTrue();
  }

  private boolean isThere(String... parts) throws IOException {
    if (!Files.isDirectory(store())) {
      return false;
    }
    try (Stream<Path> files = Files.walk(store())) {
      return files.map(Path::toString).anyMatch(file -> Stream.of(parts).allMatch(file::contains));
    } catch (UncheckedIOException e) {
      return false; // A file went while the folder was walked.
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "kafka-reader-io",
        "enrichment-feature-transform",
        "dataset-split",
        "model-training",
        "model-testing"
      })
  void aRunKilledInAStageIsCompletedByTheSameCommand(String stage)
      throws IOException, InterruptedException {
    SmallWorkflow workflow = SmallWorkflow.overFiles(folder);
    Process killed = start(workflow);
    waitFor(killed, "objects", "/" + stage + "/");
    killed.destroyForcibly().waitFor();

    assertThat(finish(start(workflow))).as(Files.readString(folder.resolve("err.txt"))).isZero();
    String result = Files.readString(folder.resolve("out.json"));
    assertThat(result).contains("\"model_digest\":\"" + expectedModel + "\"");
    assertThat(result).contains("\"differing_scores\":0");
    assertThat(LocalNameStore.at(store().resolve("names")).list("runs"))
        .hasSize(stage.equals(Workflow.STAGES.get(0)) ? 2 : 1);
  }

  @Test
  void aRefusedModelIsKeptAndEndsWithThree() throws IOException, InterruptedException {
    SmallWorkflow workflow = SmallWorkflow.overFiles(folder).with("auc >= 0.6", "auc >= 0.999");
    assertThat(finish(start(workflow))).isEqualTo(3);
    String result = Files.readString(folder.resolve("out.json"));
    assertThat(result).contains("\"gate\":\"refused\"").contains("\"environment\":\"\"");
    assertThat(result).contains("\"registered\":\"small v1\"");
  }

  @Test
  void twoRunsAtOnceBothComplete() throws IOException, InterruptedException {
    SmallWorkflow workflow = SmallWorkflow.overFiles(folder);
    Process one = start(workflow);
    waitFor(one, "runs", "stages/kafka-reader-io.json");
    Process other = start(workflow);
    assertThat(finish(one)).isZero();
    assertThat(finish(other)).as(Files.readString(folder.resolve("err.txt"))).isZero();
    var names = LocalNameStore.at(store().resolve("names"));
    assertThat(names.list("runs")).hasSize(2);
    assertThat(names.list("models/small/versions")).containsExactly("1");
  }
}
