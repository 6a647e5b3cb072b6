package io.github.beamml.workflow.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.workflow.definition.ReaderDefinition;
import io.github.beamml.workflow.stage.StageRecord;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CSV files of another make than RFC 4180's. */
class CsvSourceTest {
  private static final ZoneId MADRID = ZoneId.of("Europe/Madrid");

  @TempDir Path folder;

  private StageRecord read(SmallWorkflow workflow, String run) throws IOException {
    return workflow.runStage(folder.resolve("store"), run, ReaderDefinition.STAGE);
  }

  private SmallWorkflow overCsv(String csv) throws IOException {
    return SmallWorkflow.overFiles(folder)
        .with("{files: data}", "{files: rows.csv}")
        .with("format: parquet", "format: csv\n  csv: " + csv);
  }

  /** Semicolons, NA for null, local times without their zone, and a column too many. */
  private static List<String> lines() {
    RowBatch rows = SmallWorkflow.rows();
    List<String> lines = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      Instant at = Instant.ofEpochSecond((Long) rows.value(row, "at") / 1_000_000);
      lines.add(
          String.join(
              ";",
              text(rows.value(row, "city")),
              text(rows.value(row, "id")),
              LocalDateTime.ofInstant(at, MADRID).toString(),
              text(rows.value(row, "delay")),
              "\"a; note\"",
              text(rows.value(row, "x"))));
    }
    return lines;
  }

  private static String text(Object value) {
    return value == null
        ? "NA"
        : value instanceof Double number ? new BigDecimal(number).toString() : (String) value;
  }

  @Test
  void anyDialectGivesTheDatasetThatParquetGives() throws IOException {
    List<String> lines = new ArrayList<>(List.of("city;id;at;delay;note;x"));
    lines.addAll(lines());
    Files.write(folder.resolve("rows.csv"), lines);
    StageRecord csv =
        read(
            overCsv(
                "{separator: ';', null_text: NA, time_zone: Europe/Madrid, other_columns: ignore}"),
            "csv");
    StageRecord parquet = read(SmallWorkflow.overFiles(folder), "parquet");
    assertThat(csv.rowsOut()).isEqualTo(3_000);
    assertThat(csv.artifact(StageRecord.MAIN).digest())
        .isEqualTo(parquet.artifact(StageRecord.MAIN).digest());
  }

  @Test
  void withoutAHeaderTheColumnsAreThoseOfTheSchema() throws IOException {
    Files.writeString(
        folder.resolve("rows.csv"), "a|2020-01-05T00:00:00Z|1.5||\nb|2020-01-06T00:00|2||\n");
    StageRecord record =
        read(overCsv("{separator: '|', header: false}\n  max_dead_letters: 1"), "csv");
    assertThat(record.rowsOut()).isEqualTo(1);
    assertThat(record.count("reason.wrong_time")).isEqualTo(1);
  }
}
