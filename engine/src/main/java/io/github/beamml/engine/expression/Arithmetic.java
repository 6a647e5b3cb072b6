package io.github.beamml.engine.expression;

import io.github.beamml.engine.row.Column;
import io.github.beamml.engine.row.StringColumn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code + - * / %} over columns: integers checked, doubles as IEEE 754 has them. */
final class Arithmetic {
  static final String OVERFLOW = "int64 overflow";
  private static final String BY_ZERO = "division by zero";
  private static final double MICROS_PER_SECOND = 1e6;
  private static final double TWO_TO_63 = 0x1p63;

  private Arithmetic() {}

  static Column addLongs(Call call) {
    long[] a = call.longs(0);
    long[] b = call.longs(1);
    long[] sums = new long[a.length];
    long overflow = 0;
    for (int i = 0; i < sums.length; i++) {
      sums[i] = a[i] + b[i];
      overflow |= (a[i] ^ sums[i]) & (b[i] ^ sums[i]);
    }
    for (int i = 0; overflow < 0 && i < sums.length; i++) {
      if (((a[i] ^ sums[i]) & (b[i] ^ sums[i])) < 0) {
        call.fail(i, OVERFLOW);
      }
    }
    return call.integers(sums);
  }

  static Column subtractLongs(Call call) {
    return call.integers(differences(call));
  }

  private static long[] differences(Call call) {
    long[] a = call.longs(0);
    long[] b = call.longs(1);
    long[] differences = new long[a.length];
    long overflow = 0;
    for (int i = 0; i < differences.length; i++) {
      differences[i] = a[i] - b[i];
      overflow |= (a[i] ^ b[i]) & (a[i] ^ differences[i]);
    }
    for (int i = 0; overflow < 0 && i < differences.length; i++) {
      if (((a[i] ^ b[i]) & (a[i] ^ differences[i])) < 0) {
        call.fail(i, OVERFLOW);
      }
    }
    return differences;
  }

  static Column multiplyLongs(Call call) {
    long[] a = call.longs(0);
    long[] b = call.longs(1);
    long[] products = new long[a.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = a[i] * b[i];
      if (Math.multiplyHigh(a[i], b[i]) != products[i] >> 63) {
        call.fail(i, OVERFLOW);
      }
    }
    return call.integers(products);
  }

  static Column divideLongs(Call call) {
    long[] a = call.longs(0);
    long[] b = call.longs(1);
    long[] quotients = new long[a.length];
    for (int i = 0; i < quotients.length; i++) {
      if (b[i] == 0) {
        call.fail(i, BY_ZERO);
      } else if (b[i] == -1 && a[i] == Long.MIN_VALUE) {
        call.fail(i, OVERFLOW);
      } else {
        quotients[i] = a[i] / b[i];
      }
    }
    return call.integers(quotients);
  }

  static Column remainderOfLongs(Call call) {
    long[] a = call.longs(0);
    long[] b = call.longs(1);
    long[] remainders = new long[a.length];
    for (int i = 0; i < remainders.length; i++) {
      if (b[i] == 0) {
        call.fail(i, BY_ZERO);
      } else {
        remainders[i] = a[i] % b[i];
      }
    }
    return call.integers(remainders);
  }

  static Column negateLongs(Call call) {
    long[] a = call.longs(0);
    long[] negated = new long[a.length];
    for (int i = 0; i < negated.length; i++) {
      negated[i] = -a[i];
      if (a[i] == Long.MIN_VALUE) {
        call.fail(i, OVERFLOW);
      }
    }
    return call.integers(negated);
  }

  static Column addDoubles(Call call) {
    double[] a = call.doubles(0);
    double[] b = call.doubles(1);
    double[] sums = new double[a.length];
    for (int i = 0; i < sums.length; i++) {
      sums[i] = a[i] + b[i];
    }
    return call.doubles(sums);
  }

