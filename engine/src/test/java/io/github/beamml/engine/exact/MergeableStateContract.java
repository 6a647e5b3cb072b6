package io.github.beamml.engine.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.CannotException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * What every mergeable state must do.
 *
 * @param <S> the state
 * @param <V> what it is fed with
 */
abstract class MergeableStateContract<S extends MergeableState<S>, V> {
  abstract S empty();

  abstract void add(S state, V value);

  abstract V randomValue(Random random);

  abstract S read(byte[] bytes);

  /** How the state is called in {@code Cannot read <title>: ...}. */
  abstract String title();

  private S stateOf(List<V> values) {
    S state = empty();
    for (V value : values) {
      add(state, value);
    }
    return state;
  }

  private List<V> randomValues(Random random, int most) {
    List<V> values = new ArrayList<>();
    for (int i = random.nextInt(most + 1); i > 0; i--) {
      values.add(randomValue(random));
    }
    return values;
  }

  private S mergeInRandomTree(List<V> values, Random random) {
    if (values.size() <= 1 || random.nextInt(4) == 0) {
      return stateOf(values);
    }
    int middle = random.nextInt(values.size() + 1);
    S left = mergeInRandomTree(values.subList(0, middle), random);
    S right = mergeInRandomTree(values.subList(middle, values.size()), random);
    if (random.nextInt(4) == 0) {
      right = read(right.canonicalBytes());
    }
    left.merge(right);
    return left;
  }

  @Test
  void mergingInAnyTreeAndOrderEqualsComputing() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      List<V> values = randomValues(random, 60);
      byte[] expected = stateOf(values).canonicalBytes();
      Collections.shuffle(values, random);
      assertThat(mergeInRandomTree(values, random).canonicalBytes()).isEqualTo(expected);
    }
  }

  @Test
  void mergingLeavesTheOtherStateAlone() {
    Random random = new Random(2);
    for (int round = 0; round < 20; round++) {
      S other = stateOf(randomValues(random, 20));
      byte[] before = other.canonicalBytes();
      stateOf(randomValues(random, 20)).merge(other);
      assertThat(other.canonicalBytes()).isEqualTo(before);
    }
  }

  @Test
  void aStateMergedIntoItselfCountsTwice() {
    List<V> values = randomValues(new Random(3), 30);
    S once = stateOf(values);
    once.merge(once);
    List<V> twice = new ArrayList<>(values);
    twice.addAll(values);
    assertThat(once.canonicalBytes()).isEqualTo(stateOf(twice).canonicalBytes());
  }

  @Test
  void emptyStatesChangeNothing() {
    S state = stateOf(randomValues(new Random(4), 30));
    byte[] before = state.canonicalBytes();
    state.merge(empty());
    assertThat(state.canonicalBytes()).isEqualTo(before);
    S other = empty();
    other.merge(state);
    assertThat(other.canonicalBytes()).isEqualTo(before);
  }

  @Test
  void aCopyIsIndependent() {
    Random random = new Random(5);
    S state = stateOf(randomValues(random, 30));
    byte[] before = state.canonicalBytes();
    S copy = state.copy();
    add(copy, randomValue(random));
    copy.merge(stateOf(randomValues(random, 30)));
    assertThat(state.canonicalBytes()).isEqualTo(before);
  }

  @Test
  void canonicalBytesAreReadBack() {
    Random random = new Random(6);
    for (int round = 0; round < 100; round++) {
      byte[] bytes = stateOf(randomValues(random, 60)).canonicalBytes();
      assertThat(read(bytes).canonicalBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void cutOffAndLongerBytesAreRefused() {
    byte[] bytes = stateOf(randomValues(new Random(7), 30)).canonicalBytes();
    for (int length = 0; length < bytes.length; length++) {
      byte[] cut = Arrays.copyOf(bytes, length);
      assertThatThrownBy(() -> read(cut))
          .isInstanceOf(CannotException.class)
          .hasMessageStartingWith("Cannot read " + title() + ": ");
    }
    assertThatThrownBy(() -> read(Arrays.copyOf(bytes, bytes.length + 1)))
        .hasMessage("Cannot read " + title() + ": 1 bytes too many at its end");
  }

  @Test
  void otherVersionsAndKindsAreRefused() {
    byte[] bytes = stateOf(randomValues(new Random(8), 30)).canonicalBytes();
    byte[] version = bytes.clone();
    version[0] = 2;
    assertThatThrownBy(() -> read(version))
        .hasMessage("Cannot read " + title() + ": its format has version 2, known is 1");
    byte[] kind = bytes.clone();
    kind[1] = 99;
    assertThatThrownBy(() -> read(kind))
        .hasMessage("Cannot read " + title() + ": the bytes hold an unknown kind of state (99)");
  }

  @Test
  void changedBytesAreRefusedOrAreTheCanonicalBytesOfAnotherState() {
    Random random = new Random(9);
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = stateOf(randomValues(random, 12)).canonicalBytes();
      for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
        bytes[2 + random.nextInt(bytes.length - 2)] = (byte) random.nextInt(256);
      }
      S state;
      try {
        state = read(bytes);
      } catch (CannotException refused) {
        continue;
      }
      assertThat(state.canonicalBytes()).isEqualTo(bytes);
    }
  }

  @Test
  void subtractingEqualsAFitThatNeverSawTheRowsOrIsRefusedWithAReason() {
    Random random = new Random(10);
    if (!(empty() instanceof SubtractableState<?>)) {
      assertThat(empty().whyNotSubtractable()).isPresent();
      return;
    }
    for (int round = 0; round < 200; round++) {
      List<V> kept = randomValues(random, 30);
      List<V> forgotten = randomValues(random, 30);
      List<V> all = new ArrayList<>(kept);
      all.addAll(forgotten);
      Collections.shuffle(all, random);
      S state = stateOf(all);
      subtract(state, stateOf(forgotten));
      assertThat(state.canonicalBytes()).isEqualTo(stateOf(kept).canonicalBytes());
      assertThat(state.whyNotSubtractable()).isEmpty();
    }
  }

  /** Only called where {@code S} is subtractable. */
  @SuppressWarnings("unchecked")
  private <T extends SubtractableState<T>> void subtract(S state, S other) {
    ((T) state).subtract((T) other);
  }
}
