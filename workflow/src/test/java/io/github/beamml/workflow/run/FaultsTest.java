package io.github.beamml.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Bad input gets one clear line and loses nothing. */
class FaultsTest {
  @TempDir Path folder;

  private Path store() {
    return folder.resolve("store");
  }

  @Test
  void aWrongKeyIsNamedWithItsPlace() throws IOException {
    SmallWorkflow workflow = SmallWorkflow.overFiles(folder).with("trees: 10", "tress: 10");
    assertThatThrownBy(workflow::workflow)
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "Invalid model-training.tress: unknown key (did you mean trees?) at "
                + folder.resolve("workflow.yaml")
                + ":18");
  }

  @Test
  void aWrongTypeIsNamedWithItsPlace() throws IOException {
    SmallWorkflow workflow = SmallWorkflow.overFiles(folder).with("trees: 10", "trees: ten");
    assertThatThrownBy(workflow::workflow)
        .hasMessage(
            "Invalid model-training.trees: ten (must be a value of type int64) at "
                + folder.resolve("workflow.yaml")
                + ":18");
  }

  @Test
  void aColumnThatIsNotThereIsNamed() throws IOException {
    SmallWorkflow workflow = SmallWorkflow.overFiles(folder).with("delay > 15", "dely > 15");
    assertThatThrownBy(() -> workflow.run(store(), 2))
        .hasMessageStartingWith(
            "Invalid label.is: dely is not a column of the input (did you mean delay?)");
  }

  @Test
  void aLabelOfOneClassIsRefused() throws IOException {
    SmallWorkflow workflow = SmallWorkflow.overFiles(folder).with("delay > 15", "delay > 1e9");
    assertThatThrownBy(() -> workflow.run(store(), 2))
        .hasMessageStartingWith("Invalid label: 1 class (must be two");
  }

  @Test
  void aColumnWithoutValuesIsNamed() throws IOException {
    SmallWorkflow workflow =
        SmallWorkflow.overFiles(folder)
            .with("  label:", "  derive: {nothing: 'x > 1e300 ? x : null'}\n  label:")
            .with("impute: {columns: [x]", "impute: {columns: [x, nothing]");
    assertThatThrownBy(() -> workflow.run(store(), 2))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("column nothing has no values");
  }

  @Test
  void aWindowWithoutRowsIsCounted() throws IOException {
    SmallWorkflow workflow =
        SmallWorkflow.overFiles(folder)
            .with("from: 2020-01-01, to: 2020-07-01", "from: 2019-01-01, to: 2019-02-01");
    assertThatThrownBy(() -> workflow.run(store(), 2))
        .hasMessage(
            "Cannot continue kafka-reader-io: no rows in the window"
                + " (3000 records read, 3000 outside the window, 0 dead letters)");
  }

  @Test
  void aBrokerThatIsAwayIsNamed() throws IOException {
    SmallWorkflow workflow =
        SmallWorkflow.overFiles(folder)
            .with("{files: data}", "{kafka: events}")
            .with("format: parquet", "format: json")
            .withProfile(
                "connections: {events: {bootstrap_servers: '127.0.0.1:1', topic: events}}\n");
    assertThatThrownBy(() -> workflow.run(store(), 2))
        .hasMessage("Cannot read topic events: no broker answers at 127.0.0.1:1 (tried 10 s)");
  }

  @Test
  void aStoreThatCannotBeWrittenIsNamed() throws IOException {
    Path file = Files.writeString(folder.resolve("a file"), "");
    SmallWorkflow workflow = SmallWorkflow.overFiles(folder);
    assertThatThrownBy(() -> workflow.run(file, 2))
        .isInstanceOf(CannotException.class)
        .hasMessageContaining("a file");
  }

  @Test
  void anUnfinishedRunGoesOnFromItsLastFinishedStage() throws IOException {
    SmallWorkflow workflow = SmallWorkflow.overFiles(folder);
    RunResult whole = workflow.run(store(), 2);
    // What a kill in the last stage leaves: no verdict and no end in the records.
    Path records = store().resolve("names/runs").resolve(whole.run());
    Files.delete(records.resolve("finished.json"));
    Files.delete(records.resolve("stages/model-testing.json"));

    RunResult resumed = workflow.run(store(), 2);
    assertThat(resumed.run()).isEqualTo(whole.run());
    assertThat(resumed.modelDigest()).isEqualTo(whole.modelDigest());
    assertThat(resumed.registered()).isEqualTo("small v1");
  }

  @Test
  void aFlippedByteIsRefusedWithTheFilesName() throws IOException {
    SmallWorkflow workflow = SmallWorkflow.overFiles(folder);
    RunResult whole = workflow.run(store(), 2);
    Path records = store().resolve("names/runs").resolve(whole.run());
    Files.delete(records.resolve("finished.json"));
    Files.delete(records.resolve("stages/model-testing.json"));
    Path model = find("model.onnx");
    byte[] bytes = Files.readAllBytes(model);
    bytes[bytes.length / 2] ^= 1;
    Files.write(model, bytes);

    assertThatThrownBy(() -> workflow.run(store(), 2))
        .hasMessageMatching(
            "Cannot open model sha256:[0-9a-f]{12}: model.onnx does not match its digest");
  }

  private Path find(String name) throws IOException {
    try (var files = Files.walk(store())) {
      List<Path> found = files.filter(file -> file.endsWith(name)).toList();
      assertThat(found).hasSize(1);
      return found.get(0);
    }
  }

  @Test
  void tooManyDeadLettersStopTheRunAndAreFound() throws IOException {
    SmallWorkflow workflow =
        SmallWorkflow.overFiles(folder)
            .with("{files: data}", "{files: bad.jsonl}")
            .with("format: parquet", "format: json");
    Files.writeString(
        folder.resolve("bad.jsonl"),
        "{\"id\": \"a\", \"at\": \"2020-01-05T00:00:00Z\"}\n{\"id\": 7}\nplain words\n");
    assertThatThrownBy(() -> workflow.run(store(), 2))
        .hasMessageMatching(
            "Cannot continue kafka-reader-io: 2 of 3 records are dead letters \\(66\\.7 %,"
                + " max_dead_letters 0\\)\\. First reasons: [a-z_]+ \\(1\\), [a-z_]+ \\(1\\)\\."
                + " Look at: beamml runs letters [0-9a-f-]+");
  }
}
