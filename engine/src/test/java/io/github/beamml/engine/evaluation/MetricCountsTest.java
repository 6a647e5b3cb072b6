package io.github.beamml.engine.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.CannotException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MetricCountsTest {
  @Test
  void shardsMergedInAnyShapeHaveTheBytesOfTheWhole() {
    SplittableRandom random = new SplittableRandom(1);
    MetricCounts whole = MetricCounts.at(0.4);
    MetricCounts[] shards = new MetricCounts[5];
    Arrays.setAll(shards, i -> MetricCounts.at(0.4));
    for (int row = 0; row < 5_000; row++) {
      double margin = random.nextInt(-2_000, 2_000) / 16.0;
      double probability = random.nextDouble();
      boolean positive = random.nextBoolean();
      int times = random.nextInt(4);
      whole.add(margin, probability, positive, times);
      shards[random.nextInt(5)].add(margin, probability, positive, times);
    }
    shards[3].merge(shards[4]);
    shards[1].merge(shards[3]);
    shards[2].merge(shards[0]);
    shards[2].merge(MetricCounts.at(0.4));
    shards[2].merge(shards[1]);
    assertThat(shards[2].canonicalBytes()).isEqualTo(whole.canonicalBytes());
    assertThat(shards[2].group()).isEqualTo(whole.group());
    assertThat(MetricCounts.fromBytes(whole.canonicalBytes()).canonicalBytes())
        .isEqualTo(whole.canonicalBytes());
    assertThat(whole.copy().canonicalBytes()).isEqualTo(whole.canonicalBytes());
  }

  @Test
  void billionsOfRowsAreCounted() {
    MetricCounts counts = MetricCounts.at(0.5);
    counts.add(1, 0.75, true, 4_000_000_000_000L);
    counts.add(1, 0.75, false, 1_000_000_000_000L);
    counts.add(0, 0.25, false, 3_000_000_000_000L);
    Group group = counts.group();
    assertThat(group.estimate(Metric.AUC).value()).hasValue(0.875);
    assertThat(group.tiedMass()).isEqualTo(0.25);
    assertThat(group.estimate(Metric.PRECISION).value()).hasValue(0.8);
    assertThat(group.rows()).isEqualTo(8_000_000_000_000L);
  }

  @Test
  void marginsTieOnlyIfTheirLeadingBitsAgree() {
    assertThat(MarginCells.of(-0.0)).isEqualTo(MarginCells.of(0.0));
    assertThat(MarginCells.of(1.0)).isEqualTo(MarginCells.of(1.00001));
    assertThat(MarginCells.of(1.0)).isLessThan(MarginCells.of(1.0001));
    assertThat(MarginCells.of(-1.0)).isLessThan(MarginCells.of(-0.9));
    assertThat(MarginCells.of(Double.NEGATIVE_INFINITY)).isLessThan(MarginCells.of(-1e300));
    assertThat(MarginCells.of(1e300)).isLessThan(MarginCells.of(Double.POSITIVE_INFINITY));
  }

  @Test
  void otherThresholdsAreNotMerged() {
    assertThatThrownBy(() -> MetricCounts.at(0.4).merge(MetricCounts.at(0.5)))
        .hasMessage("Invalid threshold: 0.500000 (must be the same: 0.400000)");
  }

  @Test
  void damagedBytesAreRefused() {
    MetricCounts counts = MetricCounts.at(0.5);
    counts.add(1, 0.7, true);
    counts.add(2, 0.7, true);
    byte[] bytes = counts.canonicalBytes();
    assertThatThrownBy(() -> MetricCounts.fromBytes(Arrays.copyOf(bytes, 20)))
        .isInstanceOf(CannotException.class)
        .hasMessage("Cannot read metric counts: the bytes end early, at 20");
    byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
    assertThatThrownBy(() -> MetricCounts.fromBytes(longer))
        .hasMessage("Cannot read metric counts: 1 bytes too many at its end");
    byte[] unordered = bytes.clone();
    unordered[29] = 127;
    assertThatThrownBy(() -> MetricCounts.fromBytes(unordered))
        .hasMessage("Cannot read metric counts: its cells are not in order");
  }
}
