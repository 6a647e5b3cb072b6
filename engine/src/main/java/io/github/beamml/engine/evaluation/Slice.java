package io.github.beamml.engine.evaluation;

import java.util.Optional;

/**
 * The rows that share a value of a slice column.
 *
 * @param value as text; empty for the rows where it is null
 */
public record Slice(Optional<String> value, Group group) {
  /** The value, or {@code (null)}. */
  public String label() {
    return value.orElse("(null)");
  }
}
