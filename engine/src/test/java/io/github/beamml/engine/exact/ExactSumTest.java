package io.github.beamml.engine.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.hash.Hex;
import java.math.BigDecimal;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ExactSumTest extends MergeableStateContract<ExactSum, Double> {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Override
  ExactSum empty() {
    return ExactSum.empty();
  }

  @Override
  void add(ExactSum state, Double value) {
    state.add(value);
  }

  @Override
  Double randomValue(Random random) {
    return AdversarialDoubles.any(random);
  }

  @Override
  ExactSum read(byte[] bytes) {
    return ExactSum.fromBytes(bytes);
  }

  @Override
  String title() {
    return "exact sum";
  }

  private static BigDecimal reference(double... values) {
    BigDecimal sum = BigDecimal.ZERO;
    for (double value : values) {
      sum = sum.add(new BigDecimal(value));
    }
    return sum;
  }

  @Test
  void nothingSumsToPositiveZero() {
    assertThat(Double.doubleToRawLongBits(ExactSum.empty().toDouble())).isZero();
    assertThat(ExactSum.empty().mean()).isNaN();
    assertThat(Double.doubleToRawLongBits(ExactSum.of(-0.0, -0.0).toDouble())).isZero();
    assertThat(Double.doubleToRawLongBits(ExactSum.of(-0.0).mean())).isZero();
  }

  @Test
  void smallTermsSurviveHugeOnes() {
    assertThat(ExactSum.of(1e308, 1e-308, -1e308).toDouble()).isEqualTo(1e-308);
    assertThat(ExactSum.of(1e16, 1, -1e16).toDouble()).isEqualTo(1.0);
    assertThat(ExactSum.of(Double.MAX_VALUE, Double.MIN_VALUE, -Double.MAX_VALUE).toDouble())
        .isEqualTo(Double.MIN_VALUE);
  }

  @Test
  void tenTenthsRoundOnce() {
    assertThat(ExactSum.of(.1, .1, .1, .1, .1, .1, .1, .1, .1, .1).toDouble()).isEqualTo(1.0);
    assertThat(ExactSum.of(.1, .2, .3).mean()).isEqualTo(0.2);
  }

  @Test
  void onlyTheResultMayOverflow() {
    assertThat(ExactSum.of(Double.MAX_VALUE, Double.MAX_VALUE, -Double.MAX_VALUE).toDouble())
        .isEqualTo(Double.MAX_VALUE);
    assertThat(ExactSum.of(Double.MAX_VALUE, Double.MAX_VALUE).toDouble()).isEqualTo(INFINITY);
    assertThat(ExactSum.of(-Double.MAX_VALUE, -Double.MAX_VALUE).toDouble()).isEqualTo(-INFINITY);
    assertThat(ExactSum.of(Double.MAX_VALUE, Double.MAX_VALUE).mean()).isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void overflowBeginsHalfAUnitAboveTheLargestDouble() {
    double half = 0x1p970;
    assertThat(ExactSum.of(Double.MAX_VALUE, half).toDouble()).isEqualTo(INFINITY);
    assertThat(ExactSum.of(Double.MAX_VALUE, half, -Double.MIN_VALUE).toDouble())
        .isEqualTo(Double.MAX_VALUE);
  }

  @Test
  void tiesGoToEven() {
    assertThat(ExactSum.of(1, 0x1p-53).toDouble()).isEqualTo(1.0);
    assertThat(ExactSum.of(1, 0x1p-53, Double.MIN_VALUE).toDouble()).isEqualTo(1 + 0x1p-52);
    assertThat(ExactSum.of(1 + 0x1p-52, 0x1p-53).toDouble()).isEqualTo(1 + 0x1p-51);
    assertThat(ExactSum.of(-1, -0x1p-53).toDouble()).isEqualTo(-1.0);
  }

  @Test
  void nanAndInfinitiesFollowTheirRules() {
    assertThat(ExactSum.of(1, Double.NaN).toDouble()).isNaN();
    assertThat(ExactSum.of(1, INFINITY).toDouble()).isEqualTo(INFINITY);
    assertThat(ExactSum.of(1, -INFINITY, -INFINITY).mean()).isEqualTo(-INFINITY);
    assertThat(ExactSum.of(INFINITY, -INFINITY).toDouble()).isNaN();
    assertThat(ExactSum.of(INFINITY, Double.NaN).mean()).isNaN();
    assertThat(ExactSum.of(INFINITY, Double.NaN, 3).count()).isEqualTo(3);
  }

  @Test
  void sumsOfAdversarialValuesEqualBigDecimal() {
    Random random = new Random(11);
    for (int round = 0; round < 2000; round++) {
      double[] values = AdversarialDoubles.finite(random, random.nextInt(12));
      double expected = reference(values).doubleValue() + 0.0;
      assertThat(Double.doubleToRawLongBits(ExactSum.of(values).toDouble()))
          .isEqualTo(Double.doubleToRawLongBits(expected));
    }
  }

  @Test
  void theUnscaledValueIsExact() {
    double[] values = AdversarialDoubles.finite(new Random(12), 10_000);
    BigDecimal unit = new BigDecimal(Double.MIN_VALUE);
    assertThat(new BigDecimal(ExactSum.of(values).unscaled()).multiply(unit))
        .isEqualByComparingTo(reference(values));
  }

  @Test
  void longRunsOfTheLargestStepsDoNotOverflowADigit() {
    double[] values = new double[3 * Superaccumulator.BLOCK + 1];
    for (double value : new double[] {Double.MAX_VALUE, -Double.MAX_VALUE, -1.9999999999999998}) {
      java.util.Arrays.fill(values, value);
      BigDecimal expected = new BigDecimal(value).multiply(BigDecimal.valueOf(values.length));
      BigDecimal unit = new BigDecimal(Double.MIN_VALUE);
      assertThat(new BigDecimal(ExactSum.of(values).unscaled()).multiply(unit))
          .isEqualByComparingTo(expected);
    }
  }

  @Test
  void addAllEqualsAddOneByOne() {
    Random random = new Random(13);
    for (int round = 0; round < 30; round++) {
      double[] values = new double[5000];
      long[] nulls = new long[(values.length + 63) / 64];
      for (int i = 0; i < values.length; i++) {
        values[i] = AdversarialDoubles.any(random);
      }
      for (int i = 0; i < nulls.length; i++) {
        nulls[i] = random.nextLong();
      }
      int from = random.nextInt(2500);
      int to = from + random.nextInt(2500);
      ExactSum all = ExactSum.empty();
      all.addAll(values, from, to);
      ExactSum present = ExactSum.empty();
      present.addAll(values, nulls, from, to);
      ExactSum oneByOne = ExactSum.empty();
      ExactSum presentOneByOne = ExactSum.empty();
      for (int i = from; i < to; i++) {
        oneByOne.add(values[i]);
        if ((nulls[i / 64] >>> (i % 64) & 1) == 0) {
          presentOneByOne.add(values[i]);
        }
      }
      assertThat(all.canonicalBytes()).isEqualTo(oneByOne.canonicalBytes());
      assertThat(present.canonicalBytes()).isEqualTo(presentOneByOne.canonicalBytes());
    }
  }

  @Test
  void aWeightAddsAValueSoManyTimes() {
    Random random = new Random(14);
    ExactSum weighted = ExactSum.empty();
    ExactSum repeated = ExactSum.empty();
    for (int i = 0; i < 3000; i++) {
      double value = AdversarialDoubles.any(random);
      int times = random.nextInt(5);
      weighted.add(value, times);
      for (int k = 0; k < times; k++) {
        repeated.add(value);
      }
    }
    assertThat(weighted.canonicalBytes()).isEqualTo(repeated.canonicalBytes());
    ExactSum huge = ExactSum.empty();
    huge.add(-Double.MAX_VALUE, Long.MAX_VALUE);
    assertThat(huge.mean()).isEqualTo(-Double.MAX_VALUE);
    assertThat(huge.toDouble()).isEqualTo(-INFINITY);
    assertThat(ExactSum.fromBytes(huge.canonicalBytes()).mean()).isEqualTo(-Double.MAX_VALUE);
    assertThatThrownBy(() -> huge.add(1, -1)).hasMessage("Invalid times: -1 (must be at least 0)");
  }

  @Test
  void subtractingMoreThanThereIsIsRefusedAndChangesNothing() {
    ExactSum state = ExactSum.of(1, INFINITY);
    byte[] before = state.canonicalBytes();
    assertThatThrownBy(() -> state.subtract(ExactSum.of(1, 2, 3)))
        .hasMessage("Cannot subtract exact sum: 3 values from a state that holds 2");
    assertThatThrownBy(() -> state.subtract(ExactSum.of(Double.NaN)))
        .hasMessage("Cannot subtract exact sum: 1 NaN from a state that holds 0");
    assertThatThrownBy(() -> state.subtract(ExactSum.of(1, 1)))
        .hasMessage("Cannot subtract exact sum: 2 finite values from a state that holds 1");
    assertThatThrownBy(() -> state.subtract(ExactSum.of(2)))
        .hasMessage("Cannot subtract exact sum: its values are not among those that were added");
    assertThat(state.canonicalBytes()).isEqualTo(before);
  }

  @Test
  void anInfinityCanGoAgain() {
    ExactSum state = ExactSum.of(1, INFINITY, 2, Double.NaN);
    state.subtract(ExactSum.of(INFINITY, Double.NaN));
    assertThat(state.toDouble()).isEqualTo(3.0);
  }

  @Test
  void theBytesOfVersion1StayAsTheyAre() {
    // version, kind, n, NaN, +inf, -inf, digits, place of the lowest, the highest as 64 bits
    assertThat(Hex.of(ExactSum.empty().canonicalBytes())).isEqualTo("01010000000000");
    assertThat(Hex.of(ExactSum.of(1).canonicalBytes()))
        .isEqualTo("01010100000001210000000000040000");
    assertThat(Hex.of(ExactSum.of(-1).canonicalBytes()))
        .isEqualTo("0101010000000121fffffffffffc0000");
    assertThat(Hex.of(ExactSum.of(-Double.MIN_VALUE).canonicalBytes()))
        .isEqualTo("0101010000000100ffffffffffffffff");
    assertThat(Hex.of(ExactSum.of(0.1, 1e30, Double.NaN, -INFINITY).canonicalBytes()))
        .isEqualTo("010104010001061f68000000666666660000666600000000734119d40000000000327cb2");
  }
}
