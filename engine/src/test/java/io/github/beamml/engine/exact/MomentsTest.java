package io.github.beamml.engine.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.hash.Hex;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MomentsTest extends MergeableStateContract<Moments, Double> {
  private static final double INFINITY = Double.POSITIVE_INFINITY;
  private static final MathContext DIGITS = new MathContext(2500);

  @Override
  Moments empty() {
    return Moments.empty();
  }

  @Override
  void add(Moments state, Double value) {
    state.add(value);
  }

  @Override
  Double randomValue(Random random) {
    return AdversarialDoubles.any(random);
  }

  @Override
  Moments read(byte[] bytes) {
    return Moments.fromBytes(bytes);
  }

  @Override
  String title() {
    return "moments";
  }

  @Test
  void theMomentsOfSmallNumbersAreTheKnownOnes() {
    Moments moments = Moments.of(2, 4, 4, 4, 5, 5, 7, 9);
    assertThat(moments.count()).isEqualTo(8);
    assertThat(moments.sum()).isEqualTo(40.0);
    assertThat(moments.mean()).isEqualTo(5.0);
    assertThat(moments.populationVariance()).isEqualTo(4.0);
    assertThat(moments.populationStandardDeviation()).isEqualTo(2.0);
    assertThat(moments.sampleVariance()).isEqualTo(32.0 / 7);
    assertThat(moments.sampleStandardDeviation()).isEqualTo(2.138089935299395);
  }

  @Test
  void theVarianceBesideAHugeOffsetIsExact() {
    Moments moments = Moments.of(1e9 - 1e-3, 1e9 + 1e-3);
    // 1e9 - 1e-3 and 1e9 + 1e-3 as doubles differ by 0.002000093460083...
    assertThat(moments.mean()).isEqualTo(1e9);
    assertThat(moments.populationVariance()).isEqualTo(1.0000934622667046e-06);
    assertThat(moments.sampleVariance()).isEqualTo(2.000186924533409e-06);
  }

  @Test
  void equalValuesHaveNoVariance() {
    for (double value : new double[] {0.1, 1e300, 1e-310, -7, 1e9 + 1e-3}) {
      Moments moments = Moments.of(value, value, value);
      assertThat(moments.mean()).isEqualTo(value);
      assertThat(Double.doubleToRawLongBits(moments.sampleVariance())).isZero();
      assertThat(Double.doubleToRawLongBits(moments.populationStandardDeviation())).isZero();
    }
  }

  @Test
  void deviationsExistWhereTheVarianceOverflowsOrUnderflows() {
    assertThat(Moments.of(1e300, -1e300).populationVariance()).isEqualTo(INFINITY);
    assertThat(Moments.of(1e300, -1e300).populationStandardDeviation()).isEqualTo(1e300);
    assertThat(Moments.of(1e-310, -1e-310).populationVariance()).isEqualTo(0.0);
    assertThat(Moments.of(1e-310, -1e-310).populationStandardDeviation()).isEqualTo(1e-310);
    assertThat(Moments.of(Double.MAX_VALUE, Double.MAX_VALUE).mean()).isEqualTo(Double.MAX_VALUE);
    assertThat(Moments.of(Double.MAX_VALUE, Double.MAX_VALUE).sum()).isEqualTo(INFINITY);
  }

  @Test
  void tooFewValuesGiveNaN() {
    Moments none = Moments.empty();
    assertThat(Double.doubleToRawLongBits(none.sum())).isZero();
    assertThat(none.mean()).isNaN();
    assertThat(none.populationVariance()).isNaN();
    assertThat(none.sampleStandardDeviation()).isNaN();
    Moments one = Moments.of(3);
    assertThat(one.mean()).isEqualTo(3.0);
    assertThat(one.populationVariance()).isEqualTo(0.0);
    assertThat(one.sampleVariance()).isNaN();
    assertThat(one.sampleStandardDeviation()).isNaN();
  }

  @Test
  void nanAndInfinitiesFollowTheirRules() {
    assertThat(Moments.of(1, Double.NaN).mean()).isNaN();
    assertThat(Moments.of(1, INFINITY).mean()).isEqualTo(INFINITY);
    assertThat(Moments.of(1, -INFINITY).sum()).isEqualTo(-INFINITY);
    assertThat(Moments.of(-INFINITY, INFINITY).mean()).isNaN();
    assertThat(Moments.of(1, INFINITY).populationVariance()).isNaN();
    assertThat(Moments.of(1, INFINITY).sampleStandardDeviation()).isNaN();
  }

  @Test
  void meansAndVariancesOfAdversarialValuesEqualBigDecimal() {
    Random random = new Random(41);
    for (int round = 0; round < 150; round++) {
      double[] values = AdversarialDoubles.finite(random, 2 + random.nextInt(6));
      Moments moments = Moments.of(values);
      BigDecimal n = BigDecimal.valueOf(values.length);
      BigDecimal sum = BigDecimal.ZERO;
      BigDecimal squares = BigDecimal.ZERO;
      for (double value : values) {
        sum = sum.add(new BigDecimal(value));
        squares = squares.add(new BigDecimal(value).pow(2));
      }
      BigDecimal scatter = n.multiply(squares).subtract(sum.pow(2));
      BigDecimal variance = scatter.divide(n.multiply(n.subtract(BigDecimal.ONE)), DIGITS);
      assertThat(moments.mean()).isEqualTo(sum.divide(n, DIGITS).doubleValue() + 0.0);
      assertThat(moments.sampleVariance()).isEqualTo(variance.doubleValue());
      assertThat(moments.sampleStandardDeviation())
          .isEqualTo(variance.sqrt(new MathContext(60)).doubleValue());
    }
  }

  @Test
  void addAllEqualsAddOneByOne() {
    Random random = new Random(42);
    double[] values = new double[10_000];
    long[] nulls = new long[157];
    for (int i = 0; i < values.length; i++) {
      values[i] = AdversarialDoubles.any(random);
      nulls[i / 64] |= (long) random.nextInt(2) << i;
    }
    Moments all = Moments.empty();
    all.addAll(values, 3, 9997);
    Moments present = Moments.empty();
    present.addAll(values, nulls, 3, 9997);
    Moments allOneByOne = Moments.empty();
    Moments presentOneByOne = Moments.empty();
    for (int i = 3; i < 9997; i++) {
      allOneByOne.add(values[i]);
      if ((nulls[i / 64] >>> (i % 64) & 1) == 0) {
        presentOneByOne.add(values[i]);
      }
    }
    assertThat(all.canonicalBytes()).isEqualTo(allOneByOne.canonicalBytes());
    assertThat(present.canonicalBytes()).isEqualTo(presentOneByOne.canonicalBytes());
  }

  @Test
  void covarianceAndCorrelationRoundOnce() {
    double[] x = {1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 4};
    double[] y = {2, 4, 6, 9};
    ExactProductSum products = ExactProductSum.empty();
    products.addAll(x, y, 0, 4);
    assertThat(Moments.sampleCovariance(Moments.of(x), Moments.of(y), products))
        .isEqualTo(11.5 / 3);
    assertThat(Moments.populationCovariance(Moments.of(x), Moments.of(y), products))
        .isEqualTo(2.875);
    // 11.5 / sqrt(5 * 26.75)
    assertThat(Moments.correlation(Moments.of(x), Moments.of(y), products))
        .isEqualTo(0.9943767126843689);
  }

  @Test
  void perfectCorrelationIsOne() {
    double[] x = {0.1, 0.7, 1e-5, 12345.678};
    double[] y = {-0.2, -1.4, -2e-5, -24691.356};
    ExactProductSum products = ExactProductSum.empty();
    products.addAll(x, y, 0, 4);
    assertThat(Moments.correlation(Moments.of(x), Moments.of(y), products)).isEqualTo(-1.0);
  }

  @Test
  void covariancesOfNothingConstantsAndInfinitiesAreNaN() {
    ExactProductSum none = ExactProductSum.empty();
    assertThat(Moments.populationCovariance(Moments.empty(), Moments.empty(), none)).isNaN();
    ExactProductSum products = ExactProductSum.empty();
    products.add(1, 2);
    products.add(1, 3);
    assertThat(Moments.correlation(Moments.of(1, 1), Moments.of(2, 3), products)).isNaN();
    assertThat(Moments.sampleCovariance(Moments.of(1, 1), Moments.of(2, 3), products))
        .isEqualTo(0.0);
    ExactProductSum infinite = ExactProductSum.empty();
    infinite.add(INFINITY, 2);
    infinite.add(1, 3);
    assertThat(Moments.sampleCovariance(Moments.of(INFINITY, 1), Moments.of(2, 3), infinite))
        .isNaN();
  }

  @Test
  void covarianceWantsTheSameRows() {
    ExactProductSum products = ExactProductSum.empty();
    assertThatThrownBy(() -> Moments.sampleCovariance(Moments.of(1, 2), Moments.of(1, 2), products))
        .hasMessage("Invalid products: 0 rows (must be as many rows as x and y have: 2 and 2)");
  }

  @Test
  void subtractingWhatWasNeverAddedIsRefusedWhereItShows() {
    Moments state = Moments.of(1, 2, 3);
    byte[] before = state.canonicalBytes();
    assertThatThrownBy(() -> state.subtract(Moments.of(100)))
        .hasMessage("Cannot subtract moments: its values are not among those that were added");
    assertThat(state.canonicalBytes()).isEqualTo(before);
  }

  @Test
  void theBytesOfVersion1StayAsTheyAre() {
    assertThat(Hex.of(Moments.empty().canonicalBytes())).isEqualTo("0103000000000000");
    assertThat(Hex.of(Moments.of(1, -2.5, INFINITY).canonicalBytes()))
        .isEqualTo("0103030001000121fffffffffffa000001430000000000000074");
  }
}
