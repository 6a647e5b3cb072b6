package io.github.beamml.engine.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.hash.Hex;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class CountsTest extends MergeableStateContract<Counts, Integer> {
  @Override
  Counts empty() {
    return Counts.ofSize(3);
  }

  @Override
  void add(Counts state, Integer value) {
    state.add(value);
  }

  @Override
  Integer randomValue(Random random) {
    return random.nextInt(3);
  }

  @Override
  Counts read(byte[] bytes) {
    return Counts.fromBytes(bytes);
  }

  @Override
  String title() {
    return "counts";
  }

  @Test
  void countersCount() {
    Counts counts = Counts.ofSize(2);
    counts.add(1);
    counts.add(1, 41);
    counts.add(0, 0);
    assertThat(counts.get(1)).isEqualTo(42);
    assertThat(counts.total()).isEqualTo(42);
    assertThat(counts.size()).isEqualTo(2);
  }

  @Test
  void countersNeverWrap() {
    Counts counts = Counts.ofSize(1);
    counts.add(0, Long.MAX_VALUE);
    assertThatThrownBy(() -> counts.add(0)).isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> counts.add(0, -1))
        .hasMessage("Invalid times: -1 (must be at least 0)");
  }

  @Test
  void onlyStatesOfOneSizeMerge() {
    assertThatThrownBy(() -> Counts.ofSize(1).merge(Counts.ofSize(2)))
        .hasMessage("Cannot merge counts: one state has 1 counters, the other 2");
    assertThatThrownBy(() -> Counts.ofSize(-1)).hasMessage("Invalid size: -1 (must be at least 0)");
  }

  @Test
  void subtractingMoreThanThereIsIsRefused() {
    Counts state = Counts.ofSize(2);
    state.add(0);
    Counts other = Counts.ofSize(2);
    other.add(1);
    assertThatThrownBy(() -> state.subtract(other))
        .hasMessage("Cannot subtract counts: 1 from counter 1, which holds 0");
  }

  @Test
  void theBytesOfVersion1StayAsTheyAre() {
    Counts counts = Counts.ofSize(3);
    counts.add(0, 300);
    counts.add(2);
    assertThat(Hex.of(counts.canonicalBytes())).isEqualTo("010503ac020001");
  }
}
