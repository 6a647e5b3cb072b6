package io.github.beamml.engine.exact;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.beamml.engine.hash.Hex;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class MinMaxTest extends MergeableStateContract<MinMax, Double> {
  @Override
  MinMax empty() {
    return MinMax.empty();
  }

  @Override
  void add(MinMax state, Double value) {
    state.add(value);
  }

  @Override
  Double randomValue(Random random) {
    return random.nextBoolean() ? AdversarialDoubles.any(random) : Double.NaN;
  }

  @Override
  MinMax read(byte[] bytes) {
    return MinMax.fromBytes(bytes);
  }

  @Override
  String title() {
    return "min-max";
  }

  @Test
  void nanIsCountedAndPassedOver() {
    MinMax state = MinMax.of(3, Double.NaN, -7);
    assertThat(state.min()).isEqualTo(-7.0);
    assertThat(state.max()).isEqualTo(3.0);
    assertThat(state.count()).isEqualTo(3);
    assertThat(state.nanCount()).isEqualTo(1);
  }

  @Test
  void infinitiesAreValuesAndNegativeZeroIsZero() {
    assertThat(MinMax.of(Double.POSITIVE_INFINITY).min()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(Double.doubleToRawLongBits(MinMax.of(-0.0, 0.0).min())).isZero();
    assertThat(Double.doubleToRawLongBits(MinMax.of(-0.0).max())).isZero();
  }

  @Test
  void withoutValuesThereIsNeither() {
    assertThat(MinMax.empty().min()).isNaN();
    assertThat(MinMax.of(Double.NaN).max()).isNaN();
  }

  @Test
  void addAllEqualsAddOneByOne() {
    Random random = new Random(51);
    for (int round = 0; round < 100; round++) {
      double[] values = new double[40];
      MinMax all = MinMax.empty();
      MinMax present = MinMax.empty();
      MinMax oneByOne = MinMax.empty();
      MinMax presentOneByOne = MinMax.empty();
      long nulls = random.nextLong();
      for (int i = 0; i < values.length; i++) {
        values[i] = randomValue(random);
        oneByOne.add(values[i]);
        if ((nulls >>> i & 1) == 0) {
          presentOneByOne.add(values[i]);
        }
      }
      all.addAll(values, null, 0, values.length);
      present.addAll(values, new long[] {nulls}, 0, values.length);
      assertThat(all.canonicalBytes()).isEqualTo(oneByOne.canonicalBytes());
      assertThat(present.canonicalBytes()).isEqualTo(presentOneByOne.canonicalBytes());
    }
  }

  @Test
  void theBytesOfVersion1StayAsTheyAre() {
    assertThat(Hex.of(MinMax.of(1, -2, Double.NaN).canonicalBytes()))
        .isEqualTo("01040301c0000000000000003ff0000000000000");
    assertThat(Hex.of(MinMax.of(Double.NaN).canonicalBytes())).isEqualTo("01040101");
  }
}
