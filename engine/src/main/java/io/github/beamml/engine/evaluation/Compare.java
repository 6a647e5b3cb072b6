package io.github.beamml.engine.evaluation;

import java.util.Arrays;

/** How the two sides of a gate are compared. */
enum Compare {
  AT_LEAST(">="),
  MORE(">"),
  AT_MOST("<="),
  LESS("<");

  private final String sign;

  Compare(String sign) {
    this.sign = sign;
  }

  static Compare of(String sign) {
    return Arrays.stream(values()).filter(c -> c.sign.equals(sign)).findFirst().orElseThrow();
  }

  String sign() {
    return sign;
  }

  boolean holds(double left, double right) {
    return switch (this) {
      case AT_LEAST -> left >= right;
      case MORE -> left > right;
      case AT_MOST -> left <= right;
      case LESS -> left < right;
    };
  }

  /** What holds where this does not. */
  Compare opposite() {
    return switch (this) {
      case AT_LEAST -> LESS;
      case MORE -> AT_MOST;
      case AT_MOST -> MORE;
      case LESS -> AT_LEAST;
    };
  }

  boolean wantsMore() {
    return this == AT_LEAST || this == MORE;
  }
}
