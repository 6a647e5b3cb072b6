package io.github.beamml.engine.evaluation;

import java.util.List;
import java.util.Optional;

/**
 * The rows parted by one column or expression.
 *
 * @param by the column or expression, as the user typed it
 * @param slices in the order of their values: as integers if all are, else by UTF-8 bytes; null
 *     last
 */
public record Slices(String by, List<Slice> slices) {
  public Slices {
    slices = List.copyOf(slices);
  }

  /** The slice of a value, null being one too. */
  Optional<Slice> slice(Optional<String> value) {
    return slices.stream().filter(slice -> slice.value().equals(value)).findFirst();
  }
}
