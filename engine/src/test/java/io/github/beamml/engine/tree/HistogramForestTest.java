package io.github.beamml.engine.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.hash.Hex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class HistogramForestTest {
  private static final double NAN = Double.NaN;
  private static final ForestConfig SMALL =
      ForestConfig.defaults().withTrees(10).withMaxDepth(7).withMinRowsInLeaf(1).withSeed(7);

  @Test
  void aForestStaysWhatItIs() {
    TreeEnsemble forest = train(Generated.mixed(3000, 1), SMALL);
    assertThat(Hex.of(forest.digest()))
        .isEqualTo("beccbeb34c02104f82f513e599a4445c077410ff4f1e716541b5fedcdc0827ec");
  }

  @Test
  void threadsDoNotChangeAByte() {
    Generated rows = Generated.mixed(3000, 1);
    byte[] digest = train(rows, SMALL).digest();
    for (int threads : new int[] {2, 4, 13}) {
      TreeEnsemble forest =
          HistogramForest.train(rows.features(), rows.training(), SMALL, threads, Progress.NONE);
      assertThat(forest.digest()).isEqualTo(digest);
      assertThat(forest.gains()).isEqualTo(train(rows, SMALL).gains());
    }
  }

  @Test
  void theOrderOfTheRowsDoesNotChangeAByte() {
    Generated rows = Generated.mixed(3000, 1);
    byte[] digest = train(rows, SMALL).digest();
    for (int seed = 0; seed < 5; seed++) {
      assertThat(train(rows.shuffled(seed), SMALL).digest()).isEqualTo(digest);
    }
  }

  @Test
  void theSplitOfTheRowsOverShardsDoesNotChangeAByte() {
    SplittableRandom random = new SplittableRandom(21);
    for (int round = 0; round < 12; round++) {
      Generated rows = Generated.mixed(20 + random.nextInt(2000), round);
      ForestConfig config =
          SMALL
              .withTrees(3)
              .withSeed(random.nextLong())
              .withMaxDepth(1 + random.nextInt(9))
              .withMinRowsInLeaf(1 + random.nextInt(20))
              .withFeaturesPerNode(FeaturesPerNode.count(1 + random.nextInt(8)));
      BinnedMatrix whole = BinnedMatrix.of(rows.features(), 1);
      List<ColumnCuts> cuts = IntStream.range(0, whole.features()).mapToObj(whole::cuts).toList();
      List<BinnedMatrix> matrices = new ArrayList<>();
      List<TrainingRows> training = new ArrayList<>();
      for (Generated shard : shards(rows, 1 + random.nextInt(6), random)) {
        matrices.add(BinnedMatrix.of(shard.features(), cuts, 1));
        training.add(shard.training());
      }
      TreeEnsemble sharded = ShardedForest.train(matrices, training, config);
      TreeEnsemble together = train(rows, config);
      assertThat(sharded.digest()).isEqualTo(together.digest());
      assertThat(sharded.gains()).isEqualTo(together.gains());
    }
  }

  @Test
  void anotherSeedIsAnotherForest() {
    Generated rows = Generated.mixed(1000, 1);
    assertThat(train(rows, SMALL.withSeed(8))).isNotEqualTo(train(rows, SMALL));
  }

  @Test
  void aWeightOfTwoIsARowOfTheSameKeyTwice() {
    Generated rows = Generated.mixed(400, 3);
    int[] twice = IntStream.range(0, 800).map(i -> i / 2).toArray();
    int[] weights = new int[400];
    Arrays.fill(weights, 2);
    TreeEnsemble weighted =
        HistogramForest.train(
            rows.features(),
            TrainingRows.of(rows.labels(), rows.keys(), weights),
            SMALL,
            1,
            Progress.NONE);
    assertThat(weighted).isEqualTo(train(rows.pick(twice), SMALL));
  }

  @Test
  void theAucComesNearTheBestThereCanBe() {
    Generated train = Generated.uniform(20_000, 10, 1);
    Generated test = Generated.uniform(20_000, 10, 2);
    ForestConfig config =
        ForestConfig.defaults().withTrees(60).withMaxDepth(8).withMinRowsInLeaf(20);
    double[] margins =
        HistogramForest.train(train.features(), train.training(), config, 2, Progress.NONE)
            .margins(test.features(), 2);
    assertThat(Generated.auc(test.features().column(0), test.labels()))
        .isCloseTo(5.0 / 6, within(0.005));
    assertThat(Generated.auc(margins, test.labels())).isCloseTo(0.827, within(0.006));
  }

  @Test
  void probabilitiesAreAsOftenRightAsTheySay() {
    Generated train = Generated.uniform(20_000, 2, 1);
    TreeEnsemble forest =
        train(train, ForestConfig.defaults().withMinRowsInLeaf(200).withMaxDepth(8));
    assertThat(forest.margin(new double[] {0.2, 0.5})).isCloseTo(0.2, within(0.05));
    assertThat(forest.margin(new double[] {0.8, 0.5})).isCloseTo(0.8, within(0.05));
  }

  @Test
  void oneTreeOfDepthOneSplitsOnce() {
    double[] values = new double[100];
    byte[] labels = new byte[100];
    for (int row = 0; row < 100; row++) {
      values[row] = row;
      labels[row] = (byte) (row < 50 ? 0 : 1);
    }
    TreeEnsemble stump = train(one(values, labels), SMALL.withTrees(1).withMaxDepth(1));
    assertThat(stump.nodes()).isEqualTo(3);
    assertThat(stump.threshold(0)).isBetween(45.0, 49.0);
    assertThat(stump.margin(new double[] {45})).isEqualTo(0.0);
    assertThat(stump.margin(new double[] {50})).isEqualTo(1.0);
    assertThat(stump.splitCounts()).containsExactly(1);
  }

  @Test
  void constantAndEmptyColumnsSplitNothing() {
    double[] constant = new double[50];
    double[] empty = new double[50];
    Arrays.fill(constant, 4);
    Arrays.fill(empty, NAN);
    byte[] labels = new byte[50];
    Arrays.fill(labels, 0, 25, (byte) 1);
    Generated rows =
        new Generated(
            Generated.matrix(constant, empty), labels, Generated.keys(50, new SplittableRandom(1)));
    TreeEnsemble forest = train(rows, SMALL);
    assertThat(forest.nodes()).isEqualTo(10);
    assertThat(forest.margin(new double[] {4, NAN})).isBetween(0.4, 0.6);
    assertThat(forest.importances()).containsEntry("f0", 0.0).containsEntry("f1", 0.0);
  }

  @Test
  void missingValuesAloneMaySplit() {
    double[] values = new double[200];
    byte[] labels = new byte[200];
    for (int row = 0; row < 200; row++) {
      values[row] = row % 2 == 0 ? NAN : 7;
      labels[row] = (byte) (row % 2);
    }
    TreeEnsemble forest = train(one(values, labels), SMALL);
    assertThat(forest.margin(new double[] {NAN})).isEqualTo(0.0);
    assertThat(forest.margin(new double[] {7})).isEqualTo(1.0);
  }

  @Test
  void missingValuesGoWhereTheyFit() {
    double[] values = new double[300];
    byte[] labels = new byte[300];
    for (int row = 0; row < 300; row++) {
      values[row] = row % 3 == 0 ? NAN : row % 3;
      labels[row] = (byte) (row % 3 == 1 ? 0 : 1);
    }
    TreeEnsemble missingIsLikeTwo = train(one(values, labels), SMALL);
    assertThat(missingIsLikeTwo.margin(new double[] {NAN})).isEqualTo(1.0);
    for (int row = 0; row < 300; row++) {
      labels[row] = (byte) (row % 3 == 2 ? 0 : 1);
    }
    TreeEnsemble missingIsLikeOne = train(one(values, labels), SMALL);
    assertThat(missingIsLikeOne.margin(new double[] {NAN})).isEqualTo(1.0);
    assertThat(missingIsLikeOne.margin(new double[] {2})).isEqualTo(0.0);
  }

  @Test
  void missingValuesNeverSeenGoToTheHeavierChild() {
    double[] values = new double[100];
    byte[] labels = new byte[100];
    for (int row = 0; row < 100; row++) {
      values[row] = row < 80 ? 1 : 2;
      labels[row] = (byte) (row < 80 ? 0 : 1);
    }
    assertThat(train(one(values, labels), SMALL).margin(new double[] {NAN})).isEqualTo(0.0);
    for (int row = 0; row < 100; row++) {
      values[row] = row < 80 ? 2 : 1;
    }
    assertThat(train(one(values, labels), SMALL).margin(new double[] {NAN})).isEqualTo(0.0);
  }

  @Test
  void hugeInfiniteAndTinyValuesSplitLikeOthers() {
    double[][] pairs = {
      {-1e300, 1e300},
      {Double.MIN_VALUE, 2 * Double.MIN_VALUE},
      {0, Double.MIN_VALUE},
      {1e300, Double.POSITIVE_INFINITY},
      {Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY},
    };
    for (double[] pair : pairs) {
      double[] values = new double[100];
      byte[] labels = new byte[100];
      for (int row = 0; row < 100; row++) {
        values[row] = pair[row % 2];
        labels[row] = (byte) (row % 2);
      }
      TreeEnsemble forest = train(one(values, labels), SMALL);
      assertThat(forest.margin(new double[] {pair[0]})).isEqualTo(0.0);
      assertThat(forest.margin(new double[] {pair[1]})).isEqualTo(1.0);
    }
  }

  @Test
  void leavesHoldAtLeastTheRowsAskedFor() {
    Generated rows = Generated.uniform(1000, 1, 4);
    TreeEnsemble forest = train(rows, SMALL.withTrees(1).withMinRowsInLeaf(400));
    assertThat(forest.nodes()).isEqualTo(3);
    assertThat(train(rows, SMALL.withTrees(1).withMinRowsInLeaf(600)).nodes()).isEqualTo(1);
  }

  @Test
  void twoRowsAreEnough() {
    TreeEnsemble forest = train(one(new double[] {1, 2}, new byte[] {0, 1}), SMALL.withTrees(200));
    assertThat(forest.margin(new double[] {1})).isBetween(0.1, 0.4);
    assertThat(forest.margin(new double[] {2})).isBetween(0.6, 0.9);
  }

  @Test
  void oneClassIsRefused() {
    assertThatThrownBy(() -> train(one(new double[] {1, 2}, new byte[] {1, 1}), SMALL))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Invalid label: 1 class (must be two)");
    assertThatThrownBy(() -> train(one(new double[] {1}, new byte[] {0}), SMALL))
        .hasMessage("Invalid label: 1 class (must be two)");
  }

  @Test
  void noRowsAreRefused() {
    assertThatThrownBy(() -> train(one(new double[0], new byte[0]), SMALL))
        .hasMessage("Invalid label: no rows (must be two classes)");
  }

  @Test
  void labelsOtherThanZeroAndOneAreRefused() {
    assertThatThrownBy(() -> TrainingRows.of(new byte[] {0, 2}, new byte[64]))
        .hasMessage("Invalid label: 2 (must be 0 or 1)");
  }

  @Test
  void weightsThatWouldOverflowAreRefused() {
    int[] weights = new int[1000];
    Arrays.fill(weights, TrainingRows.MAX_WEIGHT);
    Generated rows = Generated.uniform(1000, 1, 4);
    TrainingRows training = TrainingRows.of(rows.labels(), rows.keys(), weights);
    for (int threads : new int[] {1, 2}) {
      assertThatThrownBy(
              () -> HistogramForest.train(rows.features(), training, SMALL, threads, Progress.NONE))
          .isInstanceOf(InvalidInputException.class)
          .hasMessageMatching(
              "Invalid weights: \\d+ drawn by a tree \\(must be at most 2147483647 in all\\)");
    }
  }

  @Test
  void parametersOutOfRangeAreRefused() {
    assertThatThrownBy(() -> SMALL.withTrees(0))
        .hasMessage("Invalid trees: 0 (must be from 1 to 100000)");
    assertThatThrownBy(() -> SMALL.withMaxDepth(33))
        .hasMessage("Invalid max_depth: 33 (must be from 1 to 32)");
    assertThatThrownBy(() -> SMALL.withMinRowsInLeaf(0))
        .hasMessage("Invalid min_rows_in_leaf: 0 (must be at least 1)");
    assertThatThrownBy(() -> FeaturesPerNode.fraction(NAN))
        .hasMessage("Invalid features_per_node: NaN (must be a fraction in (0, 1])");
  }

  @Test
  void progressIsToldOfEachTreeInTurn() {
    List<String> told = new ArrayList<>();
    Generated rows = Generated.uniform(100, 1, 4);
    HistogramForest.train(
        rows.features(),
        rows.training(),
        SMALL.withTrees(3),
        2,
        (done, total) -> told.add(done + " of " + total));
    assertThat(told).containsExactly("1 of 3", "2 of 3", "3 of 3");
  }

  @Test
  void theFeatureThatDecidesIsTheMostImportant() {
    Generated rows = Generated.uniform(5000, 4, 4);
    TreeEnsemble forest = train(rows, SMALL.withMinRowsInLeaf(50));
    assertThat(forest.importances().get("f0")).isGreaterThan(0.8);
  }

  private static TreeEnsemble train(Generated rows, ForestConfig config) {
    return HistogramForest.train(rows.features(), rows.training(), config, 1, Progress.NONE);
  }

  private static Generated one(double[] values, byte[] labels) {
    return new Generated(
        Generated.matrix(values), labels, Generated.keys(labels.length, new SplittableRandom(99)));
  }

  private static List<Generated> shards(Generated rows, int count, SplittableRandom random) {
    int[] shardOf = new int[rows.labels().length];
    Arrays.setAll(shardOf, i -> random.nextInt(count));
    List<Generated> shards = new ArrayList<>();
    for (int shard = 0; shard < count; shard++) {
      int number = shard;
      shards.add(
          rows.pick(
              IntStream.range(0, shardOf.length).filter(i -> shardOf[i] == number).toArray()));
    }
    return shards;
  }
}
