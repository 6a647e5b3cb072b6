package io.github.beamml.workflow.publish;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.beamml.engine.InvalidInputException;
import io.github.beamml.engine.hash.Sha256;

/**
 * An order of events that has nothing to do with the order of the rows that they come from: by
 * SHA-256 of {@code id#kind}. Every number stands for another order of the same events.
 */
public final class EventOrder {
  private static final int FIRST = 1;

  private final String suffix;

  private EventOrder(String suffix) {
    this.suffix = suffix;
  }

  /** The order number 1: that of the documentation. */
  public static EventOrder first() {
    return new EventOrder("");
  }

  /**
   * @param number 1 for the order of the documentation, any other for another one
   * @throws InvalidInputException if it is less than 1
   */
  public static EventOrder number(long number) {
    if (number < FIRST) {
      throw InvalidInputException.of("order", number, "at least " + FIRST);
    }
    return new EventOrder(number == FIRST ? "" : "#" + number);
  }

  /** The order key of an event. */
  public byte[] key(String id, String kind) {
    return Sha256.of((id + "#" + kind + suffix).getBytes(UTF_8));
  }
}
