package io.github.beamml.engine.evaluation;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Numbers for people to read: the same text in every locale and on every Java. */
public final class Figures {
  private Figures() {}

  /** {@code 53,991}. */
  public static String count(long value) {
    String digits = Long.toString(value);
    int first = digits.startsWith("-") ? 1 : 0;
    StringBuilder grouped = new StringBuilder(digits);
    for (int at = digits.length() - 3; at > first; at -= 3) {
      grouped.insert(at, ',');
    }
    return grouped.toString();
  }

  /**
   * With so many digits behind the point, rounded half to even from the exact value; never "-0".
   */
  public static String decimal(double value, int decimals) {
    return decimal(new BigDecimal(value), decimals);
  }

  private static String decimal(BigDecimal value, int decimals) {
    BigDecimal rounded = value.setScale(decimals, RoundingMode.HALF_EVEN);
    return rounded.toPlainString();
  }

  /** A share as a percentage: {@code 62 %} for 0.6231 and 0 decimals. */
  public static String percent(double share, int decimals) {
    return decimal(new BigDecimal(share).movePointRight(2), decimals) + " %";
  }

  /**
   * With three digits behind the point, or as many more as it takes to see on which side of {@code
   * bound} it lies.
   */
  static String against(double value, double bound) {
    BigDecimal exact = new BigDecimal(value);
    BigDecimal limit = new BigDecimal(bound);
    if (value == bound) {
      return decimal(exact, 3);
    }
    int decimals = 3;
    while (decimals < 20
        && exact.setScale(decimals, RoundingMode.HALF_EVEN).compareTo(limit)
            != exact.compareTo(limit)) {
      decimals++;
    }
    return decimal(exact, decimals);
  }
}
