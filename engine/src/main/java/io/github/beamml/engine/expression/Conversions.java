package io.github.beamml.engine.expression;

import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.StringColumn;
import io.github.beamml.engine.time.Timestamps;
import io.github.beamml.engine.time.ZoneRules;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.erdtman.jcs.NumberToJSON;
import org.jspecify.annotations.Nullable;

/** Conversions between types over columns. Texts are read strictly: ASCII digits, no blanks. */
final class Conversions {
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final double TWO_TO_63 = 0x1p63;
  private static final Pattern INTEGER = Pattern.compile("[+-]?[0-9]+");
  private static final Pattern REAL =
      Pattern.compile("[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?");
  private static final Pattern DURATION_PART =
      Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(h|ms|m|us|s)");

  private Conversions() {}

  static Column integersOfDoubles(Call call) {
    double[] a = call.doubles(0);
    long[] results = new long[a.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = (long) a[i];
      if (!(a[i] >= -TWO_TO_63 && a[i] < TWO_TO_63)) {
        call.fail(i, "not in the range of int64");
      }
    }
    return call.integers(results);
  }

  /** Whole seconds since 1970-01-01T00:00:00Z, rounded down. */
  static Column integersOfInstants(Call call) {
    long[] a = call.longs(0);
    long[] results = new long[a.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = Math.floorDiv(a[i], MICROS_PER_SECOND);
    }
    return call.integers(results);
  }

  static Column integersOfTexts(Call call) {
    StringColumn a = call.strings(0);
    long[] results = new long[call.rows()];
    for (int row = 0; row < results.length; row++) {
      if (!call.isNull(row)) {
        OptionalLong parsed = integer(a.get(row));
        results[row] = parsed.orElse(0);
        if (parsed.isEmpty()) {
          call.fail(row, "text that is no int64");
        }
      }
    }
    return call.integers(results);
  }

  private static OptionalLong integer(String text) {
    if (!INTEGER.matcher(text).matches()) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(text));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  static Column doublesOfTexts(Call call) {
    StringColumn a = call.strings(0);
    double[] results = new double[call.rows()];
    for (int row = 0; row < results.length; row++) {
      if (!call.isNull(row)) {
        String text = a.get(row);
        if (REAL.matcher(text).matches()) {
          results[row] = Double.parseDouble(text);
        } else if (text.equals("NaN")) {
          results[row] = Double.NaN;
        } else {
          call.fail(row, "text that is no double");
        }
      }
    }
    return call.doubles(results);
  }

  static Column textsOfBooleans(Call call) {
    long[] a = call.longs(0);
    int[] codes = new int[a.length];
    for (int i = 0; i < codes.length; i++) {
      codes[i] = (int) (a[i] & 1);
    }
    return call.texts(new String[] {"false", "true"}, codes);
  }

  static Column textsOfIntegers(Call call) {
    long[] a = call.longs(0);
    return Texts.each(call, row -> Long.toString(a[row]));
  }

  static Column textsOfDoubles(Call call) {
    double[] a = call.doubles(0);
    return Texts.each(call, row -> text(a[row]));
  }

  static Column textsOfInstants(Call call) {
    long[] a = call.longs(0);
    return Texts.each(call, row -> Timestamps.format(a[row]));
  }

  /** The shortest digits that read back as the same double, as ECMAScript writes them. */
  private static String text(double value) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    try {
      return NumberToJSON.serializeNumber(value);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Column instantsOfIntegers(Call call) {
    long[] a = call.longs(0);
    long[] results = new long[a.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = a[i] * MICROS_PER_SECOND;
      if (Math.multiplyHigh(a[i], MICROS_PER_SECOND) != results[i] >> 63) {
        call.fail(i, "no instant so far away");
      }
    }
    return call.instants(results);
  }

  static Operation instantsOfTexts(@Nullable ZoneRules zone) {
    return call -> {
      StringColumn a = call.strings(0);
      long[] results = new long[call.rows()];
      for (int row = 0; row < results.length; row++) {
        if (!call.isNull(row)) {
          OptionalLong parsed = Timestamps.tryParse(a.get(row), zone);
          results[row] = parsed.orElse(0);
          if (parsed.isEmpty()) {
            call.fail(row, noInstant(zone));
          }
        }
      }
      return call.instants(results);
    };
  }

  private static String noInstant(@Nullable ZoneRules zone) {
    return zone == null
        ? "text that is no timestamp with its offset, such as 2013-01-31T14:05:00Z"
        : "text that is no timestamp, such as 2013-01-31 or 2013-01-31T14:05:00Z";
  }

  /** The seconds of texts such as {@code 1h30m} or {@code -2.5s}. */
  static Column seconds(Call call) {
    StringColumn a = call.strings(0);
    double[] results = new double[call.rows()];
    for (int row = 0; row < results.length; row++) {
      if (!call.isNull(row)) {
        BigDecimal seconds = seconds(a.get(row));
        if (seconds == null) {
          call.fail(row, "text that is no duration, such as 1h30m or 2.5s");
        } else {
          results[row] = seconds.doubleValue();
        }
      }
    }
    return call.doubles(results);
  }

  private static @Nullable BigDecimal seconds(String text) {
    boolean isNegative = text.startsWith("-");
    Matcher part = DURATION_PART.matcher(text);
    BigDecimal sum = BigDecimal.ZERO;
    int at = isNegative ? 1 : 0;
    if (at == text.length()) {
      return null;
    }
    while (at < text.length()) {
      if (!part.find(at) || part.start() != at) {
        return null;
      }
      sum = sum.add(new BigDecimal(part.group(1)).multiply(unit(part.group(2))));
      at = part.end();
    }
    BigDecimal rounded = sum.setScale(6, RoundingMode.HALF_EVEN);
    return isNegative ? rounded.negate() : rounded;
  }

  private static BigDecimal unit(String name) {
    return switch (name) {
      case "h" -> BigDecimal.valueOf(3600);
      case "m" -> BigDecimal.valueOf(60);
      case "s" -> BigDecimal.ONE;
      case "ms" -> BigDecimal.valueOf(1, 3);
      default -> BigDecimal.valueOf(1, 6);
    };
  }
}
