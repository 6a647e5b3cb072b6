package io.github.beamml.training.smile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.hash.Sha256;
import io.github.beamml.engine.model.OnnxModel;
import io.github.beamml.engine.model.OnnxReader;
import io.github.beamml.engine.model.OnnxWriter;
import io.github.beamml.engine.tree.FeatureMatrix;
import io.github.beamml.engine.tree.Progress;
import io.github.beamml.engine.tree.TrainingRows;
import io.github.beamml.engine.tree.TreeEnsemble;
import io.github.beamml.training.Trainer;
import io.github.beamml.training.Trainers;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import smile.base.cart.SplitRule;
import smile.classification.RandomForest;
import smile.data.DataFrame;
import smile.data.Tuple;
import smile.data.formula.Formula;
import smile.data.vector.DoubleVector;
import smile.data.vector.IntVector;

final class SmileForestTrainerTest {
  private static final List<String> FEATURES = List.of("hour", "distance", "noise");
  private static final int ROWS = 3000;

  @Test
  void shuffledRowsAndThreadsGiveTheSameBytes() {
    byte[] model = OnnxWriter.write(OnnxModel.of(train(inOrder(), 1)));
    assertThat(OnnxWriter.write(OnnxModel.of(train(shuffled(1), 2)))).isEqualTo(model);
    assertThat(OnnxWriter.write(OnnxModel.of(train(shuffled(2), 3)))).isEqualTo(model);
    assertThat(OnnxReader.read(model).trees().trees()).isEqualTo(20);
  }

  @Test
  void anotherSeedGivesAnotherModel() {
    Trainer other = trainer(Map.of("trees", 20L, "seed", 8L));
    assertThat(other.train(matrix(inOrder()), rows(inOrder()), 1, Progress.NONE))
        .isNotEqualTo(train(inOrder(), 1));
  }

  @Test
  void itLearnsWhatIsThere() {
    TreeEnsemble forest =
        trainer(Map.of("trees", 20L, "max_depth", 5L))
            .train(matrix(inOrder()), rows(inOrder()), 2, Progress.NONE);
    FeatureMatrix unseen = matrix(IntStream.range(ROWS, 2 * ROWS).toArray());
    assertThat(auc(forest.margins(unseen, 1), IntStream.range(ROWS, 2 * ROWS).toArray()))
        .isBetween(0.8, 0.85);
    assertThat(forest.importances().get("noise")).isLessThan(0.2);
  }

  @Test
  void probabilitiesAreSmilesOwn() {
    int[] rows = inOrder();
    FeatureMatrix matrix = matrix(rows);
    DataFrame frame =
        DataFrame.of(
            DoubleVector.of("a", matrix.column(0)),
            DoubleVector.of("b", matrix.column(1)),
            DoubleVector.of("c", matrix.column(2)),
            IntVector.of("y", IntStream.of(rows).map(SmileForestTrainerTest::label).toArray()));
    RandomForest forest =
        RandomForest.fit(Formula.lhs("y"), frame, 30, 2, SplitRule.GINI, 9, 1000, 5, 1.0);
    TreeEnsemble ours = SmileTrees.toEnsemble(forest, FEATURES);
    double[] probabilities = ours.probabilities(matrix, 1);
    double[] smiles = new double[2];
    for (int row = 0; row < rows.length; row++) {
      Tuple tuple = frame.get(row);
      forest.predict(tuple, smiles);
      assertThat(probabilities[row]).isCloseTo(smiles[1], within(0x1p-31));
    }
  }

  @Test
  void parametersNameTheJdk() {
    Trainer trainer = trainer(Map.of());
    assertThat(trainer.sameness()).isEqualTo(Trainer.Sameness.ON_ONE_JDK);
    assertThat(trainer.parameters().path("jdk").asText()).isEqualTo(Runtime.version().toString());
    assertThat(trainer.parameters().path("same_bytes").asText()).isEqualTo("on one JDK");
    assertThat(trainer.parameters().path("trees").asInt()).isEqualTo(100);
  }

