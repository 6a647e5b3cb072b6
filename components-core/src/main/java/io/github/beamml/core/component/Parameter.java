package io.github.beamml.core.component;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.beamml.engine.InvalidInputException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One named, described and checked parameter of a component. Schema, defaults, constraints, docs
 * and wrappers in other languages are all made from it.
 *
 * @param <T> String, Long, Double, Boolean, List of String or Map of String to String
 */
public final class Parameter<T> implements Serializable {
  private static final long serialVersionUID = 1L;

  /** The types a parameter may have; each crosses between Beam's SDKs. */
  public enum Type {
    STRING(String.class),
    INT64(Long.class),
    DOUBLE(Double.class),
    BOOLEAN(Boolean.class),
    STRING_LIST(List.class),
    STRING_MAP(Map.class);

    private final Class<?> valueClass;

    Type(Class<?> valueClass) {
      this.valueClass = valueClass;
    }

    public String label() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
  }

  private final String name;
  private final Type type;
  private final String description;
  private final boolean required;
  private final @Nullable T defaultValue;
  private final @Nullable String constraint;
  private final Check<T> check;

  /** Whether a value is allowed. */
  public interface Check<T> extends Serializable {
    boolean allows(T value);
  }

  private Parameter(
      String name,
      Type type,
      String description,
      boolean required,
      @Nullable T defaultValue,
      @Nullable String constraint,
      Check<T> check) {
    this.name = name;
    this.type = type;
    this.description = description;
    this.required = required;
    this.defaultValue = defaultValue;
    this.constraint = constraint;
    this.check = check;
  }

  private static <T> Parameter<T> of(String name, Type type, String description) {
    return new Parameter<>(name, type, description, false, null, null, value -> true);
  }

  /**
   * @param name snake_case
   * @param description one sentence, with unit and form
   */
  public static Parameter<String> string(String name, String description) {
    return of(name, Type.STRING, description);
  }

  public static Parameter<Long> int64(String name, String description) {
    return of(name, Type.INT64, description);
  }

  public static Parameter<Double> float64(String name, String description) {
    return of(name, Type.DOUBLE, description);
  }

  public static Parameter<Boolean> flag(String name, String description) {
    return of(name, Type.BOOLEAN, description);
  }

  public static Parameter<List<String>> strings(String name, String description) {
    return of(name, Type.STRING_LIST, description);
  }

  public static Parameter<Map<String, String>> stringMap(String name, String description) {
    return of(name, Type.STRING_MAP, description);
  }

  public Parameter<T> required() {
    return new Parameter<>(name, type, description, true, null, constraint, check);
  }

  public Parameter<T> defaultTo(T value) {
    return new Parameter<>(name, type, description, false, value, constraint, check);
  }

  /**
   * @param words what a value must be, as an error says it behind "must be"
   */
  public Parameter<T> where(String words, Check<T> allowed) {
    return new Parameter<>(name, type, description, required, defaultValue, words, allowed);
  }

  /** Allows whole numbers from {@code least} on. */
  public static Parameter<Long> atLeast(long least, Parameter<Long> parameter) {
    return parameter.where("at least " + least, value -> value >= least);
  }

  /** Allows whole numbers from {@code least} to {@code most}. */
  public static Parameter<Long> between(long least, long most, Parameter<Long> parameter) {
    return parameter.where(
        "from " + least + " to " + most, value -> value >= least && value <= most);
  }

  /** Allows the words listed. */
  public static Parameter<String> oneOf(Parameter<String> parameter, String... words) {
    List<String> allowed = List.of(words);
    return parameter.where("one of " + String.join(", ", allowed), allowed::contains);
  }

  public String name() {
    return name;
  }

  public Type type() {
    return type;
  }

  public String description() {
    return description;
  }

  public boolean isRequired() {
    return required;
  }

  public @Nullable T defaultValue() {
    return defaultValue;
  }

  public @Nullable String constraint() {
    return constraint;
  }

  /**
   * What a value is in JSON, as {@link #resolve} takes it; one of another type stays as it is, to
   * be refused there. Where a text is due, an object or array stands for its own text.
   */
  @Nullable Object fromJson(JsonNode node) {
    if (node.isNull()) {
      return null;
    }
    return switch (type) {
      case STRING ->
          node.isTextual() ? node.textValue() : node.isContainerNode() ? node.toString() : node;
      case INT64 ->
          node.isIntegralNumber() && node.canConvertToLong() ? (Object) node.longValue() : node;
      case DOUBLE -> node.isNumber() ? (Object) node.doubleValue() : node;
      case BOOLEAN -> node.isBoolean() ? (Object) node.booleanValue() : node;
      case STRING_LIST -> node.isArray() && isOfTexts(node) ? texts(node) : node;
      case STRING_MAP -> node.isObject() && isOfTexts(node) ? textsByName(node) : node;
    };
  }

  private static boolean isOfTexts(JsonNode node) {
    boolean all = true;
    for (JsonNode element : node) {
      all &= element.isTextual();
    }
    return all;
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(element -> texts.add(element.textValue()));
    return texts;
  }

  private static Map<String, String> textsByName(JsonNode object) {
    Map<String, String> texts = new LinkedHashMap<>();
    object
        .fields()
        .forEachRemaining(field -> texts.put(field.getKey(), field.getValue().textValue()));
    return texts;
  }

  /**
   * The value, checked, or the default where there is none.
   *
   * @throws InvalidInputException if it is missing or not allowed
   */
  @SuppressWarnings("unchecked") // the schema's type is this parameter's
  @Nullable T resolve(String prefix, @Nullable Object value) {
    if (value == null) {
      if (required) {
        throw InvalidInputException.of(prefix + name, "missing", "given: " + description);
      }
      return defaultValue;
    }
    Object widened = type == Type.DOUBLE && value instanceof Long n ? (Object) (double) n : value;
    if (!type.valueClass.isInstance(widened)) {
      throw InvalidInputException.of(prefix + name, value, "a value of type " + type.label());
    }
    T typed = (T) widened;
    if (!check.allows(typed)) {
      throw InvalidInputException.of(prefix + name, value, Objects.requireNonNull(constraint));
    }
    return typed;
  }
}
