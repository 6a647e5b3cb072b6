package io.github.beamml.engine.expression;

import io.github.beamml.engine.row.Column;
import java.util.function.DoubleUnaryOperator;

/** Functions of numbers over columns. */
final class Numbers {
  private Numbers() {}

  static Operation ofDouble(DoubleUnaryOperator function) {
    return call -> {
      double[] a = call.doubles(0);
      double[] results = new double[a.length];
      for (int i = 0; i < results.length; i++) {
        results[i] = function.applyAsDouble(a[i]);
      }
      return call.doubles(results);
    };
  }

  static Column absoluteLongs(Call call) {
    long[] a = call.longs(0);
    long[] results = new long[a.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = a[i] < 0 ? -a[i] : a[i];
      if (results[i] < 0) {
        call.fail(i, Arithmetic.OVERFLOW);
      }
    }
    return call.integers(results);
  }

  static Column smallerLongs(Call call) {
    long[] a = call.longs(0);
    long[] b = call.longs(1);
    long[] results = new long[a.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = Math.min(a[i], b[i]);
    }
    return call.integers(results);
  }

  static Column greaterLongs(Call call) {
    long[] a = call.longs(0);
    long[] b = call.longs(1);
    long[] results = new long[a.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = Math.max(a[i], b[i]);
    }
    return call.integers(results);
  }

  static Column smallerDoubles(Call call) {
    double[] a = call.doubles(0);
    double[] b = call.doubles(1);
    double[] results = new double[a.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = Math.min(a[i], b[i]);
    }
    return call.doubles(results);
  }

  static Column greaterDoubles(Call call) {
    double[] a = call.doubles(0);
    double[] b = call.doubles(1);
    double[] results = new double[a.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = Math.max(a[i], b[i]);
    }
    return call.doubles(results);
  }

  static Column power(Call call) {
    double[] a = call.doubles(0);
    double[] b = call.doubles(1);
    double[] results = new double[a.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = StrictMath.pow(a[i], b[i]);
    }
    return call.doubles(results);
  }

  static Column unchangedLongs(Call call) {
    return call.integers(call.longs(0));
  }

  static Column isNan(Call call) {
    double[] a = call.doubles(0);
    long[] results = new long[a.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = Double.isNaN(a[i]) ? 1 : 0;
    }
    return call.booleans(results);
  }

  static Column haversine(Call call) {
    double[] latitude1 = call.doubles(0);
    double[] longitude1 = call.doubles(1);
    double[] latitude2 = call.doubles(2);
    double[] longitude2 = call.doubles(3);
    double[] results = new double[latitude1.length];
    for (int i = 0; i < results.length; i++) {
      results[i] = GreatCircle.kilometers(latitude1[i], longitude1[i], latitude2[i], longitude2[i]);
    }
    return call.doubles(results);
  }

  /** To the nearest integer, halves away from zero. */
  static double round(double value) {
    double magnitude = StrictMath.abs(value);
    double whole = StrictMath.floor(magnitude);
    return StrictMath.copySign(magnitude - whole >= 0.5 ? whole + 1 : whole, value);
  }
}
