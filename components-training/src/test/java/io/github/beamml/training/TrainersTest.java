package io.github.beamml.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.engine.tree.FeatureMatrix;
import io.github.beamml.engine.tree.Progress;
import io.github.beamml.engine.tree.TrainingRows;
import io.github.beamml.engine.tree.TreeEnsemble;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class TrainersTest {
  @Test
  void bothLearnersAreFoundByName() {
    assertThat(CanonicalJson.text(trainer("histogram_forest", Map.of("trees", 3L)).parameters()))
        .isEqualTo(
            "{\"features_per_node\":\"square"
                + " root\",\"max_depth\":12,\"min_rows_in_leaf\":10,\"seed\":\"0\",\"trees\":3}");
    assertThat(CanonicalJson.text(trainer("histogram_boosting", Map.of()).parameters()))
        .isEqualTo(
            "{\"l2\":1,\"learning_rate\":0.1,\"max_depth\":6,\"min_hessian_in_leaf\":1,\"trees\":100}");
  }

  @Test
  void everyParameterIsEffective() {
    assertEffective("histogram_forest", Map.of("trees", 3L));
    assertEffective("histogram_forest", Map.of("max_depth", 2L));
    assertEffective("histogram_forest", Map.of("min_rows_in_leaf", 60L));
    assertEffective("histogram_forest", Map.of("features_per_node", 3L));
    assertEffective("histogram_forest", Map.of("seed", 3L));
    assertEffective("histogram_boosting", Map.of("trees", 3L));
    assertEffective("histogram_boosting", Map.of("max_depth", 2L));
    assertEffective("histogram_boosting", Map.of("learning_rate", 0.5));
    assertEffective("histogram_boosting", Map.of("l2", 10.0));
    assertEffective("histogram_boosting", Map.of("min_hessian_in_leaf", 20.0));
  }

  @Test
  void valuesOutOfRangeAreRefusedWithTheirPlace() {
    assertRefused(
        "histogram_forest",
        Map.of("trees", 3_000_000_000L),
        "Invalid model-training.trees: 3000000000 (must be from 1 to 100000)");
    assertRefused(
        "histogram_boosting",
        Map.of("learning_rate", 0.0),
        "Invalid model-training.learning_rate: 0.0 (must be in (0, 1])");
    assertRefused(
        "histogram_boosting",
        Map.of("l2", Double.NaN),
        "Invalid model-training.l2: NaN (must be from 0 to 1000000)");
  }

  private static void assertEffective(String name, Map<String, Object> parameters) {
    assertThat(train(trainer(name, parameters))).isNotEqualTo(train(trainer(name, Map.of())));
  }

  private static void assertRefused(String name, Map<String, Object> parameters, String message) {
    assertThatThrownBy(() -> trainer(name, parameters))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  private static Trainer trainer(String name, Map<String, Object> parameters) {
    return Trainers.create("model-training", name, parameters);
  }

  private static TreeEnsemble train(Trainer trainer) {
    SplittableRandom random = new SplittableRandom(1);
    double[][] columns = new double[3][500];
    byte[] labels = new byte[500];
    byte[] keys = new byte[500 * 32];
    random.nextBytes(keys);
    for (int row = 0; row < labels.length; row++) {
      for (double[] column : columns) {
        column[row] = random.nextDouble();
      }
      labels[row] = (byte) (columns[0][row] + columns[1][row] > 1 + random.nextDouble() ? 1 : 0);
    }
    return trainer.train(
        FeatureMatrix.of(List.of("a", "b", "c"), columns),
        TrainingRows.of(labels, keys),
        1,
        Progress.NONE);
  }
}
