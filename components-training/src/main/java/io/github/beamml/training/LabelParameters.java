package io.github.beamml.training;

import io.github.beamml.core.component.Configuration;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.engine.expression.Label;
import java.util.List;

/** How a component is told what is predicted of which rows. */
final class LabelParameters {
  private static final Parameter<String> LABEL =
      Parameter.string("label", "Name of what is predicted: a column of booleans, or 0 and 1.")
          .required();
  private static final Parameter<String> LABEL_IS =
      Parameter.string(
          "label_is",
          "Condition that the label is made of, such as arr_delay > 15; without it the label is a"
              + " column.");
  static final Parameter<String> ZONE =
      Parameter.string("zone", "Time zone of times that name none, by its IANA name.")
          .defaultTo("UTC");
  private static final Parameter<List<String>> ROW_KEY =
      Parameter.strings(
          "row_key",
          "Fields that make a row itself; without them its keys, or else its whole content.");

  /** The parameters {@code label}, {@code label_is}, {@code zone} and {@code row_key}. */
  static final Descriptor DESCRIPTOR =
      Descriptor.of("label", "What is predicted.", LABEL, LABEL_IS, ZONE, ROW_KEY);

  private LabelParameters() {}

  static Label label(Configuration configuration) {
    String name = configuration.get(LABEL);
    return configuration
        .find(LABEL_IS)
        .map(is -> Label.of(name, is, configuration.get(ZONE)))
        .orElseGet(() -> Label.ofColumn(name));
  }

  static List<String> rowKey(Configuration configuration) {
    return configuration.find(ROW_KEY).orElse(List.of());
  }
}
