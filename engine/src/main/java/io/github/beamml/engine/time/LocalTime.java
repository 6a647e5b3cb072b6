package io.github.beamml.engine.time;

/**
 * Parts of a local time given in microseconds since 1970-01-01T00:00:00 (see {@link
 * ZoneRules#toLocal}). ISO 8601 calendar, integer arithmetic only.
 */
public final class LocalTime {
  private static final long MICROS_PER_SECOND = 1_000_000L;
  private static final long MICROS_PER_HOUR = 3_600 * MICROS_PER_SECOND;
  private static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;
  private static final int DAYS_PER_CYCLE = 146_097;
  private static final int DAYS_TO_1970 = 719_468; // from 0000-03-01

  private LocalTime() {}

  /** 0 to 59. */
  public static int minuteOfHour(long localMicros) {
    return (int) (Math.floorMod(localMicros, MICROS_PER_HOUR) / (60 * MICROS_PER_SECOND));
  }

  /** 0 to 1439. */
  public static int minuteOfDay(long localMicros) {
    return (int) (Math.floorMod(localMicros, MICROS_PER_DAY) / (60 * MICROS_PER_SECOND));
  }

  /** 0 to 23. */
  public static int hour(long localMicros) {
    return (int) (Math.floorMod(localMicros, MICROS_PER_DAY) / MICROS_PER_HOUR);
  }

  /** 1 (Monday) to 7 (Sunday), as in ISO 8601. */
  public static int weekday(long localMicros) {
    return (int) Math.floorMod(epochDay(localMicros) + 3, 7L) + 1;
  }

  /** 1 to 12. */
  public static int month(long localMicros) {
    int fromMarch = (5 * dayFromMarch(localMicros) + 2) / 153;
    return fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
  }

  /** 1 to 31. */
  public static int dayOfMonth(long localMicros) {
    int day = dayFromMarch(localMicros);
    int fromMarch = (5 * day + 2) / 153;
    return day - (153 * fromMarch + 2) / 5 + 1;
  }

  /** 1 to 366. */
  public static int dayOfYear(long localMicros) {
    int fromMarch = dayFromMarch(localMicros);
    int beforeMarch = 59 + (isLeapYear(year(localMicros)) ? 1 : 0);
    return fromMarch >= 306 ? fromMarch - 305 : fromMarch + beforeMarch + 1;
  }

  public static long year(long localMicros) {
    long shifted = epochDay(localMicros) + DAYS_TO_1970;
    long cycle = Math.floorDiv(shifted, DAYS_PER_CYCLE);
    int yearOfCycle = yearOfCycle((int) Math.floorMod(shifted, (long) DAYS_PER_CYCLE));
    return 400 * cycle + yearOfCycle + (dayFromMarch(localMicros) >= 306 ? 1 : 0);
  }

  /** Days since 1970-01-01. */
  public static long epochDay(long localMicros) {
    return Math.floorDiv(localMicros, MICROS_PER_DAY);
  }

  public static boolean isLeapYear(long year) {
    return (year & 3) == 0 && (Math.floorMod(year, 100L) != 0 || Math.floorMod(year, 400L) == 0);
  }

  /** Days since the last first of March: years that start there end with the leap day. */
  private static int dayFromMarch(long localMicros) {
    int dayOfCycle =
        (int) Math.floorMod(epochDay(localMicros) + DAYS_TO_1970, (long) DAYS_PER_CYCLE);
    int year = yearOfCycle(dayOfCycle);
    return dayOfCycle - (365 * year + year / 4 - year / 100);
  }

  private static int yearOfCycle(int dayOfCycle) {
    return (dayOfCycle - dayOfCycle / 1_460 + dayOfCycle / 36_524 - dayOfCycle / 146_096) / 365;
  }
}
