package io.github.beamml.workflow.stage;

import io.github.beamml.engine.InvalidInputException;
import java.util.List;

/** The stages of every workflow. */
public final class Stages {
  private static final List<Stage> ALL =
      List.of(
          new KafkaReaderStage(),
          new FeatureStage(),
          new SplitStage(),
          new TrainingStage(),
          new TestingStage());

  private Stages() {}

  public static List<Stage> inOrder() {
    return ALL;
  }

  /**
   * @throws InvalidInputException if there is no such stage
   */
  public static Stage named(String name) {
    for (Stage stage : ALL) {
      if (stage.name().equals(name)) {
        return stage;
      }
    }
    throw InvalidInputException.unknown(
        "stage", name, "a stage", ALL.stream().map(Stage::name).toList());
  }
}
