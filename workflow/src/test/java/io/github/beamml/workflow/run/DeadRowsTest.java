package io.github.beamml.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.workflow.command.Ran;
import io.github.beamml.workflow.definition.FeatureDefinition;
import io.github.beamml.workflow.stage.StageRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that the second stage cannot compute. */
class DeadRowsTest {
  @TempDir Path folder;

  private Path store() {
    return folder.resolve("store");
  }

  /**
   * Rows 60, 160, ... fail before the features, every other of them has no label; rows 88, 188, ...
   * fail in the features.
   */
  private static SmallWorkflow planted(Path folder) throws IOException {
    return SmallWorkflow.overFiles(folder)
        .with(
            "  label:", "  derive: {pace: \"1000 / (id.endsWith('60') ? 0 : size(id))\"}\n  label:")
        .with(
            "    - one_hot",
            "    - derive: {as: rank, is: \"1000 / (id.endsWith('88') ? 0 : size(id))\"}\n"
                + "    - one_hot");
  }

  private static SmallWorkflow allowing(SmallWorkflow workflow, String limit) {
    return workflow.with("  label:", "  max_dead_letters: " + limit + "\n  label:");
  }

  @Test
  void theyAreLeftOutOfFittingAndOfTheDataAlike() throws IOException {
    RunResult run = allowing(planted(folder), "60").run(store(), 2);
    StageRecord record = run.stage(FeatureDefinition.STAGE);
    assertThat(record.summary())
        .isEqualTo("3,000 rows, 60 without label, 60 dead letters = 2,880 rows x 11 features");
    assertThat(record.count("rows")).isEqualTo(3_000);
    assertThat(record.count("without_label")).isEqualTo(60);
    assertThat(record.count("dead_letters")).isEqualTo(60);
    assertThat(record.count("labelled")).isEqualTo(2_880);
    assertThat(run.serving().testRows()).isEqualTo(run.serving().batch()).isPositive();
    assertThat(run.serving().differing()).isZero();
    assertThat(run.toJson().path("dead_letters").asLong()).isEqualTo(60);

    SmallWorkflow clean =
        planted(folder).writeOnly(number -> number % 100 != 60 && number % 100 != 88);
    RunResult without = clean.run(folder.resolve("other store"), 2);
    assertThat(run.featuresDigest()).isEqualTo(without.featuresDigest());
    assertThat(run.modelDigest()).isEqualTo(without.modelDigest());
    assertThat(run.serving().testRows()).isEqualTo(without.serving().testRows());
  }

  @Test
  void theSameRowsFailInEveryRun() throws IOException {
    RunResult first = allowing(planted(folder), "2%").run(store(), 1);
    RunResult second =
        allowing(planted(folder).writeShards(7, 5), "2%").run(folder.resolve("other store"), 4);
    assertThat(first.stage(FeatureDefinition.STAGE).artifact(StageRecord.LETTERS).digest())
        .isEqualTo(second.stage(FeatureDefinition.STAGE).artifact(StageRecord.LETTERS).digest());
  }

  @Test
  void tooManyStopTheStageBeforeItFits() throws IOException {
    SmallWorkflow workflow = planted(folder);
    assertThatThrownBy(() -> workflow.run(store(), 2))
        .hasMessageMatching(
            "Cannot continue enrichment-feature-transform: 30 of 3000 records are dead letters"
                + " \\(1\\.0 %, max_dead_letters 0\\)\\. First reasons: derive\\.pace: division by"
                + " zero at position 6 of \"[^\"]*\" \\(30\\)\\. Look at: beamml runs letters"
                + " [0-9a-f-]+");
    assertThat(Ran.of("runs", "letters", "last", "--limit", "0", "--store", store()).out())
        .endsWith(
            "has 30 dead letters\n\nenrichment-feature-transform: 30 dead letters\n"
                + "  30  derive.pace: division by zero at position 6 of"
                + " \"1000 / (id.endsWith('60') ? 0 : size(id))\"\n");
  }

  @Test
  void thoseThatFailInTheFeaturesCountToo() throws IOException {
    SmallWorkflow workflow = allowing(planted(folder), "59");
    assertThatThrownBy(() -> workflow.run(store(), 2))
        .hasMessageContaining(
            "60 of 3000 records are dead letters (2.0 %, max_dead_letters 59). First reasons:"
                + " derive.pace: division by zero at position 6 of ")
        .hasMessageContaining(" (30), features[3].is: division by zero at position 6 of ");
  }

  @Test
  void theLettersOfBothStagesAreToldApart() throws IOException {
    SmallWorkflow workflow =
        SmallWorkflow.overFiles(folder)
            .with("{files: data}", "{files: bad.jsonl}")
            .with("format: parquet", "format: json\n  max_dead_letters: 1")
            .with("  label:", "  derive: {pace: 10 / (size(id) - 1)}\n  label:");
    Files.writeString(
        folder.resolve("bad.jsonl"),
        "plain words\n"
            + "{\"id\": \"a\", \"at\": \"2020-01-05T00:00:00Z\"}\n"
            + "{\"id\": \"bb\", \"at\": \"2020-01-05T00:00:00Z\", \"delay\": 1}\n");
    assertThatThrownBy(() -> workflow.run(store(), 2))
        .hasMessageContaining("enrichment-feature-transform: 1 of 2 records are dead letters");

    String text = Ran.of("runs", "letters", "last", "--store", store()).out();
    assertThat(text)
        .contains("has 2 dead letters\n\nkafka-reader-io: 1 dead letter\n  1  not_json\n")
        .contains(
            "\n\nenrichment-feature-transform: 1 dead letter\n"
                + "  1  derive.pace: division by zero at position 4 of \"10 / (size(id) - 1)\"\n"
                + "row ")
        .contains("    {\"at\":\"1578182400000000\",\"city\":null,\"delay\":null,\"id\":\"a\"");
    assertThat(Ran.of("runs", "letters", "last", "--json", "--store", store()).out())
        .contains("\"dead_letters\":2", "\"reasons\":{\"not_computable\":1,\"not_json\":1}")
        .contains("\"stages\":{\"kafka-reader-io\":1,\"enrichment-feature-transform\":1}")
        .contains("{\"stage\":\"kafka-reader-io\",\"origin\":\"")
        .contains("{\"stage\":\"enrichment-feature-transform\",\"origin\":\"row ");
  }
}
