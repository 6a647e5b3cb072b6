package io.github.beamml.workflow.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.workflow.stage.StageRecord;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RunProgressTest {
  @TempDir private Path store;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @AfterEach
  void closeLogs() {
    Logs.end();
  }

  private RunProgress progress(boolean json) {
    Screen screen = Screen.of(new PrintWriter(out, true), new PrintWriter(err, true), json, false);
    return new RunProgress(screen, "small 1.0.0 · direct, 2 workers", store);
  }

  private static StageRecord record(String stage, String summary, long millis) {
    return new StageRecord(stage, Map.of(), 10, 10, Map.of(), summary, millis);
  }

  @Test
  void everyStageIsALineWithItsTime() {
    try (RunProgress progress = progress(false)) {
      progress.started("monday", false);
      progress.stageStarted("kafka-reader-io");
      progress.progress("kafka-reader-io", "starting a broker");
      progress.stageFinished(record("kafka-reader-io", "10 events = 10 rows", 11_400), false);
      progress.stageFinished(record("dataset-split", "train 10", 400), true);
    }
    assertThat(out.toString())
        .isEqualTo(
            "Run monday · small 1.0.0 · direct, 2 workers\n\n"
                + "  kafka-reader-io                   11 s  10 events = 10 rows\n"
                + "  dataset-split                     kept  train 10\n");
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void besideJsonItSpeaksOnStandardError() {
    try (RunProgress progress = progress(true)) {
      progress.started("monday", true);
    }
    assertThat(out.toString()).isEmpty();
    assertThat(err.toString())
        .isEqualTo("Run monday (goes on) · small 1.0.0 · direct, 2 workers\n\n");
  }

  @Test
  void whenItIsStoppedItSaysWhatIsKept() {
    try (RunProgress progress = progress(false)) {
      assertThat(progress.whatIsKept()).isEqualTo("Stopped before the run began.");
      progress.started("monday", false);
      assertThat(progress.whatIsKept())
          .isEqualTo(
              "Stopped. Run monday keeps no finished stage yet; the same command goes on from"
                  + " there.");
      progress.stageFinished(record("kafka-reader-io", "10 rows", 1), false);
      progress.stageFinished(record("dataset-split", "train 10", 1), false);
      assertThat(progress.whatIsKept())
          .isEqualTo(
              "Stopped. Run monday keeps kafka-reader-io, dataset-split; the same command goes on"
                  + " from there.");
    }
  }

  @Test
  void aLongSummaryIsBrokenBetweenWordsOnATerminal() {
    String line = "  dataset-split                    0.4 s  train 244,737 + validation 28,618";
    assertThat(RunProgress.wrapped(line, 80)).isEqualTo(line);
    assertThat(RunProgress.wrapped(line, 58))
        .isEqualTo(
            "  dataset-split                    0.4 s  train 244,737 +\n"
                + "                                          validation\n"
                + "                                          28,618");
    assertThat(RunProgress.wrapped(line, 20)).isEqualTo(line);
  }

  @Test
  void timesAreForPeople() {
    assertThat(Durations.of(0)).isEqualTo("0.0 s");
    assertThat(Durations.of(440)).isEqualTo("0.4 s");
    assertThat(Durations.of(9_949)).isEqualTo("9.9 s");
    assertThat(Durations.of(9_950)).isEqualTo("10 s");
    assertThat(Durations.of(119_400)).isEqualTo("119 s");
    assertThat(Durations.of(125_000)).isEqualTo("2 m 5 s");
  }
}