  static Column subtractDoubles(Call call) {
    double[] a = call.doubles(0);
    double[] b = call.doubles(1);
    double[] differences = new double[a.length];
    for (int i = 0; i < differences.length; i++) {
      differences[i] = a[i] - b[i];
    }
    return call.doubles(differences);
  }

  static Column multiplyDoubles(Call call) {
    double[] a = call.doubles(0);
    double[] b = call.doubles(1);
    double[] products = new double[a.length];
    for (int i = 0; i < products.length; i++) {
      products[i] = a[i] * b[i];
    }
    return call.doubles(products);
  }

  static Column divideDoubles(Call call) {
    double[] a = call.doubles(0);
    double[] b = call.doubles(1);
    double[] quotients = new double[a.length];
    for (int i = 0; i < quotients.length; i++) {
      quotients[i] = a[i] / b[i];
    }
    return call.doubles(quotients);
  }

  static Column remainderOfDoubles(Call call) {
    double[] a = call.doubles(0);
    double[] b = call.doubles(1);
    double[] remainders = new double[a.length];
    for (int i = 0; i < remainders.length; i++) {
      remainders[i] = a[i] % b[i];
    }
    return call.doubles(remainders);
  }

  static Column negateDoubles(Call call) {
    double[] a = call.doubles(0);
    double[] negated = new double[a.length];
    for (int i = 0; i < negated.length; i++) {
      negated[i] = -a[i];
    }
    return call.doubles(negated);
  }

  static Column widen(Call call) {
    long[] a = call.longs(0);
    double[] widened = new double[a.length];
    for (int i = 0; i < widened.length; i++) {
      widened[i] = a[i];
    }
    return call.doubles(widened);
  }

  /** The seconds between two instants. */
  static Column secondsBetween(Call call) {
    long[] micros = differences(call);
    double[] seconds = new double[micros.length];
    for (int i = 0; i < seconds.length; i++) {
      seconds[i] = micros[i] / MICROS_PER_SECOND;
    }
    return call.doubles(seconds);
  }

  /** An instant so many seconds later, to the nearest microsecond. */
  static Column later(Call call) {
    return shift(call, call.longs(0), call.doubles(1), 1);
  }

  /** As {@link #later}, with the seconds in front. */
  static Column secondsLater(Call call) {
    return shift(call, call.longs(1), call.doubles(0), 1);
  }

  /** An instant so many seconds earlier, to the nearest microsecond. */
  static Column earlier(Call call) {
    return shift(call, call.longs(0), call.doubles(1), -1);
  }

  private static Column shift(Call call, long[] instants, double[] seconds, int sign) {
    long[] shifted = new long[instants.length];
    for (int i = 0; i < shifted.length; i++) {
      double micros = StrictMath.rint(sign * seconds[i] * MICROS_PER_SECOND);
      long whole = (long) micros;
      shifted[i] = instants[i] + whole;
      boolean isOutside = !(micros >= -TWO_TO_63 && micros < TWO_TO_63);
      if (isOutside || ((instants[i] ^ shifted[i]) & (whole ^ shifted[i])) < 0) {
        call.fail(i, "no instant so far away");
      }
    }
    return call.instants(shifted);
  }

  /** One text behind the other; equal pairs share an entry. */
  static Column concatenate(Call call) {
    StringColumn a = call.strings(0);
    StringColumn b = call.strings(1);
    Map<Long, Integer> known = new HashMap<>();
    List<String> dictionary = new ArrayList<>();
    int[] codes = new int[call.rows()];
    for (int row = 0; row < codes.length; row++) {
      if (!call.isNull(row)) {
        long pair = (long) a.codes()[row] << 32 | b.codes()[row];
        Integer code = known.get(pair);
        if (code == null) {
          code = dictionary.size();
          known.put(pair, code);
          dictionary.add(a.get(row) + b.get(row));
        }
        codes[row] = code;
      }
    }
    return call.texts(dictionary.toArray(String[]::new), codes);
  }
}
