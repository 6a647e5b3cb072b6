package io.github.beamml.engine.expression;

import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.ValueType;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Whether a value is one of a constant list. */
final class Membership {
  private Membership() {}

  /**
   * @param elements constants of the type, none of them null
   */
  static Operation of(ValueType type, List<Typed> elements) {
    List<Object> values =
        elements.stream().map(Typed::constantValue).filter(Objects::nonNull).toList();
    return switch (type) {
      case STRING -> amongTexts(values);
      case DOUBLE -> amongDoubles(values);
      default -> amongLongs(values);
    };
  }

  private static Operation amongTexts(List<Object> values) {
    Set<String> texts = values.stream().map(value -> (String) value).collect(Collectors.toSet());
    return call -> {
      StringColumn a = call.strings(0);
      long[] results = new long[call.rows()];
      for (int row = 0; row < results.length; row++) {
        results[row] = !call.isNull(row) && texts.contains(a.get(row)) ? 1 : 0;
      }
      return call.booleans(results);
    };
  }

  private static Operation amongDoubles(List<Object> values) {
    double[] sorted =
        values.stream()
            .mapToDouble(value -> (Double) value)
            .filter(value -> !Double.isNaN(value))
            .sorted()
            .toArray();
    return call -> {
      double[] a = call.doubles(0);
      long[] results = new long[a.length];
      for (int i = 0; i < results.length; i++) {
        results[i] = Arrays.binarySearch(sorted, a[i]) >= 0 ? 1 : 0;
      }
      return call.booleans(results);
    };
  }

  private static Operation amongLongs(List<Object> values) {
    long[] sorted =
        values.stream()
            .mapToLong(value -> value instanceof Boolean truth ? (truth ? 1 : 0) : (Long) value)
            .sorted()
            .toArray();
    return call -> {
      long[] a = call.longs(0);
      long[] results = new long[a.length];
      for (int i = 0; i < results.length; i++) {
        results[i] = Arrays.binarySearch(sorted, a[i]) >= 0 ? 1 : 0;
      }
      return call.booleans(results);
    };
  }
}
