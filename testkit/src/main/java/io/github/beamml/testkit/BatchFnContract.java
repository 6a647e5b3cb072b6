package io.github.beamml.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.core.row.RowBatchCoder;
import io.github.beamml.engine.row.BatchFn;
import io.github.beamml.engine.row.Fingerprint;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowErrors;
import java.util.ArrayList;
import java.util.List;
import org.apache.beam.sdk.util.CoderUtils;
import org.apache.beam.sdk.util.SerializableUtils;
import org.junit.jupiter.api.Test;

/**
 * What every {@link BatchFn} promises: a row's result depends on that row alone, its schema is the
 * one that it announced, and it leaves its input as it was. A component's test implements it:
 *
 * <pre>{@code
 * class MyFnTest implements BatchFnContract {
 *   @Override
 *   public BatchFn function() { ... }
 *
 *   @Override
 *   public RowBatch rows() { ... }  // with nulls, NaN, infinities and rows that it refuses
 * }
 * }</pre>
 */
public interface BatchFnContract {
  /** The function under test. */
  BatchFn function();

  /** Some rows, among them odd ones. */
  RowBatch rows();

  /** What a function makes of one row: its values, or why it was refused. */
  private static List<?> outcome(BatchFn function, RowBatch rows, int row) {
    RowBatch one = rows.take(new int[] {row});
    List<String> reasons = new ArrayList<>();
    RowBatch result = function.apply(one, (batch, position, message) -> reasons.add(message));
    assertThat(result.size() + reasons.size()).isBetween(0, 1);
    return result.size() == 0 ? reasons : ExactRows.row(result, 0);
  }

  @Test
  default void aSingleRowGivesTheBitsOfABatch() {
    BatchFn function = function();
    RowBatch rows = rows();
    List<Integer> refused = new ArrayList<>();
    RowBatch whole = function.apply(rows, (batch, row, message) -> refused.add(row));
    int next = 0;
    for (int row = 0; row < rows.size(); row++) {
      RowBatch one = rows.take(new int[] {row});
      List<String> refusedAlone = new ArrayList<>();
      RowBatch single =
          function.apply(one, (batch, position, message) -> refusedAlone.add(message));
      assertThat(refusedAlone.isEmpty()).isEqualTo(!refused.contains(row));
      for (int i = 0; i < single.size(); i++, next++) {
        assertThat(ExactRows.row(single, i)).isEqualTo(ExactRows.row(whole, next));
      }
    }
    assertThat(next).isEqualTo(whole.size());
  }

  @Test
  default void theOrderOfRowsDoesNotMatter() {
    BatchFn function = function();
    RowBatch rows = rows();
    int[] backwards = new int[rows.size()];
    for (int i = 0; i < backwards.length; i++) {
      backwards[i] = backwards.length - 1 - i;
    }
    RowErrors ignore = (batch, row, message) -> {};
    assertThat(Fingerprint.of(function.apply(rows.take(backwards), ignore)))
        .isEqualTo(Fingerprint.of(function.apply(rows, ignore)));
  }

  @Test
  default void theInputIsNotChanged() {
    RowBatch rows = rows();
    Fingerprint before = Fingerprint.of(rows);
    function().apply(rows, (batch, row, message) -> {});
    assertThat(Fingerprint.of(rows)).isEqualTo(before);
  }

  @Test
  default void theSchemaIsTheOneAnnounced() {
    BatchFn function = function();
    RowBatch rows = rows();
    RowErrors ignore = (batch, row, message) -> {};
    assertThat(function.apply(rows, ignore).schema())
        .isEqualTo(function.outputSchema(rows.schema()));
  }

  @Test
  default void noRowsGiveNoRows() {
    BatchFn function = function();
    RowBatch empty = RowBatch.empty(rows().schema());
    RowBatch result = function.apply(empty, RowErrors.fail());
    assertThat(result.size()).isZero();
    assertThat(result.schema()).isEqualTo(function.outputSchema(empty.schema()));
  }

  @Test
  default void whatTheJobsGraphCarriesWorksTheSame() {
    BatchFn travelled = SerializableUtils.clone(function());
    RowBatch rows = rows();
    for (int row = 0; row < rows.size(); row++) {
      assertThat(outcome(travelled, rows, row)).isEqualTo(outcome(function(), rows, row));
    }
  }

  @Test
  default void aBatchThatWasCodedGivesTheSame() throws Exception {
    RowBatch rows = rows();
    RowBatchCoder coder = RowBatchCoder.of(rows.schema());
    RowBatch decoded =
        CoderUtils.decodeFromByteArray(coder, CoderUtils.encodeToByteArray(coder, rows));
    RowErrors ignore = (batch, row, message) -> {};
    assertThat(Fingerprint.of(function().apply(decoded, ignore)))
        .isEqualTo(Fingerprint.of(function().apply(rows, ignore)));
  }
}
