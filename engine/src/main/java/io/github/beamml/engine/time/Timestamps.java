package io.github.beamml.engine.time;

import java.time.LocalDate;
import java.time.YearMonth;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of instants (RFC 3339 and the profile of ISO 8601 that people write): {@code
 * 2013-01-31T14:05:00.25Z}, {@code 2013-01-31T09:05-05:00}; with a zone also the local {@code
 * 2013-01-31 09:05} and {@code 2013-01-31}, which is its midnight. A blank may stand for the T.
 * Never finer than microseconds.
 */
public final class Timestamps {
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final Pattern TEXT =
      Pattern.compile(
          "([0-9]{4})-([0-9]{2})-([0-9]{2})"
              + "(?:[T ]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\\.([0-9]{1,9}))?)?"
              + "(?:(Z)|([+-])([0-9]{2}):([0-9]{2}))?)?");

  private Timestamps() {}

  /**
   * Reads an instant.
   *
   * @param zone where a text without an offset is local; without a zone such a text is none
   * @return microseconds since 1970-01-01T00:00:00Z; empty where the text is no instant
   */
  public static OptionalLong tryParse(String text, @Nullable ZoneRules zone) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      return OptionalLong.empty();
    }
    int year = number(matcher, 1);
    int month = number(matcher, 2);
    int day = number(matcher, 3);
    int hour = number(matcher, 4);
    int minute = number(matcher, 5);
    int second = number(matcher, 6);
    int micros = micros(matcher.group(7));
    boolean isDate =
        month >= 1 && month <= 12 && day >= 1 && day <= YearMonth.of(year, month).lengthOfMonth();
    if (!isDate || hour > 23 || minute > 59 || second > 59 || micros < 0) {
      return OptionalLong.empty();
    }
    long seconds =
        LocalDate.of(year, month, day).toEpochDay() * 86_400 + hour * 3600L + minute * 60L + second;
    return atOffset(matcher, seconds * MICROS_PER_SECOND + micros, zone);
  }

  private static OptionalLong atOffset(Matcher matcher, long local, @Nullable ZoneRules zone) {
    if (matcher.group(8) != null) {
      return OptionalLong.of(local);
    }
    if (matcher.group(9) == null) {
      return zone == null ? OptionalLong.empty() : OptionalLong.of(zone.toInstant(local));
    }
    int hours = number(matcher, 10);
    int minutes = number(matcher, 11);
    if (hours > 18 || minutes > 59) {
      return OptionalLong.empty();
    }
    long offset = (hours * 60L + minutes) * 60 * MICROS_PER_SECOND;
    return OptionalLong.of(matcher.group(9).equals("-") ? local + offset : local - offset);
  }

  /** The instant in UTC, with as many groups of three digits of a second as it needs. */
  public static String format(long instant) {
    long ofDay = Math.floorMod(instant, 86_400 * MICROS_PER_SECOND);
    StringBuilder text = new StringBuilder(27);
    long year = LocalTime.year(instant);
    if (year < 0 || year > 9999) {
      text.append(year < 0 ? '-' : '+');
    }
    pad(text, Math.abs(year), 4).append('-');
    pad(text, LocalTime.month(instant), 2).append('-');
    pad(text, LocalTime.dayOfMonth(instant), 2).append('T');
    long second = ofDay / MICROS_PER_SECOND;
    pad(text, second / 3600, 2).append(':');
    pad(text, second / 60 % 60, 2).append(':');
    pad(text, second % 60, 2);
    long micros = ofDay % MICROS_PER_SECOND;
    if (micros % 1000 != 0) {
      pad(text.append('.'), micros, 6);
    } else if (micros != 0) {
      pad(text.append('.'), micros / 1000, 3);
    }
    return text.append('Z').toString();
  }

  private static StringBuilder pad(StringBuilder text, long value, int width) {
    String digits = Long.toString(value);
    return text.append("0".repeat(Math.max(0, width - digits.length()))).append(digits);
  }

  private static int number(Matcher matcher, int group) {
    String digits = matcher.group(group);
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  /** Microseconds of a fraction, or -1 where it is finer. */
  private static int micros(@Nullable String fraction) {
    if (fraction == null) {
      return 0;
    }
    int nanos = Integer.parseInt(fraction + "0".repeat(9 - fraction.length()));
    return nanos % 1000 == 0 ? nanos / 1000 : -1;
  }
}
