package io.github.beamml.workflow.definition;

import io.github.beamml.engine.CannotException;
import io.github.beamml.engine.InvalidInputException;
import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * How many dead letters a stage may have: a number, or a share of the records such as {@code 1%}.
 *
 * @param text as the user typed it
 */
public record DeadLetterLimit(String text) {
  /** The first dead letter is one too many. */
  static final DeadLetterLimit NONE = new DeadLetterLimit("0");

  private static final String KEY = "max_dead_letters";

  /** What a stage's section says under {@code max_dead_letters}: none are allowed by default. */
  static DeadLetterLimit read(Section section) {
    String text = section.findText(KEY).orElse(NONE.text);
    if (!text.matches("[0-9]+(\\.[0-9]+)?%|[0-9]{1,18}")) {
      throw InvalidInputException.of(
          section.key(KEY), text, "a number such as 100, or a share such as 1%");
    }
    return new DeadLetterLimit(text);
  }

  /**
   * @param run whose dead letters can be looked at
   * @throws CannotException if there are more
   */
  public void check(String stage, long letters, long records, String firstReasons, String run) {
    if (!isExceeded(letters, records)) {
      return;
    }
    throw CannotException.to(
        "continue " + stage,
        letters
            + " of "
            + records
            + " records are dead letters ("
            + percent(letters, records)
            + " %, max_dead_letters "
            + text
            + "). First reasons: "
            + firstReasons
            + ". Look at: beamml runs letters "
            + run);
  }

  /** Whether there are more than may be. */
  public boolean isExceeded(long letters, long records) {
    if (!text.endsWith("%")) {
      return letters > Long.parseLong(text);
    }
    BigDecimal allowed =
        new BigDecimal(text.substring(0, text.length() - 1)).multiply(BigDecimal.valueOf(records));
    return BigDecimal.valueOf(letters).multiply(BigDecimal.valueOf(100)).compareTo(allowed) > 0;
  }

  /** With one decimal, or as many as it takes for a digit that is not zero. */
  private static String percent(long letters, long records) {
    BigDecimal share = BigDecimal.valueOf(letters).movePointRight(2);
    BigDecimal all = BigDecimal.valueOf(Math.max(1, records));
    int decimals = 1;
    BigDecimal percent = share.divide(all, decimals, RoundingMode.HALF_UP);
    while (percent.signum() == 0) {
      percent = share.divide(all, ++decimals, RoundingMode.HALF_UP);
    }
    return percent.toPlainString();
  }
}
