package io.github.beamml.engine.expression;

import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoubleColumn;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.Nulls;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * The arguments of an {@link Operation} over the rows of a batch. Rows in which any argument is
 * null are null in the result; their values are garbage, and so must not be looked at where that
 * could throw.
 */
final class Call {
  private final Column[] arguments;
  private final int rows;
  private final long @Nullable [] nulls;
  private final Place place;
  private final @Nullable Failures inherited;
  private @Nullable Failures own;

  /**
   * @param inherited the failures of the arguments
   * @param place where in the text the operation stands, for the reasons of failures
   */
  Call(Column[] arguments, int rows, @Nullable Failures inherited, Place place) {
    this.arguments = arguments;
    this.rows = rows;
    this.inherited = inherited;
    this.place = place;
    long[] union = null;
    for (Column argument : arguments) {
      union = Nulls.either(union, argument.nulls());
    }
    this.nulls = union;
  }

  int rows() {
    return rows;
  }

  Column argument(int position) {
    return arguments[position];
  }

  long[] longs(int position) {
    return ((LongColumn) arguments[position]).values();
  }

  double[] doubles(int position) {
    return ((DoubleColumn) arguments[position]).values();
  }

  StringColumn strings(int position) {
    return (StringColumn) arguments[position];
  }

  boolean isNull(int row) {
    return Nulls.isNull(nulls, row);
  }

  long @Nullable [] nulls() {
    return nulls;
  }

  /** The failures of the arguments and those of the operation itself. */
  @Nullable Failures failures() {
    return Failures.either(inherited, own);
  }

  /** Notes that a row cannot be computed; where it is null, it need not be. */
  void fail(int row, String reason) {
    if (isNull(row)) {
      return;
    }
    if (own == null) {
      own = new Failures(rows);
    }
    own.add(row, place.failure(reason));
  }

  Column booleans(long[] values) {
    return LongColumn.of(ValueType.BOOLEAN, values, nulls);
  }

  Column integers(long[] values) {
    return LongColumn.of(ValueType.INT64, values, nulls);
  }

  Column instants(long[] values) {
    return LongColumn.of(ValueType.TIMESTAMP, values, nulls);
  }

  Column doubles(double[] values) {
    return DoubleColumn.of(values, nulls);
  }

  Column texts(String[] dictionary, int[] codes) {
    return StringColumn.of(dictionary, codes, nulls);
  }
}
