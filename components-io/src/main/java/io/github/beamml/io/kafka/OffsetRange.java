package io.github.beamml.io.kafka;

import io.github.beamml.engine.InvalidInputException;
import java.io.Serializable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Offsets of one partition from {@code begin} to before {@code end}; fewer records than offsets may
 * be there.
 */
public record OffsetRange(int partition, long begin, long end) implements Serializable {
  private static final Pattern TEXT = Pattern.compile("([0-9]{1,9}):([0-9]{1,18})-([0-9]{1,18})");

  public OffsetRange {
    if (begin > end) {
      throw InvalidInputException.of("range", begin + "-" + end, "an offset and one not before it");
    }
  }

  /**
   * Reads what {@link #text} gives.
   *
   * @param key what holds the text, as the user typed it
   * @throws InvalidInputException if the text has another form
   */
  public static OffsetRange parse(String key, String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw InvalidInputException.of(key, text, "partition:begin-end, such as 0:0-1042");
    }
    return new OffsetRange(
        Integer.parseInt(matcher.group(1)),
        Long.parseLong(matcher.group(2)),
        Long.parseLong(matcher.group(3)));
  }

  public long size() {
    return end - begin;
  }

  /** {@code partition:begin-end}, such as {@code 0:0-1042}. */
  public String text() {
    return partition + ":" + begin + "-" + end;
  }
}
