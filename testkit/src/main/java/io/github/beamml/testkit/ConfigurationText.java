package io.github.beamml.testkit;

import io.github.beamml.core.component.ComponentProvider;
import io.github.beamml.core.component.Descriptor;
import io.github.beamml.core.component.Parameter;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.schemas.Schema;
import org.jspecify.annotations.Nullable;

/** What other SDKs see of a provider, as text; what they rely on with defaults and constraints. */
final class ConfigurationText {
  private ConfigurationText() {}

  static String of(ComponentProvider provider) {
    Descriptor descriptor = provider.descriptor();
    Map<String, Parameter<?>> parameters = new TreeMap<>();
    descriptor.parameters().forEach(parameter -> parameters.put(parameter.name(), parameter));
    StringBuilder text = new StringBuilder();
    text.append(provider.identifier()).append('\n').append(provider.description()).append('\n');
    text.append("inputs: ").append(provider.inputCollectionNames()).append('\n');
    text.append("outputs: ").append(provider.outputCollectionNames()).append('\n');
    for (Schema.Field field : provider.configurationSchema().getFields()) {
      text.append('\n').append(field.getName()).append(": ").append(label(field.getType()));
      text.append('\n').append("  ").append(field.getDescription()).append('\n');
      Parameter<?> parameter = parameters.get(field.getName());
      if (parameter != null && parameter.defaultValue() != null) {
        text.append("  default: ").append(parameter.defaultValue()).append('\n');
      }
      if (parameter != null && parameter.constraint() != null) {
        text.append("  must be ").append(parameter.constraint()).append('\n');
      }
    }
    return text.toString();
  }

  private static String label(Schema.@Nullable FieldType type) {
    if (type == null) {
      return "nothing";
    }
    String name =
        switch (type.getTypeName()) {
          case ARRAY -> "array of " + label(type.getCollectionElementType());
          case MAP ->
              "map of " + label(type.getMapKeyType()) + " to " + label(type.getMapValueType());
          case ROW -> "row " + fields(type.getRowSchema());
          default -> type.getTypeName().name();
        };
    return Boolean.TRUE.equals(type.getNullable()) ? name + "?" : name;
  }

  private static String fields(@Nullable Schema schema) {
    StringBuilder fields = new StringBuilder();
    if (schema != null) {
      schema
          .getFields()
          .forEach(
              field ->
                  fields
                      .append(fields.isEmpty() ? "{" : ", ")
                      .append(field.getName())
                      .append(": ")
                      .append(label(field.getType())));
    }
    return fields.append('}').toString();
  }

  /** Whether Beam's Java, Python and Go SDKs all have the type. */
  static boolean crossesSdks(Schema.@Nullable FieldType type) {
    if (type == null) {
      return false;
    }
    return switch (type.getTypeName()) {
      case STRING, BOOLEAN, INT64, DOUBLE, BYTES -> true;
      case ARRAY -> crossesSdks(type.getCollectionElementType());
      case MAP -> crossesSdks(type.getMapKeyType()) && crossesSdks(type.getMapValueType());
      case ROW -> {
        Schema schema = type.getRowSchema();
        yield schema != null
            && schema.getFields().stream().allMatch(field -> crossesSdks(field.getType()));
      }
      default -> false;
    };
  }
}
