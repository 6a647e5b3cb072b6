package io.github.beamml.core.component;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The checked values of a component's parameters, defaults filled in. */
public final class Configuration {
  private final Map<String, @Nullable Object> values;
  private final @Nullable String errorOutput;

  Configuration(Map<String, @Nullable Object> values, @Nullable String errorOutput) {
    this.values = values;
    this.errorOutput = errorOutput;
  }

  /** The value of a parameter that is required or has a default. */
  public <T> T get(Parameter<T> parameter) {
    return Objects.requireNonNull(value(parameter), parameter.name());
  }

  /** The value of a parameter that may be left out. */
  public <T> Optional<T> find(Parameter<T> parameter) {
    return Optional.ofNullable(value(parameter));
  }

  @SuppressWarnings("unchecked") // checked when the configuration was read
  private <T> @Nullable T value(Parameter<T> parameter) {
    return (T) values.get(parameter.name());
  }

  /** Name of the output for dead letters, if there is to be one. */
  public Optional<String> errorOutput() {
    return Optional.ofNullable(errorOutput);
  }
}
