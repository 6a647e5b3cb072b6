package io.github.beamml.engine.expression;

import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.Utf8;
import io.github.beamml.engine.row.ValueType;

/** The comparisons of two columns of one type. */
enum Ordering {
  LESS("<") {
    @Override
    boolean holds(int order) {
      return order < 0;
    }
  },
  LESS_OR_EQUAL("<=") {
    @Override
    boolean holds(int order) {
      return order <= 0;
    }
  },
  GREATER(">") {
    @Override
    boolean holds(int order) {
      return order > 0;
    }
  },
  GREATER_OR_EQUAL(">=") {
    @Override
    boolean holds(int order) {
      return order >= 0;
    }
  },
  EQUAL("==") {
    @Override
    boolean holds(int order) {
      return order == 0;
    }
  },
  NOT_EQUAL("!=") {
    @Override
    boolean holds(int order) {
      return order != 0;
    }
  };

  private final String symbol;

  Ordering(String symbol) {
    this.symbol = symbol;
  }

  static Ordering of(String symbol) {
    for (Ordering ordering : values()) {
      if (ordering.symbol.equals(symbol)) {
        return ordering;
      }
    }
    throw new AssertionError(symbol);
  }

  /** Whether the comparison holds for operands of this order (negative, zero, positive). */
  abstract boolean holds(int order);

  /** The comparison of operands of this type, which must be one that has an order. */
  Operation operation(ValueType type) {
    return switch (type) {
      case BOOLEAN, INT64, TIMESTAMP -> this::compareLongs;
      case DOUBLE -> this::compareDoubles;
      case STRING -> this::compareTexts;
      case BYTES, DOUBLES -> throw new AssertionError(type);
    };
  }

  private Column compareLongs(Call call) {
    long[] a = call.longs(0);
    long[] b = call.longs(1);
    long[] result = new long[a.length];
    for (int i = 0; i < result.length; i++) {
      boolean holds =
          switch (this) {
            case LESS -> a[i] < b[i];
            case LESS_OR_EQUAL -> a[i] <= b[i];
            case GREATER -> a[i] > b[i];
            case GREATER_OR_EQUAL -> a[i] >= b[i];
            case EQUAL -> a[i] == b[i];
            case NOT_EQUAL -> a[i] != b[i];
          };
      result[i] = holds ? 1 : 0;
    }
    return call.booleans(result);
  }

  /** As IEEE 754: NaN is unequal to everything, itself included, and has no order. */
  private Column compareDoubles(Call call) {
    double[] a = call.doubles(0);
    double[] b = call.doubles(1);
    long[] result = new long[a.length];
    for (int i = 0; i < result.length; i++) {
      boolean holds =
          switch (this) {
            case LESS -> a[i] < b[i];
            case LESS_OR_EQUAL -> a[i] <= b[i];
            case GREATER -> a[i] > b[i];
            case GREATER_OR_EQUAL -> a[i] >= b[i];
            case EQUAL -> a[i] == b[i];
            case NOT_EQUAL -> a[i] != b[i];
          };
      result[i] = holds ? 1 : 0;
    }
    return call.booleans(result);
  }

  /** By code points, which is the order of the UTF-8 bytes. */
  private Column compareTexts(Call call) {
    StringColumn a = call.strings(0);
    StringColumn b = call.strings(1);
    long[] result = new long[call.rows()];
    for (int row = 0; row < result.length; row++) {
      if (!call.isNull(row)) {
        result[row] = holds(Utf8.ORDER.compare(a.get(row), b.get(row))) ? 1 : 0;
      }
    }
    return call.booleans(result);
  }
}
