package io.github.beamml.engine.evaluation;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.LongColumn;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.row.ValueType;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What rows are sliced by: one code a row into a list of values; -1 is null. Values are kept in
 * their canonical order (integers as integers if all are, else by UTF-8 bytes), those alone that
 * occur, so that equal rows give equal columns.
 */
public final class SliceColumn {
  /** More values than this are no slices. */
  public static final int MAX_VALUES = 1_000;

  private static final Pattern INTEGER = Pattern.compile("0|-?[1-9][0-9]{0,17}");
  private static final Comparator<String> BY_UTF8 =
      (a, b) ->
          Arrays.compareUnsigned(
              a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

  private final String by;
  private final List<String> values;
  private final int[] codes;

  private SliceColumn(String by, List<String> values, int[] codes) {
    this.by = by;
    this.values = values;
    this.codes = codes;
  }

  /**
   * @param by the column or expression, as the user typed it
   * @param values the dictionary, in any order; equal values become one
   * @param codes one a row, into {@code values}; -1 is null
   * @throws InvalidInputException if more than {@value #MAX_VALUES} values occur
   */
  public static SliceColumn of(String by, List<String> values, int[] codes) {
    boolean[] occurs = new boolean[values.size()];
    for (int code : codes) {
      if (code >= 0) {
        occurs[code] = true;
      }
    }
    List<String> kept =
        IntStream.range(0, occurs.length)
            .filter(i -> occurs[i])
            .mapToObj(values::get)
            .distinct()
            .toList();
    if (kept.size() > MAX_VALUES) {
      throw InvalidInputException.of(
          "slices",
          by + " with " + Figures.count(kept.size()) + " values",
          "at most " + Figures.count(MAX_VALUES));
    }
    List<String> sorted = kept.stream().sorted(order(kept)).toList();
    return new SliceColumn(by, sorted, recode(codes, positions(values, sorted)));
  }

  /** One value a row; null is null. */
  public static SliceColumn ofValues(String by, List<? extends @Nullable String> rows) {
    Map<String, Integer> known = new HashMap<>();
    int[] codes = new int[rows.size()];
    for (int row = 0; row < codes.length; row++) {
      String value = rows.get(row);
      codes[row] = value == null ? -1 : known.computeIfAbsent(value, v -> known.size());
    }
    String[] values = new String[known.size()];
    known.forEach((value, code) -> values[code] = value);
    return of(by, List.of(values), codes);
  }

  /**
   * A column of a batch: text, integers or booleans.
   *
   * @throws InvalidInputException if the column is of another type, or has too many values
   */
  public static SliceColumn of(String by, Column column) {
    if (column instanceof StringColumn strings) {
      int[] codes = new int[column.size()];
      Arrays.setAll(codes, row -> column.isNull(row) ? -1 : strings.codes()[row]);
      return of(by, List.of(strings.dictionary()), codes);
    }
    if (column instanceof LongColumn && column.type() != ValueType.TIMESTAMP) {
      List<@Nullable String> values = new ArrayList<>();
      for (int row = 0; row < column.size(); row++) {
        Object value = column.value(row);
        values.add(value == null ? null : value.toString());
      }
      return ofValues(by, values);
    }
    throw InvalidInputException.of(
        "slices", by + " of type " + column.type().label(), "a text, an integer or a boolean");
  }

  public String by() {
    return by;
  }

  /** The values that occur, in their canonical order. */
  public List<String> values() {
    return values;
  }

  public int size() {
    return codes.length;
  }

  /** The code of a row, -1 if null. */
  public int code(int row) {
    return codes[row];
  }

  private static Comparator<String> order(List<String> values) {
    boolean integers = values.stream().allMatch(value -> INTEGER.matcher(value).matches());
    return integers ? Comparator.comparingLong(Long::parseLong) : BY_UTF8;
  }

  private static int[] positions(List<String> from, List<String> to) {
    Map<String, Integer> position = new HashMap<>();
    for (int i = 0; i < to.size(); i++) {
      position.put(to.get(i), i);
    }
    return from.stream().mapToInt(value -> position.getOrDefault(value, -1)).toArray();
  }

  private static int[] recode(int[] codes, int[] positions) {
    return Arrays.stream(codes).map(code -> code < 0 ? -1 : positions[code]).toArray();
  }
}
