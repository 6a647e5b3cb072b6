package io.github.beamml.workflow.definition;

import io.github.beamml.training.Trainer;
import io.github.beamml.training.Trainers;
import java.util.Map;

/** How the model is trained. */
public record TrainingDefinition(Trainer trainer) {
  /** The stage's name. */
  public static final String STAGE = "model-training";

  static TrainingDefinition read(Section section) {
    Map<String, Object> parameters = section.parameters();
    parameters.remove("trainer");
    String trainer = section.findText("trainer").orElse("histogram_forest");
    return new TrainingDefinition(Trainers.create(STAGE, trainer, parameters));
  }
}
