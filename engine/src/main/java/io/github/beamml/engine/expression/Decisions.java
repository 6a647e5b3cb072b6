package io.github.beamml.engine.expression;

import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.Nulls;
import io.github.beamml.engine.row.RowBatch;
import io.github.beamml.engine.row.ValueType;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What looks at nulls and failures instead of passing them on. */
final class Decisions {
  private static final byte FALSE = 0;
  private static final byte TRUE = 1;
  private static final byte NULL = 2;
  private static final byte FAILED = 3;

  private Decisions() {}

  /**
   * Three-valued logic: one operand that decides (false for {@code &&}, true for {@code ||})
   * decides alone, whatever the others are, failed or null. Otherwise a failure fails the row, a
   * null makes it null.
   *
   * @param decisive the value that decides
   */
  static Kernel junction(List<Typed> operands, boolean decisive) {
    byte deciding = decisive ? TRUE : FALSE;
    return batch -> {
      byte[] states = new byte[batch.size()];
      Arrays.fill(states, decisive ? FALSE : TRUE);
      Failures failures = null;
      for (Typed operand : operands) {
        Values values = operand.kernel().compute(batch);
        long[] booleans = ((LongColumn) values.column()).values();
        for (int row = 0; row < states.length; row++) {
          byte state =
              values.isFailed(row) ? FAILED : values.isNull(row) ? NULL : (byte) booleans[row];
          if (state == deciding || (states[row] != deciding && state > states[row])) {
            states[row] = state;
          }
        }
        failures = Failures.either(failures, values.failures());
      }
      return booleans(states, failures);
    };
  }

  private static Values booleans(byte[] states, @Nullable Failures failures) {
    long[] values = new long[states.length];
    long[] nulls = Nulls.none(states.length);
    Failures kept = failures == null ? null : new Failures(states.length);
    for (int row = 0; row < states.length; row++) {
      values[row] = states[row] & 1;
      if (states[row] == NULL) {
        Nulls.set(nulls, row);
      }
      String reason = failures == null ? null : failures.reason(row);
      if (kept != null && reason != null && states[row] == FAILED) {
        kept.add(row, reason);
      }
    }
    return new Values(LongColumn.of(ValueType.BOOLEAN, values, nulls), kept);
  }

  /** {@code condition ? yes : no}; a null condition gives null. */
  static Kernel conditional(Typed condition, Typed yes, Typed no) {
    return batch -> {
      Values conditions = condition.kernel().compute(batch);
      long[] holds = ((LongColumn) conditions.column()).values();
      int[] choice = new int[batch.size()];
      for (int row = 0; row < choice.length; row++) {
        choice[row] = conditions.isNull(row) ? -1 : holds[row] != 0 ? 0 : 1;
      }
      Values chosen = choose(batch, List.of(yes, no), choice);
      return new Values(chosen.column(), Failures.either(conditions.failures(), chosen.failures()));
    };
  }

  /** The first operand that is not null; those behind it cannot fail the row. */
  static Kernel coalesce(List<Typed> operands) {
    return batch -> {
      int[] choice = new int[batch.size()];
      Arrays.fill(choice, -1);
      Values[] all = new Values[operands.size()];
      for (int i = 0; i < all.length; i++) {
        all[i] = operands.get(i).kernel().compute(batch);
        for (int row = 0; row < choice.length; row++) {
          if (choice[row] < 0 && (all[i].isFailed(row) || !all[i].isNull(row))) {
            choice[row] = i;
          }
        }
      }
      return choose(List.of(all), choice);
    };
  }

  private static Values choose(RowBatch batch, List<Typed> operands, int[] choice) {
    return choose(
        operands.stream().map(operand -> operand.kernel().compute(batch)).toList(), choice);
  }

  /**
   * @param choice the operand that gives a row's value, or -1 for null
   */
  private static Values choose(List<Values> operands, int[] choice) {
    int rows = choice.length;
    int[] from = new int[rows];
    long[] nulls = Nulls.none(rows);
    Failures failures = null;
    for (int row = 0; row < rows; row++) {
      if (choice[row] < 0) {
        from[row] = row;
        Nulls.set(nulls, row);
        continue;
      }
      from[row] = choice[row] * rows + row;
      Failures chosen = operands.get(choice[row]).failures();
      String reason = chosen == null ? null : chosen.reason(row);
      if (reason != null) {
        failures = failures == null ? new Failures(rows) : failures;
        failures.add(row, reason);
      }
    }
    Column taken = Column.concat(operands.stream().map(Values::column).toList()).take(from);
    return new Values(Values.withNulls(taken, Nulls.either(taken.nulls(), nulls)), failures);
  }

  /**
   * Whether the operand is null.
   *
   * @param expected what to answer where it is
   */
  static Kernel isNull(Typed operand, boolean expected) {
    return batch -> {
      Values values = operand.kernel().compute(batch);
      long[] answers = new long[batch.size()];
      for (int row = 0; row < answers.length; row++) {
        answers[row] = values.isNull(row) == expected ? 1 : 0;
      }
      return new Values(LongColumn.of(ValueType.BOOLEAN, answers, null), values.failures());
    };
  }

  static Column not(Call call) {
    long[] a = call.longs(0);
    long[] negated = new long[a.length];
    for (int i = 0; i < negated.length; i++) {
      negated[i] = a[i] ^ 1;
    }
    return call.booleans(negated);
  }
}
