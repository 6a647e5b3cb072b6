package io.github.beamml.engine.expression;

import io.github.beamml.engine.row.BytesColumn;
import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.DoublesColumn;
import io.github.beamml.engine.row.StringColumn;
import java.util.function.BiPredicate;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;

/** Functions of texts over columns. Characters are code points; only ASCII has cases. */
final class Texts {
  private Texts() {}

  static Operation test(BiPredicate<String, String> predicate) {
    return call -> {
      StringColumn a = call.strings(0);
      StringColumn b = call.strings(1);
      long[] results = new long[call.rows()];
      for (int row = 0; row < results.length; row++) {
        results[row] = !call.isNull(row) && predicate.test(a.get(row), b.get(row)) ? 1 : 0;
      }
      return call.booleans(results);
    };
  }

  static Operation map(UnaryOperator<String> function) {
    return call -> {
      StringColumn a = call.strings(0);
      return each(call, row -> function.apply(a.get(row)));
    };
  }

  /** A text for each row that is not null. */
  static Column each(Call call, IntFunction<String> function) {
    String[] results = new String[call.rows()];
    int[] codes = new int[results.length];
    for (int row = 0; row < codes.length; row++) {
      codes[row] = row;
      results[row] = call.isNull(row) ? "" : function.apply(row);
    }
    return call.texts(results, codes);
  }

  static Column size(Call call) {
    StringColumn a = call.strings(0);
    long[] sizes = new long[call.rows()];
    for (int row = 0; row < sizes.length; row++) {
      if (!call.isNull(row)) {
        sizes[row] = a.get(row).codePointCount(0, a.get(row).length());
      }
    }
    return call.integers(sizes);
  }

  static Column sizeOfArrays(Call call) {
    DoublesColumn a = (DoublesColumn) call.argument(0);
    long[] sizes = new long[call.rows()];
    for (int row = 0; row < sizes.length; row++) {
      sizes[row] = a.length(row);
    }
    return call.integers(sizes);
  }

  static Column sizeOfBytes(Call call) {
    BytesColumn a = (BytesColumn) call.argument(0);
    long[] sizes = new long[call.rows()];
    for (int row = 0; row < sizes.length; row++) {
      sizes[row] = a.length(row);
    }
    return call.integers(sizes);
  }

  static Column tail(Call call) {
    StringColumn a = call.strings(0);
    long[] from = call.longs(1);
    return each(call, row -> part(a.get(row), from[row], Long.MAX_VALUE));
  }

  static Column substring(Call call) {
    StringColumn a = call.strings(0);
    long[] from = call.longs(1);
    long[] until = call.longs(2);
    return each(call, row -> part(a.get(row), from[row], until[row]));
  }

  /** The characters from one position, from 0, until before another, as far as there are any. */
  private static String part(String text, long from, long until) {
    int size = text.codePointCount(0, text.length());
    int first = (int) Math.max(0, Math.min(from, size));
    int last = (int) Math.max(first, Math.min(until, size));
    int start = text.offsetByCodePoints(0, first);
    return text.substring(start, text.offsetByCodePoints(start, last - first));
  }

  static String lowerAscii(String text) {
    StringBuilder lower = new StringBuilder(text);
    for (int i = 0; i < lower.length(); i++) {
      char c = lower.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        lower.setCharAt(i, (char) (c + ('a' - 'A')));
      }
    }
    return lower.toString();
  }

  static String upperAscii(String text) {
    StringBuilder upper = new StringBuilder(text);
    for (int i = 0; i < upper.length(); i++) {
      char c = upper.charAt(i);
      if (c >= 'a' && c <= 'z') {
        upper.setCharAt(i, (char) (c - ('a' - 'A')));
      }
    }
    return upper.toString();
  }
}
