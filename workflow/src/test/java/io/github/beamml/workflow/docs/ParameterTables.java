package io.github.beamml.workflow.docs;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import io.github.beamml.engine.json.CanonicalJson;
import io.github.beamml.training.Trainers;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.apache.beam.sdk.schemas.transforms.SchemaTransformProvider;

/**
 * Parameter tables of the pages about components, made of the components' own descriptors. A page
 * holds {@code <!-- parameters: NAME -->} and {@code <!-- end of parameters -->}, and what stands
 * between them is the table of the component with this name.
 */
final class ParameterTables {
  static final String END = "<!-- end of parameters -->";

  private ParameterTables() {}

  static String begin(String name) {
    return "<!-- parameters: " + name + " -->";
  }

  /** All components and trainers on the class path, by name. */
  static Map<String, Descriptor> descriptors() {
    Map<String, Descriptor> descriptors = new TreeMap<>();
    for (SchemaTransformProvider provider : ServiceLoader.load(SchemaTransformProvider.class)) {
      if (provider instanceof ComponentProvider component) {
        descriptors.put(component.descriptor().name(), component.descriptor());
      }
    }
    Trainers.all()
        .forEach(trainer -> descriptors.put(trainer.descriptor().name(), trainer.descriptor()));
    return descriptors;
  }

  /** What stands between the marks, the lines' ends included. */
  static String table(Descriptor descriptor) {
    StringBuilder table =
        new StringBuilder("\n| parameter | type | default | meaning |\n|---|---|---|---|\n");
    for (Parameter<?> parameter : descriptor.parameters()) {
      row(
          table,
          parameter.name(),
          parameter.type().label(),
          standard(parameter),
          parameter.description()
              + Optional.ofNullable(parameter.constraint())
                  .map(constraint -> " Must be " + constraint + ".")
                  .orElse(""));
    }
    if (descriptor.hasErrors()) {
      row(
          table,
          "error_handling",
          "{output: string}",
          "none",
          "Name of the output that dead letters go to; without it the first one fails.");
    }
    return table.toString();
  }

  private static String standard(Parameter<?> parameter) {
    if (parameter.isRequired()) {
      return "required";
    }
    Object value = parameter.defaultValue();
    if (value == null) {
      return "none";
    }
    if (value instanceof Double number) {
      return "`"
          + CanonicalJson.text(CanonicalJson.array().add(number)).replaceAll("[\\[\\]]", "")
          + "`";
    }
    return value.equals("") ? "empty" : "`" + value + "`";
  }

  private static void row(
      StringBuilder table, String name, String type, String standard, String meaning) {
    table.append("| `").append(name).append("` | ").append(type).append(" | ");
    table.append(escaped(standard)).append(" | ").append(escaped(meaning)).append(" |\n");
  }

  private static String escaped(String text) {
    return text.replace("|", "\\|");
  }
}
