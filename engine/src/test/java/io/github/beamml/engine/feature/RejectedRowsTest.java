package io.github.beamml.engine.feature;

import static io.github.beamml.engine.feature.Steps.derive;
import static io.github.beamml.engine.feature.Steps.drop;
import static io.github.beamml.engine.feature.Steps.impute;
import static io.github.beamml.engine.feature.Steps.index;
import static io.github.beamml.engine.feature.Steps.minMax;
import static io.github.beamml.engine.feature.Steps.standardize;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.row.Field;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowErrors;
import io.github.beamml.engine.row.RowSchema;
import io.github.beamml.engine.row.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A row that applying leaves out as a bad record must not have been fitted to. */
class RejectedRowsTest {
  private static final RowSchema SCHEMA =
      RowSchema.of(Field.required("n", ValueType.INT64), Field.nullable("x", ValueType.DOUBLE));

  private static RowBatchBuilder rows() {
    return RowBatch.builder(SCHEMA);
  }

  @Test
  void aRowThatFailsIsInNoPass() {
    FeaturePlan plan =
        FeaturePlan.of(impute("x"), standardize("x"), derive("share", "100 / n"), minMax("share"));
    RowBatch good = rows().addRow(4L, 1.0).addRow(5L, null).addRow(5L, 3.0).build();
    RowBatch mixed =
        rows().addRow(4L, 1.0).addRow(0L, 7e9).addRow(5L, null).addRow(5L, 3.0).build();
    assertThat(plan.fit(SCHEMA, List.of(mixed))).isEqualTo(plan.fit(SCHEMA, List.of(good)));
  }

  @Test
  void rowsThatAllFailAreNoTrainingRows() {
    FeaturePlan plan = FeaturePlan.of(standardize("x"), derive("share", "100 / n"));
    assertThatThrownBy(() -> plan.fit(SCHEMA, List.of(rows().addRow(0L, 1.0).build())))
        .hasMessage("Cannot fit features: there are no training rows");
  }

  @Test
  void aRowThatFailsInWhatIsDroppedAgainIsARow() {
    FeaturePlan plan =
        FeaturePlan.of(
            derive("share", "100 / n"), impute("share"), drop("share"), standardize("x"));
    RowBatch rows = rows().addRow(4L, 1.0).addRow(0L, 3.0).build();
    RowBatch out = plan.fit(SCHEMA, List.of(rows)).apply(rows, RowErrors.fail());
    assertThat(out.row(0)).containsExactly(4L, -1.0);
    assertThat(out.row(1)).containsExactly(0L, 1.0);
  }

  @Test
  void aRowThatFailsBecauseOfWhatWasFittedIsLeftOutOfTheNextPass() {
    FeaturePlan plan =
        FeaturePlan.of(index("n").minCount(2).unknownIsError(), impute("x"), minMax("x"));
    RowBatch rows = rows().addRow(1L, 0.0).addRow(1L, 2.0).addRow(2L, 7.0).addRow(1L, null).build();
    List<Integer> bad = new ArrayList<>();
    RowBatch out =
        plan.fit(SCHEMA, List.of(rows)).apply(rows, (batch, row, message) -> bad.add(row));
    assertThat(bad).containsExactly(2);
    // The mean (3) has seen the 7, the range (0 to 3) has not.
    assertThat(out.row(2)).containsExactly(1L, 1.0, 0L);
  }
}
