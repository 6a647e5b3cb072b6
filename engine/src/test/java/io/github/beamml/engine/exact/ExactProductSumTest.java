package io.github.beamml.engine.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.engine.hash.Hex;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ExactProductSumTest extends MergeableStateContract<ExactProductSum, double[]> {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Override
  ExactProductSum empty() {
    return ExactProductSum.empty();
  }

  @Override
  void add(ExactProductSum state, double[] value) {
    state.add(value[0], value[1]);
  }

  @Override
  double[] randomValue(Random random) {
    return new double[] {AdversarialDoubles.any(random), AdversarialDoubles.any(random)};
  }

  @Override
  ExactProductSum read(byte[] bytes) {
    return ExactProductSum.fromBytes(bytes);
  }

  @Override
  String title() {
    return "exact product sum";
  }

  private static ExactProductSum of(double... pairs) {
    ExactProductSum sum = ExactProductSum.empty();
    for (int i = 0; i < pairs.length; i += 2) {
      sum.add(pairs[i], pairs[i + 1]);
    }
    return sum;
  }

  @Test
  void productsNeitherOverflowNorUnderflow() {
    assertThat(of(1e300, 1e300, -1e300, 1e300, 3, 5).toDouble()).isEqualTo(15.0);
    assertThat(of(Double.MIN_VALUE, Double.MIN_VALUE, 1, 1, -1, 1).toDouble()).isEqualTo(0.0);
    assertThat(of(Double.MIN_VALUE, Double.MIN_VALUE).unscaled()).isOne();
    assertThat(of(1e300, 1e300).toDouble()).isEqualTo(INFINITY);
    assertThat(of(0.1, 10, -1, 1).toDouble()).isEqualTo(0x1p-54);
  }

  @Test
  void nanAndInfinitiesFollowTheirRules() {
    assertThat(of(INFINITY, 0).toDouble()).isNaN();
    assertThat(of(INFINITY, -2).toDouble()).isEqualTo(-INFINITY);
    assertThat(of(INFINITY, -2, INFINITY, 2).toDouble()).isNaN();
    assertThat(of(Double.NaN, 1).toDouble()).isNaN();
    assertThat(Double.doubleToRawLongBits(of(-0.0, 1).toDouble())).isZero();
    assertThat(Double.doubleToRawLongBits(of().toDouble())).isZero();
  }

  @Test
  void sumsOfAdversarialProductsEqualBigDecimal() {
    Random random = new Random(21);
    for (int round = 0; round < 1000; round++) {
      ExactProductSum sum = ExactProductSum.empty();
      BigDecimal expected = BigDecimal.ZERO;
      for (int i = random.nextInt(8); i > 0; i--) {
        double x = AdversarialDoubles.finite(random);
        double y = AdversarialDoubles.finite(random);
        sum.add(x, y);
        expected = expected.add(new BigDecimal(x).multiply(new BigDecimal(y)));
      }
      assertThat(Double.doubleToRawLongBits(sum.toDouble()))
          .isEqualTo(Double.doubleToRawLongBits(expected.doubleValue() + 0.0));
    }
  }

  @Test
  void longRunsOfTheLargestStepsDoNotOverflowADigit() {
    double[] values = new double[3 * Superaccumulator.BLOCK + 1];
    BigDecimal unit = new BigDecimal(Double.MIN_VALUE).pow(2);
    for (double value : new double[] {Double.MAX_VALUE, 1.9999999999999998}) {
      Arrays.fill(values, value);
      double[] negative = new double[values.length];
      Arrays.fill(negative, -value);
      ExactProductSum sum = ExactProductSum.empty();
      sum.addAll(values, negative, 0, values.length);
      assertThat(new BigDecimal(sum.unscaled()).multiply(unit))
          .isEqualByComparingTo(
              new BigDecimal(value).pow(2).negate().multiply(BigDecimal.valueOf(values.length)));
    }
  }

  @Test
  void addAllEqualsAddOneByOne() {
    Random random = new Random(22);
    for (int round = 0; round < 20; round++) {
      double[] x = new double[5000];
      double[] y = new double[5000];
      long[] xNulls = new long[79];
      long[] yNulls = new long[79];
      for (int i = 0; i < x.length; i++) {
        x[i] = round < 10 ? AdversarialDoubles.any(random) : AdversarialDoubles.finite(random);
        y[i] = round < 10 ? AdversarialDoubles.any(random) : AdversarialDoubles.finite(random);
        xNulls[i / 64] |= (long) random.nextInt(2) << i;
        yNulls[i / 64] |= (long) random.nextInt(2) << i;
      }
      ExactProductSum all = ExactProductSum.empty();
      all.addAll(x, y, 10, 4990);
      ExactProductSum present = ExactProductSum.empty();
      present.addAll(x, xNulls, y, yNulls, 10, 4990);
      ExactProductSum yPresent = ExactProductSum.empty();
      yPresent.addAll(x, null, y, yNulls, 10, 4990);
      ExactProductSum[] expected = {
        ExactProductSum.empty(), ExactProductSum.empty(), ExactProductSum.empty()
      };
      for (int i = 10; i < 4990; i++) {
        boolean xIsNull = (xNulls[i / 64] >>> (i % 64) & 1) != 0;
        boolean yIsNull = (yNulls[i / 64] >>> (i % 64) & 1) != 0;
        expected[0].add(x[i], y[i]);
        if (!xIsNull && !yIsNull) {
          expected[1].add(x[i], y[i]);
        }
        if (!yIsNull) {
          expected[2].add(x[i], y[i]);
        }
      }
      assertThat(all.canonicalBytes()).isEqualTo(expected[0].canonicalBytes());
      assertThat(present.canonicalBytes()).isEqualTo(expected[1].canonicalBytes());
      assertThat(yPresent.canonicalBytes()).isEqualTo(expected[2].canonicalBytes());
    }
  }

  @Test
  void theBytesOfVersion1StayAsTheyAre() {
    assertThat(Hex.of(of().canonicalBytes())).isEqualTo("01020000000000");
    assertThat(Hex.of(of(-1, 1).canonicalBytes())).isEqualTo("0102010000000143fffffffffffffff0");
    assertThat(Hex.of(of(0.1, 0.1, 3, 7, INFINITY, 0).canonicalBytes()))
        .isEqualTo("010203010000053f0a4000003d70a3d75c28f70a28f5c28f0000000000000150");
  }
}
