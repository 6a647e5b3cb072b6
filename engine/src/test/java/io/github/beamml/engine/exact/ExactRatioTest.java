package io.github.beamml.engine.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ExactRatioTest {
  private static final BigDecimal TWO = BigDecimal.valueOf(2);

  /**
   * The exact number half-way between two neighbouring doubles; beyond the largest it goes on as if
   * there were more.
   */
  private static BigDecimal halfWay(double a, double b) {
    return exact(a).add(exact(b)).divide(TWO);
  }

  private static BigDecimal exact(double value) {
    return Double.isInfinite(value)
        ? new BigDecimal(Double.MAX_VALUE).add(new BigDecimal(Math.ulp(Double.MAX_VALUE)))
        : new BigDecimal(value);
  }

  private static boolean isEven(double value) {
    return (Double.doubleToRawLongBits(value) & 1) == 0;
  }

  private static BigDecimal scale(BigInteger value, int exponent) {
    BigDecimal power = TWO.pow(Math.abs(exponent));
    return exponent >= 0
        ? new BigDecimal(value).multiply(power)
        : new BigDecimal(value).multiply(new BigDecimal("0.5").pow(-exponent));
  }

  private static void assertNearest(
      double result, BigInteger numerator, BigInteger denominator, int exponent) {
    BigDecimal top = scale(numerator, exponent);
    BigDecimal bottom = new BigDecimal(denominator);
    int low = top.compareTo(halfWay(Math.nextDown(result), result).multiply(bottom));
    assertThat(low > 0 || (low == 0 && isEven(result))).isTrue();
    if (!Double.isInfinite(result)) {
      int high = top.compareTo(halfWay(result, Math.nextUp(result)).multiply(bottom));
      assertThat(high < 0 || (high == 0 && isEven(result))).isTrue();
    }
  }

  private static void assertNearestRoot(
      double result, BigInteger numerator, BigInteger denominator, int exponent) {
    BigDecimal top = scale(numerator, exponent);
    BigDecimal bottom = new BigDecimal(denominator);
    if (result > 0) {
      int low = top.compareTo(halfWay(Math.nextDown(result), result).pow(2).multiply(bottom));
      assertThat(low > 0 || (low == 0 && isEven(result))).isTrue();
    }
    int high = top.compareTo(halfWay(result, Math.nextUp(result)).pow(2).multiply(bottom));
    assertThat(high < 0 || (high == 0 && isEven(result))).isTrue();
  }

  private static BigInteger positive(Random random) {
    return new BigInteger(1 + random.nextInt(300), random).add(BigInteger.ONE);
  }

  @Test
  void smallRatiosAreTheNearestDoubles() {
    assertThat(ExactRatio.of(1, 3).toDouble()).isEqualTo(1.0 / 3);
    assertThat(ExactRatio.of(-2, 3).toDouble()).isEqualTo(-2.0 / 3);
    assertThat(ExactRatio.of(Long.MAX_VALUE, 1).toDouble()).isEqualTo(0x1p63);
    assertThat(Double.doubleToRawLongBits(ExactRatio.of(0, 5).toDouble())).isZero();
  }

  @Test
  void ratiosOfAllSizesAreTheNearestDoubles() {
    Random random = new Random(31);
    for (int round = 0; round < 3000; round++) {
      BigInteger numerator = positive(random);
      BigInteger denominator = positive(random);
      int exponent = random.nextInt(2300) - 1200;
      double result = ExactRatio.scaled(numerator, denominator, exponent).toDouble();
      assertNearest(result, numerator, denominator, exponent);
      assertThat(ExactRatio.scaled(numerator.negate(), denominator, exponent).toDouble())
          .isEqualTo(-result);
    }
  }

  @Test
  void halfWayCasesGoToEvenEverywhere() {
    Random random = new Random(32);
    for (int round = 0; round < 3000; round++) {
      double low = Math.abs(AdversarialDoubles.finite(random));
      BigDecimal half = halfWay(low, Math.nextUp(low));
      BigInteger unscaled = half.multiply(TWO.pow(1075)).toBigIntegerExact();
      BigInteger factor = positive(random);
      for (int nudge = -1; nudge <= 1; nudge++) {
        BigInteger numerator = unscaled.multiply(factor).add(BigInteger.valueOf(nudge));
        if (numerator.signum() > 0) {
          double result = ExactRatio.scaled(numerator, factor, -1075).toDouble();
          assertNearest(result, numerator, factor, -1075);
        }
      }
    }
  }

  @Test
  void underflowGoesToZeroAtHalfTheSmallestDouble() {
    assertThat(ExactRatio.scaled(BigInteger.ONE, BigInteger.ONE, -1075).toDouble()).isEqualTo(0.0);
    assertThat(ExactRatio.scaled(BigInteger.valueOf(3), BigInteger.TWO, -1075).toDouble())
        .isEqualTo(Double.MIN_VALUE);
    assertThat(ExactRatio.scaled(BigInteger.ONE, BigInteger.ONE, -5000).toDouble()).isEqualTo(0.0);
    assertThat(ExactRatio.scaled(BigInteger.ONE, BigInteger.ONE, 1024).toDouble())
        .isEqualTo(Double.POSITIVE_INFINITY);
  }

  @Test
  void rootsAreTheNearestDoubles() {
    assertThat(ExactRatio.of(2, 1).squareRoot()).isEqualTo(Math.sqrt(2));
    assertThat(ExactRatio.of(9, 16).squareRoot()).isEqualTo(0.75);
    assertThat(Double.doubleToRawLongBits(ExactRatio.of(0, 1).squareRoot())).isZero();
    assertThat(ExactRatio.of(-1, 4).squareRoot()).isNaN();
    Random random = new Random(33);
    for (int round = 0; round < 3000; round++) {
      BigInteger numerator = positive(random);
      BigInteger denominator = positive(random);
      int exponent = random.nextInt(4000) - 2300;
      double result = ExactRatio.scaled(numerator, denominator, exponent).squareRoot();
      if (!Double.isInfinite(result)) {
        assertNearestRoot(result, numerator, denominator, exponent);
      }
    }
  }

  @Test
  void rootsHalfWayBetweenDoublesGoToEven() {
    Random random = new Random(34);
    for (int round = 0; round < 1000; round++) {
      double low = Math.abs(random.nextGaussian());
      BigDecimal square = halfWay(low, Math.nextUp(low)).pow(2);
      BigInteger numerator = square.multiply(TWO.pow(400)).toBigIntegerExact();
      for (int nudge = -1; nudge <= 1; nudge++) {
        BigInteger near = numerator.add(BigInteger.valueOf(nudge));
        double result = ExactRatio.scaled(near, BigInteger.ONE, -400).squareRoot();
        assertNearestRoot(result, near, BigInteger.ONE, -400);
      }
    }
  }

  @Test
  void denominatorsMustBePositive() {
    assertThatThrownBy(() -> ExactRatio.of(1, 0))
        .hasMessage("Invalid denominator: 0 (must be positive)");
  }
}
