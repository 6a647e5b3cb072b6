package io.github.beamml.engine.expression;

import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.Utf8;
import io.github.beamml.engine.row.ValueType;

/**
 * The comparisons of two columns of one type: less, less or equal, and equal; the others are these
 * with the operands swapped or the answer negated. Doubles compare as IEEE 754 has it (NaN is
 * unequal to everything, itself included, and has no order), texts by code points, which is the
 * order of their UTF-8 bytes.
 */
enum Ordering {
  LESS("<", 0, 1),
  LESS_OR_EQUAL("<=", 0, 1),
  GREATER(">", 1, 0),
  GREATER_OR_EQUAL(">=", 1, 0),
  EQUAL("==", 0, 1),
  NOT_EQUAL("!=", 0, 1);

  private final String symbol;
  private final int left;
  private final int right;

  /**
   * @param left the argument that stands left of the comparison that is computed
   */
  Ordering(String symbol, int left, int right) {
    this.symbol = symbol;
    this.left = left;
    this.right = right;
  }

  static Ordering of(String symbol) {
    for (Ordering ordering : values()) {
      if (ordering.symbol.equals(symbol)) {
        return ordering;
      }
    }
    throw new AssertionError(symbol);
  }

  /** The comparison of operands of this type, which must be one that has an order. */
  Operation operation(ValueType type) {
    return switch (type) {
      case BOOLEAN, INT64, TIMESTAMP ->
          call -> answer(call, longs(call.longs(left), call.longs(right)));
      case DOUBLE -> call -> answer(call, doubles(call.doubles(left), call.doubles(right)));
      case STRING -> call -> answer(call, texts(call));
      case BYTES, DOUBLES -> throw new AssertionError(type);
    };
  }

  private Column answer(Call call, long[] computed) {
    if (this == NOT_EQUAL) {
      for (int i = 0; i < computed.length; i++) {
        computed[i] ^= 1;
      }
    }
    return call.booleans(computed);
  }

  private long[] longs(long[] a, long[] b) {
    long[] result = new long[a.length];
    switch (this) {
      case LESS, GREATER -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = a[i] < b[i] ? 1 : 0;
        }
      }
      case LESS_OR_EQUAL, GREATER_OR_EQUAL -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = a[i] <= b[i] ? 1 : 0;
        }
      }
      case EQUAL, NOT_EQUAL -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = a[i] == b[i] ? 1 : 0;
        }
      }
    }
    return result;
  }

  private long[] doubles(double[] a, double[] b) {
    long[] result = new long[a.length];
    switch (this) {
      case LESS, GREATER -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = a[i] < b[i] ? 1 : 0;
        }
      }
      case LESS_OR_EQUAL, GREATER_OR_EQUAL -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = a[i] <= b[i] ? 1 : 0;
        }
      }
      case EQUAL, NOT_EQUAL -> {
        for (int i = 0; i < result.length; i++) {
          result[i] = a[i] == b[i] ? 1 : 0;
        }
      }
    }
    return result;
  }

  private long[] texts(Call call) {
    StringColumn a = call.strings(left);
    StringColumn b = call.strings(right);
    long[] result = new long[call.rows()];
    for (int row = 0; row < result.length; row++) {
      if (!call.isNull(row)) {
        result[row] = holds(Utf8.ORDER.compare(a.get(row), b.get(row))) ? 1 : 0;
      }
    }
    return result;
  }

  private boolean holds(int order) {
    return switch (this) {
      case LESS, GREATER -> order < 0;
      case LESS_OR_EQUAL, GREATER_OR_EQUAL -> order <= 0;
      case EQUAL, NOT_EQUAL -> order == 0;
    };
  }
}