  @Test
  void tooMuchMemoryIsRefusedWithTheFigure() {
    Trainer trainer = trainer(Map.of("max_memory_mb", 1L));
    int[] rows = IntStream.range(0, 50_000).toArray();
    assertThatThrownBy(() -> trainer.train(matrix(rows), rows(rows), 2, Progress.NONE))
        .isInstanceOf(CannotException.class)
        .hasMessage(
            "Cannot train smile_random_forest: 50000 rows x 3 features need 5 MB on one worker"
                + " (max_memory_mb is 1)");
  }

  @Test
  void missingValuesAreRefused() {
    FeatureMatrix matrix = matrix(inOrder());
    matrix.column(1)[7] = Double.NaN;
    assertThatThrownBy(() -> trainer(Map.of()).train(matrix, rows(inOrder()), 1, Progress.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "Invalid feature distance: 1 of 3000 values are missing or infinite (must be none for"
                + " smile_random_forest; add an impute step)");
  }

  @Test
  void oneClassIsRefused() {
    TrainingRows one = TrainingRows.of(new byte[ROWS], rows(inOrder()).keys());
    assertThatThrownBy(() -> trainer(Map.of()).train(matrix(inOrder()), one, 1, Progress.NONE))
        .hasMessage("Invalid label: 1 class (must be two)");
  }

  private static Trainer trainer(Map<String, Object> parameters) {
    return Trainers.create("trainer", "smile_random_forest", parameters);
  }

  private static TreeEnsemble train(int[] order, int threads) {
    return trainer(Map.of("trees", 20L, "seed", 7L))
        .train(matrix(order), rows(order), threads, Progress.NONE);
  }

  private static int[] inOrder() {
    return IntStream.range(0, ROWS).toArray();
  }

  private static int[] shuffled(int seed) {
    List<Integer> rows =
        IntStream.range(0, ROWS).boxed().collect(java.util.stream.Collectors.toList());
    Collections.shuffle(rows, new Random(seed));
    return rows.stream().mapToInt(row -> row).toArray();
  }

  private static FeatureMatrix matrix(int[] rows) {
    double[][] columns = new double[FEATURES.size()][rows.length];
    for (int i = 0; i < rows.length; i++) {
      for (int feature = 0; feature < columns.length; feature++) {
        columns[feature][i] = values(rows[i])[feature];
      }
    }
    return FeatureMatrix.of(FEATURES, columns);
  }

  private static double[] values(int row) {
    SplittableRandom random = new SplittableRandom(row);
    return new double[] {random.nextInt(24), random.nextDouble(0, 3000), random.nextDouble()};
  }

  private static int label(int row) {
    double[] values = values(row);
    double chance = (values[0] > 15 ? 0.5 : 0.05) + (values[1] > 1500 ? 0.4 : 0);
    return new SplittableRandom(-row - 1).nextDouble() < chance ? 1 : 0;
  }

  private static TrainingRows rows(int[] rows) {
    byte[] labels = new byte[rows.length];
    byte[] keys = new byte[rows.length * Sha256.BYTES];
    for (int i = 0; i < rows.length; i++) {
      labels[i] = (byte) label(rows[i]);
      byte[] key = Sha256.of(ByteBuffer.allocate(Integer.BYTES).putInt(rows[i]).array());
      System.arraycopy(key, 0, keys, i * Sha256.BYTES, Sha256.BYTES);
    }
    return TrainingRows.of(labels, keys);
  }

  private static double auc(double[] scores, int[] rows) {
    long pairs = 0;
    double won = 0;
    for (int a = 0; a < rows.length; a++) {
      for (int b = 0; b < rows.length; b++) {
        if (label(rows[a]) == 1 && label(rows[b]) == 0) {
          pairs++;
          won += scores[a] > scores[b] ? 1 : scores[a] == scores[b] ? 0.5 : 0;
        }
      }
    }
    return won / pairs;
  }
}
