package io.github.beamml.engine.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.hash.Hex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class HistogramBoostingTest {
  private static final BoostingConfig SMALL = BoostingConfig.defaults().withTrees(12);

  @Test
  void aModelStaysWhatItIs() {
    TreeEnsemble model = train(Generated.mixed(3000, 1), SMALL);
    assertThat(Hex.of(model.digest()))
        .isEqualTo("8b8e6a081eca52c7e0ac65d190fbab89d54783a04412f3af7ae8342010128fad");
  }

  @Test
  void threadsDoNotChangeAByte() {
    Generated rows = Generated.mixed(40_000, 1);
    TreeEnsemble model = train(rows, SMALL);
    for (int threads : new int[] {2, 4, 13}) {
      TreeEnsemble same =
          HistogramBoosting.train(rows.features(), rows.training(), SMALL, threads, Progress.NONE);
      assertThat(same).isEqualTo(model);
      assertThat(same.gains()).isEqualTo(model.gains());
    }
  }

  @Test
  void theOrderOfTheRowsDoesNotChangeAByte() {
    Generated rows = Generated.mixed(3000, 1);
    for (int seed = 0; seed < 5; seed++) {
      assertThat(train(rows.shuffled(seed), SMALL)).isEqualTo(train(rows, SMALL));
    }
  }

  @Test
  void theAucComesNearTheBestThereCanBe() {
    Generated train = Generated.uniform(20_000, 10, 1);
    Generated test = Generated.uniform(20_000, 10, 2);
    TreeEnsemble model = train(train, SMALL.withTrees(40).withMaxDepth(3));
    double[] margins = model.margins(test.features(), 2);
    assertThat(Generated.auc(margins, test.labels())).isCloseTo(0.830, within(0.006));
    assertThat(model.probability(model.margin(test.features().row(0))))
        .isCloseTo(test.features().column(0)[0], within(0.1));
  }

  @Test
  void roundsAfterTheBestAreDropped() {
    Generated train = Generated.uniform(2000, 10, 1);
    Generated validation = Generated.uniform(2000, 10, 2);
    TreeEnsemble stopped = train(train, validation, SMALL.withTrees(300).withPatience(5));
    assertThat(stopped.trees()).isBetween(5, 100);
    assertThat(train(train, SMALL.withTrees(stopped.trees())))
        .isEqualTo(train(train, validation, SMALL.withTrees(stopped.trees())));
    TreeEnsemble more = train(train, validation, SMALL.withTrees(300).withPatience(6));
    assertThat(more.trees()).isGreaterThanOrEqualTo(stopped.trees());
  }

  @Test
  void validationThatOnlyGetsWorseKeepsOneTree() {
    Generated train = Generated.uniform(500, 1, 1);
    byte[] opposite = new byte[500];
    for (int row = 0; row < 500; row++) {
      opposite[row] = (byte) (1 - train.labels()[row]);
    }
    Generated validation = new Generated(train.features(), opposite, train.keys());
    List<Integer> told = new ArrayList<>();
    TreeEnsemble model =
        HistogramBoosting.train(
            train.features(),
            train.training(),
            validation.features(),
            validation.training(),
            SMALL.withPatience(4),
            1,
            (done, total) -> told.add(done));
    assertThat(model.trees()).isEqualTo(1);
    assertThat(told).containsExactly(1, 2, 3, 4, 5);
  }

  @Test
  void aRowOfWeightZeroCountsForNothing() {
    Generated rows = Generated.mixed(1000, 5);
    int[] weights = new int[1000];
    Arrays.setAll(weights, row -> row % 3);
    byte[] changed = rows.labels().clone();
    for (int row = 0; row < 1000; row += 3) {
      changed[row] = (byte) (1 - changed[row]);
    }
    TreeEnsemble model = weighted(rows, rows.labels(), weights);
    assertThat(weighted(rows, changed, weights)).isEqualTo(model);
    assertThat(train(rows, SMALL)).isNotEqualTo(model);
  }

  @Test
  void hugeWeightsDoNotOverflow() {
    Generated rows = Generated.uniform(2000, 2, 5);
    int[] weights = new int[2000];
    Arrays.fill(weights, TrainingRows.MAX_WEIGHT);
    TreeEnsemble model = weighted(rows, rows.labels(), weights);
    assertThat(Generated.auc(model.margins(rows.features(), 1), rows.labels())).isGreaterThan(0.8);
  }

  @Test
  void withoutASplitTheModelIsTheLogOdds() {
    double[] constant = new double[40];
    byte[] labels = new byte[40];
    Arrays.fill(labels, 0, 10, (byte) 1);
    Generated rows =
        new Generated(
            Generated.matrix(constant), labels, Generated.keys(40, new SplittableRandom(1)));
    TreeEnsemble model = train(rows, SMALL);
    assertThat(model.nodes()).isEqualTo(12);
    assertThat(model.base()).isEqualTo(StrictMath.rint(-0x1.193ea7aad030bp0 * 0x1p32) / 0x1p32);
    assertThat(model.probability(model.margin(new double[1]))).isCloseTo(0.25, within(1e-4));
  }

  @Test
  void missingValuesGoWhereTheyFit() {
    double[] values = new double[300];
    byte[] labels = new byte[300];
    for (int row = 0; row < 300; row++) {
      values[row] = row % 3 == 0 ? Double.NaN : row % 3;
      labels[row] = (byte) (row % 3 == 1 ? 0 : 1);
    }
    Generated rows =
        new Generated(
            Generated.matrix(values), labels, Generated.keys(300, new SplittableRandom(1)));
    TreeEnsemble model = train(rows, SMALL.withMaxDepth(1));
    assertThat(model.margin(new double[] {Double.NaN}))
        .isEqualTo(model.margin(new double[] {2}))
        .isGreaterThan(model.margin(new double[] {1}));
  }

  @Test
  void theSigmoidOfGradientsIsCloseToTheFunction() {
    assertThat(LogisticGradients.sigmoid(0)).isEqualTo(0.5);
    for (double z = -20; z <= 20; z += 0.0037) {
      double exact = 1 / (1 + StrictMath.exp(-z));
      assertThat(LogisticGradients.sigmoid(LeafGrid.steps(z))).isCloseTo(exact, within(1e-6));
    }
    assertThat(LogisticGradients.sigmoid(Long.MAX_VALUE / 2)).isBetween(0.9999998, 1.0);
    assertThat(LogisticGradients.sigmoid(Long.MIN_VALUE / 2)).isBetween(0.0, 0.0000002);
  }

  @Test
  void derivativesAreIntegersOfTwoToTheFourteenth() {
    LogisticGradients gradients = new LogisticGradients(1);
    long pair = gradients.of(0, 1, 1);
    assertThat(LogisticGradients.g(pair)).isEqualTo(-8192);
    assertThat(LogisticGradients.h(pair)).isEqualTo(4096);
    long certain = gradients.of(LeafGrid.steps(40), 1, 1);
    assertThat(LogisticGradients.g(certain)).isEqualTo(0);
    assertThat(LogisticGradients.h(certain)).isEqualTo(1);
    assertThat(new LogisticGradients(5).scale()).isEqualTo(2048);
    assertThat(new LogisticGradients(4).scale()).isEqualTo(4096);
  }

  @Test
  void sumsOfMoreThanABlockOfRowsAreExact() {
    int count = 200_000;
    RowPartition rows = new RowPartition(count);
    byte[] bins = new byte[count];
    long pair = new LogisticGradients(1).of(LeafGrid.steps(-30), 1, 1);
    assertThat(LogisticGradients.g(pair)).isEqualTo(-16384);
    for (int row = 0; row < count; row++) {
      rows.rows[row] = row;
      rows.counts[row] = pair;
      bins[row] = (byte) (row % 4 == 0 ? 255 : 3);
    }
    long[] sums = new long[GradientHistograms.PER_FEATURE];
    GradientHistograms.compute(
        rows,
        new BoostingNode(0, count, 0, 0),
        new byte[][] {bins},
        new int[] {0},
        new long[Histograms.BINS],
        sums);
    assertThat(sums[3]).isEqualTo(-16384L * 150_000);
    assertThat(sums[255]).isEqualTo(-16384L * 50_000);
    assertThat(sums[256 + 3]).isEqualTo(150_000);
    assertThat(sums[256 + 255]).isEqualTo(50_000);
  }

  @Test
  void whatCannotBeTrainedIsRefused() {
    Generated rows = Generated.uniform(100, 2, 1);
    TrainingRows oneClass = TrainingRows.of(new byte[100], rows.keys());
    assertThatThrownBy(
            () -> HistogramBoosting.train(rows.features(), oneClass, SMALL, 1, Progress.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("Invalid label: 1 class (must be two)");
    assertThatThrownBy(() -> train(rows, rows.pick(new int[0]), SMALL))
        .hasMessage("Invalid validation: no rows (must be at least one row)");
    assertThatThrownBy(() -> train(rows, Generated.uniform(100, 3, 1), SMALL))
        .hasMessage("Invalid validation features: f0, f1, f2 (must be f0, f1)");
  }

  @Test
  void histogramsThatDoNotFitAreRefusedWithTheFigure() {
    Generated rows = Generated.uniform(2100, 1, 1);
    double[][] columns = new double[4000][];
    Arrays.fill(columns, rows.features().column(0));
    FeatureMatrix wide = Generated.matrix(columns);
    assertThatThrownBy(
            () ->
                HistogramBoosting.train(
                    wide, rows.training(), SMALL.withMaxDepth(12), 1, Progress.NONE))
        .isInstanceOf(CannotException.class)
        .hasMessageMatching(
            "Cannot train boosting: histograms of depth 12 and 4000 features may take 32015 MB, and"
                + " there are \\d+ MB for them");
  }

  @Test
  void parametersOutOfRangeAreRefused() {
    assertThatThrownBy(() -> SMALL.withMaxDepth(13))
        .hasMessage("Invalid max_depth: 13 (must be from 1 to 12)");
    assertThatThrownBy(() -> SMALL.withLearningRate(0))
        .hasMessage("Invalid learning_rate: 0.0 (must be in (0, 1])");
    assertThatThrownBy(() -> SMALL.withL2(Double.NaN))
        .hasMessage("Invalid l2: NaN (must be from 0 to 1000000)");
  }

  private static TreeEnsemble train(Generated rows, BoostingConfig config) {
    return HistogramBoosting.train(rows.features(), rows.training(), config, 1, Progress.NONE);
  }

  private static TreeEnsemble train(Generated rows, Generated validation, BoostingConfig config) {
    return HistogramBoosting.train(
        rows.features(),
        rows.training(),
        validation.features(),
        validation.training(),
        config,
        2,
        Progress.NONE);
  }

  private static TreeEnsemble weighted(Generated rows, byte[] labels, int[] weights) {
    return HistogramBoosting.train(
        rows.features(), TrainingRows.of(labels, rows.keys(), weights), SMALL, 2, Progress.NONE);
  }
}
