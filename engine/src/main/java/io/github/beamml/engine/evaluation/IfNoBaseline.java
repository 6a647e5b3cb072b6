package io.github.beamml.engine.evaluation;

import io.github.beamml.engine.InvalidInputException;

/** What a gate on the change against the baseline does where there is none. */
public enum IfNoBaseline {
  PASS("pass"),
  REFUSE("refuse");

  private final String key;

  IfNoBaseline(String key) {
    this.key = key;
  }

  public String key() {
    return key;
  }

  /**
   * @param where what named it, as the user typed it
   * @throws InvalidInputException if it is neither {@code pass} nor {@code refuse}
   */
  public static IfNoBaseline parse(String where, String text) {
    for (IfNoBaseline known : values()) {
      if (known.key.equals(text)) {
        return known;
      }
    }
    throw InvalidInputException.of(where, text, "pass or refuse");
  }
}
