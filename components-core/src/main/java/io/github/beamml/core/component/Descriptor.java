package io.github.beamml.core.component;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.Suggestions;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.beam.sdk.schemas.Schema;
import org.apache.beam.sdk.schemas.Schema.FieldType;
import org.apache.beam.sdk.values.Row;
import org.jspecify.annotations.Nullable;

/**
 * A component's name, version, description and parameters: the one truth about its configuration.
 */
public final class Descriptor implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final String URN_PREFIX = "beamml:schematransform:";

  /** The field that asks for an {@code errors} output, as Beam YAML has it. */
  static final String ERROR_HANDLING = "error_handling";

  /** Name of the output that dead letters go to. */
  static final String OUTPUT = "output";

  private static final Schema ERROR_HANDLING_SCHEMA =
      Schema.of(
          Schema.Field.of(OUTPUT, FieldType.STRING)
              .withDescription("Name of the output that dead letters go to."));

  private final String name;
  private final String description;
  private final List<Parameter<?>> parameters;
  private final boolean hasErrors;

  private Descriptor(
      String name, String description, List<Parameter<?>> parameters, boolean hasErrors) {
    this.name = name;
    this.description = description;
    this.parameters = parameters.stream().sorted(Comparator.comparing(Parameter::name)).toList();
    this.hasErrors = hasErrors;
  }

  /**
   * @param name snake_case, such as {@code read_parquet}
   * @param description what the component does, in a sentence
   */
  public static Descriptor of(String name, String description, Parameter<?>... parameters) {
    return new Descriptor(name, description, List.of(parameters), false);
  }

  /** Adds the parameters of another. */
  public Descriptor with(Descriptor other) {
    List<Parameter<?>> all = new ArrayList<>(parameters);
    all.addAll(other.parameters);
    return new Descriptor(name, description, all, hasErrors);
  }

  /** Adds {@code error_handling: {output: ...}}. */
  public Descriptor withErrors() {
    return new Descriptor(name, description, parameters, true);
  }

  /** {@code beamml:schematransform:read_parquet:v1}. */
  public String urn() {
    return URN_PREFIX + name + ":v1";
  }

  public String name() {
    return name;
  }

  public String description() {
    return description;
  }

  /** In the order of their names. */
  public List<Parameter<?>> parameters() {
    return parameters;
  }

  public boolean hasErrors() {
    return hasErrors;
  }

  /** The configuration's schema: snake_case names in order, every field described. */
  public Schema schema() {
    Map<String, Schema.Field> fields = new TreeMap<>();
    for (Parameter<?> parameter : parameters) {
      fields.put(
          parameter.name(),
          Schema.Field.of(parameter.name(), fieldType(parameter.type()))
              .withNullable(!parameter.isRequired())
              .withDescription(parameter.description()));
    }
    if (hasErrors) {
      fields.put(
          ERROR_HANDLING,
          Schema.Field.nullable(ERROR_HANDLING, FieldType.row(ERROR_HANDLING_SCHEMA))
              .withDescription("Where dead letters go; without it the first one fails."));
    }
    return Schema.builder().addFields(List.copyOf(fields.values())).build();
  }

  private static FieldType fieldType(Parameter.Type type) {
    return switch (type) {
      case STRING -> FieldType.STRING;
      case INT64 -> FieldType.INT64;
      case DOUBLE -> FieldType.DOUBLE;
      case BOOLEAN -> FieldType.BOOLEAN;
      case STRING_LIST -> FieldType.array(FieldType.STRING);
      case STRING_MAP -> FieldType.map(FieldType.STRING, FieldType.STRING);
    };
  }

  /**
   * Reads and checks a configuration row.
   *
   * @throws InvalidInputException if a field is unknown, missing or not allowed
   */
  public Configuration read(Row row) {
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    for (String field : row.getSchema().getFieldNames()) {
      given.put(field, row.getValue(field));
    }
    return read("", given);
  }

  /**
   * As {@link #read(Row)}, from an object of JSON; where a parameter is JSON as text, the object or
   * array itself may stand.
   *
   * @param place what stands before a parameter's name in messages
   */
  public Configuration read(String place, JsonNode json) {
    Map<String, Parameter<?>> known = new LinkedHashMap<>();
    parameters.forEach(parameter -> known.put(parameter.name(), parameter));
    Map<String, @Nullable Object> given = new LinkedHashMap<>();
    json.fields()
        .forEachRemaining(
            field -> {
              Parameter<?> parameter = known.get(field.getKey());
              given.put(
                  field.getKey(),
                  parameter == null ? field.getValue() : parameter.fromJson(field.getValue()));
            });
    return read(place, given);
  }

  /**
   * As {@link #read(Row)}, from a map whose values have the parameters' types.
   *
   * @param place what stands before a parameter's name in messages, such as {@code model-training}
   */
  public Configuration read(String place, Map<String, ? extends @Nullable Object> given) {
    String prefix = place.isEmpty() ? "" : place + ".";
    List<String> known = new ArrayList<>(parameters.stream().map(Parameter::name).toList());
    if (hasErrors) {
      known.add(ERROR_HANDLING);
    }
    Map<String, @Nullable Object> values = new LinkedHashMap<>();
    for (String field : given.keySet()) {
      if (!known.contains(field)) {
        throw InvalidInputException.because(
            prefix + field, "unknown key" + Suggestions.didYouMean(field, known));
      }
    }
    for (Parameter<?> parameter : parameters) {
      values.put(parameter.name(), parameter.resolve(prefix, given.get(parameter.name())));
    }
    Row errors = hasErrors ? (Row) given.get(ERROR_HANDLING) : null;
    return new Configuration(values, errors == null ? null : errors.getString(OUTPUT));
  }
}
