package io.github.beamml.engine.evaluation;

/**
 * What a gate found in one group.
 *
 * @param label the slice's value; empty for all rows
 */
record Compared(Gate gate, String label, long rows, Figure left, Figure right) {
  boolean passed() {
    return !left.isAbsent()
        && !right.isAbsent()
        && gate.compare().holds(left.value().getAsDouble(), right.value().getAsDouble());
  }

  /** How far it is on the right side: what is absent is farthest from it. */
  double lead() {
    if (left.isAbsent() || right.isAbsent()) {
      return Double.NEGATIVE_INFINITY;
    }
    double difference = left.value().getAsDouble() - right.value().getAsDouble();
    return gate.compare().wantsMore() ? difference : -difference;
  }

  /** {@code 0.512 < 0.60} or {@code 0.512 < 0.580 = 0.9 * f1}: what holds, and why. */
  String figures() {
    String typed = gate.rule().right().text();
    if (left.isAbsent()) {
      return "absent, " + left.reason();
    }
    if (right.isAbsent()) {
      return "against " + typed + " absent, " + right.reason();
    }
    double value = left.value().getAsDouble();
    double bound = right.value().getAsDouble();
    Compare holding = passed() ? gate.compare() : gate.compare().opposite();
    String shown = gate.isAgainstConstant() ? typed : Figures.against(bound, value) + " = " + typed;
    return Figures.against(value, bound) + " " + holding.sign() + " " + shown;
  }

  /** {@code HA 0.512 < 0.60 (521 rows)}. */
  String ofSlice() {
    return label + " " + figures() + " (" + Figures.count(rows) + " rows)";
  }
}
