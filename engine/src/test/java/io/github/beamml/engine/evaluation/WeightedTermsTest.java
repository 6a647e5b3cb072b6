package io.github.beamml.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.exact.ExactSum;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class WeightedTermsTest {
  @Test
  void sumsEqualExactSumsOfAllMagnitudes() {
    SplittableRandom random = new SplittableRandom(1);
    double[] terms = new double[200_000];
    byte[] weights = new byte[terms.length];
    for (int at = 0; at < terms.length; at++) {
      terms[at] =
          random.nextDouble() * StrictMath.scalb(1.0, 5 - random.nextInt(at % 7 == 0 ? 1079 : 40));
      weights[at] = (byte) random.nextInt(21);
    }
    terms[0] = Double.MIN_VALUE;
    terms[1] = 63.99999999999999;
    terms[2] = 0x1p-92;
    terms[3] = 0x1p-93;
    WeightedTerms weighted = new WeightedTerms(terms);
    for (int[] range :
        new int[][] {{0, 200_000}, {0, 4}, {3, 100_001}, {70, 70}, {199_999, 200_000}}) {
      ExactSum sum = ExactSum.empty();
      for (int at = range[0]; at < range[1]; at++) {
        sum.add(terms[at], weights[at]);
      }
      assertThat(weighted.sum(weights, range[0], range[1])).isEqualTo(sum.unscaled());
    }
  }

  @Test
  void termsOutOfRangeAreRefused() {
    assertThatThrownBy(() -> new WeightedTerms(new double[] {64}))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new WeightedTerms(new double[] {Double.NaN}))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
