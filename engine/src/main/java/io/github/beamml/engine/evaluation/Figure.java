package io.github.beamml.engine.evaluation;

import java.util.OptionalDouble;

/** A number that a gate looks at, or why it is not there. */
record Figure(OptionalDouble value, String reason) {
  static Figure of(double value) {
    return Double.isFinite(value)
        ? new Figure(OptionalDouble.of(value), "")
        : absent("not a finite number");
  }

  static Figure absent(String reason) {
    return new Figure(OptionalDouble.empty(), reason);
  }

  boolean isAbsent() {
    return value.isEmpty();
  }
}
