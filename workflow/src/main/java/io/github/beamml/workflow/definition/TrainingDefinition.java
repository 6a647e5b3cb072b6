package io.github.beamml.workflow.definition;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.training.Trainer;
import io.github.beamml.training.Trainers;
import java.util.LinkedHashMap;
import java.util.Map;

/** How the model is trained. */
public record TrainingDefinition(Trainer trainer) {
  /** The stage's name. */
  public static final String STAGE = "model-training";

  static TrainingDefinition read(Section section) {
    Map<String, Object> parameters = new LinkedHashMap<>();
    section
        .values()
        .fields()
        .forEachRemaining(
            entry -> {
              if (!entry.getKey().equals("trainer")) {
                parameters.put(
                    entry.getKey(), value(section.key(entry.getKey()), entry.getValue()));
              }
            });
    String trainer = section.findText("trainer").orElse("histogram_forest");
    return new TrainingDefinition(Trainers.create(STAGE, trainer, parameters));
  }

  private static Object value(String key, JsonNode node) {
    if (node.isIntegralNumber()) {
      return node.longValue();
    }
    if (node.isNumber()) {
      return node.doubleValue();
    }
    if (node.isBoolean()) {
      return node.booleanValue();
    }
    if (node.isTextual()) {
      return node.textValue();
    }
    throw InvalidInputException.of(key, node, "a number or a text");
  }
}
