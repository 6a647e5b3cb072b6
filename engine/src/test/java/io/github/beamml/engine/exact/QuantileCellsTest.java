package io.github.beamml.engine.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.hash.Hex;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class QuantileCellsTest extends MergeableStateContract<QuantileCells, Double> {
  private static final double INFINITY = Double.POSITIVE_INFINITY;

  @Override
  QuantileCells empty() {
    return QuantileCells.empty();
  }

  @Override
  void add(QuantileCells state, Double value) {
    state.add(value);
  }

  @Override
  Double randomValue(Random random) {
    return AdversarialDoubles.any(random);
  }

  @Override
  QuantileCells read(byte[] bytes) {
    return QuantileCells.fromBytes(bytes);
  }

  @Override
  String title() {
    return "quantile cells";
  }

  private static double[] normal(long seed, int size) {
    Random random = new Random(seed);
    double[] values = new double[size];
    for (int i = 0; i < size; i++) {
      values[i] = 100 + 15 * random.nextGaussian();
    }
    return values;
  }

  @Test
  void quantilesAreTheValuesWithRankCeilOfPTimesN() {
    QuantileCells cells = QuantileCells.of(30, 10, 50, 20, 40);
    assertThat(cells.quantile(0)).isEqualTo(new Quantile(10, 0));
    assertThat(cells.quantile(0.2).value()).isEqualTo(10);
    assertThat(cells.quantile(0.21).value()).isEqualTo(20);
    assertThat(cells.quantile(0.5).value()).isEqualTo(30);
    assertThat(cells.quantile(0.8).value()).isEqualTo(40);
    assertThat(cells.quantile(1).value()).isEqualTo(50);
    assertThat(cells.atRank(4).value()).isEqualTo(40);
    assertThat(cells.quantile(0.5).isExact()).isTrue();
  }

  @Test
  void theMedianIsTheMeanOfTheTwoMiddleValues() {
    assertThat(QuantileCells.of(1, 2, 4, 8).median().value()).isEqualTo(3);
    assertThat(QuantileCells.of(1, 2, 4).median().value()).isEqualTo(2);
    assertThat(QuantileCells.of(Double.MAX_VALUE, Double.MAX_VALUE).median().value())
        .isEqualTo(Double.MAX_VALUE);
    assertThat(QuantileCells.of(-INFINITY, INFINITY).median().value()).isNaN();
    assertThat(QuantileCells.of(INFINITY, INFINITY).median().value()).isEqualTo(INFINITY);
    assertThat(QuantileCells.of(1, INFINITY).median().value()).isEqualTo(INFINITY);
  }

  @Test
  void nanIsCountedAndPassedOverAndZeroHasOneSign() {
    QuantileCells cells = QuantileCells.of(Double.NaN, -0.0, 0.0, Double.NaN, -1);
    assertThat(cells.count()).isEqualTo(3);
    assertThat(cells.nanCount()).isEqualTo(2);
    assertThat(cells.cellCount()).isEqualTo(2);
    assertThat(Double.doubleToRawLongBits(cells.quantile(1).value())).isZero();
  }

  @Test
  void withoutValuesTheQuantileIsNaN() {
    assertThat(QuantileCells.empty().quantile(0.5).value()).isNaN();
    assertThat(QuantileCells.of(Double.NaN).median().value()).isNaN();
    assertThat(QuantileCells.empty().rankError()).isZero();
  }

  @Test
  void exactlyAsManyDistinctValuesAsCellsAreCountedOneByOne() {
    double[] values = new double[QuantileCells.MAX_CELLS];
    Arrays.setAll(values, i -> 1e9 + i / 1024.0);
    QuantileCells cells = QuantileCells.of(values);
    assertThat(cells.leadingBits()).isEqualTo(64);
    assertThat(cells.rankError()).isZero();
    assertThat(cells.quantile(0.25).value()).isEqualTo(values[QuantileCells.MAX_CELLS / 4 - 1]);
    cells.add(0.5);
    assertThat(cells.leadingBits()).isLessThan(64);
    assertThat(cells.rankError()).isPositive();
  }

  @Test
  void cutCellsDependOnTheValuesOnly() {
    double[] values = normal(61, 400_000);
    byte[] expected = QuantileCells.of(values).canonicalBytes();
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    assertThat(QuantileCells.of(sorted).canonicalBytes()).isEqualTo(expected);

    QuantileCells oneByOne = QuantileCells.empty();
    for (double value : values) {
      oneByOne.add(value);
    }
    assertThat(oneByOne.canonicalBytes()).isEqualTo(expected);

    QuantileCells merged = QuantileCells.empty();
    int[] ends = {1_000, 150_000, 150_001, 390_000, 400_000};
    int start = 0;
    for (int end : ends) {
      QuantileCells part = QuantileCells.empty();
      part.addAll(values, start, end);
      part.merge(merged);
      merged = part;
      start = end;
    }
    assertThat(merged.canonicalBytes()).isEqualTo(expected);
    assertThat(QuantileCells.fromBytes(expected).canonicalBytes()).isEqualTo(expected);
  }

  @Test
  void theBitsAreTheMostThatFit() {
    QuantileCells cells = QuantileCells.of(normal(62, 400_000));
    assertThat(cells.cellCount()).isBetween(QuantileCells.MAX_CELLS / 16, QuantileCells.MAX_CELLS);
    assertThat(cells.leadingBits()).isEqualTo(28);
  }

  @Test
  void theRankErrorHoldsForEveryQuantile() {
    double[] values = normal(63, 300_000);
    QuantileCells cells = QuantileCells.of(values);
    Arrays.sort(values);
    for (int percent = 0; percent <= 100; percent++) {
      Quantile quantile = cells.quantile(percent / 100.0);
      int rank = Math.max(1, (int) Math.ceil(percent / 100.0 * values.length));
      int low = Arrays.binarySearch(values, quantile.value());
      int below = low < 0 ? -low - 1 : low;
      assertThat(Math.abs(below - (rank - 1)) / (double) values.length)
          .isLessThanOrEqualTo(quantile.rankError());
      assertThat(quantile.rankError()).isLessThanOrEqualTo(cells.rankError());
    }
    assertThat(cells.rankError()).isLessThan(0.001);
  }

  @Test
  void everyDoubleThereIsFitsIntoTheCoarsestCells() {
    Random random = new Random(64);
    double[] values = new double[1 << 21];
    Arrays.setAll(values, i -> Double.longBitsToDouble(random.nextLong()));
    values[0] = INFINITY;
    values[1] = -INFINITY;
    QuantileCells cells = QuantileCells.of(values);
    assertThat(cells.leadingBits()).isEqualTo(16);
    assertThat(cells.quantile(0).value()).isEqualTo(-INFINITY);
    assertThat(cells.quantile(1).value()).isEqualTo(INFINITY);
  }

  @Test
  void zerosStayZerosWhereCellsAreCut() {
    double[] values = normal(65, 300_000);
    Arrays.fill(values, 0, 200_000, 0.0);
    values[0] = -Double.MIN_VALUE;
    QuantileCells cells = QuantileCells.of(values);
    for (int i = 200_000; i < 300_000; i++) {
      cells.add(values[i] * 3);
    }
    assertThat(cells.leadingBits()).isLessThan(64);
    assertThat(Double.doubleToRawLongBits(cells.quantile(0).value())).isZero();
    assertThat(cells.quantile(0.25).value()).isEqualTo(0.0);
  }

  @Test
  void cutCellsCannotSubtract() {
    QuantileCells cells = QuantileCells.of(normal(66, 200_000));
    assertThat(cells.whyNotSubtractable())
        .contains("its cells were cut to 28 bits, fewer rows might have finer ones");
    assertThatThrownBy(() -> cells.subtract(QuantileCells.of(1)))
        .hasMessage(
            "Cannot subtract quantile cells: its cells were cut to 28 bits, fewer rows might have"
                + " finer ones");
  }

  @Test
  void subtractingWhatWasNeverAddedIsRefused() {
    QuantileCells cells = QuantileCells.of(1, 2, 3);
    for (QuantileCells other :
        new QuantileCells[] {
          QuantileCells.of(4), QuantileCells.of(2, 2), QuantileCells.of(Double.NaN)
        }) {
      assertThatThrownBy(() -> cells.subtract(other))
          .hasMessage(
              "Cannot subtract quantile cells: its values are not among those that were added");
    }
    assertThat(cells.count()).isEqualTo(3);
  }

  @Test
  void probabilitiesAndRanksOutOfRangeAreRefused() {
    QuantileCells cells = QuantileCells.of(1, 2, 3);
    assertThatThrownBy(() -> cells.quantile(1.5))
        .hasMessage("Invalid quantile: 1.5 (must be from 0 to 1)");
    assertThatThrownBy(() -> cells.quantile(Double.NaN))
        .hasMessage("Invalid quantile: NaN (must be from 0 to 1)");
    assertThatThrownBy(() -> cells.atRank(0)).hasMessage("Invalid rank: 0 (must be from 1 to 3)");
    assertThatThrownBy(() -> cells.refineRanks(4))
        .hasMessage("Invalid rank: 4 (must be from 1 to 3)");
  }

  @Test
  void nullsArePassedOver() {
    QuantileCells cells = QuantileCells.empty();
    cells.addAll(new double[] {1, 2, 3, 4}, new long[] {0b0101}, 0, 4);
    assertThat(cells.canonicalBytes()).isEqualTo(QuantileCells.of(2, 4).canonicalBytes());
  }

  @Test
  void theBytesOfVersion1StayAsTheyAre() {
    assertThat(Hex.of(QuantileCells.empty().canonicalBytes())).isEqualTo("0106400000");
    // 64 bits, 1 NaN, 3 cells: each the difference to the one before and its count
    assertThat(Hex.of(QuantileCells.of(1, 1, -2, 0, Double.NaN).canonicalBytes()))
        .isEqualTo("0106400103ffffffffffffffff3f018180808080808080400180808080808080f83f02");
  }
}
