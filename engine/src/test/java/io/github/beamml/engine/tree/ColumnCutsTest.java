package io.github.beamml.engine.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.InvalidInputException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ColumnCutsTest {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Test
  void eachOfAFewValuesIsACut() {
    assertThat(cuts(3, 1, 2, 1)).containsExactly(1, 2, 3);
  }

  @Test
  void aThousandValuesHaveTwoHundredAndFiftyFourCutsAmongThem() {
    double[] values = new double[1000];
    Arrays.setAll(values, i -> 999 - i);
    double[] cuts = ColumnCuts.of(values).toArray();
    assertThat(cuts).hasSize(254).startsWith(3, 7, 11, 15, 19, 23, 27).endsWith(992, 996);
  }

  @Test
  void valuesThatOccurOftenTakeSeveralQuantilesAndOneCut() {
    double[] values = new double[1000];
    Arrays.fill(values, 0, 900, 5);
    Arrays.setAll(values, i -> i < 900 ? 5 : i);
    assertThat(ColumnCuts.of(values).toArray()).startsWith(5, 901, 905).hasSize(26);
  }

  @Test
  void aColumnWithoutValuesHasNoCut() {
    assertThat(cuts(Double.NaN, Double.NaN)).isEmpty();
    assertThat(cuts()).isEmpty();
  }

  @Test
  void negativeZeroIsZero() {
    double[] cuts = cuts(-0.0, 0.0, -0.0);
    assertThat(cuts).hasSize(1);
    assertThat(Double.doubleToRawLongBits(cuts[0])).isZero();
  }

  @Test
  void infinitiesDenormalsAndHugeValuesAreValues() {
    assertThat(cuts(1e300, INFINITY, Double.MIN_VALUE, -INFINITY, Double.NaN, 0, -1e300))
        .containsExactly(-INFINITY, -1e300, 0, Double.MIN_VALUE, 1e300, INFINITY);
  }

  @Test
  void aValueLiesInTheBinOfTheFirstCutNotBelowIt() {
    ColumnCuts cuts = ColumnCuts.ofCuts(new double[] {-1, 0, 10});
    assertThat(cuts.binOf(-INFINITY)).isEqualTo(0);
    assertThat(cuts.binOf(-1)).isEqualTo(0);
    assertThat(cuts.binOf(-0.5)).isEqualTo(1);
    assertThat(cuts.binOf(-0.0)).isEqualTo(1);
    assertThat(cuts.binOf(Double.MIN_VALUE)).isEqualTo(2);
    assertThat(cuts.binOf(10)).isEqualTo(2);
    assertThat(cuts.binOf(10.000001)).isEqualTo(3);
    assertThat(cuts.binOf(INFINITY)).isEqualTo(3);
    assertThat(cuts.binOf(Double.NaN)).isEqualTo(255);
  }

  @Test
  void theBinBeyondTheLastCutEndsAtInfinity() {
    ColumnCuts cuts = ColumnCuts.ofCuts(new double[] {-1, 4});
    assertThat(cuts.upperEnd(1)).isEqualTo(4);
    assertThat(cuts.upperEnd(2)).isEqualTo(INFINITY);
  }

  @Test
  void binsAgreeWithCountingTheCutsBelow() {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 200; round++) {
      double[] values = wildValues(random, 1 + random.nextInt(2000));
      ColumnCuts cuts = ColumnCuts.of(values);
      double[] ends = cuts.toArray();
      for (double value : wildValues(random, 200)) {
        int below = (int) Arrays.stream(ends).filter(end -> end < value).count();
        assertThat(cuts.binOf(value)).isEqualTo(!Double.isNaN(value) ? below : 255);
      }
    }
  }

  @Test
  void cutsOfCountsAddedUpAreCutsOfAllValues() {
    SplittableRandom random = new SplittableRandom(12);
    for (int round = 0; round < 200; round++) {
      double[] values = wildValues(random, 1 + random.nextInt(3000));
      double[] distinct =
          Arrays.stream(values)
              .filter(x -> !Double.isNaN(x))
              .map(x -> x + 0.0)
              .sorted()
              .distinct()
              .toArray();
      long[] counts = new long[distinct.length];
      for (double value : values) {
        if (!Double.isNaN(value)) {
          counts[Arrays.binarySearch(distinct, value + 0.0)]++;
        }
      }
      assertThat(ColumnCuts.ofCounts(distinct, counts).toArray())
          .isEqualTo(ColumnCuts.of(values).toArray());
    }
  }

  @Test
  void countsBeyondThirtyTwoBitsDoNotOverflow() {
    double[] cuts =
        ColumnCuts.ofCounts(new double[] {1, 2}, new long[] {1L << 50, 1L << 50}).toArray();
    assertThat(cuts).containsExactly(1, 2);
  }

  @Test
  void cutsOutOfOrderAreRefused() {
    assertThatThrownBy(() -> ColumnCuts.ofCuts(new double[] {1, 1}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Invalid cuts: not in order (must be strictly ascending numbers)");
  }

  @Test
  void sortingByRadixIsSorting() {
    SplittableRandom random = new SplittableRandom(13);
    for (int count : new int[] {0, 1, 2, 255, 256, 257, 5000}) {
      double[] values = wildValues(random, count);
      long[] keys = new long[count];
      int present = OrderedBits.gather(values, keys);
      OrderedBits.sort(keys, new long[count], present);
      double[] sorted = new double[present];
      Arrays.setAll(sorted, i -> OrderedBits.toDouble(keys[i]));
      double[] expected =
          Arrays.stream(values).filter(x -> !Double.isNaN(x)).map(x -> x + 0.0).sorted().toArray();
      assertThat(sorted).isEqualTo(expected);
    }
  }

  private static double[] cuts(double... values) {
    return ColumnCuts.of(values).toArray();
  }

  /**
   * Values of all sizes, many of them more than once, with NaN, infinities, zeros and denormals.
   */
  static double[] wildValues(SplittableRandom random, int count) {
    double[] special = {
      Double.NaN, INFINITY, -INFINITY, 0.0, -0.0, Double.MIN_VALUE, -Double.MIN_VALUE, 1e300, -1e300
    };
    double scale = StrictMath.pow(10, random.nextInt(-12, 12));
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] =
          switch (random.nextInt(8)) {
            case 0 -> special[random.nextInt(special.length)];
            case 1 -> Double.longBitsToDouble(random.nextLong());
            case 2, 3 -> random.nextInt(20);
            case 4 -> i > 0 ? values[random.nextInt(i)] : 0;
            default -> (random.nextDouble() - 0.5) * scale;
          };
    }
    return values;
  }
}
