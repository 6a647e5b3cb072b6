package io.github.beamml.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class BootstrapTest {
  @Test
  void indicesAreThoseStated() {
    Bootstrap bootstrap = Bootstrap.of(7);
    assertThat(bootstrap.lowIndex(200)).isEqualTo(5);
    assertThat(bootstrap.highIndex(200)).isEqualTo(194);
    assertThat(bootstrap.withLevel(0.9).lowIndex(1_000)).isEqualTo(50);
    assertThat(bootstrap.lowIndex(1)).isZero();
    assertThat(bootstrap.highIndex(1)).isZero();
  }

  @Test
  void undefinedReplicatesAreLeftOutUntilTooFewAreLeft() {
    double[] values = new double[200];
    Arrays.setAll(values, i -> i < 20 ? Double.NaN : i);
    assertThat(Bootstrap.of(7).interval(values)).contains(new Interval(24, 195));
    values[20] = Double.NaN;
    assertThat(Bootstrap.of(7).interval(values)).isEmpty();
    assertThat(Bootstrap.whyAbsent(values)).isEqualTo("undefined in 21 of 200 replicates");
  }

  @Test
  void weightsAreFunctionsOfSeedReplicateAndRowKey() {
    Bootstrap bootstrap = Bootstrap.of(7);
    byte[] keys = new byte[64];
    System.arraycopy(Sample.key(0), 0, keys, 0, 32);
    System.arraycopy(Sample.key(1), 0, keys, 32, 32);
    byte[] weights = new byte[2];
    for (int replicate = 0; replicate < 100; replicate++) {
      bootstrap.weigh(bootstrap.rowHashes(keys), replicate, weights);
      assertThat(weights[0]).isEqualTo((byte) bootstrap.weight(Sample.key(0), replicate));
      assertThat(weights[1]).isEqualTo((byte) bootstrap.weight(Sample.key(1), replicate));
    }
  }

  @Test
  void weightsHaveMeanOneAndVarianceOne() {
    long sum = 0;
    long squares = 0;
    for (int row = 0; row < 10_000; row++) {
      int weight = Bootstrap.of(7).weight(Sample.key(row), 3);
      sum += weight;
      squares += (long) weight * weight;
    }
    assertThat(sum).isBetween(9_700L, 10_300L);
    assertThat(squares).isBetween(19_200L, 20_800L);
  }
}
