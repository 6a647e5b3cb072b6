package io.github.beamml.engine.exact;

import io.github.beamml.engine.InvalidInputException;
import java.math.BigInteger;

/**
 * An exact rational number, {@code numerator / denominator * 2^exponent}, that is rounded once: to
 * the nearest double, ties to even, subnormal results included. Only the result may overflow (to an
 * infinity); zero is +0.0.
 *
 * <pre>{@code
 * ExactRatio.of(BigInteger.ONE, BigInteger.valueOf(3)).toDouble();   // 0.3333333333333333
 * ExactRatio.of(2, 1).squareRoot();                                  // 1.4142135623730951
 * }</pre>
 */
public final class ExactRatio {
  private static final int PRECISION = 53;
  private static final int LEAST_EXPONENT = -1074;

  private final BigInteger numerator;
  private final BigInteger denominator;
  private final int exponent;

  private ExactRatio(BigInteger numerator, BigInteger denominator, int exponent) {
    if (denominator.signum() <= 0) {
      throw InvalidInputException.of("denominator", denominator, "positive");
    }
    this.numerator = numerator;
    this.denominator = denominator;
    this.exponent = exponent;
  }

  /**
   * Returns {@code numerator / denominator}.
   *
   * @throws InvalidInputException if the denominator is not positive
   */
  public static ExactRatio of(long numerator, long denominator) {
    return of(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  /**
   * Returns {@code numerator / denominator}.
   *
   * @throws InvalidInputException if the denominator is not positive
   */
  public static ExactRatio of(BigInteger numerator, BigInteger denominator) {
    return new ExactRatio(numerator, denominator, 0);
  }

  /**
   * Returns {@code numerator / denominator * 2^exponent}.
   *
   * @throws InvalidInputException if the denominator is not positive
   */
  public static ExactRatio scaled(BigInteger numerator, BigInteger denominator, int exponent) {
    return new ExactRatio(numerator, denominator, exponent);
  }

  /** Returns the double nearest to the value. */
  public double toDouble() {
    if (numerator.signum() == 0) {
      return 0.0;
    }
    int shift = shiftFor(66); // more bits than rounding looks at: the remainder only breaks ties
    BigInteger[] division = divide(shift);
    double result = round(division[0], exponent - shift, division[1].signum() != 0);
    return numerator.signum() < 0 ? 0.0 - result : result; // never -0.0
  }

  /**
   * Returns the double nearest to the square root of the value (not of its rounded value); NaN if
   * it is negative.
   */
  public double squareRoot() {
    if (numerator.signum() <= 0) {
      return numerator.signum() == 0 ? 0.0 : Double.NaN;
    }
    int shift = shiftFor(130);
    shift += (exponent - shift) & 1; // the exponent that is left must be even
    BigInteger[] division = divide(shift);
    BigInteger[] root = division[0].sqrtAndRemainder();
    boolean inexact = division[1].signum() != 0 || root[1].signum() != 0;
    return round(root[0], (exponent - shift) / 2, inexact);
  }

  /** The power of two by which to multiply for a quotient of that many bits, give or take one. */
  private int shiftFor(int bits) {
    return bits - numerator.bitLength() + denominator.bitLength();
  }

  /** Quotient and remainder of the magnitude times 2^shift. */
  private BigInteger[] divide(int shift) {
    BigInteger magnitude = numerator.abs();
    return shift >= 0
        ? magnitude.shiftLeft(shift).divideAndRemainder(denominator)
        : magnitude.divideAndRemainder(denominator.shiftLeft(-shift));
  }

  /** Returns the double nearest to {@code value * 2^-scale}. */
  static double scaledToDouble(BigInteger value, int scale) {
    double magnitude = round(value.abs(), -scale, false);
    return value.signum() < 0 ? 0.0 - magnitude : magnitude; // never -0.0
  }

  /**
   * Rounds {@code (magnitude + f) * 2^exponent}, where f is 0, or, if {@code inexact}, some number
   * between 0 and 1 (then the magnitude has more than 54 bits).
   */
  private static double round(BigInteger magnitude, int exponent, boolean inexact) {
    if (magnitude.signum() == 0) {
      return 0.0;
    }
    long last =
        Math.max(
            (long) magnitude.bitLength() + exponent - PRECISION,
            LEAST_EXPONENT); // of the last bit kept
    long drop = last - exponent;
    if (last > Double.MAX_EXPONENT - 52 || drop > magnitude.bitLength()) {
      return drop > magnitude.bitLength() ? 0.0 : Double.POSITIVE_INFINITY;
    }
    long mantissa;
    if (drop <= 0) {
      mantissa = magnitude.shiftLeft((int) -drop).longValueExact();
    } else {
      int dropped = (int) drop;
      mantissa = magnitude.shiftRight(dropped).longValueExact();
      boolean half = magnitude.testBit(dropped - 1);
      boolean moreThanHalf = half && (inexact || magnitude.getLowestSetBit() < dropped - 1);
      if (moreThanHalf || (half && (mantissa & 1) == 1)) {
        mantissa++;
      }
    }
    // A mantissa of 2^53 carries into the exponent by itself, and so does the step from subnormal
    // to normal numbers.
    if (last == LEAST_EXPONENT) {
      return Double.longBitsToDouble(mantissa);
    }
    long biased = last - LEAST_EXPONENT;
    long bits = (biased << 52) + mantissa;
    return bits >= 0x7FF0000000000000L ? Double.POSITIVE_INFINITY : Double.longBitsToDouble(bits);
  }
}
