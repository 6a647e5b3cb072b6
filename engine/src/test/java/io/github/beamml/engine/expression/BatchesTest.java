package io.github.beamml.engine.expression;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.RowBatchBuilder;
import io.github.beamml.engine.row.RowHash;
import io.github.beamml.engine.row.ValueType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A row's value depends on that row alone. */
class BatchesTest {
  private static final int ROWS = 500;
  private static RowBatch batch = RowBatch.empty(Rows.FLIGHTS);

  @BeforeAll
  static void makeRows() {
    RowBatchBuilder builder = RowBatch.builder(Rows.FLIGHTS);
    long[] state = {7};
    String[] texts = {"UA", "AA", "", "é😀", "12", "-3.5", "2013-01-01T00:00:00Z", "1h30m", "B6"};
    double[] doubles = {
      0, 1, -1, 0.1, 1e300, -1e-310, Double.NaN, Double.POSITIVE_INFINITY, 15, 15.5, 90
    };
    long[] longs = {0, 1, -1, 7, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 53, 3_000_000_000L};
    for (int i = 0; i < ROWS; i++) {
      builder.addRow(
          longs[next(state, longs.length)],
          texts[next(state, texts.length)],
          orNull(state, texts[next(state, texts.length)]),
          doubles[next(state, doubles.length)],
          orNull(state, doubles[next(state, doubles.length)]),
          orNull(state, longs[next(state, longs.length)]),
          orNull(state, next(state, 2) == 0),
          1_356_998_400_000_000L + 3_600_000_000L * next(state, 1_000_000),
          orNull(state, -1L - next(state, 1_000_000)),
          orNull(state, new double[next(state, 3)]),
          orNull(state, new byte[next(state, 3)]),
          0.68,
          (long) next(state, 100));
    }
    batch = builder.build();
  }

  private static int next(long[] state, int bound) {
    state[0] = state[0] * 6364136223846793005L + 1442695040888963407L;
    return (int) ((state[0] >>> 33) % bound);
  }

  private static @Nullable Object orNull(long[] state, Object value) {
    return next(state, 4) == 0 ? null : value;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "id + seats",
        "id * seats - 1",
        "id / seats",
        "id % seats",
        "-id",
        "abs(id)",
        "distance + arr_delay",
        "distance * arr_delay / seats",
        "distance % 2 - arr_delay",
        "distance < arr_delay || seats >= 1",
        "carrier < dest && cancelled",
        "!(carrier == dest) || !cancelled",
        "carrier + '-' + dest",
        "carrier in ['UA', 'B6', '12']",
        "carrier in ['UA', dest]",
        "seats in [1, 7, -1]",
        "arr_delay in [15, 15.5]",
        "coalesce(dest, carrier)",
        "coalesce(seats, id / seats, arr_delay)",
        "cancelled ? carrier : dest",
        "cancelled ? id : arr_delay",
        "has(dest) && dest != null",
        "int(carrier)",
        "double(dest)",
        "timestamp(dest)",
        "duration(carrier) + double(dest)",
        "string(distance) + string(seats) + string(cancelled) + string(sched_dep)",
        "size(carrier) + size(dest) + size(embedding) + size(photo)",
        "substring(carrier, 0, 1)",
        "substring(dest, seats)",
        "upperAscii(lowerAscii(dest)).startsWith('U')",
        "int(distance)",
        "round(distance) + floor(arr_delay) + ceil(distance)",
        "log(distance) + exp(arr_delay) + pow(distance, arr_delay) + sqrt(distance) + log1p(1.5)",
        "min(id, seats, arr_delay) + max(id, seats)",
        "haversine(distance, arr_delay, 15, 15)",
        "sched_dep - sched_arr",
        "sched_arr + distance",
        "hour(sched_dep, 'America/New_York') + day_of_year(sched_arr, 'Pacific/Apia')",
        "sched_dep > sched_arr ? weekday(sched_dep, 'UTC') : null",
        "1 + 1",
      })
  void aBatchGivesWhatItsRowsGiveOneByOne(String text) {
    CompiledExpression compiled = Expression.parse("x", text).compile(Rows.FLIGHTS);
    List<String> together = outcomes(compiled, batch);
    List<String> alone = new ArrayList<>();
    List<String> shuffled = new ArrayList<>();
    for (int row = 0; row < ROWS; row++) {
      alone.addAll(outcomes(compiled, batch.take(new int[] {row})));
      shuffled.add("");
    }
    int[] order = new int[ROWS];
    for (int i = 0; i < ROWS; i++) {
      order[i] = (i * 211) % ROWS;
    }
    List<String> inOrder = outcomes(compiled, batch.take(order));
    for (int i = 0; i < ROWS; i++) {
      shuffled.set(order[i], inOrder.get(i));
    }
    assertThat(alone).isEqualTo(together);
    assertThat(shuffled).isEqualTo(together);
  }

  /** The bits of values, nulls and the reasons of failures. */
  private static List<String> outcomes(CompiledExpression compiled, RowBatch rows) {
    Evaluated evaluated = compiled.evaluate(rows);
    Column column = evaluated.column();
    List<String> outcomes = new ArrayList<>();
    for (int row = 0; row < rows.size(); row++) {
      Object value = column.value(row);
      outcomes.add(
          evaluated.isFailed(row)
              ? evaluated.message(row)
              : value instanceof Double number
                  ? Long.toHexString(Double.doubleToRawLongBits(number))
                  : String.valueOf(value));
    }
    return outcomes;
  }

  @Test
  void emptyBatchesGiveEmptyColumns() {
    RowBatch empty = RowBatch.empty(Rows.FLIGHTS);
    for (String text : new String[] {"carrier + dest", "id in [1]", "1", "cancelled ? 1 : 2.5"}) {
      assertThat(Expression.parse("x", text).compile(Rows.FLIGHTS).evaluate(empty).column().size())
          .isZero();
    }
  }

  @Test
  void theInputIsNotChanged() {
    byte[] before = RowHash.ofAll(batch);
    for (String text : new String[] {"coalesce(-arr_delay, distance)", "carrier + dest", "-id"}) {
      Expression.parse("x", text).compile(Rows.FLIGHTS).evaluate(batch);
    }
    assertThat(RowHash.ofAll(batch)).isEqualTo(before);
  }

  @Test
  void columnsOfNullsAloneHaveNoDictionary() {
    RowBatch nulls = Rows.x(ValueType.STRING, null, null);
    for (String text :
        new String[] {"size(x)", "x + 'a'", "x == 'a'", "coalesce(x, x)", "int(x)"}) {
      assertThat(Expression.parse("x", text).compile(nulls.schema()).evaluate(nulls).column())
          .extracting(Column::nullCount)
          .isEqualTo(2);
    }
  }
}
