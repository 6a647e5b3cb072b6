package io.github.beamml.workflow.run;

import java.security.SecureRandom;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;

/** Ids of runs: the time in UTC and four hexadecimal digits, such as 20261124-091502-4f2a. */
final class RunId {
  private RunId() {}

  static String create() {
    ZonedDateTime now = ZonedDateTime.now(Clock.systemUTC()).withZoneSameInstant(ZoneOffset.UTC);
    int suffix = new SecureRandom().nextInt(0x10000);
    return padded(now.getYear(), 4)
        + padded(now.getMonthValue(), 2)
        + padded(now.getDayOfMonth(), 2)
        + "-"
        + padded(now.getHour(), 2)
        + padded(now.getMinute(), 2)
        + padded(now.getSecond(), 2)
        + "-"
        + Integer.toHexString(suffix | 0x10000).substring(1);
  }

  private static String padded(int number, int width) {
    String digits = Integer.toString(number);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }
}
