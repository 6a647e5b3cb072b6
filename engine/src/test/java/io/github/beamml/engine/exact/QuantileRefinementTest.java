package io.github.beamml.engine.exact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class QuantileRefinementTest extends MergeableStateContract<QuantileRefinement, Double> {
  private static final double[] VALUES = normal();
  private static final QuantileCells FIRST = QuantileCells.of(VALUES);
  private static final double[] DECILES = {.1, .2, .3, .4, .5, .6, .7, .8, .9};

  private static double[] normal() {
    Random random = new Random(71);
    double[] values = new double[500_000];
    Arrays.setAll(values, i -> 1e9 + random.nextGaussian());
    return values;
  }

  private static double[] sorted() {
    double[] sorted = VALUES.clone();
    Arrays.sort(sorted);
    return sorted;
  }

  @Override
  QuantileRefinement empty() {
    return FIRST.refine(DECILES);
  }

  @Override
  void add(QuantileRefinement state, Double value) {
    state.add(value);
  }

  @Override
  Double randomValue(Random random) {
    return FIRST.quantile((1 + random.nextInt(9)) / 10.0).value();
  }

  @Override
  QuantileRefinement read(byte[] bytes) {
    return QuantileRefinement.fromBytes(bytes);
  }

  @Override
  String title() {
    return "quantile refinement";
  }

  @Test
  void twoPassesGiveExactQuantilesOfNoiseBesideAHugeOffset() {
    assertThat(FIRST.rankError()).isPositive();
    QuantileRefinement second = FIRST.refine(DECILES);
    QuantileRefinement other = second.copy();
    second.addAll(VALUES, 0, 123_456);
    other.addAll(VALUES, 123_456, VALUES.length);
    other.merge(second);
    double[] sorted = sorted();
    for (double p : DECILES) {
      int rank = (int) Math.ceil(p * VALUES.length);
      assertThat(other.quantile(p)).isEqualTo(new Quantile(sorted[rank - 1], 0));
    }
    assertThat(other.median().value())
        .isEqualTo(ExactSum.of(sorted[249_999], sorted[250_000]).mean());
    assertThat(other.rankError()).isZero();
    assertThat(other.count()).isEqualTo(500_000);
  }

  @Test
  void ranksRefineToo() {
    QuantileRefinement second = FIRST.refineRanks(1, 77_777, 500_000);
    second.addAll(VALUES, 0, VALUES.length);
    double[] sorted = sorted();
    assertThat(second.atRank(1).value()).isEqualTo(sorted[0]);
    assertThat(second.atRank(77_777).value()).isEqualTo(sorted[77_776]);
    assertThat(second.atRank(500_000).value()).isEqualTo(sorted[499_999]);
  }

  @Test
  void furtherPassesFollowWhereOneIsNotEnough() {
    // All bits at random between values far apart: 16 bits in the first pass, one full cell around
    // 1.
    Random random = new Random(72);
    double[] values = new double[900_000];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          i < 400_000
              ? Double.longBitsToDouble(random.nextLong() & 0x7FEFFFFFFFFFFFFFL)
              : 1 + random.nextDouble() / 32;
    }
    QuantileCells first = QuantileCells.of(values);
    Arrays.sort(values);
    long[] ranks = {200_000, 450_000, 600_000};
    QuantileRefinement pass = first.refineRanks(ranks);
    int passes = 1;
    pass.addAll(values, 0, values.length);
    while (pass.rankError() > 0) {
      pass = QuantileRefinement.fromBytes(pass.refine().canonicalBytes());
      pass.addAll(values, 0, values.length);
      passes++;
    }
    assertThat(passes).isEqualTo(2);
    for (long rank : ranks) {
      assertThat(pass.atRank(rank).value()).isEqualTo(values[(int) rank - 1]);
    }
  }

  @Test
  void aPassThatMissedRowsSaysSo() {
    QuantileRefinement second = FIRST.refine(0.5);
    assertThatThrownBy(() -> second.quantile(0.5))
        .hasMessageMatching(
            "Cannot refine quantiles: this pass saw 0 values in cells that held \\d+ in the pass"
                + " before");
  }

  @Test
  void quantilesThatWereNotAskedForAreRefused() {
    QuantileRefinement second = FIRST.refine(0.5);
    second.addAll(VALUES, 0, VALUES.length);
    assertThatThrownBy(() -> second.quantile(0.1))
        .hasMessage("Invalid rank: 50000 (must be in a cell that this pass refines)");
  }

  @Test
  void refinementsOfDifferentRanksDoNotMerge() {
    assertThatThrownBy(() -> FIRST.refine(0.5).merge(FIRST.refine(0.25)))
        .hasMessage("Cannot merge quantile refinement: the two come from different first passes");
  }

  @Test
  void nothingRefinesToNothing() {
    QuantileRefinement second = QuantileCells.empty().refine(0.5);
    second.add(3);
    assertThat(second.quantile(0.5).value()).isNaN();
    assertThat(second.median().value()).isNaN();
    assertThat(second.rankError()).isZero();
  }

  @Test
  void nullsArePassedOver() {
    QuantileRefinement second = QuantileCells.of(2, 4).refine(0.5);
    second.addAll(new double[] {2, 2, 4, 4}, new long[] {0b0101}, 0, 4);
    assertThat(second.median().value()).isEqualTo(3);
  }
}
