package io.github.beamml.engine.hash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

final class StableHashTest {
  private static final byte[] KEY = Sha256.of("row".getBytes(UTF_8));

  @Test
  void mixIsTheFinaliserOfSplitMix64() {
    // The first three numbers of SplitMix64 with seed 1234567, as in its reference implementation.
    long gamma = 0x9e3779b97f4a7c15L;
    assertThat(StableHash.mix(1234567 + gamma)).isEqualTo(6457827717110365317L);
    assertThat(StableHash.mix(1234567 + 2 * gamma)).isEqualTo(3203168211198807973L);
    assertThat(StableHash.mix(1234567 + 3 * gamma)).isEqualTo(-8629252141511181193L);
  }

  @Test
  void hashesStayWhatTheyAre() {
    assertThat(Hex.of(StableHash.of(7, 1))).isEqualTo("b8b4c2977eabce45");
    assertThat(Hex.of(StableHash.of(7, 1, 2))).isEqualTo("34dc3a7304e2dac1");
    assertThat(Hex.of(StableHash.ofKey(7, KEY, 0))).isEqualTo("5cf1a74eadd84a57");
  }

  @Test
  void eachOfTheThirtyTwoBytesCounts() {
    long hash = StableHash.ofKey(7, KEY, 0);
    for (int i = 0; i < Sha256.BYTES; i++) {
      byte[] other = KEY.clone();
      other[i] ^= 1;
      assertThat(StableHash.ofKey(7, other, 0)).isNotEqualTo(hash);
    }
    assertThat(StableHash.ofKey(8, KEY, 0)).isNotEqualTo(hash);
  }

  @Test
  void keysAreReadAtTheirOffset() {
    byte[] two = new byte[2 * Sha256.BYTES];
    System.arraycopy(KEY, 0, two, Sha256.BYTES, Sha256.BYTES);
    assertThat(StableHash.ofKey(7, two, Sha256.BYTES)).isEqualTo(StableHash.ofKey(7, KEY, 0));
  }

  @Test
  void poissonDrawsAreZeroForTheLeastHashAndTwentyForTheGreatest() {
    assertThat(StableHash.poisson1(0)).isEqualTo(0);
    assertThat(StableHash.poisson1(-1)).isEqualTo(20);
  }

  @Test
  void poissonDrawsChangeExactlyAtTheThresholds() {
    long atLeastOne = 0x2f16ac6c59de6f8dL << 1;
    assertThat(StableHash.poisson1(atLeastOne - 1)).isEqualTo(0);
    assertThat(StableHash.poisson1(atLeastOne)).isEqualTo(1);
    long atLeastFive = 0x7f8812fac8ba6e1eL << 1;
    assertThat(StableHash.poisson1(atLeastFive - 1)).isEqualTo(4);
    assertThat(StableHash.poisson1(atLeastFive)).isEqualTo(5);
  }

  @Test
  void poissonThresholdsAreThoseOfTheSeries() {
    BigInteger whole = BigInteger.TWO.pow(63);
    for (int k = 0; k < 19; k++) {
      BigInteger threshold = new BigDecimal(whole).multiply(poisson1UpTo(k)).toBigInteger();
      long hash = threshold.longValueExact() << 1;
      assertThat(StableHash.poisson1(hash - 1)).isEqualTo(k);
      assertThat(StableHash.poisson1(hash)).isEqualTo(k + 1);
    }
  }

  /** The probability of at most k by the Poisson distribution with mean 1. */
  private static BigDecimal poisson1UpTo(int k) {
    BigDecimal e = BigDecimal.ZERO;
    BigDecimal upToK = BigDecimal.ZERO;
    BigDecimal term = BigDecimal.ONE;
    for (int i = 0; i < 60; i++) {
      e = e.add(term);
      upToK = i <= k ? e : upToK;
      term = term.divide(BigDecimal.valueOf(i + 1), new MathContext(60));
    }
    return upToK.divide(e, new MathContext(60));
  }

  @Test
  void poissonDrawsHaveMeanAndVarianceOne() {
    int draws = 1_000_000;
    long sum = 0;
    long squares = 0;
    int zeros = 0;
    for (int i = 0; i < draws; i++) {
      int draw = StableHash.poisson1(StableHash.of(3, i));
      sum += draw;
      squares += (long) draw * draw;
      zeros += draw == 0 ? 1 : 0;
    }
    assertThat(sum).isBetween(draws - 4_000L, draws + 4_000L);
    assertThat(squares).isBetween(2 * draws - 16_000L, 2 * draws + 16_000L);
    assertThat(zeros).isBetween(367_879 - 2_000, 367_879 + 2_000);
  }

  @Test
  void numbersBelowABoundFillItEvenly() {
    int[] seen = new int[10];
    for (int i = 0; i < 100_000; i++) {
      seen[StableHash.below(10, StableHash.of(3, i))]++;
    }
    for (int count : seen) {
      assertThat(count).isBetween(9_600, 10_400);
    }
  }
}
