package io.github.beamml.engine.row;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter: a record that could not become or stay a row.
 *
 * @param record the original bytes, or the row as JSON; empty where they may not be kept
 * @param reason a short stable code that counts group by, such as {@code wrong_type}
 * @param message why, in one line
 * @param component which component refused it
 * @param origin where it came from, such as {@code flights-topic/3@1042} or a file and line
 */
public record BadRecord(
    byte[] record, String reason, String message, String component, String origin) {
  /** The reason of a row that a function could not compute. */
  public static final String NOT_COMPUTABLE = "not_computable";

  /** The same without its bytes. */
  public BadRecord withoutRecord() {
    return new BadRecord(new byte[0], reason, message, component, origin);
  }

  /**
   * What people count it under: the reason, or the message of a row that could not be computed,
   * which says what failed and holds no values.
   */
  public String kind() {
    return reason.equals(NOT_COMPUTABLE) ? message : reason;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof BadRecord that
        && Arrays.equals(record, that.record)
        && reason.equals(that.reason)
        && message.equals(that.message)
        && component.equals(that.component)
        && origin.equals(that.origin);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(record) + 31 * (reason.hashCode() + 31 * origin.hashCode());
  }
}
