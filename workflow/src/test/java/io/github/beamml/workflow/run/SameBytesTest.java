package io.github.beamml.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.TimeZone;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The promise: the same rows, definition and seed give the same bytes, whatever else differs. */
class SameBytesTest {
  @TempDir static Path first;
  private static List<String> expected = List.of();

  @TempDir Path folder;

  @BeforeAll
  static void runOnce() throws IOException {
    RunResult result = SmallWorkflow.overFiles(first).run(first.resolve("store"), 2);
    assertThat(result.serving().testRows()).isPositive();
    assertThat(result.serving().differing()).isZero();
    assertThat(result.verdict().passed()).isTrue();
    expected = digests(result);
  }

  private static List<String> digests(RunResult result) {
    return List.of(result.datasetFingerprint(), result.featuresDigest(), result.modelDigest());
  }

  private Path store() {
    return folder.resolve("store");
  }

  @Test
  void aSecondRunGivesTheSameBytes() throws IOException {
    assertThat(digests(SmallWorkflow.overFiles(folder).run(store(), 2))).isEqualTo(expected);
  }

  @Test
  void oneWorkerOrEightGiveTheSameBytes() throws IOException {
    assertThat(digests(SmallWorkflow.overFiles(folder).run(store(), 1))).isEqualTo(expected);
    assertThat(digests(SmallWorkflow.overFiles(folder).run(folder.resolve("other store"), 8)))
        .isEqualTo(expected);
  }

  @Test
  void sixteenFilesInAnotherOrderGiveTheSameBytes() throws IOException {
    SmallWorkflow workflow = SmallWorkflow.overFiles(folder).writeShards(16, 99);
    assertThat(digests(workflow.run(store(), 2))).isEqualTo(expected);
  }

  @Test
  void aTopicOfAnyPartitionsInAnyOrderGivesTheSameBytes() throws IOException {
    assertThat(digests(SmallWorkflow.overTopic(folder, 1, 1).run(store(), 2))).isEqualTo(expected);
    assertThat(digests(SmallWorkflow.overTopic(folder, 5, 2).run(folder.resolve("other store"), 2)))
        .isEqualTo(expected);
  }

  @Test
  void anotherLocaleAndTimeZoneGiveTheSameBytes() throws IOException {
    Locale locale = Locale.getDefault();
    TimeZone zone = TimeZone.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("tr-TR"));
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Apia"));
      assertThat(digests(SmallWorkflow.overFiles(folder).run(store(), 2))).isEqualTo(expected);
    } finally {
      Locale.setDefault(locale);
      TimeZone.setDefault(zone);
    }
  }
}
