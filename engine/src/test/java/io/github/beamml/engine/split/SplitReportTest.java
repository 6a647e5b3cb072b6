package io.github.beamml.engine.split;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SplitReportTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(
          Field.nullable("late", ValueType.BOOLEAN), Field.nullable("origin", ValueType.STRING));
  private static final RowBatch ROWS =
      RowBatch.builder(SCHEMA)
          .addRow(true, "JFK")
          .addRow(false, "JFK")
          .addRow(null, "LGA")
          .addRow(true, "null")
          .addRow(true, null)
          .build();
  private static final byte[] CODES = {0, 2, 0, 1, 3};

  @Test
  void sizesLabelsAndGroupsAreCountedByPart() {
    SplitReport report = SplitReport.empty("late", "origin");
    report.add(ROWS, CODES);
    assertThat(report.rows(Part.TRAIN)).isEqualTo(2);
    assertThat(report.labelled(Part.TRAIN, "true")).isEqualTo(1);
    assertThat(report.labelled(Part.TRAIN, null)).isEqualTo(1);
    assertThat(report.groupCount()).isEqualTo(4);
    assertThat(report.groupsOnSeveralSides()).containsExactly("JFK");
    assertThat(new String(report.toBytes(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"groups\":[{\"test\":\"1\",\"train\":\"1\",\"value\":\"JFK\"},"
                + "{\"train\":\"1\",\"value\":\"LGA\"},{\"validation\":\"1\",\"value\":\"null\"},"
                + "{\"none\":\"1\",\"value\":null}],"
                + "\"labels\":[{\"test\":\"1\",\"value\":\"false\"},"
                + "{\"none\":\"1\",\"train\":\"1\",\"validation\":\"1\",\"value\":\"true\"},"
                + "{\"train\":\"1\",\"value\":null}],"
                + "\"rows\":{\"none\":\"1\",\"test\":\"1\",\"train\":\"2\",\"validation\":\"1\"}}");
  }

  @Test
  void reportsOfPartsMergeToTheReportOfAll() {
    SplitReport all = SplitReport.empty("late", "origin");
    all.add(ROWS, CODES);
    SplitReport left = SplitReport.empty("late", "origin");
    left.add(ROWS.take(new int[] {4, 0}), new byte[] {3, 0});
    SplitReport right = SplitReport.empty("late", "origin");
    right.add(ROWS.take(new int[] {2, 1, 3}), new byte[] {0, 2, 1});
    SplitReport merged = SplitReport.parse("late", "origin", right.toBytes());
    merged.merge(left);
    assertThat(merged.toBytes()).isEqualTo(all.toBytes());
  }
}
