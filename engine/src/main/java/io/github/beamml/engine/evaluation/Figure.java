package io.github.beamml.engine.evaluation;

import java.util.Optional;
import java.util.OptionalDouble;

/** The one number that a gate looks at, or why it is not there. */
record Figure(OptionalDouble value, String reason) {
  static Figure of(Gate gate, Group group) {
    Estimate estimate = group.estimate(gate.metric());
    OptionalDouble value =
        switch (gate.part()) {
          case LOW -> bound(estimate.interval().map(Interval::low));
          case HIGH -> bound(estimate.interval().map(Interval::high));
          default -> estimate.value();
        };
    return new Figure(value, estimate.reason().orElse(""));
  }

  static Figure of(Gate gate, Change change) {
    OptionalDouble value =
        switch (gate.part()) {
          case CHANGE_LOW -> bound(change.interval().map(Interval::low));
          case CHANGE_HIGH -> bound(change.interval().map(Interval::high));
          default -> change.value();
        };
    return new Figure(value, change.reason().orElse(""));
  }

  private static OptionalDouble bound(Optional<Double> bound) {
    return bound.map(OptionalDouble::of).orElse(OptionalDouble.empty());
  }

  boolean meets(Gate gate) {
    return value.isPresent() && gate.compare().holds(value.getAsDouble(), gate.bound());
  }

  /** {@code " 0.512 < 0.60"}: figure, what holds, and the gate's number. */
  String compared(Gate gate) {
    if (value.isEmpty()) {
      return " absent, " + reason;
    }
    Gate.Compare holding = meets(gate) ? gate.compare() : gate.compare().opposite();
    return " "
        + Figures.against(value.getAsDouble(), gate.bound())
        + " "
        + holding.sign()
        + " "
        + gate.number();
  }
}
