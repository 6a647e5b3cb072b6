package io.github.beamml.engine.expression;

import org.jspecify.annotations.Nullable;

/** Why rows could not be computed, one reason a row or none. */
final class Failures {
  private final @Nullable String[] reasons;

  Failures(int rows) {
    this.reasons = new @Nullable String[rows];
  }

  @Nullable String reason(int row) {
    return reasons[row];
  }

  int size() {
    return reasons.length;
  }

  /** Keeps the first reason of a row. */
  void add(int row, String reason) {
    if (reasons[row] == null) {
      reasons[row] = reason;
    }
  }

  /** The failures of both; where a row failed in both, the first's reason. */
  static @Nullable Failures either(@Nullable Failures a, @Nullable Failures b) {
    if (a == null || b == null) {
      return a == null ? b : a;
    }
    Failures union = new Failures(a.size());
    for (int row = 0; row < a.size(); row++) {
      String reason = a.reasons[row] != null ? a.reasons[row] : b.reasons[row];
      if (reason != null) {
        union.add(row, reason);
      }
    }
    return union;
  }
}
